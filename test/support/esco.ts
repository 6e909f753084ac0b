// Files of the shape of ESCO's published CSV, of any size; the words are made here.

const uri = (kind: 'skill' | 'occupation', n: number) =>
  `http://data.europa.eu/esco/${kind}/${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const verbs = {
  nl: ['plannen', 'begeleiden', 'repareren', 'onderzoeken', 'verkopen', 'bereiden', 'inspecteren', 'vertalen'],
  en: ['plan', 'coach', 'repair', 'research', 'sell', 'prepare', 'inspect', 'translate'],
};
const things = {
  nl: ['machines', 'gesprekken', 'maaltijden', 'cliënten', 'teams', 'schepen', 'teksten', 'begrotingen', 'gewassen'],
  en: ['machines', 'conversations', 'meals', 'clients', 'teams', 'ships', 'texts', 'budgets', 'crops'],
};
const filler = {
  nl: 'Werkt volgens de afspraken van het werk, legt uit waarom, en past zich aan als de omstandigheden veranderen. ',
  en: 'Works by the agreements of the trade, explains why, and adapts when circumstances change. ',
};

export interface EscoOptions {
  rows: number;
  /** Put in the place of the row with that number (from 0), as it is. */
  replace?: Record<number, string>;
  from?: number;
}

export const skillsHeader =
  'conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description';

export function skillRow(n: number, language: 'nl' | 'en'): string {
  const verb = verbs[language][n % 8]!;
  const thing = things[language][(n >> 3) % 9]!;
  const name = language === 'nl' ? `${thing} ${verb} ${n}` : `${verb} ${thing} ${n}`;
  const also = [1, 2, 3].map(i => `${thing} ${i} ${verb} (${n})`).join('\n');
  return [
    'KnowledgeSkillCompetence',
    uri('skill', n),
    n % 4 ? 'skill/competence' : 'knowledge',
    'cross-sector',
    name,
    quoted(also),
    '',
    'released',
    '2026-01-01T00:00:00Z',
    '',
    '',
    '"http://data.europa.eu/esco/concept-scheme/skills, http://data.europa.eu/esco/concept-scheme/member-skills"',
    quoted(filler[language].repeat(3) + n),
  ].join(',');
}

/** `skills_nl.csv` or `skills_en.csv`. */
export function skillsCsv(language: 'nl' | 'en', { rows, replace = {}, from = 0 }: EscoOptions): string {
  const lines = [skillsHeader];
  for (let n = from; n < rows; n++) lines.push(replace[n] ?? skillRow(n, language));
  return `${lines.join('\n')}\n`;
}

export function occupationsCsv(language: 'nl' | 'en', rows: number): string {
  const lines = [
    'conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,scopeNote,definition,inScheme,description,code',
  ];
  for (let n = 0; n < rows; n++)
    lines.push(
      `Occupation,${uri('occupation', n)},2411,${language === 'nl' ? 'beroep' : 'occupation'} ${n},,,released,,,,,,${quoted(filler[language])},2411.${n}`,
    );
  return `${lines.join('\n')}\n`;
}

/** `occupationSkillRelations.csv`. */
export function relationsCsv(rows: number, { skills, occupations }: { skills: number; occupations: number }): string {
  const lines = ['occupationUri,relationType,skillType,skillUri'];
  for (let n = 0; n < rows; n++)
    lines.push(
      `${uri('occupation', n % occupations)},${n % 2 ? 'essential' : 'optional'},skill/competence,${uri('skill', (n * 7) % skills)}`,
    );
  return `${lines.join('\n')}\n`;
}

/** A file as it comes in, a piece at a time. */
export async function* inPieces(text: string | Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
