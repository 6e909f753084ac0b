import { describe, expect, it } from 'vitest';
import { NOW } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { fixtureBytes, fixtureText, haveFixtures } from '../support/shared.ts';

// Their addresses are on example.org, where nothing answers: what is left is what the badge says of itself.
const ASSERTION = 'https://example.org/beths-robotics-badge.json';
const CLASS = 'https://example.org/robotics-badge.json';
const ISSUER = 'https://example.org/organization.json';

describe.skipIf(!haveFixtures)('badges of Open Badges 2.0 of others', () => {
  const check = async (credential: unknown, network = new Map<string, string>()) => {
    const service = createWorld({ network, now: () => NOW });
    const { json } = await service.api('/api/v1/verifications', { body: { credential } });
    return [json.verdict, json.code];
  };
  const text = (name: string) => fixtureText(`third-party/ob2/${name}`);
  const site = (assertion: string) =>
    new Map([
      [ASSERTION, assertion],
      [CLASS, JSON.stringify({ type: 'BadgeClass', id: CLASS, name: 'Robotics', issuer: ISSUER })],
      [ISSUER, JSON.stringify({ type: 'Profile', id: ISSUER, name: 'Example' })],
    ]);

  it.each([
    ['1edtech-basic-assertion.json', 'indeterminate', 'hosted-unreachable'],
    ['1edtech-basic-assertion-expired.json', 'invalid', 'expired'],
    ['1edtech-simple.jwt', 'indeterminate', 'issuer-unresolvable'],
  ])('%s, with nobody to ask, is %s: %s', async (name, verdict, code) => {
    expect(await check(text(name).trim())).toEqual([verdict, code]);
  });

  it('is valid where the site says the same, and not where it says something else', async () => {
    const basic = text('1edtech-basic-assertion.json');
    expect(await check(basic, site(basic))).toEqual(['valid', 'valid']);
    const expired = text('1edtech-basic-assertion-expired.json');
    expect(await check(basic, site(expired))).toEqual(['invalid', 'hosted-mismatch']);
  });

  it('is found in a picture', async () => {
    const service = createWorld({ network: new Map(), now: () => NOW });
    const form = new FormData();
    form.set('file', new File([fixtureBytes('third-party/ob2/1edtech-simple-badge.png') as never], 'badge.png'));
    const response = await service.request('/api/v1/verifications', { method: 'POST', body: form });
    expect(await response.json()).toMatchObject({ verdict: 'indeterminate', code: 'hosted-unreachable' });
  });
});
