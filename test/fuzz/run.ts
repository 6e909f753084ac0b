import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const crashes: string[] = [];
process.on('unhandledRejection', error => crashes.push(String((error as Error)?.stack ?? error)));
process.on('uncaughtException', error => crashes.push(String(error.stack)));

const start = performance.now();
const only = values.only === undefined ? undefined : Number(values.only);
const { findings, ...figures } = await fuzz({ n: Number(values.n), seed: Number(values.seed), only });
const seconds = Math.round((performance.now() - start) / 100) / 10;

for (const finding of findings) console.log(JSON.stringify(finding, null, 1));
for (const crash of crashes) console.log(`crash: ${crash}`);
const count = (what: string) => findings.filter(finding => finding.what === what).length;
const bad = {
  crashes: crashes.length + count('exception'),
  serverErrors: count('server error'),
  wrongValid: count('valid') + count('shown'),
  otherReading: count('reading'),
  runs: count('runs'),
  slow: count('slow'),
};
console.log(
  JSON.stringify({ seed: Number(values.seed), ...figures, slowestMs: Math.round(figures.slowestMs), seconds }),
);
console.log(JSON.stringify(bad));
process.exit(findings.length + crashes.length === 0 ? 0 : 1);
