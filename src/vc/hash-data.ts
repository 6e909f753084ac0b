import { type Bytes, concat, sha256 } from './bytes.ts';
import { canonize, canonizeDataset, type Dataset, toDataset } from './canonize.ts';
import { contextLoader, DATA_INTEGRITY_CONTEXT, VC2_CONTEXT } from './contexts.ts';

/** VC-DI-EDDSA §3.2.4: the SHA-256 of a document in its canonical form. `dataset` saves reading it again. */
export async function hashDocument(document: object, loader = contextLoader, dataset?: Dataset): Promise<Bytes> {
  return sha256(await canonizeDataset(dataset ?? (await toDataset(document, loader))));
}

/**
 * VC-DI-EDDSA §3.2.4 and §3.2.5: the 64 bytes that are signed. `config` is the proof without its value, which is read in
 * the contexts of its document, with those of Data Integrity among them.
 */
export async function hashData(
  unsecured: JsonObject,
  config: JsonObject,
  documentHash: Uint8Array,
  loader = contextLoader,
): Promise<Bytes> {
  const context = unsecured['@context'];
  const contexts = Array.isArray(context) ? context : [context];
  const complete = contexts.includes(VC2_CONTEXT) || contexts.includes(DATA_INTEGRITY_CONTEXT);
  const inContext = { '@context': complete ? context : [...contexts, DATA_INTEGRITY_CONTEXT], ...config };
  return concat(await sha256(await canonize(inContext, loader)), documentHash);
}
