import jsonld from 'jsonld';
import { canonize as canonizeQuads } from 'rdf-canonize';
import { contextLoader } from './contexts.ts';
import { VcError, type VcErrorCode } from './errors.ts';
import { fill, type Shape, shapeOf, type Template, templateOf, termsIn, withMarks } from './template.ts';

/** One RDF statement, in the shape of the RDF/JS data model. */
export type Quad = {
  subject: { termType: string; value: string };
  predicate: { termType: string; value: string };
  object: { termType: string; value: string; datatype?: { value: string }; language?: string };
  graph: { termType: string; value: string };
};

/** What a JSON-LD document says: its statements, and the id of its outermost node if it has one. */
export type Dataset = {
  root: string | undefined;
  quads: Quad[];
  /** Its canonical form, once that was made. */
  canonical?: string;
};

/** What reading a document elsewhere comes to: its statements with their canonical form, or the error's two members. */
export type ReadAnswer = Required<Dataset> | { code: VcErrorCode; message: string };

let elsewhere: ((document: object) => Promise<ReadAnswer | undefined>) | undefined;

/**
 * Lets large documents be read in another place, such as a thread, by `toDatasetByLibrary` and `canonizeDataset`. It
 * changes where the work is done and nothing else; `undefined` from there means that the work was given up.
 */
export const readElsewhere = (run: typeof elsewhere): void => {
  elsewhere = run;
};

/** Characters of JSON beyond which a document is large: a badge that people issue has a tenth to a half of it. */
const LARGE = 20_000;

/**
 * Reads a JSON-LD document as RDF in safe mode, without a base, so that nothing is dropped in silence
 * (VC-DI-EDDSA §3.2.3 and VC-DATA-INTEGRITY §2.4.2).
 * Throws `context-not-allowed`, `undefined-term`, `data-loss` or `json-ld-invalid`.
 */
export async function toDataset(document: object, loader: DocumentLoader = contextLoader): Promise<Dataset> {
  // What another loader serves may differ from one time to the next.
  if (loader !== contextLoader) return read(document, loader);
  if (!elsewhere || JSON.stringify(document).length < LARGE) return byTemplate(document);
  const answer = await elsewhere(document);
  if (!answer) throw new VcError('too-complex', 'The document takes too much work to read.');
  if ('code' in answer) throw new VcError(answer.code, answer.message);
  return answer;
}

/** As `toDataset`, by the library alone. */
export const toDatasetByLibrary = (document: object): Promise<Dataset> => read(document, contextLoader);

const MAX_SHAPES = 256;
/** Statements in all templates together, about 400 bytes each: a stranger can have many large shapes learnt. */
const MAX_QUADS = 100_000;
/** Shapes met once (`undefined`) or more often; `null` for those that no template can be made of. */
const shapes = new Map<string, ShapeTemplates | null | undefined>();

/** The values that a shape's meaning hangs on, and a template for each combination of them. */
type ShapeTemplates = { fixed: Set<number>; templates: Map<string, Template | null> };

async function byTemplate(document: object): Promise<Dataset> {
  const shape = shapeOf(document);
  if (!shape) return read(document, contextLoader);
  const met = shapes.has(shape.key);
  let known = shapes.get(shape.key);
  // The second document of a shape makes its template, so that a stranger's single one costs little more than reading it.
  if (met && known === undefined) known = await learn(document, shape);
  remember(shapes, shape.key, known, MAX_SHAPES);
  const template = known && (await templateFor(document, shape, known));
  return (template && fill(template, shape.values)) ?? read(document, contextLoader);
}

/** Finds out which values of a shape cannot be holes. */
async function learn(document: object, { values }: Shape): Promise<ShapeTemplates | null> {
  const template = await makeTemplate(document, values, new Set());
  return template && { fixed: termsIn(template, values), templates: new Map() };
}

