import { encodeBase58 } from './bytes.ts';
import { formatDateTimeStamp } from './date.ts';
import { hashData, hashDocument } from './hash-data.ts';
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
 * Signs a VC 2.0 credential with eddsa-rdfc-2022 (VC-DI-EDDSA §3.2.1). `created` is kept to the second. The document is
 * left alone; `proof` of the result is an array, as 1EdTech's formal schema wants it.
 * Throws what `toDataset` throws for a document that would not be signed as a whole, and whatever the signer throws.
 */
export async function sign<T extends object>(
  document: T,
  signer: Signer,
  { created }: { created: Date },
): Promise<Signed<T>> {
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: formatDateTimeStamp(created),
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
  } as const;
  const unsecured = document as JsonObject;
  const data = await hashData(unsecured, config, await hashDocument(unsecured));
  return { ...document, proof: [{ ...config, proofValue: `z${encodeBase58(await signer.sign(data))}` }] };
}
