// The badges of a person as a service sees them (OB 3.0 §6.2.2, §6.2.3): those of here, and those that they keep here.
import { z } from 'zod';
import { awardsOf, documentsOf, type MyBadge } from '../../credentials/index.ts';
import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/json.ts';
import { COMPACT_JWS } from '../../vc/jws.ts';
import { readCandidate } from '../../verifier/index.ts';
import { importedBy, issuedAt, type Kept, upsertBadge } from '../import-badge.ts';
import type { Access } from './access.ts';
import { BASE } from './scopes.ts';

const MOST_PER_PAGE = 50;

/** What is signed and can be good: a badge that was taken back, or has another in its place, is not handed on. */
const HANDED_ON: MyBadge['state'][] = ['released', 'claimed', 'suspended', 'expired'];

const TYPES = ['OpenBadgeCredential', 'AchievementCredential'];

const integer = (least: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine(n => n >= least);
const paging = z.object({
  limit: integer(1)
    .default(MOST_PER_PAGE)
    .transform(n => Math.min(n, MOST_PER_PAGE)),
  offset: integer(0).default(0),
  since: z
    .string()
    // A plus that was not encoded came as a space.
    .transform(text => text.replace(' ', '+'))
    .pipe(z.iso.datetime({ offset: true }))
    .optional(),
});

/** A badge as it is kept here. */
interface Entry {
  id: string;
  document: string;
}

/**
 * A page of someone's badges, in the order in which they came, so that a page stays what it was when another comes.
 * @throws DomainError `request-invalid` with the parameter that is wrong
 */
export async function listCredentials(deps: Deps, { personId }: Access, query: Record<string, string>) {
  const read = paging.safeParse(query);
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0]);
    throw new DomainError('request-invalid', `The value of ${field} cannot be used.`, { extensions: { field } });
  }
  const { limit, offset, since } = read.data;
  const entries = await entriesOf(deps, personId, since === undefined ? undefined : Date.parse(since));
  const credential: unknown[] = [];
  const compactJwsString: string[] = [];
  for (const { document } of entries.slice(offset, offset + limit))
    if (document.startsWith('{')) credential.push(JSON.parse(document));
    else compactJwsString.push(document);
  const total = entries.length;
  return { body: { credential, compactJwsString }, total, link: links(deps, { limit, offset, since, total }) };
}

/**
 * Takes a badge from a service and keeps it as it came, with what the check says of it, as if its owner had brought it.
 * @throws DomainError `media-type-unsupported`, `credential-unreadable`, and what `upsertBadge` throws
 */
export async function upsertCredential(
  deps: Deps,
  { personId, source }: Access,
  { type, text }: { type: string; text: string },
): Promise<Kept & { document: string }> {
  const document = type === 'text/plain' ? readJws(text) : readObject(text);
  const { id, issuer, type: types } = readCandidate(document).document;
  if (!TYPES.some(one => [types].flat().includes(one)) || typeof id !== 'string' || !issuer)
    throw new DomainError('credential-unreadable', 'This is no AchievementCredential with an id and an issuer.');
  return { ...(await upsertBadge(deps, { person: personId }, { document, source })), document };
}

function readJws(text: string): string {
  const compact = text.trim();
  if (!COMPACT_JWS.test(compact)) throw new DomainError('credential-unreadable', 'This is no compact JWS.');
  return compact;
}

/** As it came, since it is kept and given back so; only what is no object is refused before it is looked into. */
function readObject(text: string): string {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new DomainError('credential-unreadable', 'An AchievementCredential is a JSON object.');
  return text.trim();
}

async function entriesOf(deps: Deps, personId: string, since: number | undefined): Promise<Entry[]> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  const add = (entry: Entry, content: Record<string, unknown>) => {
    const { id, issuer } = content as { id?: unknown; issuer?: { id?: unknown } | string };
    const name = JSON.stringify([typeof issuer === 'string' ? issuer : issuer?.id, id]);
    // One that was given here and brought back is the one that was given here.
    if (names.has(name)) return;
    names.add(name);
    if (since === undefined || (issuedAt(content) ?? 0) > since) entries.push(entry);
  };
  const signed = await documentsOf(deps, personId);
  for (const { id, state } of await awardsOf(deps, personId)) {
    const document = signed.get(id);
    if (document !== undefined && HANDED_ON.includes(state)) add({ id, document }, JSON.parse(document) as JsonObject);
  }
  for (const { id, mediaType, document, content } of await importedBy(deps, personId)) {
    // Neither of the two forms of the answer can hold an SD-JWT or a badge of 2.0.
    if (mediaType === 'application/dc+sd-jwt' || !TYPES.some(type => [content.type].flat().includes(type))) continue;
    add({ id, document: document.trim() }, content);
  }
  return entries.sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Page {
  limit: number;
  offset: number;
  since: string | undefined;
  total: number;
}

/** The Link header (OB 3.0 §6.4, RFC 8288). */
function links(deps: Deps, { limit, offset, since, total }: Page): string {
  const to = (rel: string, at: number) => {
    const query = new URLSearchParams({ limit: String(limit), offset: String(at), ...(since ? { since } : {}) });
    return `<${deps.config.origin}${BASE}/credentials?${query}>; rel="${rel}"`;
  };
  return [
    ...(offset + limit < total ? [to('next', offset + limit)] : []),
    to('last', Math.max(0, Math.ceil(total / limit) - 1) * limit),
    to('first', 0),
    ...(offset > 0 ? [to('prev', Math.max(0, offset - limit))] : []),
  ].join(', ');
}
