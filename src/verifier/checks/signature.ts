import { VcError } from '../../vc/errors.ts';
import { type ProofResult, proofsOf, verifyProofs } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { Sound } from './form.ts';
import type { Keyring } from './key.ts';
import { judgeKeyBinding, type KeyBinding } from './key-binding.ts';
import { judgeJwt } from './signature-jwt.ts';

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
