import type { SignedReport } from '../verifier/index.ts';
import { utf8 } from '../vc/bytes.ts';
import type { Paper, Section } from '../wallets/index.ts';
import { rosette } from './art.tsx';
import { csvLine } from './csv.ts';
import { moment } from './format.ts';
import { messages } from './messages.ts';
import { causeOf } from './pages/many.tsx';
import { paperLine } from './paper-text.ts';
import { qrPath } from './qr.tsx';

type Row = SignedReport['rows'][number];
const order = ['invalid', 'unread', 'indeterminate', 'valid'] as const;
const groupOf = (row: Row) => row.verdict ?? 'unread';

/**
 * A report in the words of its paper. It is made from the signed report alone, so that the same report gives the same
 * bytes, by which a paper of ours can be told from one that was changed.
 */
export function reportPaper(report: SignedReport): Paper {
  const { language, counts, rows } = report;
  const t = messages[language];
  const { report: words } = t.many;
  const { host } = new URL(report.issuer.url);
  const check = `${report.issuer.url}/verify`;
  const one = rows.length === 1 ? rows[0] : undefined;
  const title = one ? words.onePdfTitle[groupOf(one)] : t.many.headline(counts.valid, counts.total);
  return {
    language,
    kicker: words.kicker(counts.total),
    title,
    issuer: host,
    mark: rosette({ radius: 54, seed: host, issuer: host, title }),
    sections: [
      ...order.flatMap(group => sectionOf(report, group)),
      {
        heading: words.about,
        facts: [
          { label: words.by, text: `${host} (${report.issuer.id})` },
          { label: words.at, text: moment(report.created, language) },
          ...(report.asOf ? [{ label: words.asOf, text: moment(report.asOf, language) }] : []),
          ...(counts.duplicates ? [{ label: words.duplicates, text: String(counts.duplicates) }] : []),
          { label: words.number, text: report.id },
        ],
      },
      { heading: words.limits, facts: [{ text: words.limitsText }] },
    ],
    check: {
      heading: words.checkHeading,
      lines: [words.checkLine, words.checkWhy],
      address: check,
      qr: qrPath(check),
    },
    pageOf: t.files.page,
    attached: {
      name: 'report.json',
      type: 'application/json',
      description: words.attached,
      content: utf8(JSON.stringify(report)),
    },
    made: new Date(report.created),
  };
}

function sectionOf(report: SignedReport, group: (typeof order)[number]): Section[] {
  const { language } = report;
  const t = messages[language];
  const { many } = t;
  const rows = report.rows.filter(row => groupOf(row) === group);
  if (rows.length === 0) return [];
  const facts = rows.map(row => ({
    label: `${row.row}. ${line(row.name)}`,
    text: [
      row.verdict === null
        ? ''
        : [row.title ?? many.untitled, row.issuerDomain ?? row.issuer].filter(Boolean).join(' · '),
      group === 'valid' ? '' : causeOf({ t, language }, row),
      row.statusAsOf ? many.report.status(moment(row.statusAsOf, language)) : '',
      row.duplicateOf === undefined ? '' : many.duplicate(row.duplicateOf),
    ]
      .map(line)
      .filter(Boolean)
      .join('\n'),
  }));
  return [{ heading: many.groups[group](rows.length), facts }];
}

const line = (text: string): string => paperLine(text, 300);

/** A report as a table that spreadsheets open; no cell is a formula (threat P6). */
export function reportCsv(report: SignedReport): string {
  const t = messages[report.language];
  const head = csvLine(t.many.report.columns);
  const rows = report.rows.map(row =>
    csvLine([
      row.row,
      row.name,
      t.many.words[groupOf(row)],
      row.code,
      causeOf({ t, language: report.language }, row),
      row.title ?? '',
      row.issuer ?? '',
      row.issuerDomain ?? '',
      row.checkedAt,
      row.statusAsOf ?? '',
      row.duplicateOf ?? '',
      row.badge ?? '',
    ]),
  );
  // A byte order mark is how Excel knows UTF-8.
  return `\uFEFF${head}${rows.join('')}`;
}
