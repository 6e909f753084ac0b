import { and, eq } from 'drizzle-orm';
import { joseKeys } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import { didWebFor } from '../vc/did.ts';
import { jwkOfDid } from '../vc/holder-key.ts';
import { decodeJwk } from '../vc/jwk.ts';
import { type Jws, parseJws, verifyJws } from '../vc/jws.ts';
import { readShortBadge, type SignedShortBadge, verifyShortBadge } from '../vc/short-badge.ts';
import type { awards, copies } from './schema.ts';
import { listUrl } from './status.ts';

/** Why a copy that is a token is not what should have been signed for its award; undefined when it is. */
export async function objectionToToken(
  deps: Deps,
  { copy, award, slug }: { copy: typeof copies.$inferSelect; award: typeof awards.$inferSelect; slug: string },
): Promise<string | undefined> {
  let jws: Jws;
  try {
    jws = parseJws(copy.document!.split('~', 1)[0]!, JSON.parse);
  } catch {
    return 'the document is not a JWT';
  }
  const { header, payload } = jws;
  const did = didWebFor(deps.config.origin, slug);
  const url = listUrl(deps, copy.statusListId);
  const isSdJwt = copy.format === 'dc+sd-jwt';
  const said = isSdJwt
    ? [payload.cnf, payload.status]
    : [payload.sub, [payload.credentialStatus].flat().map(at => placeIn(at as JsonObject))];
  const holderKey = copy.holder && isSdJwt ? { jwk: jwkOfDid(copy.holder) } : undefined;
  const meant = isSdJwt
    ? [holderKey, { status_list: { idx: copy.statusIndex, uri: url } }]
    : [copy.holder || award.subjectId, [[url, String(copy.statusIndex)]]];
  const all = [payload.iss, payload.jti, header.kid, ...said];
  if (JSON.stringify(all) !== JSON.stringify([did, copy.credentialId, copy.verificationMethod, ...meant]))
    return 'the copy is not that of its award';
  const key = await keyOf(deps, award, copy.verificationMethod!.slice(did.length + 1));
  if (!key) return 'the key that signed is not one of the institution';
  return (await verifyJws(jws, decodeJwk(key.publicJwk))) ? undefined : 'the signature is not of the key';
}

/** The same of the short form of a badge. */
export async function objectionToShort(
  deps: Deps,
  { copy, award, slug }: { copy: typeof copies.$inferSelect; award: typeof awards.$inferSelect; slug: string },
): Promise<string | undefined> {
  let read: SignedShortBadge;
  try {
    read = readShortBadge(copy.document!);
  } catch {
    return 'the document is not the short form of a badge';
  }
  const { badge, method } = read;
  const did = didWebFor(deps.config.origin, slug);
  const said = [badge.issuer, badge.id, method, badge.status.list, badge.status.index];
  const list = listUrl(deps, copy.statusListId);
  if (
    JSON.stringify(said) !== JSON.stringify([did, award.credentialId, copy.verificationMethod, list, copy.statusIndex])
  )
    return 'the copy is not that of its award';
  const key = await keyOf(deps, award, method.slice(did.length + 1));
  if (!key) return 'the key that signed is not one of the institution';
  return (await verifyShortBadge(read, decodeJwk(key.publicJwk))) ? undefined : 'the signature is not of the key';
}

async function keyOf(deps: Deps, award: typeof awards.$inferSelect, keyId: string) {
  const own = and(eq(joseKeys.institutionId, award.institutionId), eq(joseKeys.id, keyId));
  const [key] = await deps.db.query.select().from(joseKeys).where(own);
  return key;
}

const placeIn = ({ statusListCredential, statusListIndex }: JsonObject) => [statusListCredential, statusListIndex];
