import { beforeEach, describe, expect, it } from 'vitest';
import { identities } from '../../src/people/schema.ts';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { jwt, type JwtKey, jwtKey } from '../support/jwts.ts';
import { submit } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';

const MINUTE = 60_000;

describe('a wallet', () => {
  let world: ReturnType<typeof createWorld>;
  let network: Map<string, string>;
  let now: Date;
  let sam: Awaited<ReturnType<typeof createPerson>>;

  beforeEach(async () => {
    now = new Date('2026-11-22T10:00:00Z');
    network = new Map();
    world = createWorld({ now: () => now, network });
    sam = await createPerson(world);
  });

  const ask = async (person = sam) => {
    const page = await (
      await world.request('/account/wallet', { headers: { accept: 'text/html', ...person.headers } })
    ).text();
    return /name="challenge" value="([^"]+)"/.exec(page)![1]!;
  };
  const send = (challenge: string, answer: unknown, person = sam, accept?: string) =>
    submit(
      world,
      '/account/wallet',
      person.headers,
      { challenge, answer: typeof answer === 'string' ? answer : JSON.stringify(answer) },
      accept,
    );
  const wallets = async () => (await world.db.query.select().from(identities)).filter(i => i.kind === 'did');

  /** A presentation of nothing, signed by a did:key. */
  const presentation = async (challenge: string, over: object = {}, seed = 31, changes: object = {}) => {
    const signer = await keySigner(seed);
    return signAny(
      { '@context': [VC2_CONTEXT], type: ['VerifiablePresentation'], holder: signer.controller, ...changes },
      signer,
      {
        proof: {
          proofPurpose: 'authentication',
          challenge,
          domain: world.origin,
          created: '2026-11-22T09:59:00Z',
          ...over,
        },
      },
    );
  };
  const didJwk = (key: JwtKey) => `did:jwk:${encodeBase64url(utf8(JSON.stringify(key.jwk)))}`;
  const plain = async (key: JwtKey, challenge: string, over: object = {}, header: object = {}) =>
    jwt(key, { kid: `${didJwk(key)}#0`, typ: 'JWT', ...header }, { nonce: challenge, aud: world.origin, ...over });

  it('is added by a presentation with a proof, and what it proves counts as an address of its owner', async () => {
    const challenge = await ask();
    const added = await send(challenge, await presentation(challenge));
    expect([added.status, added.headers.get('location')]).toEqual([303, '/account?done=linked']);
    const [wallet] = await wallets();
    const signer = await keySigner(31);
    expect(wallet).toMatchObject({ personId: sam.id, issuer: 'did:', subject: signer.controller, name: null });
    const { provenAddresses } = await import('../../src/people/index.ts');
    expect((await provenAddresses(world.deps, sam.id)).dids).toEqual([signer.controller]);
    const page = await world.request('/account', { headers: { accept: 'text/html', ...sam.headers } });
    expect(await page.text()).toContain('met een handtekening van je wallet');
  });

  it('is added by a presentation as a JWT, and by a JWT of the question alone', async () => {
    const [one, two] = [await jwtKey('ES256'), await jwtKey('EdDSA')];
    const first = await ask();
    const vp = { '@context': [VC2_CONTEXT], type: ['VerifiablePresentation'], holder: didJwk(one) };
    const shown = await jwt(
      one,
      { kid: `${didJwk(one)}#0`, typ: 'vp+jwt' },
      { ...vp, nonce: first, aud: world.origin },
    );
    expect((await send(first, shown)).status).toBe(303);
    const second = await ask();
    expect((await send(second, await plain(two, second, { iss: didJwk(two), aud: ['x', world.origin] }))).status).toBe(
      303,
    );
    expect((await wallets()).map(i => i.subject).sort()).toEqual([didJwk(one), didJwk(two)].sort());
  });

  it('by did:web needs a key that its document gives for authentication, not one that only issues', async () => {
    const key = await jwtKey('ES256');
    const did = 'did:web:wallet.example';
    const document = (relationship: string) =>
      JSON.stringify({
        id: did,
        verificationMethod: [{ id: `${did}#k`, type: 'JsonWebKey', controller: did, publicKeyJwk: key.jwk }],
        [relationship]: [`${did}#k`],
      });
    const answer = async () => {
      const challenge = await ask();
      return send(challenge, await plain(key, challenge, {}, { kid: `${did}#k` }));
    };
    network.set('https://wallet.example/.well-known/did.json', document('assertionMethod'));
    expect((await answer()).status).toBe(422);
    expect(await wallets()).toEqual([]);
    network.set('https://wallet.example/.well-known/did.json', document('authentication'));
    const fresh = createWorld({ now: () => now, network });
    [world, sam] = [fresh, await createPerson(fresh)];
    expect((await answer()).status).toBe(303);
    expect((await wallets())[0]!.subject).toBe(did);
  });

  it.each<[string, (challenge: string) => Promise<unknown>]>([
    ['for another question', () => presentation('another')],
    ['for another site', c => presentation(c, { domain: 'https://evil.example' })],
    ['for nobody', c => presentation(c, { domain: undefined })],
    ['made for issuing', c => presentation(c, { proofPurpose: 'assertionMethod' })],
    ['from the future', c => presentation(c, { created: '2026-11-22T11:00:00Z' })],
    [
      'of another holder',
      c => presentation(c, {}, 31, { holder: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' }),
    ],
    [
      'changed afterwards',
      async c => ({ ...(await presentation(c)), id: 'urn:uuid:7f1c9f0e-6c1b-4f43-8e8b-0d8f0f8f0f8f' }),
    ],
    ['unsigned', async c => ({ ...(await presentation(c)), proof: undefined })],
    ['that is no JSON', async () => '{'],
    ['that is empty', async () => '[]'],
    [
      'with another key’s signature',
      async c => plain({ ...(await jwtKey('ES256')), jwk: (await jwtKey('ES256')).jwk }, c),
    ],
    ['of another issuer', async c => plain(await jwtKey('ES256'), c, { iss: 'did:web:victim.example' })],
    ['for another audience', async c => plain(await jwtKey('ES256'), c, { aud: 'https://evil.example' })],
    ['with another nonce', async () => plain(await jwtKey('ES256'), 'another')],
    ['that lapsed', async c => plain(await jwtKey('ES256'), c, { exp: Date.UTC(2026, 10, 22, 9, 50) / 1000 })],
    ['without an algorithm', async c => plain(await jwtKey('ES256'), c, {}, { alg: 'none' })],
    ['with a critical header', async c => plain(await jwtKey('ES256'), c, {}, { crit: ['b64'], b64: false })],
    ['by a method that nobody can look up', async c => plain(await jwtKey('ES256'), c, {}, { kid: 'did:example:1#k' })],
    ['by no DID', async c => plain(await jwtKey('ES256'), c, {}, { kid: 'k' })],
  ])('an answer %s is refused, in words', async (_, make) => {
    const challenge = await ask();
    const refused = await send(challenge, await make(challenge), sam, 'text/html');
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Dit antwoord klopt niet.');
    expect(await wallets()).toEqual([]);
  });

  it('O12: a question is answered once, also by 50 at the same moment', async () => {
    const challenge = await ask();
    const answer = await presentation(challenge);
    const all = await Promise.all(Array.from({ length: 50 }, () => send(challenge, answer)));
    expect(all.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 410)).toHaveLength(49);
    expect(await wallets()).toHaveLength(1);
  });

  it('a question is of one session, for a quarter of an hour, after a fresh proof', async () => {
    const challenge = await ask();
    const kim = await createPerson(world, { subject: 'kim' });
    expect((await send(challenge, await presentation(challenge), kim)).status).toBe(410);
    const other = challenge.endsWith('A') ? 'Q' : 'A';
    expect((await send(challenge.slice(0, -1) + other, '{}')).status).toBe(410);
    now = new Date(now.getTime() + 14 * MINUTE);
    const page = await world.request('/account/wallet', { headers: { accept: 'text/html', ...sam.headers } });
    expect(await page.text()).toContain('Eerst even: ben jij het?');
    expect((await send(challenge, await presentation(challenge))).status).toBe(303);
    now = new Date(now.getTime() + MINUTE);
    expect((await send(challenge, await presentation(challenge))).status).toBe(410);
  });

  it('of another account stays there, and the answer says what to do', async () => {
    const kim = await createPerson(world, { subject: 'kim' });
    const first = await ask();
    await send(first, await presentation(first));
    const second = await ask(kim);
    const refused = await send(second, await presentation(second), kim);
    const problem = (await refused.json()) as { code: string; detail: string };
    expect([refused.status, problem.code]).toEqual([409, 'identity-taken']);
    expect(problem.detail).toContain('Sign in there and cut the tie');
    expect((await wallets()).map(i => i.personId)).toEqual([sam.id]);
  });

  it('that is mine already is proven once more', async () => {
    for (let i = 0; i < 2; i++) {
      now = new Date(now.getTime() + MINUTE);
      const challenge = await ask();
      expect((await send(challenge, await presentation(challenge))).status).toBe(303);
    }
    expect((await wallets()).map(i => i.provenAt)).toEqual(['2026-11-22T10:02:00.000Z']);
  });
});
