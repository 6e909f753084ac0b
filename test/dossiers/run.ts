/** Plays dossiers at random for as long as one likes. Usage: npm run dossiers -- [--n SEQUENCES] [--seed N] */
import { parseArgs } from 'node:util';
import { playMany } from './play-many.ts';

const { values } = parseArgs({
  options: { n: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const began = Date.now();
const { moves, refused, reached } = playMany(Number(values.n), Number(values.seed));
console.log(`${values.n} sequences, seed ${values.seed}: ${moves} moves made, ${refused} refused, every promise held`);
console.log(
  Object.entries(reached)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', '),
);
console.log(`${((Date.now() - began) / 1000).toFixed(0)} s`);
