// Rows of the threat table that no other file of this folder covers.
import { beforeAll, describe, expect, it } from 'vitest';
import { OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { type Json, minutes } from '../support/badges.ts';
import { line, world } from '../support/check-world.ts';

describe('threats', () => {
  let w: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => {
    w = await world();
  });

  it('V15: the context that lets every undefined term through is not on the list', async () => {
    const undefinedTerms = 'https://www.w3.org/ns/credentials/undefined-terms/v2';
    const signed = await w.issue();
    for (const extra of [{}, { grade: '10' }]) {
      const document = { ...signed, ...extra, '@context': [VC2_CONTEXT, OB_CONTEXT, undefinedTerms] };
      expect(await w.verdict(document)).toBe('indeterminate context-not-allowed');
    }
    const vocabulary = { ...signed, grade: '10', '@context': [VC2_CONTEXT, OB_CONTEXT, { '@vocab': 'urn:x:' }] };
    expect(await w.verdict(vocabulary)).toBe('invalid context-not-allowed');
  });

  it('V19: of two proofs the bad one decides, in either order and whatever is wrong with it', async () => {
    const signed = await w.issue();
    const good = [signed.proof].flat()[0] as Json;
    const [expired] = [(await w.issue({}, { proof: { expires: '2020-01-01T00:00:00Z' } })).proof].flat() as Json[];
    for (const [bad, code] of [
      [{ ...good, proofValue: `${good.proofValue}1` }, 'signature-invalid'],
      [{ ...good, created: minutes(-61).toISOString() }, 'signature-invalid'],
      [{ ...good, proofPurpose: 'authentication' }, 'proof-purpose'],
      [expired!, 'proof-expired'],
      [{ ...good, verificationMethod: w.stranger.id }, 'issuer-key-mismatch'],
    ] as const) {
      for (const proof of [
        [good, bad],
        [bad, good],
      ]) {
        const report = await w.check({ ...signed, proof });
        expect([report.verdict, report.code]).toEqual(['invalid', code]);
        expect(report.checks.every(({ outcome }) => typeof outcome === 'string')).toBe(true);
      }
    }
    // Each is told, the good one too.
    const report = await w.check({ ...signed, proof: [good, { ...good, proofValue: 'z11' }] });
    const told = (line(report, 'signature').evidence.proofs as Json[]).map(({ outcome }) => outcome);
    expect(told).toEqual(['ok', 'failed']);
  });
});
