// Writes docs/checks.md from what the check says. Usage: npm run table
import { writeFileSync } from 'node:fs';
import { makeCases } from './cases.ts';
import { judgeAll, nodeSender } from './node.ts';
import { writeTable } from './table.ts';

const cases = await makeCases();
const judged = await judgeAll(cases, nodeSender(new Map(cases.flatMap(({ network }) => network))));
writeFileSync('docs/checks.md', writeTable(cases, judged));
console.log(`docs/checks.md: ${judged.filter(one => one !== undefined).length} cases`);
