import { type Bytes, concat, sha256, utf8 } from './bytes.ts';
import { canonize } from './canonize.ts';
import { contextLoader } from './contexts.ts';
import { type Cryptosuite, DATA_INTEGRITY } from './cryptosuites.ts';
import type { Hash } from './ecdsa.ts';
import { canonicalJson } from './jcs.ts';

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
  options: HashOptions = {},
): Promise<Bytes> {
  return concat(await hashConfig(unsecured, config, options), documentHash);
}

/** The first half of `hashData`: the proof without its value. */
export const hashConfig = async (
  unsecured: JsonObject,
  config: JsonObject,
  options: HashOptions = {},
): Promise<Bytes> => hashCanonical(await canonizeConfig(unsecured, config, options), options.hash ?? 'SHA-256');

/** What `hashConfig` hashes. */
export async function canonizeConfig(
  unsecured: JsonObject,
  config: JsonObject,
  { loader = contextLoader, contexts = DATA_INTEGRITY }: HashOptions = {},
): Promise<string> {
  const context = unsecured['@context'];
  const present = Array.isArray(context) ? context : [context];
  const complete = contexts.some(url => present.includes(url));
  return canonize({ '@context': complete ? context : [...present, contexts[0]], ...config }, loader);
}

/** VC-DI-EDDSA §3.3.4, VC-DI-ECDSA §3.3.4: as `hashData`, over the JSON of both. */
export async function hashJson(unsecured: JsonObject, config: JsonObject, hash: Hash): Promise<Bytes> {
  const hashes = [config, unsecured].map(value => hashCanonical(canonicalJson(value), hash));
  return concat(...(await Promise.all(hashes)));
}

type HashOptions = { loader?: DocumentLoader; hash?: Hash; contexts?: Cryptosuite['contexts'] };

/** The hash of what `canonize` made. */
export const hashCanonical = async (text: string, hash: Hash): Promise<Bytes> =>
  hash === 'SHA-256' ? sha256(text) : new Uint8Array(await crypto.subtle.digest(hash, utf8(text)));
