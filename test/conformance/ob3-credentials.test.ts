import { describe, expect, it } from 'vitest';
import { readCandidate } from '../../src/verifier/read.ts';
import { verify } from '../../src/verifier/verify.ts';
import { network } from '../support/badges.ts';
import { fixture, haveFixtures } from '../support/shared.ts';

type Expected = { expect: string; code?: string; needs?: Record<string, string> };

// What is read by a later part of the verifier: VC 1.1, Ed25519Signature2020, a JWT, a picture. Until then the answer
// is that it cannot be told, or that it is not read here.
const LATER: Record<string, string> = {
  '1edtech-simple-json.png': 'a picture',
  '1edtech-simple-jwt.svg': 'a picture, and a JWT',
  '1edtech-simple_v1.json': 'VC 1.1',
  'dcc-v1NoStatus.json': 'VC 1.1',
  'dcc-v2Expired.json': 'Ed25519Signature2020',
  'dcc-v2Revoked.json': 'Ed25519Signature2020',
  'dcc-v2DoubleSigWithValidStatus.json': 'Ed25519Signature2020',
};

const { _format, ...expected } = haveFixtures ? fixture('third-party/ob3/expected.json') : {};

async function check(file: string, needs: Record<string, string> = {}) {
  const entries = Object.entries(needs).map(([url, name]) => [url, fixture(`third-party/ob3/${name}`)]);
  const { asked, fetchJson } = network(Object.fromEntries(entries));
  const document = fixture(`third-party/ob3/${file}`);
  const report = await verify(readCandidate(document), { now: new Date('2026-11-01T12:00:00Z'), fetchJson });
  return { report, asked };
}

describe.skipIf(!haveFixtures)('credentials of others', () => {
  for (const [file, { expect: verdict, code, needs }] of Object.entries(expected as Record<string, Expected>)) {
    if (LATER[file]) continue;
    it(`${file} is ${verdict}${code ? `: ${code}` : ''}`, async () => {
      const { report, asked } = await check(file, needs);
      expect(report).toMatchObject({ verdict, ...(code ? { code } : {}) });
      expect(asked).toEqual(Object.keys(needs ?? {}));
    });
  }

  it.each(Object.entries(LATER).filter(([file]) => file.endsWith('.json')))(
    '%s, which needs %s, is not called valid before it can be judged',
    async (file, _needs) => {
      const { report } = await check(file, (expected[file] as Expected).needs);
      expect(report.verdict).not.toBe('valid');
    },
  );

  it('lists as later only what is among the expectations', () => {
    expect(Object.keys(LATER).filter(file => !(file in expected))).toEqual([]);
  });
});
