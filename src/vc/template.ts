import type { Dataset, Quad } from './canonize.ts';

/**
 * Documents of one issuer differ in a few values only, while nearly all the cost of reading JSON-LD is in its contexts.
 * So a shape is read once, with a hole for each string, and for every other document of that shape the holes are filled.
 *
 * What could change the meaning is no hole: keys, contexts, types, numbers, language values, the number of items. A
 * value that could mean something else in another place (an IRI that is not plainly absolute) sends the whole document
 * back to the library; so does a shape in which a hole does not come out as it went in.
 */

/** A document taken apart: what it has in common with others, and what is its own. */
export type Shape = { key: string; values: string[] };

type Hole = { quad: number; place: 'subject' | 'object' | 'graph'; value: number; iri: boolean };
export type Template = { quads: Quad[]; holes: Hole[]; root: number | undefined };

const MAX_KEY = 32_768;
// Ours have some 150; a stranger’s almost-too-large one, sent twice, would be read four times.
const MAX_VALUES = 400;

/**
 * Takes a document apart. Undefined for one that is too large to keep, or that has a value which the mark of a hole
 * could be mistaken for.
 */
export function shapeOf(document: object): Shape | undefined {
  const values: string[] = [];
  const bare = strip(document, value => {
    values.push(value);
    return HOLE;
  });
  const key = JSON.stringify(bare);
  if (key.length > MAX_KEY || values.length > MAX_VALUES) return undefined;
  // Whoever writes a mark where there is no hole (a type, a language value) would have it filled with a value of theirs.
  return key.includes(MARK_START) || values.some(value => value.includes(MARK_START)) ? undefined : { key, values };
}

/** The document with its n-th value, unless it is `fixed`, replaced by a mark that is a sound IRI and a sound text. */
export const withMarks = (document: object, fixed: ReadonlySet<number>): object => {
  let count = 0;
  return strip(document, value => {
    const index = count++;
    return fixed.has(index) ? value : mark(index);
  }) as object;
};

// Control characters do not stand in a value that JSON-LD keeps as an IRI, and a text that is this very one is no hole.
const HOLE = '\u0001';
const MARK_START = 'urn:waarmerk-hole:';
const mark = (index: number) => `${MARK_START}${index}:`;
const MARK = /^urn:waarmerk-hole:(\d+):$/;

function strip(value: unknown, hole: (value: string) => string, constant = false): unknown {
  if (typeof value === 'string') return constant ? value : hole(value);
  if (Array.isArray(value)) return value.map(item => strip(item, hole, constant));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  // A value object (JSON-LD 1.1 §4.2.1) says in which language a text is: it stays as it is.
  const fixed = constant || members.some(([name]) => name === '@value');
  return Object.fromEntries(
    members.map(([name, member]) => [name, strip(member, hole, fixed || name === 'type' || name.startsWith('@'))]),
  );
}

/** Values that came out as IRIs and that only the terms of a context make so, such as `assertionMethod`. */
export const termsIn = ({ holes }: Template, values: readonly string[]): Set<number> =>
  new Set(holes.filter(({ value, iri }) => iri && !PLAIN_IRI.test(values[value]!)).map(({ value }) => value));

/**
 * Makes a template from what the library made of the marked document, which had `count` marks. Undefined when a mark did
 * not come out as the whole of a term, in which case the values of this shape are not independent of each other.
 */
export function templateOf({ root, quads }: Dataset, count: number): Template | undefined {
  const holes: Hole[] = [];
  const seen = new Set<number>();
  for (const [quad, { subject, predicate, object, graph }] of quads.entries()) {
    for (const [place, term] of [
      ['subject', subject],
      ['object', object],
      ['graph', graph],
    ] as const) {
      const found = MARK.exec(term.value);
      if (found) {
        holes.push({ quad, place, value: Number(found[1]), iri: term.termType === 'NamedNode' });
        seen.add(Number(found[1]));
      } else if (term.value.includes(MARK_START)) return undefined;
    }
    if (predicate.value.includes(MARK_START) || object.datatype?.value.includes(MARK_START)) return undefined;
  }
  const rootHole = root === undefined ? undefined : MARK.exec(root)?.[1];
  if (seen.size !== count || (root !== undefined && rootHole === undefined)) return undefined;
  return { quads, holes, root: rootHole === undefined ? undefined : Number(rootHole) };
}

// JSON-LD 1.1 §5.2 (IRI expansion): `prefix:rest` is read with the terms of the context, unless rest begins with `//`.
// None of the contexts that we bundle has a term `urn` or `did`.
const PLAIN_IRI = /^(?:https?:\/\/[\w.-]+|urn:uuid:|did:[a-z0-9]+:)[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;

/** Fills the holes. Undefined when a value is not one that every reader reads the same. */
export function fill(template: Template, values: readonly string[]): Dataset | undefined {
  for (const { value, iri } of template.holes) if (iri && !PLAIN_IRI.test(values[value]!)) return undefined;
  const quads = template.quads.slice();
  for (const { quad, place, value } of template.holes) {
    const before = quads[quad]!;
    quads[quad] = { ...before, [place]: { ...before[place], value: values[value]! } };
  }
  return { root: template.root === undefined ? undefined : values[template.root], quads: withoutDoubles(quads) };
}

/** RDF 1.1 §3: a graph is a set. Two values that are equal make two statements one. */
function withoutDoubles(quads: Quad[]): Quad[] {
  const seen = new Set<string>();
  return quads.filter(({ subject, predicate, object, graph }) => {
    const line = JSON.stringify([
      ...[subject.termType, subject.value, predicate.value, object.termType, object.value],
      ...[object.datatype?.value, object.language, graph.value],
    ]);
    return !seen.has(line) && seen.add(line);
  });
}
