import { VcError } from '../vc/errors.ts';
import { headerDefect, type Jws, verifyJws } from '../vc/jws.ts';
import type { PublicKey } from '../vc/multikey.ts';
import type { Assertion, IssuerProfile } from '../vc/open-badge-2.ts';
import { decodePem } from '../vc/open-badge-2-key.ts';
import type { Code } from './codes.ts';
import type { Judged } from './ob2-hosted.ts';
import { isObject, OB2_PART, readParts, sameAddress } from './ob2-parts.ts';
import type { Finding } from './report.ts';
import type { FetchJson } from './verify.ts';

const REVOCATION_LIST = { maxBytes: 1_000_000, accept: 'application/ld+json, application/json' };

/**
 * Judges a signed assertion (OB 2.0 §"Signed Verification"): a JWS by a key that says whose it is, and that its owner
 * says is theirs; and the list of what the issuer has taken back.
 */
export async function judgeSigned(
  document: JsonObject,
  assertion: Assertion,
  jws: Jws | undefined,
  fetchJson: FetchJson,
): Promise<Judged> {
  const judged = (findings: Judged['findings'], parts: Judged['parts'] = undefined): Judged => ({
    findings,
    document,
    assertion,
    parts,
  });
  if (!jws) return judged({ signature: { outcome: 'failed', code: 'proof-missing' } });
  const defect = headerDefect(jws.header, ['jwt', 'jws', 'jose']);
  if (defect) {
    return judged({ signature: { outcome: defect === 'unsupported-suite' ? 'unknown' : 'failed', code: defect } });
  }

  // 1. Who the issuer is, and which keys it says are its own.
  const parts = await readParts(assertion.badge, fetchJson);
  if ('code' in parts) return judged({ signature: notChecked, key: parts });
  const { profile } = parts;

  // 2. The key, which has to say the same from its side.
  const found = await readKey(assertion, profile, fetchJson);
  if ('outcome' in found) return judged({ signature: notChecked, key: found }, parts);
  const evidence = { verificationMethods: [found.id] };
  const key: Finding = { outcome: 'ok', code: 'key-authorized', evidence };
  if (found.key.type === 'unknown') {
    return judged({ signature: { outcome: 'unknown', code: 'unsupported-suite' }, key }, parts);
  }
  const good = await verifyJws(jws, found.key);
  const proofs = [{ index: 0, verificationMethod: found.id, cryptosuite: jws.header.alg }];
  const signature: Finding = good
    ? { outcome: 'ok', code: 'signature-valid', evidence: { proofs } }
    : { outcome: 'failed', code: 'signature-invalid', evidence: { proofs } };

  // 3. The list. A badge that the issuer never signed is not asked about.
  const status = good ? await readRevocations(assertion, profile, fetchJson) : undefined;
  return judged({ signature, key, ...(status ? { status } : {}) }, parts);
}

const notChecked: Finding = { outcome: 'skipped', code: 'signature-not-checked' };

