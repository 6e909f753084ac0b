import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { badge, type Json, keySigner, signAny, webSigner } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import * as sample from '../support/files.ts';
import { jwt, jwtKey, unsigned } from '../support/jwts.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createPerson } from '../support/people.ts';

describe('what someone said, signed with a key of their own', () => {
  const world = createWorld({ network: new Map() });
  const someone = async () => browserOf(world, (await createPerson(world)).headers);
  const nobody = () => browserOf(world);
  const said = async (over: object = {}) => {
    const sam = await someone();
    const { location } = await sam.upload('/portfolio/new', { title: 'Kookte voor zestig', story: 'Veel soep' });
    const experience = /experiences\/([0-9a-f-]{36})/.exec(location)![1]!;
    const form = { name: 'Fatima', relation: 'neighbour', as: 'Sam', experience };
    const token = /\/r\/([\w-]{22})/.exec((await sam.post('/portfolio/references/new', form)).text)![1]!;
    await nobody().upload(`/r/${token}`, { name: 'Fatima', words: 'Ze kookt voor iedereen.', ...over });
    return { sam, token, fatima: await someone(), path: `/portfolio/experiences/${experience}` };
  };
  let signer: Awaited<ReturnType<typeof keySigner>>;
  const did = () => signer.id.split('#')[0]!;
  beforeAll(async () => {
    signer = await keySigner(61);
  });
  const given = async (browser: Browser, token: string, as = did()) =>
    JSON.parse((await browser.get(`/r/${token}/own-key?did=${encodeURIComponent(as)}`)).text) as Json;
  const bring = (browser: Browser, token: string, document: unknown) =>
    browser.upload(`/r/${token}/own-key`, {
      document: typeof document === 'string' ? document : JSON.stringify(document),
    });
  const documentOf = async (sam: Browser, path: string) => {
    const [, id] = /references\/([0-9a-f-]{36})\/document/.exec((await sam.get(path)).text) ?? [];
    return (await sam.get(`/portfolio/references/${id}/document`)).text;
  };

  it('is given as it is to be signed, with the words and no word of the story, and comes back signed', async () => {
    const { sam, token, fatima, path } = await said();
    expect((await fatima.get(`/r/${token}`)).text).toContain('Met een eigen sleutel ondertekenen');
    const document = await given(fatima, token);
    expect(document).toEqual(await given(fatima, token));
    expect(document).toMatchObject({
      issuer: { id: did(), name: 'Fatima' },
      type: expect.arrayContaining(['EndorsementCredential']),
    });
    expect((document.credentialSubject as Json).endorsementComment).toBe('Ze kookt voor iedereen.');
    expect(JSON.stringify(document)).not.toMatch(/soep|zestig/);
    const signed = JSON.stringify(await signAny(document, signer));
    expect((await bring(fatima, token, signed)).location).toBe(`/r/${token}`);
    const page = (await sam.get(path)).text;
    for (const part of ['Aanbevolen, met handtekening', did()]) expect(page).toContain(part);
    expect(await documentOf(sam, path)).toBe(signed);
    expect((await fatima.get('/account/references')).text).toContain('Ze kookt voor iedereen.');
    const again = await bring(fatima, token, signed);
    expect([again.status, again.text.includes('Dit is al ondertekend')]).toEqual([422, true]);
  });

  it('as a file, as a JWT of a did:jwk, with a recording, and in a package that goes elsewhere it stays signed', async () => {
    const { sam, token, fatima, path } = await said({ voice: { name: 'x.wav', bytes: sample.wav() } });
    const key = await jwtKey('ES256');
    const jwk = `did:jwk:${encodeBase64url(utf8(JSON.stringify(key.jwk)))}`;
    const compact = await jwt(key, { typ: 'vc+jwt', kid: `${jwk}#0` }, await given(fatima, token, jwk));
    const file = { name: 'x.jwt', bytes: utf8(`${compact}\n`) };
    expect((await fatima.upload(`/r/${token}/own-key`, { document: '', file })).status).toBe(303);
    expect(await documentOf(sam, path)).toBe(compact);
    expect((await sam.get(path)).text).toContain(jwk.slice(0, 60));
    const zip = (await sam.get('/portfolio/portfolio.zip')).bytes;
    const other = await someone();
    const { headers, body } = new Request('http://x', {
      method: 'POST',
      body: (() => {
        const form = new FormData();
        form.append('zip', new File([zip as never], 'portfolio.zip'));
        return form;
      })(),
    });
    const bytes = new Uint8Array(await new Response(body).arrayBuffer());
    const sent = { 'content-type': headers.get('content-type')!, 'content-length': String(bytes.length) };
    expect((await other.raw('/portfolio/pack', bytes, sent)).location).toContain('added=1');
    expect((await other.get('/portfolio')).text).toContain('Aanbevolen, met handtekening');
  });

  it('other words, another subject, a broken proof, an added claim, somebody else’s badge: refused, and nothing changed', async () => {
    const { sam, token, fatima, path } = await said();
    const document = await given(fatima, token);
    const subject = document.credentialSubject as Json;
    const with_ = (over: Json) => signAny({ ...document, ...over }, signer);
    const signed = await signAny(document, signer);
    const proof = signed.proof as Json;
    const key = await jwtKey('ES256');
    const jwk = `did:jwk:${encodeBase64url(utf8(JSON.stringify(key.jwk)))}`;
    const other = await said();
    const stranger = await keySigner(62);
    const cases: [string, unknown, string][] = [
      [
        'other words',
        await with_({ credentialSubject: { ...subject, endorsementComment: 'Ze kookt slecht.' } }),
        'andere woorden',
      ],
      [
        'another subject',
        await with_({ credentialSubject: { ...subject, id: 'ni:///sha-256;AAAA' } }),
        'niet het bestand',
      ],
      ['another answer', await signAny(await given(other.fatima, other.token), signer), 'niet het bestand'],
      ['a name that was changed', await with_({ name: 'Aanbeveling van de koning' }), 'veranderd of toegevoegd'],
      ['a description that was changed', await with_({ description: 'Ik ken haar niet' }), 'veranderd of toegevoegd'],
      ['an end', await with_({ validUntil: '2099-01-01T00:00:00Z' }), 'veranderd of toegevoegd'],
      [
        'words after the signature',
        { ...signed, credentialSubject: { ...subject, endorsementComment: 'x' } },
        'klopt niet',
      ],
      [
        'a proof of nothing',
        { ...signed, proof: { ...proof, proofValue: `z${String(proof.proofValue).slice(2)}1` } },
        'klopt niet',
      ],
      ['no proof', document, 'klopt niet'],
      ['the key of someone else', await signAny(document, stranger), 'klopt niet'],
      ['a badge', await signAny(badge(did()), signer), 'niet het bestand'],
      ['an issuer that is no DID', await with_({ issuer: 'https://linde.example/' }), 'did:key, did:web of did:jwk'],
      [
        'an issuer that cannot be reached',
        await signAny(
          await given(fatima, token, 'did:web:linde.example'),
          await webSigner('did:web:linde.example', 63),
        ),
        'nu niet controleren',
      ],
      [
        'a JWT with an end of its own',
        await jwt(
          key,
          { typ: 'vc+jwt', kid: `${jwk}#0` },
          { ...(await given(fatima, token, jwk)), exp: 4_000_000_000 },
        ),
        'veranderd of toegevoegd',
      ],
      ['a JWT without a signature', unsigned({ alg: 'none' }, document), 'klopt niet'],
      ['a JWT of another key', await jwt(key, { typ: 'vc+jwt', kid: signer.id }, document), 'klopt niet'],
      ['words', 'zomaar wat', 'geen ondertekend bestand'],
      ['an address', 'https://linde.example/badge', 'geen ondertekend bestand'],
      ['nothing', '', 'geen ondertekend bestand'],
      ['too much', `{"a":"${'x'.repeat(100_001)}"}`, 'geen ondertekend bestand'],
      ['a key twice', '{"a":1,"a":2}', 'geen ondertekend bestand'],
    ];
    for (const [what, sent, words] of cases) {
      const answer = await bring(fatima, token, sent);
      expect([what, answer.status, answer.text.includes(words)]).toEqual([what, 422, true]);
    }
    expect((await sam.get(path)).text).toContain('Herkend door iemand met naam');
    expect((await fatima.get('/account/references')).text).not.toContain('Ze kookt');
    const program = await fatima.raw(`/r/${token}/own-key`, utf8('document=x'), {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect([program.status, JSON.parse(program.text)]).toEqual([
      422,
      expect.objectContaining({ code: 'endorsement-refused', fault: 'unreadable' }),
    ]);
  });

  it('is for who said it: not without a login, not for who asked, not where another login stands behind it', async () => {
    const { sam, token, fatima } = await said();
    const signed = await signAny(await given(fatima, token), signer);
    expect((await bring(nobody(), token, signed)).status).toBe(401);
    expect((await nobody().get(`/r/${token}/own-key?did=${did()}`)).location).toMatch(/^\/login/);
    expect((await bring(sam, token, signed)).status).toBe(403);
    await fatima.post(`/r/${token}/confirm`);
    const stranger = await someone();
    expect((await bring(stranger, token, signed)).status).toBe(403);
    expect((await stranger.get(`/r/${token}/own-key?did=${did()}`)).status).toBe(403);
    for (const wrong of ['', 'did:example:1', 'javascript:alert(1)', 'did:key:<b>'])
      expect((await fatima.get(`/r/${token}/own-key?did=${encodeURIComponent(wrong)}`)).status).toBe(400);
    const both = await Promise.all([bring(fatima, token, signed), fatima.post(`/r/${token}/sign`)]);
    expect(both.map(({ status }) => status).every(status => [303, 422].includes(status))).toBe(true);
  });

  it('once a login stands behind it, the link alone takes nothing back: who has the login does, or who asked', async () => {
    for (const step of ['confirm', 'sign']) {
      const { sam, token, fatima, path } = await said();
      await fatima.post(`/r/${token}/${step}`);
      const page = (await nobody().get(`/r/${token}`)).text;
      expect([page.includes('Log eerst in'), page.includes('/decline')]).toEqual([true, false]);
      for (const other of [nobody(), await someone(), sam])
        expect((await other.post(`/r/${token}/decline`)).status).toBe(403);
      expect((await sam.get(path)).text).toContain('Ze kookt voor iedereen.');
      expect((await fatima.post(`/r/${token}/decline`)).status).toBe(200);
      expect((await sam.get(path)).text).not.toContain('Ze kookt');
    }
  });
});
