import { beforeAll, describe, expect, it } from 'vitest';
import { startExchange } from '../../src/wallets/index.ts';
import { walletGrants } from '../../src/wallets/schema.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { learnerWallet, SUITE_CONTEXT } from '../support/lcw.ts';
import { createPerson } from '../support/people.ts';
import { walletOn } from '../support/wallet.ts';

describe('exchanges of the VC-API', () => {
  let now = Date.now();
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;
  let wallet: Awaited<ReturnType<typeof learnerWallet>>;

  beforeAll(async () => {
    world = createWorld({ now: () => new Date(now) });
    school = await createCopies(world);
    wallet = await learnerWallet(world);
  });

  const sessionOf = (person: string) => ({ person, language: 'nl' }) as Parameters<typeof startExchange>[1];
  async function started() {
    const awardId = await school.give();
    const exchange = await startExchange(world.deps, sessionOf(school.person.id), awardId);
    const url = new URL(exchange.legacy).searchParams.get('vc_request_url')!;
    return { awardId, url, ...exchange };
  }
  /** An exchange that asked the wallet for its signature. */
  async function asked() {
    const exchange = await started();
    const { challenge, domain } = (await wallet.post(exchange.url, {})).json.verifiablePresentationRequest;
    const present = (presentation: object) =>
      wallet.post(exchange.url, { verifiablePresentation: presentation }) as ReturnType<typeof wallet.post>;
    return {
      ...exchange,
      challenge,
      domain,
      present,
      sign: (more = {}) => wallet.sign({ challenge, domain, ...more }),
    };
  }
  /** The badge is of this wallet, is valid, and turns with its award. */
  async function isTaken(badges: { credentialSubject: { id: string } }[], awardId: string) {
    expect(badges.map(badge => badge.credentialSubject.id)).toEqual([wallet.did]);
    expect((await school.verdict(JSON.stringify(badges[0]))).verdict).toBe('valid');
    const body = { reason: 'error' };
    await world.api(`/api/v1/awards/${awardId}/revocation`, { key: school.keys.awarder, body });
    expect((await school.verdict(JSON.stringify(badges[0]))).code).toBe('revoked');
  }

  it('the Learner Credential Wallet takes a badge by its old link: a bare presentation for a bare one', async () => {
    const { legacy, awardId } = await started();
    expect(legacy).toMatch(/^https:\/\/lcw\.app\/request\.html\?issuer=[\w.%-]+&auth_type=bearer&challenge=[\w-]{22}&/);
    await isTaken((await wallet.legacy(legacy)) as never, awardId);
  });

  it.each(['Ed25519Signature2020', 'eddsa-rdfc-2022'] as const)(
    '… by a link that names the protocol, with %s',
    async suite => {
      const { lcw, awardId } = await started();
      const { badges, redirectUrl } = await wallet.request(lcw, suite);
      expect(redirectUrl).toBe(`${world.origin}/badges/${awardId}`);
      await isTaken(badges as never, awardId);
    },
  );

  it('… and by the address in a QR code, which says the protocols to wallets and words to people', async () => {
    const { interactionUrl, awardId, offer } = await started();
    expect(interactionUrl.length).toBeLessThan(120);
    const read = (accept: string) => world.request(interactionUrl, { headers: { accept } });
    const { protocols } = (await (await read('application/json')).json()) as { protocols: Record<string, string> };
    expect(protocols).toEqual({ vcapi: expect.any(String), 'oid4vci-1.0': offer.link, OID4VCI: offer.link });
    const page = await read('text/html');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await page.text()).toContain('https://lcw.app/request?request=');
    const { badges } = await wallet.interaction(interactionUrl);
    await isTaken(badges as never, awardId);
    expect([(await read('application/json')).status, (await read('text/html')).status]).toEqual([410, 410]);
  });

  it('the offer by OpenID4VCI that an interaction names takes the code that its owner was shown', async () => {
    const { offer } = await started();
    const other = walletOn(world);
    expect((await other.token(await other.open(offer.link), { tx_code: offer.txCode })).status).toBe(200);
    expect(JSON.stringify(await world.db.query.select().from(walletGrants))).not.toContain(offer.link.slice(-22));
  });

  it('opens the relatives of that wallet by links of their own', async () => {
    const { others, url } = await started();
    const direct = `vc_request_url=${encodeURIComponent(url)}`;
    expect(others).toEqual({
      learnCard: `https://learncard.app/request?${direct}`,
      asuPocket: `asuprequest://request?${direct}`,
      mySkillsPocket: `msprequest://request?${direct}`,
    });
  });

  it('takes a presentation whose proof holds its own context, as LearnCard makes them', async () => {
    const { sign, present } = await asked();
    const { '@context': _, proof, ...presentation } = await sign();
    const odd = {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      ...presentation,
      proof: { '@context': [SUITE_CONTEXT], ...proof },
    };
    const { status, json } = await present(odd);
    expect([status, json.verifiablePresentation.verifiableCredential[0].credentialSubject.id]).toEqual([
      200,
      wallet.did,
    ]);
  });

  it('V19b: what another signed, or signed for another occasion, is refused and uses nothing up', async () => {
    const thief = await learnerWallet(world);
    const { sign, present, challenge, domain, url } = await asked();
    const good = await sign();
    const refused: [string, object][] = [
      ['another challenge', await sign({ challenge: 'of-another-exchange' })],
      ['another domain', await sign({ domain: 'https://elders.example' })],
      ['no domain', await sign({ domain: undefined })],
      ['another holder', await sign({ holder: thief.did })],
      ['signed by another', await thief.sign({ challenge, domain, holder: wallet.did })],
      ['two proofs', { ...good, proof: [good.proof, good.proof] }],
      ['no proof', { ...good, proof: [] }],
      ['a changed proof', { ...good, proof: { ...good.proof, created: '2026-01-01T00:00:00Z' } }],
      ['a context of its own', { ...good, proof: { ...good.proof, '@context': { challenge: 'https://x.example/' } } }],
    ];
    for (const [why, presentation] of refused) {
      const { status, json } = await present(presentation);
      expect([why, status, json.code]).toEqual([why, 400, 'request-invalid']);
    }
    expect((await wallet.post(url, [good])).status).toBe(400);
    expect((await wallet.post(url, { words: 'hallo' })).status).toBe(400);
    const bare = await wallet.sign({ challenge, domain: 'https://elders.example' });
    expect((await wallet.post(url, bare)).status).toBe(400);
    expect((await present(good)).status).toBe(200);
  });

  it('a wallet that lost the answer gets the same badge by the same presentation, and nobody gets another', async () => {
    const { sign, present, url, challenge, domain } = await asked();
    const presentation = await sign();
    const [first, again] = [await present(presentation), await present(presentation)];
    expect([first.status, again.json]).toEqual([200, first.json]);
    const thief = await learnerWallet(world);
    const others = [
      await present(await sign({ suite: 'eddsa-rdfc-2022' })),
      await present(await thief.sign({ challenge, domain })),
    ];
    expect(others.map(({ status }) => status)).toEqual([410, 410]);
    expect((await wallet.post(url, {})).status).toBe(410);
  });

  it('O12: of ten wallets that answer one exchange at once, one gets the badge', async () => {
    const { url, challenge, domain } = await asked();
    const wallets = await Promise.all(Array.from({ length: 10 }, () => learnerWallet(world)));
    const presentations = await Promise.all(wallets.map(one => one.sign({ challenge, domain })));
    const answers = await Promise.all(
      presentations.map(verifiablePresentation => wallet.post(url, { verifiablePresentation })),
    );
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(9);
  });

  it('an exchange ends, ends the one before it, and is of one badge of its owner', async () => {
    const { url, awardId, interactionUrl } = await started();
    const stranger = await createPerson(world);
    await expect(startExchange(world.deps, sessionOf(stranger.id), awardId)).rejects.toMatchObject({
      code: 'not-found',
    });
    now += 10 * 60_000;
    expect([(await wallet.post(url, {})).status, (await world.request(interactionUrl)).status]).toEqual([410, 410]);
    await startExchange(world.deps, sessionOf(school.person.id), awardId);
    expect((await wallet.post(url, {})).status).toBe(404);
    await world.api(`/api/v1/awards/${awardId}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    await expect(startExchange(world.deps, sessionOf(school.person.id), awardId)).rejects.toMatchObject({
      code: 'award-state',
    });
  });

  it('a badge that was revoked meanwhile does not leave any more', async () => {
    const { sign, present, awardId } = await asked();
    await world.api(`/api/v1/awards/${awardId}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    const { status, json } = await present(await sign());
    expect([status, json.code]).toEqual([409, 'award-state']);
  });
});
