import { VcError } from '../../vc/errors.ts';
import { verifyJws } from '../../vc/jws.ts';
import { type ProofResult, proofsOf, verifyProofs } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import type { Envelope } from '../read-jwt.ts';
import type { Finding } from '../report.ts';
import type { Sound } from './form.ts';
import type { Keyring } from './key.ts';
import { judgeKeyBinding, type KeyBinding } from './key-binding.ts';

/**
 * Judges every proof of a sound document, and the key of each. One failed proof fails the whole, whatever stands beside
 * it; one that cannot be judged leaves the whole unknown. `mandatory` are, of a document of which a part may have been
 * left out, the statements that could not be.
 */
export async function checkSignature(
  {
    document,
    dataset,
    envelope,
    loader,
    verified,
  }: Pick<Sound, 'document' | 'dataset' | 'envelope' | 'loader' | 'verified'>,
  keyring: Keyring,
  now: Date,
  purpose: 'assertionMethod' | 'authentication' = 'assertionMethod',
  keyBinding: KeyBinding = {},
): Promise<{ signature: Finding; key: Finding; methods: string[]; mandatory?: string[] }> {
  if (!envelope && proofsOf(document).length === 0) {
    return {
      signature: { outcome: 'failed', code: 'proof-missing' },
      key: { outcome: 'skipped', code: 'skipped' },
      methods: [],
    };
  }
  let proofs: ProofResult<Code>[];
  try {
    proofs = envelope
      ? [await judgeJwt(envelope, keyring), ...(await judgeKeyBinding(envelope, keyBinding, now))]
      : await verifyProofs<Code>(document, { keyFor: keyring.keyFor, now, purpose, dataset, loader, verified });
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    const code = error.code === 'too-complex' ? error.code : 'malformed';
    return { signature: { outcome: 'failed', code }, key: { outcome: 'skipped', code: 'skipped' }, methods: [] };
  }

  const about = (subject: 'proof' | 'key') => proofs.filter(proof => proof.about === subject);
  const worst = (results: ProofResult<Code>[]) =>
    results.find(result => result.outcome === 'failed') ?? results.find(result => result.outcome === 'unknown');

  const badProof = worst(about('proof'));
  const goodProof = about('proof').find(result => result.outcome === 'ok' && result.code === 'signature-valid');
  const badKey = worst(about('key'));
  const evidence = { proofs: proofs.map(({ about: _, mandatory: _mandatory, ...told }) => told) };
  const signature: Finding = badProof
    ? { outcome: badProof.outcome, code: badProof.code, evidence }
    : goodProof && !badKey
      ? { outcome: 'ok', code: 'signature-valid', evidence }
      : { outcome: 'skipped', code: 'signature-not-checked', evidence };

  const methods = about('proof').flatMap(proof => (proof.outcome === 'ok' ? (proof.verificationMethod ?? []) : []));
  const key: Finding = badKey
    ? { outcome: badKey.outcome, code: badKey.code, evidence: { verificationMethod: badKey.verificationMethod } }
    : !keyring.bound
      ? { outcome: 'unknown', code: 'issuer-unbound', evidence: { issuer: keyring.issuerId } }
      : methods.length > 0
        ? keyring.speaks(methods)
          ? { outcome: 'ok', code: 'key-authorized', evidence: { verificationMethods: methods } }
          : { outcome: 'failed', code: 'issuer-key-mismatch', evidence: { verificationMethods: methods } }
        : { outcome: 'skipped', code: 'skipped' };
  // One good proof of the issuer's over the whole says that nothing was left out.
  const good = proofs.filter(({ about: subject, outcome }) => subject === 'proof' && outcome === 'ok');
  const isWhole = ({ mandatory, verificationMethod: method }: ProofResult<Code>) =>
    !mandatory && method !== undefined && keyring.speaks([method]);
  const isPart = good.some(({ mandatory }) => mandatory) && !good.some(isWhole);
  const mandatory = isPart ? good.flatMap(proof => proof.mandatory ?? []) : undefined;
  return { signature, key, methods, mandatory };
}

/** The signature around a document, told as the one proof that it has. */
async function judgeJwt({ jws, defect }: Envelope, keyring: Keyring): Promise<ProofResult<Code>> {
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
