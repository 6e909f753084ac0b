import { describe, expect, it } from 'vitest';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { FetchError } from '../../src/platform/fetch.ts';
import { createWorld } from '../support/create-world.ts';
import { itxt, pdf, png, svg, svgBody } from '../support/containers.ts';
import { assertion, named, OWN, readerOf } from '../support/reading.ts';

const one = JSON.stringify(named('Eén'));
const token = `${encodeBase64url(utf8('{"alg":"ES256"}'))}.${encodeBase64url(utf8(one))}.c2ln`;
const LINK = 'https://badges.example.org/c/abc';
const page = (head = '') => `<!DOCTYPE html>\n<html><head>${head}</head><body>Mijn badge</body></html>`;

describe('a link', () => {
  it('leads to a badge in whatever it is kept in', async () => {
    const { told } = readerOf({
      'https://a.example/json': one,
      'https://a.example/jwt': `${token}\n`,
      'https://a.example/string': JSON.stringify(token),
      'https://a.example/sd-jwt': `${token}~WyJhIl0~`,
      'https://a.example/png.html': png([itxt(one)]),
      'https://a.example/svg': svg(svgBody(one)),
      'https://a.example/pdf.json': pdf([{ content: one }]),
    });
    expect(await told('https://a.example/json')).toBe('link › Eén');
    expect(await told('a.example/json')).toBe('link › Eén');
    expect(await told({ url: 'https://a.example/json' })).toBe('link › Eén');
    expect(await told({ bytes: utf8(' https://a.example/json\n') })).toBe('link › Eén');
    for (const path of ['jwt', 'string', 'sd-jwt'])
      expect(await told(`https://a.example/${path}`)).toContain('link › eyJ');
    expect(await told('https://a.example/png.html')).toBe('link › png › Eén');
    expect(await told('https://a.example/svg')).toBe('link › svg › Eén');
    expect(await told('https://a.example/pdf.json')).toBe('link › pdf › file › Eén');
  });

  it('to a badge that the site took away tells that it is gone, and nothing that the site sent', async () => {
    const request = createWorld({
      transport: async () => {
        throw new FetchError('fetch-status', 'status 410', 410);
      },
    });
    const { status, json, text } = await request.api('/api/v1/verifications', { body: { url: 'https://a.example/1' } });
    expect([status, json.code, json.kind]).toEqual([422, 'credential-unreachable', 'gone']);
    expect(text).not.toContain('410');
  });

  it('S1: to a badge of OB 2.0 of which only is left that it was revoked tells that, by its own address alone', async () => {
    const id = String(assertion.id);
    const check = async (answer: object) => {
      const { api } = createWorld({ network: new Map([[id, JSON.stringify(answer)]]) });
      const { json } = await api('/api/v1/verifications', { body: { url: id } });
      return `${json.verdict} ${json.code}`;
    };
    const context = { '@context': 'https://w3id.org/openbadges/v2' };
    for (const answer of [{ id, revoked: true }, { revoked: true }, { ...context, id, revoked: true }])
      expect(await check(answer)).toBe('invalid revoked');
    expect(await check({ id: 'https://a.example/other', revoked: true })).toBe('invalid malformed');
    const { api } = createWorld();
    const { json } = await api('/api/v1/verifications', { body: { credential: { id, revoked: true } } });
    expect(json.code).toBe('malformed');
  });

  it('to an assertion of OB 2.0 tells where it stands; what is inside a picture does not stand there', async () => {
    const id = String(assertion.id);
    const { read } = readerOf({
      [id]: assertion,
      'https://a.example/p': png([itxt(JSON.stringify(assertion), { keyword: 'openbadges' })]),
    });
    expect(await read({ url: id })).toEqual([{ badge: assertion, where: [{ kind: 'link', name: id }], source: id }]);
    expect((await read({ url: 'https://a.example/p' }))[0]?.source).toBeUndefined();
  });

  it('to a page finds the data that the page names, on its own host only', async () => {
    const alternate = (href: string, type = 'application/ld+json') =>
      `<link href="${href}" rel='alternate' type=${type}>`;
    const { told, asked } = readerOf({
      'https://a.example/1': page(alternate('/1.json')),
      'https://a.example/2': page(alternate('https://a.example/1.json?a=1&amp;b=2', 'application/json')),
      'https://a.example/3': page(alternate('https://b.example/1.json')),
      'https://a.example/4': page(
        `${alternate('/feed.xml', 'application/rss+xml')}${alternate('javascript:alert(1)')}`,
      ),
      'https://a.example/5': page(alternate('/5')),
      'https://a.example/6': page(),
      'https://a.example/6 as JSON': one,
      'https://a.example/1.json': one,
      'https://a.example/1.json?a=1&b=2': one,
      'https://b.example/1.json': one,
    });
    expect(await told('https://a.example/1')).toBe('link › Eén');
    expect(await told('https://a.example/2')).toBe('link › Eén');
    expect(await told('https://a.example/6')).toBe('link › Eén');
    asked.length = 0;
    for (const path of ['3', '4', '5'])
      expect(await told(`https://a.example/${path}`)).toBe('credential-unreadable no-badge-in-page');
    expect(asked.filter(url => !url.startsWith('https://a.example/'))).toEqual([]);
    expect(asked.length).toBeLessThan(9);
  });

  it('to a public page of edubadges, or of who else grew out of Badgr, leads to the assertion behind it', async () => {
    const at = (host: string) => `https://${host}/public/assertions/Qm-x_1`;
    const edubadge = { ...assertion, id: at('api.edubadges.nl') };
    const { read, told, asked } = readerOf({
      [at('www.edubadges.nl')]: page('<script src="/main.js"></script>'),
      [at('api.edubadges.nl')]: edubadge,
      [at('edubadges.nl')]: { redirect: at('www.edubadges.nl') },
      [at('api.acc.edubadges.nl')]: edubadge,
      [at('api.badgr.io')]: edubadge,
      [at('badges.example')]: page(),
      [`${at('badges.example')} as JSON`]: assertion,
    });
    const found = { badge: edubadge, source: at('api.edubadges.nl') };
    for (const link of [
      at('www.edubadges.nl'),
      at('edubadges.nl'),
      at('api.edubadges.nl'),
      `${at('www.edubadges.nl')}?lang=nl`,
    ])
      expect(await read({ url: link })).toEqual([{ ...found, where: [{ kind: 'link', name: link }] }]);
    expect(await told(at('www.acc.edubadges.nl'))).toBe(`link › ${edubadge.id}`);
    expect(await told(at('badgr.com'))).toBe(`link › ${edubadge.id}`);
    expect(await told(at('badges.example'))).toBe(`link › ${assertion.id}`);
    expect(asked.every(url => !url.includes('image'))).toBe(true);
  });

  it('of a wallet says what it is, and nothing is fetched', async () => {
    const { told, asked } = readerOf();
    for (const [said, kind] of [
      ['openid-credential-offer://?credential_offer=%7B%7D', 'wallet-offer'],
      ['https://wallet.example/offer?credential_offer_uri=https%3A%2F%2Fissuer.example', 'wallet-offer'],
      ['OPENID4VP://authorize?client_id=x', 'wallet-request'],
      ['haip://?credential_offer=x', 'wallet-offer'],
      ['https://wallet.example/?request_uri=https%3A%2F%2Fx.example&client_id=y', 'wallet-request'],
      [`${OWN}/claim/abc`, 'claim'],
    ] as const)
      for (const input of [{ text: said }, { url: said }])
        expect([said, await told(input)]).toEqual([said, `credential-unreadable ${kind}`]);
    expect(asked).toEqual([]);
  });
});

