import { DomainError } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import type { OutcomeWords } from './outcome-content.ts';
import type { OutcomeKind } from './outcome-kinds.ts';
import { type FrameworkPackage, isFormula, type LinkKind, type PackageItem, type Refused } from './package.ts';
import { type Begins, type CsvRow, readCsv } from './read-csv.ts';

/** What ESCO's concepts have in common: the skills and the occupations are one framework here, told apart by kind. */
export const ESCO = 'http://data.europa.eu/esco';

export interface NamedBytes {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Each record of ESCO's files begins with a type of concept and its address, or with an address alone. Within quotes both
 * are asked for: a description may have a line that begins with "Occupation".
 */
const begins: Begins = (line, [first], within) =>
  (first === 'conceptType' ? (within ? typedAddress : type) : address).test(line);
const type = /^"?(KnowledgeSkillCompetence|Occupation|SkillGroup|ISCOGroup)"?([,;]|$)/;
const typedAddress = /^"?(KnowledgeSkillCompetence|Occupation|SkillGroup|ISCOGroup)"?[,;]"?http:\/\/data\.europa\.eu\//;
const address = /^"?http:\/\/data\.europa\.eu\/esco\/[^\s,;"]+"?[,;]/;
const isAddress = (text: string): boolean => /^http:\/\/data\.europa\.eu\/esco\/[\x21-\x7e]{1,300}$/.test(text);

/**
 * Reads files of ESCO's published CSV (facts: skills, occupations and groups in a language each, and the relations
 * between them) as one framework. The same concept in two languages is one item.
 * @throws DomainError `import-unreadable`, `import-encoding`
 */
export async function readEsco(
  files: readonly NamedBytes[],
  language?: Language,
): Promise<{ framework: FrameworkPackage; refused: Refused[]; notes: string[] }> {
  const reading: Reading = {
    framework: {
      framework: { uri: ESCO, kind: 'skills', source: 'esco', names: { nl: 'ESCO', en: 'ESCO' } },
      items: new Map(),
      links: [],
      wholeOf: new Set(),
    },
    refused: [],
    notes: [],
    blind: new Set(),
  };
  for (const file of files) await readFile(file, languageOf(file.name) ?? language, reading);
  const { framework, refused, notes, blind } = reading;
  // A row without a readable address could be any concept, so nothing is taken for dropped.
  for (const kind of blind) framework.wholeOf.delete(kind);
  if (blind.size) notes.push('Some rows could not be read. Nothing is taken for dropped until they can.');
  return { framework, refused, notes };
}

interface Reading {
  framework: FrameworkPackage;
  refused: Refused[];
  notes: string[];
  /** Kinds of which a row could not be recognised. */
  blind: Set<OutcomeKind>;
}

/** `skills_nl.csv`, and `skills_nl (1).csv` where it was saved twice. */
const languageOf = (name: string): Language | undefined =>
  /_(nl|en)(?: ?\(\d+\))?\.csv$/i.exec(name)?.[1]?.toLowerCase() as Language | undefined;

async function readFile(file: NamedBytes, language: Language | undefined, reading: Reading): Promise<void> {
  const seen = new Set<string>();
  let rows = 0;
  for await (const row of readCsv(file.bytes, begins)) {
    rows++;
    const why = row.broken ?? take(row.cells, language, seen, reading);
    if (!why) continue;
    reading.refused.push({ at: `${file.name}:${row.line}`, why });
    noteBlind(row, file.name, reading);
  }
  if (!rows) throw new DomainError('import-unreadable', `There is no row in ${file.name}.`);
}

/** A concept that was refused but can be recognised is not taken for dropped. */
function noteBlind(row: CsvRow, name: string, { framework, blind }: Reading): void {
  const uri = row.broken ? '' : (row.cells.conceptUri ?? '');
  if (isAddress(uri)) framework.items.set(uri, framework.items.get(uri) ?? KEEP);
  else
    for (const kind of /occupation/i.test(name)
      ? (['occupation'] as const)
      : (['skill', 'knowledge', 'group'] as const))
      blind.add(kind);
}

/** Stands for a concept whose words could not be read: what is there already stays as it is. */
const KEEP: PackageItem = { kind: 'skill', words: {} };

/** Takes a record in; the reason when it is not. */
function take(
  cells: Record<string, string>,
  language: Language | undefined,
  seen: Set<string>,
  reading: Reading,
): Refused['why'] | undefined {
  if ('preferredLabel' in cells) return takeConcept(cells, language, seen, reading.framework);
  const link = linkOf(cells);
  if (link === undefined)
    throw new DomainError('import-unreadable', 'This is none of the files of ESCO that are read here.');
  if (typeof link === 'string') return link;
  reading.framework.links.push(link);
  return undefined;
}

function takeConcept(
  cells: Record<string, string>,
  language: Language | undefined,
  seen: Set<string>,
  { items, wholeOf }: FrameworkPackage,
): Refused['why'] | undefined {
  if (!language)
    throw new DomainError('import-unreadable', 'The name of the file does not end in _nl.csv or _en.csv: say which.');
  const uri = cells.conceptUri?.trim() ?? '';
  if (!isAddress(uri)) return 'address';
  const kind = kindOf(cells);
  if (!kind) return 'kind-unknown';
  const name = cells.preferredLabel?.trim() ?? '';
  if (!name) return 'name-missing';
  if (isFormula(name)) return 'formula';
  if (name.length > 2_000) return 'too-long';
  if (seen.has(uri)) return 'twice';
  seen.add(uri);
  wholeOf.add(kind);
  const code = (cells.code || cells.iscoGroup)?.trim();
  const before = items.get(uri);
  items.set(uri, {
    kind,
    ...(code ? { code: code.slice(0, 200) } : {}),
    words: { ...before?.words, [language]: wordsOf(cells, name) },
  });
  return undefined;
}

function kindOf(cells: Record<string, string>): OutcomeKind | undefined {
  switch (cells.conceptType) {
    case 'Occupation':
      return 'occupation';
    case 'SkillGroup':
    case 'ISCOGroup':
      return 'group';
    case 'KnowledgeSkillCompetence':
      return cells.skillType === 'knowledge' ? 'knowledge' : 'skill';
    default:
      return undefined;
  }
}

function wordsOf(cells: Record<string, string>, name: string): OutcomeWords {
  const also = [...new Set((cells.altLabels ?? '').split(/\n|\r/).map(label => label.trim()))]
    .filter(label => label && label !== name && label.length <= 300 && !isFormula(label))
    .slice(0, 100);
  const description = (cells.description || cells.definition || '').trim().slice(0, 10_000);
  return { name, ...(description ? { description } : {}), ...(also.length ? { also } : {}) };
}

/** A relation between two concepts; undefined when the columns are of no relation. */
function linkOf(cells: Record<string, string>): FrameworkPackage['links'][number] | Refused['why'] | undefined {
  const ends = (from = '', to = '', kind: LinkKind) =>
    isAddress(from) && isAddress(to) ? { from, to, kind } : ('address' as const);
  if ('broaderUri' in cells) return ends(cells.conceptUri, cells.broaderUri, 'broader');
  const kind = cells.relationType === 'essential' ? 'essential' : cells.relationType === 'optional' ? 'optional' : null;
  if ('occupationUri' in cells) return kind ? ends(cells.occupationUri, cells.skillUri, kind) : 'kind-unknown';
  if ('originalSkillUri' in cells)
    return kind ? ends(cells.originalSkillUri, cells.relatedSkillUri, kind) : 'kind-unknown';
  return undefined;
}
