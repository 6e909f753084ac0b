import { describe, expect, it } from 'vitest';
import { judgeClaim } from '../../src/credentials/judge-claim.ts';
import { assurances, levelsOf } from '../../src/people/index.ts';

const now = new Date('2026-11-22T12:00:00Z');
const offer = (over: object = {}) =>
  ({
    state: 'offered',
    recipientKey: 'email:sam@example.org',
    lapsesAt: '2026-12-01T00:00:00Z',
    input: {},
    ...over,
  }) as Parameters<typeof judgeClaim>[0];
const claimant = (acr: string | null, ...keys: string[]) => ({
  keys: new Set(keys),
  levels: levelsOf({ acr, values: [], links: [] }),
});
const sam = claimant(null, 'email:sam@example.org');
const trust = (level: string) => `https://eduid.nl/trust/${level}`;

describe('judging a claim', () => {
  it.each([
    ['the recipient, known well enough', offer(), sam, 'ready'],
    ['nobody is signed in', offer(), undefined, 'sign-in'],
    ['someone else', offer(), claimant(null, 'email:kim@example.org'), 'not-the-recipient'],
    ['someone with no address at all', offer(), claimant(null), 'not-the-recipient'],
    ['an eppn that reads like the address', offer(), claimant(null, 'eppn:sam@example.org'), 'not-the-recipient'],
    ['declined', offer({ state: 'declined' }), sam, 'declined'],
    ['lapsed', offer({ state: 'lapsed' }), sam, 'lapsed'],
    ['past its term, before the timer came by', offer({ lapsesAt: now.toISOString() }), sam, 'lapsed'],
    ['the last moment of its term', offer({ lapsesAt: '2026-11-22T12:00:00.001Z' }), sam, 'ready'],
    ['without a term', offer({ lapsesAt: null }), sam, 'ready'],
    ['the badge would have ended', offer({ input: { validUntil: '2026-11-22T12:00:00Z' } }), sam, 'ended'],
    ['the badge ends later', offer({ input: { validUntil: '2026-11-22T12:00:01Z' } }), sam, 'ready'],
    ['what it is comes before who looks', offer({ state: 'lapsed' }), undefined, 'lapsed'],
  ] as const)('%s', (_, given, who, standing) => {
    expect(judgeClaim(given, who, 'login', now)).toBe(standing);
  });

  it('O7: a level that was not given is not reached, whatever was asked', () => {
    const reaches: Record<string, string[]> = {
      '': ['login'],
      [trust('linked-institution')]: ['login', 'linked-institution'],
      [trust('affiliation-student')]: ['login', 'linked-institution', 'affiliation-student'],
      [trust('validate-names')]: ['login', 'validate-names'],
      [trust('validate-names/mfa')]: ['login', 'validate-names'],
      [trust('validate-names-external')]: ['login', 'validate-names', 'validate-names-external'],
      [`${trust('validate-names')}.attacker.example`]: ['login'],
      'https://evil.example/trust/validate-names': ['login'],
    };
    for (const [acr, levels] of Object.entries(reaches))
      for (const asked of assurances)
        expect([acr, asked, judgeClaim(offer(), claimant(acr || null, 'email:sam@example.org'), asked, now)]).toEqual([
          acr,
          asked,
          levels.includes(asked) ? 'ready' : 'assurance-too-low',
        ]);
  });

  it('a stranger is not asked for more: they are a stranger first', () => {
    expect(judgeClaim(offer(), claimant(null, 'email:kim@example.org'), 'validate-names', now)).toBe(
      'not-the-recipient',
    );
  });
});
