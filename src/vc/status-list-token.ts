/** Token Status Lists (draft-ietf-oauth-status-list): a list of statuses in a JWT of its own. */
import { type Bytes, concat, decodeBase64url, encodeBase64url } from './bytes.ts';
import { VcError } from './errors.ts';
import { inflateList } from './status-list.ts';

/** The `typ` of a list in a JWT (§5.1), and the media type of one in a CWT (§5.2), which is not read here. */
export const TOKEN_LIST_TYPE = 'statuslist+jwt';
export const TOKEN_LIST_CWT = 'application/statuslist+cwt';

/** A list as its claims have it (§5.1); nothing is said of who signed it. */
export type TokenStatusList = {
  bits: 1 | 2 | 4 | 8;
  statuses: Bytes;
  issuedAt: Date;
  expires: Date | undefined;
  /** Seconds that others may keep it. */
  ttl: number | undefined;
  issuer: unknown;
};

/**
 * Reads the claims of the list at `uri` (§5.1, §8.3). Throws `status-list-malformed` for what is no list, or is one of
 * another address, and `status-list-too-large`.
 */
export async function readTokenList(claims: JsonObject, uri: string): Promise<TokenStatusList> {
  const { sub, iat, exp, ttl, iss, status_list: list } = claims;
  const issuedAt = numericDate(iat);
  const expires = exp === undefined ? undefined : numericDate(exp);
  if (sub !== uri || !issuedAt || expires === null || !isObject(list)) throw malformed();
  if (ttl !== undefined && !(typeof ttl === 'number' && ttl > 0)) throw malformed();
  const { bits, lst } = list;
  if (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8) throw malformed();
  if (typeof lst !== 'string') throw malformed();
  let compressed: Bytes;
  try {
    compressed = decodeBase64url(lst);
  } catch (cause) {
    throw malformed(cause);
  }
  return { bits, statuses: await inflateList(compressed, 'deflate'), issuedAt, expires, ttl, issuer: iss };
}

/**
 * The status at `index` (§4.1): the first entry is in the lowest bits of the first byte. `undefined` outside the list.
 */
export function getTokenStatus(
  { bits, statuses }: Pick<TokenStatusList, 'bits' | 'statuses'>,
  index: number,
): number | undefined {
  const perByte = 8 / bits;
  const byte = statuses[Math.floor(index / perByte)];
  return byte === undefined ? undefined : (byte >> ((index % perByte) * bits)) & (2 ** bits - 1);
}

/** A copy of the list in which one entry has another status. Throws a RangeError outside the list, or the size. */
export function setTokenStatus(
  statuses: Uint8Array,
  size: TokenStatusList['bits'],
  index: number,
  value: number,
): Bytes {
  const perByte = 8 / size;
  const at = Math.floor(index / perByte);
  if (!Number.isSafeInteger(index) || index < 0 || at >= statuses.length || value < 0 || value >= 2 ** size)
    throw new RangeError('not in the list');
  const shift = (index % perByte) * size;
  const copy = concat(statuses);
  copy[at] = (copy[at]! & ~((2 ** size - 1) << shift)) | (value << shift);
  return copy;
}

/** The claims of the list at `uri` (§5.1): the statuses in zlib, and how long others may keep them. */
export async function tokenListClaims(list: {
  uri: string;
  issuer: string;
  size: TokenStatusList['bits'];
  statuses: Uint8Array;
  validFrom: Date;
  validUntil: Date;
  ttlMs: number;
}): Promise<JsonObject> {
  const stream = new Blob([concat(list.statuses)]).stream().pipeThrough(new CompressionStream('deflate'));
  const compressed = new Uint8Array(await new Response(stream).arrayBuffer());
  const seconds = (ms: number) => Math.floor(ms / 1000);
  return {
    iss: list.issuer,
    sub: list.uri,
    iat: seconds(list.validFrom.getTime()),
    exp: seconds(list.validUntil.getTime()),
    ttl: seconds(list.ttlMs),
    status_list: { bits: list.size, lst: encodeBase64url(compressed) },
  };
}

function numericDate(value: unknown): Date | null {
  return typeof value === 'number' && Math.abs(value) < 253_402_300_800 ? new Date(value * 1000) : null;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (cause?: unknown) => new VcError('status-list-malformed', 'The status list is malformed.', { cause });
