import { z } from 'zod';
import { decodeBase58, encodeBase58 } from './bytes.ts';
import { formatDateTimeStamp } from './date.ts';
import type { DidDocument } from './did.ts';
import { verifyEd25519 } from './ed25519.ts';
import { VcError } from './errors.ts';
import { hashJson } from './hash-data.ts';
import { decodeMultikey } from './multikey.ts';
import type { Signer } from './signer.ts';

/** VC-DATA-INTEGRITY §2.1, over the JSON of a document that is no credential. */
export const jsonProof = z.strictObject({
  type: z.literal('DataIntegrityProof'),
  cryptosuite: z.literal('eddsa-jcs-2022'),
  created: z.string(),
  verificationMethod: z.string(),
  proofPurpose: z.literal('assertionMethod'),
  proofValue: z.string(),
});
type JsonProof = z.infer<typeof jsonProof>;

/**
 * Signs a JSON document with eddsa-jcs-2022 (VC-DI-EDDSA §3.3.1). RFC 8785 §3.2.2.2 knows no half surrogate pairs, and
 * what someone typed may hold one: it is signed with U+FFFD in its place.
 * @throws VcError `signature-wrong`, and whatever the signer throws
 */
export async function signJson<T extends object>(
  said: T,
  signer: Signer,
  created: Date,
): Promise<T & { proof: JsonProof }> {
  const document = wellFormed(said);
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: formatDateTimeStamp(created),
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
  } as const;
  const data = await hashJson(document as JsonObject, config, 'SHA-256');
  const signature = await signer.sign(data);
  if (!(await verifyEd25519(decodeMultikey(signer.publicKeyMultibase).publicKey, data, signature)))
    throw new VcError('signature-wrong', 'The signer gave a signature that is not of its key.');
  return { ...document, proof: { ...config, proofValue: `z${encodeBase58(signature)}` } };
}

const wellFormed = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'string' ? each.replace(/\p{Surrogate}/gu, '\uFFFD') : each,
  ) as T;

/** Whether a document is as a controller signed it, with a key that still stands in its DID document. */
export async function judgeJson(
  signed: { proof: JsonProof },
  controller: DidDocument,
): Promise<'good' | 'changed' | 'key-ended'> {
  const { verificationMethod = [], assertionMethod = [] } = controller as {
    verificationMethod?: { id: string; publicKeyMultibase?: string }[];
    assertionMethod?: string[];
  };
  const method = verificationMethod.find(({ id }) => id === signed.proof.verificationMethod);
  if (!method?.publicKeyMultibase || !(await verifyJson(signed, method.publicKeyMultibase))) return 'changed';
  return assertionMethod.includes(method.id) ? 'good' : 'key-ended';
}

/** Whether a document is as the holder of a key signed it (VC-DI-EDDSA §3.3.2). */
async function verifyJson(signed: { proof: JsonProof }, publicKeyMultibase: string): Promise<boolean> {
  const { proof, ...document } = signed;
  const { proofValue, ...config } = proof;
  if (!proofValue.startsWith('z')) return false;
  let signature: Uint8Array;
  try {
    signature = decodeBase58(proofValue.slice(1));
  } catch {
    return false;
  }
  const data = await hashJson(document, config, 'SHA-256');
  return verifyEd25519(decodeMultikey(publicKeyMultibase).publicKey, data, signature);
}