describe('a link to a page of our own', () => {
  const network = { '/c/abc': one, '/c/abc.json': one, '/c/abc.png': png([itxt(one)]), [LINK]: named('Elders') };
  const { told, asked } = readerOf(network);

  it('is answered without the network, in every form that it has', async () => {
    const paths = [
      '/c/abc',
      '/c/abc.json',
      '/c/abc.pdf',
      `/verify?url=${encodeURIComponent(`${OWN}/c/abc`)}`,
      `/verify#${OWN}/c/abc`,
    ];
    for (const path of paths) expect([path, await told(`${OWN}${path}`)]).toEqual([path, 'link › Eén']);
    expect(await told(`${OWN}/c/abc.png`)).toBe('link › png › Eén');
    expect(await told(`${OWN.replace('https://', '')}/c/abc`)).toBe('link › Eén');
    expect(asked.every(address => address.startsWith('/c/abc'))).toBe(true);
  });

  it('of the check itself asks what that page was asked', async () => {
    expect(await told(`${OWN}/verify?url=${encodeURIComponent(LINK)}`)).toBe('link › Elders');
    expect(await told(`${OWN}/verify#${encodeURIComponent(one)}`)).toBe('Eén');
    expect(await told(`${OWN}/verify#${token}`)).toContain('eyJ');
    expect(await told(`${OWN}/verify?status=valid&name=X`)).toBe('credential-unreadable empty');
    const twice = `${OWN}/verify?url=${encodeURIComponent(`${OWN}/verify?url=${encodeURIComponent(LINK)}`)}`;
    expect(await told(twice)).toBe('credential-unreadable too-many-links');
  });

  it('F1: opens nothing of ours that is not for all to read', async () => {
    for (const path of ['/readyz', '/api/v1/awards', '/', '/c/..%2freadyz', '/people/me'])
      expect([path, await told(`${OWN}${path}`)]).toEqual([path, 'credential-unreachable']);
  });
});

describe('what stands at a link', () => {
  it('V28: is never repeated where it is no badge', async () => {
    const secret = 'geheim-4711';
    const { read } = readerOf({
      'https://a.example/text': secret,
      'https://a.example/json': `{"secret":"${secret}"`,
      'https://a.example/page': page(secret),
      'https://a.example/list': `["${secret}"]`,
      'https://a.example/xml': `<x>${secret}</x>`,
    });
    for (const path of ['text', 'json', 'page', 'list', 'xml']) {
      const error = await read({ url: `https://a.example/${path}` }).catch(error => error);
      expect([path, error.code]).toEqual([path, 'credential-unreadable']);
      expect(JSON.stringify({ ...error, message: error.message })).not.toContain(secret);
    }
  });

  it('F8: costs few of the fetches that the check has', async () => {
    const { told, asked } = readerOf({
      'https://a.example/public/assertions/x': page('<link rel="alternate" type="application/json" href="/weg">'),
    });
    expect(await told('https://a.example/public/assertions/x')).toBe('credential-unreadable no-badge-in-page');
    expect(asked.length).toBe(4);
  });

  it('F7: is at most 10 MB', async () => {
    const { told } = readerOf({ 'https://a.example/groot': new Uint8Array(10_000_001) });
    expect(await told('https://a.example/groot')).toBe('credential-unreachable');
  });
});
