import { type Bytes, concat, utf8 } from './bytes.ts';
import { canonize } from './canonize.ts';
import { contextLoader, DATA_INTEGRITY_CONTEXT, VC2_CONTEXT } from './contexts.ts';
import type { Cryptosuite } from './cryptosuites.ts';
import type { Hash } from './ecdsa.ts';

/** VC-DI-EDDSA §3.2.4: the hash of a document in its canonical form. */
export async function hashDocument(document: object, loader = contextLoader, hash: Hash = 'SHA-256'): Promise<Bytes> {
  return hashCanonical(await canonize(document, loader), hash);
}

/**
 * VC-DI-EDDSA §3.2.4 and §3.2.5, VC-DI-ECDSA §3.2.4 and §3.2.5: the bytes that are signed. `config` is the proof without
 * its value, which is read in the contexts of its document, with those of its suite among them.
 */
export async function hashData(
  unsecured: JsonObject,
  config: JsonObject,
  documentHash: Uint8Array,
  loader = contextLoader,
  hash: Hash = 'SHA-256',
  suiteContexts: Cryptosuite['contexts'] = [DATA_INTEGRITY_CONTEXT, VC2_CONTEXT],
): Promise<Bytes> {
  const context = unsecured['@context'];
  const contexts = Array.isArray(context) ? context : [context];
  const complete = suiteContexts.some(url => contexts.includes(url));
  const inContext = { '@context': complete ? context : [...contexts, suiteContexts[0]], ...config };
  return concat(await hashCanonical(await canonize(inContext, loader), hash), documentHash);
}

/** The hash of what `canonize` made. */
export const hashCanonical = async (text: string, hash: Hash): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest(hash, utf8(text)));
