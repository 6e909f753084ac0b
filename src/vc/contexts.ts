import credentialsStatusV1 from '../../contexts/credentials-status-v1.json' with { type: 'json' };
import credentialsV1 from '../../contexts/credentials-v1.json' with { type: 'json' };
import credentialsV2 from '../../contexts/credentials-v2.json' with { type: 'json' };
import dataIntegrityV1 from '../../contexts/data-integrity-v1.json' with { type: 'json' };
import dataIntegrityV2 from '../../contexts/data-integrity-v2.json' with { type: 'json' };
import didV1 from '../../contexts/did-v1.json' with { type: 'json' };
import ed25519V1 from '../../contexts/ed25519-2020-v1.json' with { type: 'json' };
import multikeyV1 from '../../contexts/multikey-v1.json' with { type: 'json' };
import ob300 from '../../contexts/ob-v3p0.json' with { type: 'json' };
import ob301 from '../../contexts/ob-v3p0-3.0.1.json' with { type: 'json' };
import ob302 from '../../contexts/ob-v3p0-3.0.2.json' with { type: 'json' };
import ob303 from '../../contexts/ob-v3p0-3.0.3.json' with { type: 'json' };
import obExtensions from '../../contexts/ob-v3p0-extensions.json' with { type: 'json' };
import statusList2021V1 from '../../contexts/status-list-2021-v1.json' with { type: 'json' };
import { VcError } from './errors.ts';

export const VC1_CONTEXT = 'https://www.w3.org/2018/credentials/v1';
export const VC2_CONTEXT = 'https://www.w3.org/ns/credentials/v2';
export const DATA_INTEGRITY_CONTEXT = 'https://w3id.org/security/data-integrity/v2';
export const DID_CONTEXT = 'https://www.w3.org/ns/did/v1';
export const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';
/** Of DID documents only, which are read as JSON here; it is not among those that a credential may name. */
export const JWK_CONTEXT = 'https://w3id.org/security/jwk/v1';
export const ED25519_2020_CONTEXT = 'https://w3id.org/security/suites/ed25519-2020/v1';
export const STATUS_LIST_2021_CONTEXT = 'https://w3id.org/vc/status-list/2021/v1';
export const OB_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const OB_EXTENSIONS_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

/** Every context there is, by URL. `contexts/index.json` says where each came from; a test keeps the two equal. */
export const contexts: ReadonlyMap<string, object> = new Map<string, object>([
  [VC1_CONTEXT, credentialsV1],
  [VC2_CONTEXT, credentialsV2],
  ['https://w3id.org/security/data-integrity/v1', dataIntegrityV1],
  [DATA_INTEGRITY_CONTEXT, dataIntegrityV2],
  [MULTIKEY_CONTEXT, multikeyV1],
  [DID_CONTEXT, didV1],
  [ED25519_2020_CONTEXT, ed25519V1],
  [STATUS_LIST_2021_CONTEXT, statusList2021V1],
  ['https://www.w3.org/ns/credentials/status/v1', credentialsStatusV1],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context.json', ob300],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', ob301],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json', ob302],
  [OB_CONTEXT, ob303],
  [OB_EXTENSIONS_CONTEXT, obExtensions],
]);

/** A JSON-LD document loader that serves bundled contexts only and never touches a network. */
export async function contextLoader(url: string): Promise<RemoteDocument> {
  const document = contexts.get(url);
  if (!document) throw new VcError('context-not-allowed', `The context ${url} is not one that this service knows.`);
  // "static" lets jsonld keep the processed context between runs; without it a signature costs twice as much.
  return { contextUrl: null, documentUrl: url, document, tag: 'static' };
}
