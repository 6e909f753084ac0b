import { parseArgs } from 'node:util';
import { randomOf } from '../fuzz/random.ts';
import { compareWithOracle } from './ed25519-cases.ts';

const { values } = parseArgs({
  options: { n: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const start = performance.now();
const { good, found } = await compareWithOracle(Number(values.n), randomOf(Number(values.seed)).below);
for (const disagreement of found) console.log(JSON.stringify(disagreement));
const seconds = Math.round((performance.now() - start) / 100) / 10;
console.log(JSON.stringify({ cases: Number(values.n), good, disagreements: found.length, seconds }));
process.exit(found.length === 0 ? 0 : 1);