async function templateFor(document: object, { values }: Shape, { fixed, templates }: ShapeTemplates) {
  const key = JSON.stringify([...fixed].map(index => values[index]));
  let template = templates.get(key);
  const isNew = template === undefined;
  if (template === undefined) template = await makeTemplate(document, values, fixed);
  remember(templates, key, template, 16);
  if (isNew) forgetOldest();
  return template;
}

function forgetOldest(): void {
  const sizeOf = (known: ShapeTemplates | null | undefined) =>
    [...(known?.templates.values() ?? [])].reduce((sum, template) => sum + (template?.quads.length ?? 0), 0);
  let quads = [...shapes.values()].reduce((sum, known) => sum + sizeOf(known), 0);
  for (const [key, known] of shapes) {
    if (quads <= MAX_QUADS) return;
    quads -= sizeOf(known);
    shapes.delete(key);
  }
}

async function makeTemplate(document: object, values: string[], fixed: Set<number>): Promise<Template | null> {
  try {
    const dataset = await read(withMarks(document, fixed), contextLoader);
    return templateOf(dataset, values.length - fixed.size) ?? null;
  } catch (error) {
    if (error instanceof VcError) return null;
    throw error;
  }
}

/** Keeps what was used last. */
function remember<V>(map: Map<string, V>, key: string, value: V, max: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > max) map.delete(map.keys().next().value!);
}

async function read(document: object, loader: DocumentLoader): Promise<Dataset> {
  const options = { documentLoader: loader, base: null, safe: true, rdfDirection: 'i18n-datatype' } as const;
  try {
    const expanded = await jsonld.expand(document, options);
    const root = expanded.length === 1 ? expanded[0]?.['@id'] : undefined;
    const quads = await jsonld.toRDF(expanded, { ...options, skipExpansion: true, produceGeneralizedRdf: false });
    return { root: typeof root === 'string' ? root : undefined, quads };
  } catch (error) {
    throw jsonLdError(error);
  }
}

/** Canonical N-Quads by RDFC-1.0. Throws `too-complex` for a graph made to be expensive. */
export async function canonizeDataset(dataset: Dataset): Promise<string> {
  if (dataset.canonical !== undefined) return dataset.canonical;
  try {
    // RDFC-1.0 §7.1: poison graphs. 1 keeps the work linear in the number of look-alike blank nodes.
    dataset.canonical = await canonizeQuads(dataset.quads, { algorithm: 'RDFC-1.0', maxWorkFactor: 1 });
    return dataset.canonical;
  } catch (error) {
    throw new VcError('too-complex', 'The document takes too much work to canonicalise.', { cause: error });
  }
}

/** `toDataset` and `canonizeDataset` in one. */
export async function canonize(document: object, loader: DocumentLoader = contextLoader): Promise<string> {
  return canonizeDataset(await toDataset(document, loader));
}

/** The document with every term in its short form, by its own contexts. Throws as `toDataset` does. */
export async function compact(document: JsonObject): Promise<JsonObject> {
  const options = { documentLoader: contextLoader, base: null, safe: true } as const;
  try {
    return await jsonld.compact(document, document['@context'], options);
  } catch (error) {
    throw jsonLdError(error);
  }
}

type LibraryError = { cause?: unknown; details?: { cause?: unknown; event?: { code?: string; details?: JsonObject } } };

function jsonLdError(error: unknown): VcError {
  // jsonld wraps what the loader throws, once for each context that is on the way.
  for (
    let inner = error as LibraryError | undefined;
    inner;
    inner = (inner.details?.cause ?? inner.cause) as LibraryError
  ) {
    if (inner instanceof VcError) return inner;
    const event = inner.details?.event;
    if (event?.code === 'invalid property') {
      const term = String(event.details?.property);
      return new VcError('undefined-term', `No context defines the term "${term}".`, { cause: error });
    }
    if (event) {
      const code = event.code === 'relative @type reference' ? 'undefined-term' : 'data-loss';
      return new VcError(code, `Part of the document would not be signed (${event.code}).`, { cause: error });
    }
  }
  return new VcError('json-ld-invalid', 'The document is not valid JSON-LD.', { cause: error });
}
