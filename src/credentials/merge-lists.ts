import { eq } from 'drizzle-orm';
import { institutionKeys, institutions } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import type { Database, Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import { decodeMultikey } from '../vc/multikey.ts';
import type { Signed } from '../vc/proof.ts';
import { decodeList, type StatusListCredential } from '../vc/status-list.ts';
import { verifyProofs } from '../vc/verify-proofs.ts';
import { type ListPurpose, statusLists, statusListVersions } from './schema.ts';
import { countBits, listUrl, publishBits, readCurrent } from './status.ts';
import { CAPACITY } from './take-index.ts';

/** A signed list that someone kept, and where it was found. */
export interface PublishedList {
  source: string;
  document: unknown;
}

type List = typeof statusLists.$inferSelect;

type SignedList = Signed<StatusListCredential>;

interface Version {
  /** As it was stored or found. */
  document: string;
  signed: SignedList;
  bits: Uint8Array;
}

export interface Merged {
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
    const stored = (v: typeof own) => (v ? [{ ...v, signed: JSON.parse(v.document) as SignedList }] : []);
    const versions: Version[] = [...stored(own), ...(found.get(list.id) ?? []), ...stored(other)];
    const newest = versions.reduce((a, b) =>
      Date.parse(b.signed.validFrom) >= Date.parse(a.signed.validFrom) ? b : a,
    );
    const bits = list.purpose === 'revocation' ? union(versions.map(v => v.bits)) : newest.bits;
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
  const { validFrom, validUntil, proof } = newest.signed;
  const row = {
    listId: list.id,
    version,
    document: newest.document,
    verificationMethod: proof[0]!.verificationMethod,
    validFrom,
    validUntil,
    set: countBits(bits),
  };
  return [deps.db.query.insert(statusListVersions).values(row)];
}

/** Lists that others kept: only what we signed ourselves, for the list that it says it is, is believed. */
async function readPublished(deps: Deps, published: PublishedList[], known: Map<string, List>) {
  const found = new Map<string, Version[]>();
  for (const { source, document } of published) {
    const refuse = (why: string) => new DomainError('request-invalid', `${source} ${why}. Nothing was changed.`);
    const signed = document as SignedList;
    const id = typeof signed?.id === 'string' ? signed.id.split('/').at(-1)! : '';
    const list = known.get(id);
    if (!list || signed.id !== listUrl(deps, id)) throw refuse('is not a status list of this service');
    if (!(await isOurs(deps, list, signed))) throw refuse('was not signed by its institution');
    if (signed.credentialSubject.statusPurpose !== list.purpose) throw refuse('has another purpose');
    const bits = await decodeList(signed.credentialSubject.encodedList);
    found.set(id, [...(found.get(id) ?? []), { signed, bits, document: JSON.stringify(document) }]);
  }
  return found;
}

async function isOurs(deps: Deps, list: List, signed: SignedList): Promise<boolean> {
  const { query } = deps.db;
  const [owner] = await query.select().from(institutions).where(eq(institutions.id, list.institutionId));
  const keys = await query.select().from(institutionKeys).where(eq(institutionKeys.institutionId, list.institutionId));
  const did = didWebFor(deps.config.origin, owner!.slug);
  if (signed.issuer !== did) return false;
  const results = await verifyProofs<'key-unknown'>(signed, {
    now: deps.clock(),
    keyFor: async method => {
      const key = keys.find(k => k.state !== 'compromised' && `${did}#${k.id}` === method);
      return key ? { key: decodeMultikey(key.publicKeyMultibase) } : { outcome: 'failed', code: 'key-unknown' };
    },
  });
  return results.length > 0 && results.every(r => r.outcome === 'ok');
}

function union(all: Uint8Array[]): Uint8Array {
  const bits = new Uint8Array(all[0]!.length);
  for (const each of all) for (let i = 0; i < bits.length; i++) bits[i]! |= each[i] ?? 0;
  return bits;
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
