import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { FetchError } from '../platform/fetch.ts';
import { isObject, type Json, objects, text } from './json-reading.ts';
import type { OoapiDocument } from './import-ooapi.ts';

const PAGE = 250;
const MAX_PAGES = 40;
const MAX_BYTES = 2_000_000;
const MAX_MS = 30_000;

/** Resources and what names one; version 5 says programs, version 6 programmes and has outcomes of their own. */
const resources = [
  { path: 'learning-outcomes', id: 'learningOutcomeId', into: 'learningOutcomes' },
  { path: 'programmes', id: 'programmeId', into: 'programmes' },
  { path: 'programs', id: 'programId', into: 'programmes' },
  { path: 'courses', id: 'courseId', into: 'courses' },
] as const;

/**
 * Reads all programmes, courses and outcomes of an OOAPI that asks for no key, page by page, within limits of its own:
 * 40 pages, 2 MB each, 30 seconds in all. What stalls, goes round or never ends is an error and leaves nothing.
 * @throws DomainError `import-unreachable` with `reason`
 */
export async function fetchOoapi(deps: Deps, address: string): Promise<OoapiDocument> {
  const base = address.replace(/\/+$/, '');
  const found: OoapiDocument = { programmes: [], courses: [], learningOutcomes: [] };
  const budget = { pages: MAX_PAGES, until: performance.now() + MAX_MS };
  let answered = 0;
  for (const { path, id, into } of resources) {
    const items = await readAll(deps, `${base}/${path}`, id, budget);
    if (items) answered++;
    if (items) found[into].push(...items);
  }
  if (!answered) throw unreachable('not-found', 'There is no OOAPI at this address that answers without a key.');
  return found;
}

/** All pages of a resource; undefined where the service does not have it. */
async function readAll(
  deps: Deps,
  address: string,
  id: string,
  budget: { pages: number; until: number },
): Promise<Json[] | undefined> {
  const items = new Map<string, Json>();
  for (let pageNumber = 1; ; pageNumber++) {
    if (--budget.pages < 0) throw unreachable('too-many-pages', `An OOAPI is read up to ${MAX_PAGES} pages.`);
    if (performance.now() > budget.until) throw unreachable('timeout', 'The OOAPI took longer than 30 seconds.');
    const page = await readPage(deps, `${address}?pageSize=${PAGE}&pageNumber=${pageNumber}`);
    if (!page) {
      if (pageNumber === 1) return undefined;
      throw unreachable('paging', 'A page that was promised is not there.');
    }
    const before = items.size;
    for (const item of objects(page.items)) {
      const key = text(item[id]);
      if (key) items.set(key, item);
    }
    if (page.hasNextPage !== true) return [...items.values()];
    if (items.size === before)
      throw unreachable('paging', 'The pages of this OOAPI go round: one brought nothing new.');
  }
}

async function readPage(deps: Deps, url: string): Promise<Json | undefined> {
  try {
    const page = await deps.fetcher.session().json(url, { maxBytes: MAX_BYTES, accept: 'application/json', maxAge: 0 });
    if (!isObject(page)) throw unreachable('fetch-type', 'The OOAPI does not answer with a page.');
    return page;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    if (error.code === 'fetch-status' && (error.status === 404 || error.status === 405)) return undefined;
    const { code } = error;
    const detail =
      code === 'fetch-status' && (error.status === 401 || error.status === 403)
        ? 'The OOAPI asks for a key. Save its answers as a file and import that.'
        : (sentences[code] ?? 'The OOAPI cannot be reached.');
    throw unreachable(code, detail, error);
  }
}

const sentences: Partial<Record<string, string>> = {
  'fetch-refused': 'This address is not fetched from here: it has to be https on a public name.',
  'fetch-timeout': 'The OOAPI did not answer in time.',
  'fetch-too-large': 'A page of this OOAPI is larger than 2 MB.',
  'fetch-type': 'The OOAPI does not answer with JSON.',
};

const unreachable = (reason: string, detail: string, cause?: unknown) =>
  new DomainError('import-unreachable', detail, { cause, extensions: { reason } });
