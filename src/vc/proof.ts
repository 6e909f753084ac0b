import { encodeBase58 } from './bytes.ts';
import { formatDateTimeStamp } from './date.ts';
import { verifyEd25519 } from './ed25519.ts';
import { VcError } from './errors.ts';
import { hashData, hashDocument } from './hash-data.ts';
import { decodeMultikey } from './multikey.ts';
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
 * Signs a VC 2.0 credential with eddsa-rdfc-2022 (VC-DI-EDDSA §3.2.1). `created` is kept to the second; `documentHash`
 * saves reading the document again. The document is left alone; `proof` of the result is an array, as 1EdTech's formal
 * schema wants it. A signature that is not the signer's never comes out.
 * Throws what `toDataset` throws for a document that would not be signed as a whole, `signature-wrong`, and whatever the
 * signer throws.
 */
export async function sign<T extends object>(
  document: T,
  signer: Signer,
  { created, documentHash }: { created: Date; documentHash?: Uint8Array },
): Promise<Signed<T>> {
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: formatDateTimeStamp(created),
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
  } as const;
  const unsecured = document as JsonObject;
  const data = await hashData(unsecured, config, documentHash ?? (await hashDocument(unsecured)));
  const signature = await signer.sign(data);
  if (!(await verifyEd25519(decodeMultikey(signer.publicKeyMultibase).publicKey, data, signature)))
    throw new VcError('signature-wrong', 'The signer gave a signature that is not of its key.');
  return { ...document, proof: [{ ...config, proofValue: `z${encodeBase58(signature)}` }] };
}
