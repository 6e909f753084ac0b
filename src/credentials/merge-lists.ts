import { eq } from 'drizzle-orm';
import { institutionKeys, institutions, joseKeys } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import type { Database, Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import { decodeJwk } from '../vc/jwk.ts';
import { parseJws, verifyJws } from '../vc/jws.ts';
import { decodeMultikey } from '../vc/multikey.ts';
import type { Signed } from '../vc/proof.ts';
import type { StatusListCredential } from '../vc/status-list.ts';
import { TOKEN_LIST_TYPE } from '../vc/status-list-token.ts';
import { verifyProofs } from '../vc/verify-proofs.ts';
import { toSeconds } from './dates.ts';
import { mergeBits, type PublishedVersion, readVersion } from './list-document.ts';
import { type ListPurpose, statusLists, statusListVersions } from './schema.ts';
import { countBits, listUrl, publishBits, readCurrent } from './status.ts';
import { CAPACITY } from './take-index.ts';

/** A signed list that someone kept, and where it was found. */
export interface PublishedList {
  source: string;
  document: unknown;
}

type List = typeof statusLists.$inferSelect;

interface Version extends PublishedVersion {
  /** As it was stored or found. */
  document: string;
  verificationMethod: string;
}

interface Merged {
  statements: Statement[];
  /** The bits that will be published, for each list. */
  bits: Map<string, { purpose: ListPurpose; bits: Uint8Array }>;
  closed: number;
  advanced: number;
}

/**
 * Merges what is known of every status list: of a revocation list every bit that was ever published, of a suspension
 * list its newest version. A version that already says so is kept as it was signed; otherwise the list is signed anew.
 * Every list is closed, so that the next award opens one of its own and no index is given twice.
 */
export async function mergeLists(
  deps: Deps,
  {
    before,
    published,
    lost = new Set(),
  }: { before: Database | undefined; published: PublishedList[]; lost?: Set<string> | undefined },
): Promise<Merged> {
  const { query } = deps.db;
  const merged: Merged = { statements: [], bits: new Map(), closed: 0, advanced: 0 };
  const mine = await query.select().from(statusLists);
  const theirs = before ? (await before.query.select().from(statusLists)).filter(l => !lost.has(l.institutionId)) : [];
  const known = new Map([...theirs, ...mine].map(list => [list.id, list]));
  const found = await readPublished(deps, published, known);
  const taken = new Set(mine.map(placeOf));

  for (const list of known.values()) {
    const own = mine.includes(list) ? await readCurrent(deps, list.id) : undefined;
    const other = theirs.some(t => t.id === list.id) ? await readCurrent({ ...deps, db: before! }, list.id) : undefined;
    // Of versions of the same second the last one counts: what the database before held was the newest of all.
    const versions: Version[] = [own, ...(found.get(list.id) ?? []), other].filter(v => v !== undefined);
    const newest = versions.reduce((a, b) => (b.validFrom >= a.validFrom ? b : a));
    const bits = mergeBits(
      list.purpose,
      versions.map(v => v.bits),
      newest.bits,
    );
    merged.bits.set(list.id, { purpose: list.purpose, bits });
    if (!own) {
      let { ordinal } = list;
      while (taken.has(placeOf({ ...list, ordinal }))) ordinal++;
      taken.add(placeOf({ ...list, ordinal }));
      merged.statements.push(query.insert(statusLists).values({ ...list, ordinal, next: CAPACITY }));
    }
    if (list.next < CAPACITY) merged.closed++;
    if (newest.document === own?.document && same(bits, own.bits)) continue;
    merged.advanced++;
    const version = Math.max(own?.version ?? 0, other?.version ?? 0) + 1;
    merged.statements.push(...(await nextVersion(deps, list, bits, newest, version)));
  }
  merged.statements.push(query.update(statusLists).set({ next: CAPACITY }));
  return merged;
}

const placeOf = (list: List) => `${list.institutionId} ${list.purpose} ${list.ordinal}`;

async function nextVersion(deps: Deps, list: List, bits: Uint8Array, newest: Version, version: number) {
  if (!same(bits, newest.bits)) {
    const [owner] = await deps.db.query.select().from(institutions).where(eq(institutions.id, list.institutionId));
    return publishBits(deps, owner!, list, bits, version, deps.clock());
  }
  const { document, verificationMethod, validFrom, validUntil } = newest;
  const row = {
    listId: list.id,
    version,
    document,
    verificationMethod,
    validFrom: toSeconds(validFrom),
    validUntil: toSeconds(validUntil),
    set: countBits(bits),
  };
  return [deps.db.query.insert(statusListVersions).values(row)];
}

/** Lists that others kept: only what we signed ourselves, for the list that it says it is, is believed. */
async function readPublished(deps: Deps, published: PublishedList[], known: Map<string, List>) {
  const found = new Map<string, Version[]>();
  for (const { source, document } of published) {
    const refuse = (why: string) => new DomainError('request-invalid', `${source} ${why}. Nothing was changed.`);
    const url = addressOf(document);
    const id = url?.split('/').at(-1) ?? '';
    const list = known.get(id);
    if (!list || url !== listUrl(deps, id)) throw refuse('is not a status list of this service');
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    const isToken = typeof document === 'string';
    const purpose = isToken ? 'token' : (document as SignedList).credentialSubject?.statusPurpose;
    const verificationMethod = isToken
      ? await signerOfToken(deps, list, text)
      : await signerOfList(deps, list, document as SignedList);
    if (!verificationMethod) throw refuse('was not signed by its institution');
    if (purpose !== list.purpose) throw refuse('has another purpose');
    const version = { ...(await readVersion(list.purpose, url, text)), document: text, verificationMethod };
    found.set(id, [...(found.get(id) ?? []), version]);
  }
  return found;
}

type SignedList = Signed<StatusListCredential>;

/** The address that a list says is its own: of a credential its id, of a JWT its subject. */
function addressOf(document: unknown): string | undefined {
  let address: unknown;
  try {
    address = typeof document === 'string' ? parseJws(document, JSON.parse).payload.sub : (document as SignedList)?.id;
  } catch {
    return undefined;
  }
  return typeof address === 'string' ? address : undefined;
}

/** The method of the institution that signed a list, unless it was withdrawn since or the list is of another. */
async function signerOfList(deps: Deps, list: List, signed: SignedList): Promise<string | undefined> {
  const { query } = deps.db;
  const did = await didOf(deps, list);
  const keys = await query.select().from(institutionKeys).where(eq(institutionKeys.institutionId, list.institutionId));
  if (signed.issuer !== did) return undefined;
  const results = await verifyProofs<'key-unknown'>(signed, {
    now: deps.clock(),
    keyFor: async method => {
      const key = keys.find(k => k.state !== 'compromised' && `${did}#${k.id}` === method);
      return key ? { key: decodeMultikey(key.publicKeyMultibase) } : { outcome: 'failed', code: 'key-unknown' };
    },
  });
  const good = results.length > 0 && results.every(r => r.outcome === 'ok');
  return good ? signed.proof[0].verificationMethod : undefined;
}

/** The same for a list in a JWT. */
async function signerOfToken(deps: Deps, list: List, token: string): Promise<string | undefined> {
  const did = await didOf(deps, list);
  const jws = parseJws(token, JSON.parse);
  const { typ, kid } = jws.header;
  const keys = await deps.db.query.select().from(joseKeys).where(eq(joseKeys.institutionId, list.institutionId));
  const key = keys.find(k => k.state !== 'compromised' && `${did}#${k.id}` === kid);
  if (!key || typ !== TOKEN_LIST_TYPE || jws.payload.iss !== did) return undefined;
  return (await verifyJws(jws, decodeJwk(key.publicJwk))) ? String(kid) : undefined;
}

async function didOf(deps: Deps, list: List): Promise<string> {
  const [owner] = await deps.db.query.select().from(institutions).where(eq(institutions.id, list.institutionId));
  return didWebFor(deps.config.origin, owner!.slug);
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
