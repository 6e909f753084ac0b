import { VcError } from '../../vc/errors.ts';
import { decodeJwk } from '../../vc/jwk.ts';
import type { FetchJson } from '../verify.ts';
import { answer, type Keyring, sameKey } from './key.ts';
import { jwkIn, signs } from './key-document.ts';

const METADATA = { maxBytes: 64 * 1024, accept: 'application/json' };
const MAX_KEYS = 50;

/**
 * The keys of an issuer of SD-JWT VCs at an https address, from its own metadata (draft-ietf-oauth-sd-jwt-vc §5) and from
 * nothing that the token holds. A key is named by its `kid`; a set of one key needs no name.
 */
export function metadataKeyring(issuerId: string, { fetchJson }: { fetchJson: FetchJson }): Keyring {
  let reading: Promise<JsonObject[]> | undefined;
  const read = () => (reading ??= fetchKeys(issuerId, fetchJson));
  return {
    issuerId,
    bound: true,
    only: issuerId,
    keyFor: method =>
      answer(async () => {
        const keys = await read();
        const named = method === issuerId ? (keys.length === 1 ? keys[0] : undefined) : jwkIn(keys, method, issuerId);
        if (!named) throw new VcError('key-not-found', 'The issuer has no such key.');
        return decodeJwk(named);
      }),
    keyForJwk: jwk =>
      answer(async () =>
        sameKey(
          (await read()).map(key => ({ key: decodeJwk(key) })),
          decodeJwk(jwk),
        ),
      ),
    speaks: () => true,
  };
}

/** §5: the well-known path goes between the host and the path of the issuer. */
function metadataUrl(issuerId: string): string {
  const { origin, pathname, search } = new URL(issuerId);
  return `${origin}/.well-known/jwt-vc-issuer${pathname.replace(/\/$/, '')}${search}`;
}

async function fetchKeys(issuerId: string, fetchJson: FetchJson): Promise<JsonObject[]> {
  const metadata = await fetchObject(metadataUrl(issuerId), fetchJson);
  if (metadata.issuer !== issuerId) throw new VcError('did-id-mismatch', 'The metadata is of another issuer.');
  const { jwks, jwks_uri: address } = metadata;
  // §5.1: one of the two.
  if ((jwks === undefined) === (address === undefined))
    throw new VcError('key-malformed', 'The keys are not there once.');
  const set = address === undefined ? jwks : await fetchObject(String(address), fetchJson);
  const keys: unknown = isObject(set) ? set.keys : undefined;
  if (!Array.isArray(keys) || keys.length > MAX_KEYS)
    throw new VcError('key-malformed', 'The issuer has no set of keys.');
  return keys.filter(isObject).filter(signs);
}

async function fetchObject(url: string, fetchJson: FetchJson): Promise<JsonObject> {
  let found: unknown;
  try {
    found = await fetchJson(url, METADATA);
  } catch (cause) {
    throw new VcError('did-unresolvable', `What the issuer has at ${url} could not be read.`, { cause });
  }
  if (!isObject(found)) throw new VcError('key-malformed', 'The issuer has no keys there.');
  return found;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
