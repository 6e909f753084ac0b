import { VcError } from '../../vc/errors.ts';
import { type ProofResult, proofsOf, verifyProofs } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { Sound } from './form.ts';
import type { Keyring } from './key.ts';

/**
 * Judges every proof of a sound document, and the key of each. One failed proof fails the whole, whatever stands beside
 * it; one that cannot be judged leaves the whole unknown.
 */
export async function checkSignature(
  { document, dataset }: Sound,
  keyring: Keyring,
  now: Date,
): Promise<{ signature: Finding; key: Finding; methods: string[] }> {
  if (proofsOf(document).length === 0) {
    return {
      signature: { outcome: 'failed', code: 'proof-missing' },
      key: { outcome: 'skipped', code: 'skipped' },
      methods: [],
    };
  }
  let proofs: ProofResult<Code>[];
  try {
    proofs = await verifyProofs<Code>(document, { keyFor: keyring.keyFor, now, dataset });
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    const code = error.code === 'too-complex' ? error.code : 'malformed';
    return { signature: { outcome: 'failed', code }, key: { outcome: 'skipped', code: 'skipped' }, methods: [] };
  }

  const about = (subject: 'proof' | 'key') => proofs.filter(proof => proof.about === subject);
  const worst = (results: ProofResult<Code>[]) =>
    results.find(result => result.outcome === 'failed') ?? results.find(result => result.outcome === 'unknown');

  const badProof = worst(about('proof'));
  const goodProof = about('proof').find(result => result.outcome === 'ok');
  const badKey = worst(about('key'));
  const evidence = { proofs: proofs.map(({ about: _, ...told }) => told) };
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
        ? { outcome: 'ok', code: 'key-authorized', evidence: { verificationMethods: methods } }
        : { outcome: 'skipped', code: 'skipped' };
  return { signature, key, methods };
}
