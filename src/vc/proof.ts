import { DataIntegrityProof as DataIntegritySuite } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { contextLoader } from './contexts.ts';
import { formatDateTimeStamp } from './date.ts';
import type { Signer } from './signer.ts';

/** VC-DATA-INTEGRITY §2.1. What we make; what we read may hold more. */
export type DataIntegrityProof = {
  type: 'DataIntegrityProof';
  cryptosuite: 'eddsa-rdfc-2022';
  created: string;
  verificationMethod: string;
  proofPurpose: 'assertionMethod';
  proofValue: string;
};

export type Signed<T> = T & { proof: [DataIntegrityProof] };

/**
 * Signs a VC 2.0 credential with eddsa-rdfc-2022 (VC-DI-EDDSA §3.2.1), by the reference library. `created` is kept to
 * the second. The document is left alone; `proof` of the result is an array, as 1EdTech's formal schema wants it.
 * Throws the library's error, or `context-not-allowed`, when the document cannot be signed as a whole.
 */
export async function sign<T extends object>(
  document: T,
  signer: Signer,
  { created }: { created: Date },
): Promise<Signed<T>> {
  const suite = new DataIntegritySuite({
    cryptosuite,
    date: formatDateTimeStamp(created),
    signer: {
      id: signer.id,
      algorithm: signer.algorithm,
      sign: ({ data }: { data: Uint8Array }) => signer.sign(data),
    },
  });
  const signed = await issue({
    credential: structuredClone(document),
    suite,
    documentLoader: contextLoader,
    now: created,
  });
  return { ...document, proof: [signed.proof as DataIntegrityProof] };
}
