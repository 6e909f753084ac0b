import { proveHolder } from '../../verifier/index.ts';
import type { Institution } from '../../institutions/index.ts';
import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { VcError } from '../../vc/errors.ts';
import { jwkOfDid } from '../../vc/holder-key.ts';
import type { Access } from './access.ts';
import { BATCH_SIZE } from './configurations.ts';
import { issuerId } from './metadata.ts';
import { type ProvenKey, verifyProof } from './proof.ts';
import { refused } from '../oauth/refusal.ts';

export interface ProofsSent {
  proofs?: Record<string, unknown[]>;
  /** How one was sent up to draft 13. */
  proof?: { proof_type: string; jwt?: string };
}

/**
 * The keys that a request proves to have (OID4VCI §8.2), one for each copy.
 * @throws DomainError with `invalid_proof`, `invalid_credential_request`
 */
export async function provenKeys(
  deps: Deps,
  institution: Institution,
  { clientId }: Pick<Access, 'clientId'>,
  { proof, proofs }: ProofsSent,
): Promise<ProvenKey[]> {
  if (proof && proofs) throw refused('invalid_credential_request', 'Send proofs, or a proof.');
  const kinds = Object.entries(proof ? { [proof.proof_type]: [proof.jwt] } : (proofs ?? {}));
  const [kind, sent] = kinds[0] ?? [];
  // OID4VCI §8.2: `proofs` holds one kind of proof.
  if (!sent?.length || kinds.length !== 1 || (kind !== 'jwt' && kind !== 'di_vp'))
    throw refused('invalid_proof', 'A proof of kind jwt or di_vp is needed.');
  if (sent.length > BATCH_SIZE)
    throw refused('invalid_credential_request', `At most ${BATCH_SIZE} proofs go in one request.`);
  const audience = issuerId(deps, institution.slug);
  const now = deps.clock();
  return Promise.all(
    sent.map(one => {
      if (kind === 'di_vp') return verifyPresented(deps, one, audience);
      if (typeof one !== 'string') throw refused('invalid_proof', 'A proof of kind jwt is a string.');
      return verifyProof(one, { audience, clientId, now });
    }),
  );
}

/**
 * A presentation of nothing, signed for us (OID4VCI Appendix F.2). Only a DID that is a key is looked at: none is
 * fetched.
 */
async function verifyPresented(deps: Deps, presentation: unknown, domain: string): Promise<ProvenKey> {
  const bad = (cause?: unknown) => refused('invalid_proof', 'A presentation is not right.', cause);
  if (typeof presentation !== 'object' || presentation === null) throw bad();
  const { proof, verifiableCredential } = presentation as Record<string, unknown>;
  const { challenge, verificationMethod } = (proof ?? {}) as Record<string, unknown>;
  if (verifiableCredential !== undefined || typeof challenge !== 'string' || !challenge) throw bad();
  if (!/^did:(key|jwk):/.test(String(verificationMethod))) throw bad();
  try {
    const did = await proveHolder(deps, JSON.stringify(presentation), { challenge, domain });
    jwkOfDid(did);
    return { holder: { did }, did, nonce: challenge };
  } catch (error) {
    throw error instanceof DomainError || error instanceof VcError ? bad(error) : error;
  }
}
