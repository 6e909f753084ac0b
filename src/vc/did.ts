import { decodeBase64url } from './bytes.ts';
import { DID_CONTEXT, JWK_CONTEXT, MULTIKEY_CONTEXT } from './contexts.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import { decodeMultikey } from './multikey.ts';

/** A DID document as found: only `id` is certain (DID-CORE §5.1.1); the rest is looked at when it is needed. */
export type DidDocument = { id: string } & Record<string, unknown>;

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const SEGMENT = /^[A-Za-z0-9._-]+$/;

/**
 * The https URL of a did:web document. Strict: `did:web:host[%3Aport](:segment)*`, where a host is a name and never an
 * address in any spelling, and nothing but the port's colon is percent-encoded; so what is fetched is what is read.
 * Throws `did-malformed`.
 */
export function parseDidWeb(did: string): URL {
  const [scheme, method, authority = '', ...segments] = did.split(':');
  const [host = '', port, ...more] = authority.split(/%3a/i);
  const labels = host.split('.');
  const sound =
    scheme === 'did' &&
    method === 'web' &&
    more.length === 0 &&
    host.length <= 253 &&
    labels.every(label => LABEL.test(label)) &&
    // URL Standard, "ends in a number": 127.1, 0x7f.1 and 2130706433 are addresses.
    !/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1)!) &&
    (port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) < 65536)) &&
    segments.every(segment => SEGMENT.test(segment) && segment !== '.' && segment !== '..');
  if (!sound) throw new VcError('did-malformed', 'The did:web identifier is malformed.');
  const path = segments.length > 0 ? segments.join('/') : '.well-known';
  return new URL(`https://${host}${port === undefined ? '' : `:${port}`}/${path}/did.json`);
}

/** The did:web of a whole host, as in our own origin: `did:web:HOST[%3APORT]`. */
export function didWebOfHost(origin: string): string {
  const { hostname, port } = new URL(origin);
  return `did:web:${hostname}${port === '' ? '' : `%3A${port}`}`;
}

/** The did:web of an institution at our own origin: `did:web:HOST[%3APORT]:i:SLUG`. */
export const didWebFor = (origin: string, slug: string): string => `${didWebOfHost(origin)}:i:${slug}`;

/** The document of a did:key, which is made from the DID alone. Throws `did-malformed`. */
export function didKeyDocument(did: string): DidDocument {
  const multibase = did.slice('did:key:'.length);
  try {
    decodeMultikey(multibase);
  } catch (cause) {
    throw new VcError('did-malformed', 'The did:key identifier is malformed.', { cause });
  }
  const id = `${did}#${multibase}`;
  return {
    '@context': [DID_CONTEXT, MULTIKEY_CONTEXT],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: multibase }],
    authentication: [id],
    assertionMethod: [id],
  };
}

/** Longer than any public key that is read here. */
const MAX_DID_JWK = 4_096;

/**
 * The document of a did:jwk, which is made from the DID alone: its one key, `#0`, for whatever its `use` allows.
 * Throws `did-malformed`, also for a private key (did:jwk §4.1) and for JSON in which a member stands twice.
 */
export function didJwkDocument(did: string): DidDocument {
  const malformed = (cause?: unknown) =>
    new VcError('did-malformed', 'The did:jwk identifier is malformed.', { cause });
  if (did.length > MAX_DID_JWK) throw malformed();
  let jwk: JsonObject;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      decodeBase64url(did.slice('did:jwk:'.length)),
    );
    jwk = JSON.parse(text) as JsonObject;
    decodeJwk(jwk);
    // Two readers of a member that stands twice can each see another key.
    const names = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon);
    if (names.length !== Object.keys(jwk).length) throw malformed();
  } catch (cause) {
    throw malformed(cause);
  }
  const id = `${did}#0`;
  const signs = jwk.use === undefined || jwk.use === 'sig';
  return {
    '@context': [DID_CONTEXT],
    id: did,
    verificationMethod: [{ id, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk }],
    authentication: signs ? [id] : [],
    assertionMethod: signs ? [id] : [],
  };
}

/** The method that a DID of one key stands for when it is named without one; undefined for other DIDs. */
export function onlyMethodOf(did: string): string | undefined {
  if (did.startsWith('did:key:')) return `${did}#${did.slice('did:key:'.length)}`;
  return did.startsWith('did:jwk:') ? `${did}#0` : undefined;
}

/**
 * Resolves did:key, did:jwk and did:web. `fetchJson` does the one request there can be, and guards it.
 * Throws `did-malformed`, `did-method-unsupported`, `did-unresolvable` (whatever the fetch said) or, when the document
 * found speaks of another DID (did:web §3.2), `did-id-mismatch`.
 */
export async function resolveDid(
  did: string,
  { fetchJson }: { fetchJson: (url: string) => Promise<unknown> },
): Promise<DidDocument> {
  if (did.startsWith('did:key:')) return didKeyDocument(did);
  if (did.startsWith('did:jwk:')) return didJwkDocument(did);
  if (!did.startsWith('did:web:')) {
    const method = /^did:[a-z0-9]+:[^#?/]+$/.test(did);
    throw new VcError(method ? 'did-method-unsupported' : 'did-malformed', `The DID ${did} cannot be resolved here.`);
  }
  const url = parseDidWeb(did);
  let document: unknown;
  try {
    document = await fetchJson(url.href);
  } catch (cause) {
    throw new VcError('did-unresolvable', `The DID document at ${url.href} could not be read.`, { cause });
  }
  if (typeof document !== 'object' || document === null || (document as DidDocument).id !== did) {
    throw new VcError('did-id-mismatch', `The document at ${url.href} is not that of ${did}.`);
  }
  return document as DidDocument;
}

type DidKey = {
  /** The fragment, as in `key-1`. */
  id: string;
  state: 'published' | 'active' | 'retired' | 'compromised';
  /** When a compromised key was withdrawn, as a dateTimeStamp. */
  revoked?: string;
} & ({ publicKeyMultibase: string } | { publicKeyJwk: Record<string, string> });

/**
 * The document of an institution. Every key stays in `verificationMethod`; a compromised one leaves `assertionMethod`,
 * the only revocation that all verifiers obey, and carries `revoked`. A retired key stays: what it signed is still good.
 */
export function didDocument({ did, keys }: { did: string; keys: readonly DidKey[] }): DidDocument {
  return {
    '@context': [DID_CONTEXT, MULTIKEY_CONTEXT, ...(keys.some(key => 'publicKeyJwk' in key) ? [JWK_CONTEXT] : [])],
    id: did,
    verificationMethod: keys.map(({ id, revoked, ...key }) => ({
      id: `${did}#${id}`,
      type: 'publicKeyJwk' in key ? 'JsonWebKey' : 'Multikey',
      controller: did,
      ...('publicKeyJwk' in key ? { publicKeyJwk: key.publicKeyJwk } : { publicKeyMultibase: key.publicKeyMultibase }),
      ...(revoked === undefined ? {} : { revoked }),
    })),
    // 1EdTech's validator compares strings: exact ids, no embedded methods.
    assertionMethod: keys.filter(({ state }) => state !== 'compromised').map(({ id }) => `${did}#${id}`),
  };
}
