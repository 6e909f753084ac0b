import { verifyJws } from '../../vc/jws.ts';
import type { ProofResult } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import type { Envelope } from '../read-jwt.ts';
import type { Keyring } from './key.ts';

/** The signature around a document, told as the one proof that it has. */
export async function judgeJwt(
  { jws, defect }: Pick<Envelope, 'jws' | 'defect'>,
  keyring: Keyring,
): Promise<ProofResult<Code>> {
  const { alg, kid, jwk, x5c } = jws.header;
  const named = methodOf(kid, jwk, keyring);
  const verdict = (
    outcome: ProofResult['outcome'],
    code: Code,
    about: 'proof' | 'key' = 'proof',
    verificationMethod = named,
  ): ProofResult<Code> => ({
    index: 0,
    outcome,
    code,
    about,
    ...(verificationMethod === undefined ? {} : { verificationMethod }),
    ...(typeof alg === 'string' ? { cryptosuite: alg } : {}),
    // Told, and not trusted: nobody here has looked at who signed it.
    ...(x5c === undefined ? {} : { certificate: 'not-checked' }),
  });

  if (defect) return verdict(defect === 'unsupported-suite' ? 'unknown' : 'failed', defect);
  if (named === undefined && jwk === undefined) return verdict('failed', 'proof-malformed');
  // A key in the header is only a claim: it counts if it is the issuer's.
  const answer = named === undefined ? await keyring.keyForJwk(jwk) : await keyring.keyFor(named);
  if ('code' in answer) return verdict(answer.outcome, answer.code, 'key');
  const { key } = answer;
  if (key.type === 'unknown') return verdict('unknown', 'unsupported-suite');
  // A key of a set may have no name of its own; it is the issuer's all the same.
  const method = 'id' in key ? String(key.id) : (named ?? (keyring.bound ? keyring.issuerId : undefined));
  return (await verifyJws(jws, key))
    ? verdict('ok', 'signature-valid', 'proof', method)
    : verdict('failed', 'signature-invalid', 'proof', method);
}

/** VC-JOSE-COSE §3.1.1: a kid may leave out the issuer. An issuer with one key may leave out the whole kid. */
function methodOf(kid: unknown, jwk: unknown, { issuerId, only }: Keyring): string | undefined {
  if (typeof kid !== 'string') return jwk === undefined ? only : undefined;
  if (kid.startsWith('#')) return `${issuerId}${kid}`;
  return kid.includes(':') ? kid : `${issuerId}#${kid}`;
}
