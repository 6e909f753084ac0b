// Badges of ours before a verifier that shares no code with us: its network is the app itself.
import { verifyCredential } from '@digitalcredentials/verifier-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { fixture, haveFixtures } from '../support/shared.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const SCHEMA = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';
const FORMAL = 'schemas/ob_v3p0_achievementcredential_schema.formal.json';

describe('badges of ours, judged by @digitalcredentials/verifier-core', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const asked: string[] = [];

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
    vi.stubGlobal('fetch', async (input: string | URL | Request) => {
      const url = new URL(input instanceof Request ? input.url : input);
      asked.push(url.href);
      // did:web is https by definition; the world stands on http.
      if (url.host === new URL(world.origin).host) return world.request(url.pathname);
      if (url.href === SCHEMA && haveFixtures) return Response.json(fixture(FORMAL));
      throw new TypeError(`there is no network: ${url.href}`);
    });
  });
  afterAll(() => vi.unstubAllGlobals());

  const issue = async (over: object = {}) => {
    const recipient = { email: `${crypto.randomUUID()}@example.org` };
    const body = exampleAward(school.achievement, { recipient, ...over });
    const { json } = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
    const badge = await world.api(new URL(json.credential).pathname, { key: school.keys.awarder });
    return { id: json.id as string, badge: badge.json };
  };
  const judge = async (credential: object) => {
    const answer = await verifyCredential({
      credential: structuredClone(credential) as never,
      knownDIDRegistries: [],
    });
    return {
      ...Object.fromEntries((answer.log ?? []).map(({ id, valid }) => [id, valid])),
      schema: JSON.stringify(answer.additionalInformation),
    };
  };
  const withdraw = (id: string, how: string, body: object) =>
    world.api(`/api/v1/awards/${id}/${how}`, { key: school.keys.awarder, body });

  it('finds signature, dates, status and schema in order', async () => {
    const { badge } = await issue({ validUntil: '2099-01-01T00:00:00Z', narrative: 'Een verhaal.' });
    expect(await judge(badge)).toMatchObject({ valid_signature: true, expiration: true, revocation_status: true });
    expect(asked.some(url => url.includes('/status/'))).toBe(true);
    if (haveFixtures) expect((await judge(badge)).schema).toContain('"result":{"valid":true}');
  });

  it.each([
    ['a DID', { recipient: { did: 'did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj' } }],
    ['a name', { recipient: { email: 'naam@example.org', name: 'Sam de Vries' } }],
    ['evidence', { evidence: [{ name: 'Verslag', narrative: 'Wat er gedaan is.', url: 'https://bewijs.example/1' }] }],
    ['credits and a story', { creditsEarned: 5, narrative: 'Een verhaal.' }],
  ])('finds a badge with %s in order', async (_what, over) => {
    const { badge } = await issue(over);
    const found = await judge(badge);
    expect(found).toMatchObject({ valid_signature: true, expiration: true, revocation_status: true });
    if (haveFixtures) expect(found.schema).toContain('"result":{"valid":true}');
  });

  it('finds a revocation', async () => {
    const { id, badge } = await issue();
    expect((await withdraw(id, 'revocation', { reason: 'error' })).status).toBe(200);
    expect(await judge(badge)).toMatchObject({ valid_signature: true, revocation_status: false });
  });

  it('finds a change, and a signature that is not of the issuer', async () => {
    const { badge } = await issue();
    expect(await judge({ ...badge, name: 'Iets anders' })).not.toMatchObject({ valid_signature: true });
    const elsewhere = { ...badge, issuer: { ...badge.issuer, id: `${badge.issuer.id}x` } };
    expect(await judge(elsewhere)).not.toMatchObject({ valid_signature: true });
  });
});
