// What the check makes of each case, as a page of the documentation.
import type { Case } from './cases.ts';
import type { Judged } from './judge.ts';

const TABLES: [Case['table'], string, string][] = [
  [
    'input',
    'What it comes in',
    'The same badge in each. *Tampered*: its name was changed, in Open Badges 2.0 its date. *Revoked* and *unreachable* are about its status, in Open Badges 2.0 about the site of the issuer.',
  ],
  [
    'suite',
    'What it is signed with',
    'The issuer is a `did:web`, the status a `BitstringStatusListEntry`; of the short form, a Token Status List.',
  ],
  [
    'issuer',
    'Who the issuer is',
    '*Stranger*: signed by a key of another under the name of this issuer. *Unreachable*: the document with the keys.',
  ],
  [
    'status',
    'What tells its status',
    '*Set*: the badge was revoked or suspended, or there is a remark or a newer version. *Stale*: the list is past its time. *Malformed*: at its address stands something else.',
  ],
];

const HEAD = `# What the check says

One case for each kind, run through the real check; made by \`npm run table\`. A test compares this page with what the run gives and
holds the Worker to the same answers. A dash: there is no such case.
`;

export function writeTable(cases: Case[], judged: (Judged | undefined)[]): string {
  const answers = new Map(cases.map((one, i) => [keyOf(one.table, one.row, one.column), judged[i]]));
  const sections = TABLES.map(([table, heading, words]) => {
    const mine = cases.filter(one => one.table === table);
    const rows = [...new Set(mine.map(({ row }) => row))];
    const columns = [...new Set(mine.map(({ column }) => column))];
    const lines = rows.map(
      row => `| ${[row, ...columns.map(column => cell(answers.get(keyOf(table, row, column))))].join(' | ')} |`,
    );
    const head = [`| | ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length + 1)}`];
    return [`## ${heading}`, words, [...head, ...lines].join('\n')].join('\n\n');
  });
  return `${HEAD}\n${sections.join('\n\n')}\n`;
}

const keyOf = (...parts: string[]) => parts.join('\n');

const cell = (judged: Judged | undefined): string => {
  if (!judged) return '–';
  const { verdict, code } = judged;
  return verdict === code ? verdict : `${verdict} \`${code}\``;
};