/** Two-way (OB 2.0 §"CryptographicKey"): the profile names the key, and the key its owner. */
async function readKey(
  { verification }: Assertion,
  profile: IssuerProfile,
  fetchJson: FetchJson,
): Promise<{ id: string; key: PublicKey } | Finding> {
  const idOf = (key: string | JsonObject) => (typeof key === 'string' ? key : key.id);
  const names = (key: string | JsonObject, address: unknown) =>
    sameAddress(idOf(key), address) || idOf(key) === address;
  // OB 1.x put the address of a bare key in `url`. Only where the profile names it is it the issuer's.
  const { creator: said, url } = verification;
  const older = profile.publicKeys.some(key => names(key, url)) ? url : undefined;
  const creator = said ?? older ?? (profile.publicKeys.length === 1 ? idOf(profile.publicKeys[0]!) : undefined);
  const refuse = (code: Code, outcome: 'failed' | 'unknown' = 'failed', more = {}): Finding => ({
    outcome,
    code,
    evidence: { verificationMethod: creator ?? url, issuer: profile.id, ...more },
  });
  // Nothing says whose the key is.
  if (typeof creator !== 'string') return refuse('issuer-unbound', 'unknown');
  const named = profile.publicKeys.find(key => names(key, creator));
  if (named === undefined) return refuse('key-not-found');

  let document: unknown = named;
  if (typeof named === 'string') {
    try {
      document = await fetchJson(named, OB2_PART);
    } catch (error) {
      return refuse('issuer-unresolvable', 'unknown', { reason: (error as { code?: unknown }).code });
    }
  }
  if (!isObject(document) || (typeof named === 'string' && !sameAddress(document.id, named))) {
    return refuse('did-id-mismatch', 'unknown');
  }
  // What the issuer wrote out in its own profile is the issuer's, with or without a name on it.
  const { owner } = document;
  const mine = owner === undefined ? typeof named !== 'string' : sameAddress(owner, profile.id);
  if (!mine) return refuse('key-not-authorized');
  try {
    return { id: creator, key: await decodePem(document.publicKeyPem) };
  } catch (error) {
    if (error instanceof VcError) return refuse('key-malformed');
    throw error;
  }
}

/** The list of OB 2.0 §"RevocationList": ids, or objects with an id and a reason; 1.x had a map from uid to reason. */
async function readRevocations(
  { id, uid }: Assertion,
  { id: issuer, revocationList: address }: IssuerProfile,
  fetchJson: FetchJson,
): Promise<Finding> {
  if (address === undefined) return { outcome: 'not-applicable', code: 'no-status' };
  const said = { list: address };
  const unknown = (code: Code, reason?: unknown): Finding => ({
    outcome: 'unknown',
    code,
    evidence: reason === undefined ? said : { ...said, reason },
  });
  let list: unknown;
  try {
    list = await fetchJson(address, REVOCATION_LIST);
  } catch (error) {
    return unknown('status-unreachable', (error as { code?: unknown }).code);
  }
  if (!isObject(list)) return unknown('status-list-malformed');
  const entries = entriesOf(list, uid !== undefined);
  if (!entries) return unknown('status-list-malformed');
  if (list.issuer !== undefined && !sameAddress(isObject(list.issuer) ? list.issuer.id : list.issuer, issuer)) {
    return unknown('status-list-invalid', 'issuer');
  }
  // Without an id of its own a badge cannot be found in the list, and cannot be missed in it either.
  const mine = [id, uid].filter(name => name !== undefined) as unknown[];
  if (mine.length === 0) return unknown('status-entry-malformed');
  const found = entries.find(entry => isObject(entry) && (mine.includes(entry.id) || mine.includes(entry.uid))) as
    JsonObject | undefined;
  if (!found) {
    const readable = entries.every(entry => isObject(entry) && (entry.id !== undefined || entry.uid !== undefined));
    return readable ? { outcome: 'ok', code: 'status-clear', evidence: said } : unknown('status-list-malformed');
  }
  const { revocationReason: reason } = found;
  const why = typeof reason === 'string' ? { listReason: reason.slice(0, 500) } : {};
  return { outcome: 'failed', code: 'revoked', evidence: { ...said, ...why } };
}

/** Those that were taken back. For a badge of OB 1.x what is a map of texts and nothing else is such a list too. */
function entriesOf(list: JsonObject, isOlder: boolean): unknown[] | undefined {
  const { revokedAssertions: revoked } = list;
  if (Array.isArray(revoked)) return revoked.map(entry => (typeof entry === 'string' ? { id: entry } : entry));
  const reasons = Object.entries(list);
  const isMap = isOlder && !('@context' in list || 'id' in list || 'error' in list);
  return isMap && reasons.every(([, reason]) => typeof reason === 'string')
    ? reasons.map(([name, reason]) => ({ uid: name, revocationReason: reason }))
    : undefined;
}
