/** The EU's controlled lists that an export names, as far as our badges carry their concepts. */
export const vocabulary = {
  generic: 'http://data.europa.eu/snb/credential/e34929035b',
  eqfScheme: 'http://data.europa.eu/snb/eqf/25831c2',
  ects: 'http://data.europa.eu/snb/education-credit/6fcec5c5af',
  assessment: 'http://data.europa.eu/snb/assessment/',
  mode: 'http://data.europa.eu/snb/learning-assessment/',
  activity: 'http://data.europa.eu/snb/learning-activity/',
  supervision: 'http://data.europa.eu/snb/supervision-verification/',
  esco: 'http://data.europa.eu/esco/skill/',
} as const;

const authority = 'http://publications.europa.eu/resource/authority';

/** ISO 639-1 to the EU's list, which names languages by three letters. */
export const languages: Record<string, string> = Object.fromEntries(
  Object.entries({ nl: 'NLD', en: 'ENG', de: 'DEU', fr: 'FRA', fy: 'FRY', es: 'SPA' }).map(([tag, code]) => [
    tag,
    `${authority}/language/${code}`,
  ]),
);

/** ISO 3166-1 to the EU's list: the countries whose institutions are likely here. */
export const countries: Record<string, string> = Object.fromEntries(
  Object.entries({ NL: 'NLD', BE: 'BEL', DE: 'DEU', FR: 'FRA', LU: 'LUX', SR: 'SUR', AW: 'ABW', CW: 'CUW' }).map(
    ([two, three]) => [two, `${authority}/country/${three}`],
  ),
);

export type Node = Record<string, unknown>;

/** Writes values as the model wants them: texts by language, concepts by their address, and a name for every node. */
export function writer(language: string) {
  const counts = new Map<string, number>();
  const say = (text: string) => ({ [language]: [text] });
  return {
    say,
    node(type: string, members: Node): Node {
      const count = (counts.get(type) ?? 0) + 1;
      counts.set(type, count);
      return { id: `urn:epass:${type.charAt(0).toLowerCase()}${type.slice(1)}:${count}`, type, ...members };
    },
    concept: (id: string, label?: string, scheme?: string): Node => ({
      id,
      type: 'Concept',
      ...(scheme ? { inScheme: { id: scheme, type: 'ConceptScheme' } } : {}),
      ...(label ? { prefLabel: say(label) } : {}),
    }),
  };
}
