import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { contextLoader, MULTIKEY_CONTEXT } from './contexts.ts';
import { didDocument } from './did.ts';
import type { Signed } from './proof.ts';

/**
 * A second opinion on what we signed, by the reference library and none of our own reading of JSON-LD: about 10 ms.
 * Resolves to what it objects to, or undefined. The status is not its question.
 */
export async function objectionOf(
  signed: Signed<object>,
  key: { id: string; controller: string; publicKeyMultibase: string },
  now: Date,
): Promise<string | undefined> {
  const { controller: did, publicKeyMultibase } = key;
  const fragment = key.id.slice(did.length + 1);
  const document = didDocument({ did, keys: [{ id: fragment, publicKeyMultibase, state: 'active' }] });
  const [method] = document.verificationMethod as object[];
  const documents = new Map<string, object>([
    [did, document],
    [key.id, { '@context': MULTIKEY_CONTEXT, ...method }],
  ]);
  const answer = await verifyCredential({
    credential: structuredClone(signed),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: async url => {
      const own = documents.get(url);
      return own ? { contextUrl: null, documentUrl: url, document: own } : contextLoader(url);
    },
    now,
    checkStatus: async () => ({ verified: true }),
  });
  return answer.verified ? undefined : (answer.error?.message ?? 'not verified');
}
