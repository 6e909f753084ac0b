import { parseArgs } from 'node:util';
import { loadWithPoison } from './poison.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    good: { type: 'string', default: '100' },
    poison: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true },
  },
});
const load = {
  seconds: Number(values.seconds),
  goodPerSecond: Number(values.good),
  poisonPerSecond: Number(values.poison),
};
const figures = await loadWithPoison(load, values.only);
console.log(JSON.stringify({ ...load, ...figures, rssMb: Math.round(process.memoryUsage().rss / 1e6) }));
process.exit(figures.bad === 0 && figures.p99 <= 300 ? 0 : 1);
