import { describe, expect, it } from 'vitest';
import { FetchError } from '../../src/platform/fetch.ts';
import { chooseOne } from '../../src/verifier/inputs/choose.ts';
import { readAny } from '../../src/verifier/inputs/read-any.ts';
import { readCandidate } from '../../src/verifier/read.ts';
import { verify } from '../../src/verifier/verify.ts';
import { network } from '../support/badges.ts';
import { fixture, fixtureBytes, haveFixtures } from '../support/shared.ts';

type Expected = { expect: string; code?: string; needs?: Record<string, string> };

const { _format, ...expected } = haveFixtures ? fixture('third-party/ob3/expected.json') : {};

async function check(file: string, needs: Record<string, string> = {}) {
  const entries = Object.entries(needs).map(([url, name]) => [url, fixture(`third-party/ob3/${name}`)]);
  const { asked, fetchJson } = network(Object.fromEntries(entries));
  const get = () => Promise.reject(new FetchError('fetch-refused', 'a file leads nowhere'));
  const found = await readAny(
    { get, origin: 'https://badges.example.nl', readQr: async () => [] },
    {
      bytes: fixtureBytes(`third-party/ob3/${file}`),
    },
  );
  const candidate = readCandidate(chooseOne(found).badge);
  const report = await verify(candidate, { now: new Date('2026-11-01T12:00:00Z'), fetchJson });
  const { issuer } = candidate.document;
  return { report, asked, issuer: (issuer as { id?: string }).id ?? issuer };
}

describe.skipIf(!haveFixtures)('credentials of others', () => {
  for (const [file, { expect: verdict, code, needs }] of Object.entries(expected as Record<string, Expected>)) {
    it(`${file} is ${verdict}${code ? `: ${code}` : ''}`, async () => {
      const { report, asked, issuer } = await check(file, needs);
      expect(report).toMatchObject({ verdict, ...(code ? { code } : {}) });
      // Beside these only the issuer's own address, for its keys.
      expect(asked.filter(url => url !== issuer)).toEqual(Object.keys(needs ?? {}));
    });
  }
});
