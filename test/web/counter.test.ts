import { beforeAll, describe, expect, it } from 'vitest';
import { claimAward } from '../../src/credentials/index.ts';
import { badge, keySigner, signAny, webSigner } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const heading = (html: string) => words(/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '').trim();

describe('the counter', () => {
  const asked: string[] = [];
  const world = createWorld({
    transport: async url => {
      asked.push(url.href);
      throw new Error('the network is cut');
    },
  });
  let school: Awaited<ReturnType<typeof createSchool>>;
  beforeAll(async () => {
    school = await createSchool(world);
  });

  async function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const response = await world.request('/verify', {
      method: 'POST',
      body: form,
      headers: { accept: 'text/html', ...headers },
    });
    return { status: response.status, headers: response.headers, html: await response.text() };
  }
  const get = async (path: string) => {
    const response = await world.request(path, { headers: { accept: 'text/html' } });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  const award = async (over: object = {}) =>
    (await world.api('/api/v1/awards', { key: school.keys.awarder, body: exampleAward(school.achievement, over) }))
      .json;
  const shared = async ({ claim }: { claim: string }) =>
    `${world.origin}/c/${(await claimAward(world.deps, claim.split('/').at(-1)!)).shareToken}`;
  const credentialOf = async (id: string) =>
    JSON.stringify((await world.api(`/api/v1/awards/${id}/credential`, { key: school.keys.awarder })).json);

  it('with the network cut it does not know, says so in one sentence, and that it is no refusal', async () => {
    const signer = await webSigner('did:web:linde.example', 4);
    const text = JSON.stringify(await signAny(badge('did:web:linde.example'), signer));
    const { html } = await post({ text });
    expect(heading(html)).toBe('We weten het niet zeker');
    for (const said of [
      'De gegevens van de uitgever zijn nu niet op te halen.',
      'Dat is geen nee',
      'over een paar minuten',
    ])
      expect(words(html)).toContain(said);
    const link = await get('/verify?url=https://linde.example/badge.json');
    expect([link.status, heading(link.html)]).toEqual([422, 'We konden geen badge lezen']);
    expect(words(link.html)).toContain('Dit is geen oordeel over een badge.');
  });

  it('a link by itself has an answer at an address of its own, and a person never stands in one', async () => {
    const url = await shared(await award());
    const small = { 'content-length': '300' };
    const led = await post({ text: url, at: '2026-11-20' }, small);
    expect(led.status).toBe(303);
    expect(led.headers.get('location')).toBe(`/verify?url=${encodeURIComponent(url)}&at=2026-11-20`);
    expect(heading((await get(led.headers.get('location')!)).html)).toMatch(/geldig/);
    const beside = await post({ text: url, name: 'Sam de Vries' }, small);
    expect([beside.status, beside.headers.get('location')]).toEqual([200, null]);
    expect(beside.html).not.toMatch(/value="Sam/);
    // In the language that was asked for, and without a scheme as people copy links.
    const short = await post({ text: 'linde.example/badge' }, small);
    expect(short.headers.get('location')).toBe(`/verify?url=${encodeURIComponent('https://linde.example/badge')}`);
  });

  it('a badge that was replaced leads to its successor', async () => {
    const old = await award({
      decision: { basis: 'assessment', decidedBy: 'X', decidedOn: '2026-01-15', reference: 'old' },
    });
    await shared(old);
    const document = await credentialOf(old.id);
    const body = { kind: 'correction', recipient: { name: 'Sam Jansen' } };
    expect((await world.api(`/api/v1/awards/${old.id}/replacement`, { key: school.keys.awarder, body })).status).toBe(
      201,
    );
    const { html } = await post({ text: document });
    expect(heading(html)).toBe('Deze badge is vervangen');
    const way = /<a href="([^"]+)">Bekijk de nieuwe badge<\/a>/.exec(html)![1]!;
    expect(way).toMatch(new RegExp(`^${world.origin}/c/`));
    expect(words((await get(way)).html)).toContain('Sam Jansen');
  });

  it('a day: says of that day what is known of it, keeps the day, and never says "was" of what is not known', async () => {
    const { html } = await post({
      text: await credentialOf(
        (await award({ decision: { basis: 'assessment', decidedBy: 'X', decidedOn: '2026-01-15', reference: 'day' } }))
          .id,
      ),
      at: '2020-05-01',
    });
    expect(heading(html)).toBe('Deze badge was niet geldig op 1 mei 2020');
    expect(html).toContain('value="2020-05-01"');
    expect(words(html)).toContain('Dit antwoord gaat over 1 mei 2020');
    const signer = await keySigner(8);
    const old = JSON.stringify(await signAny(badge(signer.controller, { validFrom: '2021-01-01T00:00:00Z' }), signer));
    expect(heading((await post({ text: old, at: '2022-03-01' })).html)).toBe('Deze badge was geldig op 1 maart 2022');
    expect((await post({ text: old, at: '2022-13-01' })).status).toBe(400);
  });

  it('a day that is still to come is not answered: for a link, a text and many at once, with what was given kept', async () => {
    const text = await credentialOf((await award()).id);
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const answer of [
      await post({ text: 'zomaar wat', at: day(3) }),
      await post({ text, at: '2999-01-01' }),
      await get('/verify?url=https://linde.example/badge&at=2999-01-01'),
    ]) {
      expect([answer.status, words(answer.html).includes('Deze dag moet nog komen')]).toEqual([400, true]);
      expect(answer.html).not.toMatch(/class="answer/);
      expect(answer.html).toMatch(/<textarea[^>]*>[^<]+<\/textarea>/);
    }
    expect((await post({ text, at: day(1) })).status).toBe(200);
    const many = await world.request('/verify/many', {
      method: 'POST',
      body: new URLSearchParams({ links: 'a.example/1\na.example/2', at: '2999-01-01' }),
    });
    expect([many.status, (await many.text()).includes('Deze dag moet nog komen')]).toEqual([400, true]);
  });

  it('a person is compared with one badge: with several that is told, or goes along with the choice', async () => {
    const [one, two] = [await credentialOf((await award()).id), badge('did:web:linde.example')];
    const form = new FormData();
    for (const name of ['a.json', 'b.json']) form.append('file', new File([one], name));
    form.set('name', 'Sam de Vries');
    const files = await world.request('/verify', { method: 'POST', body: form });
    expect([files.status, (await files.text()).includes('Je gaf meer badges, en ook een persoon')]).toEqual([
      400,
      true,
    ]);
    const asked = await post({ text: JSON.stringify([JSON.parse(one), two]), name: 'Sam de Vries', at: '2026-11-20' });
    expect(heading(asked.html)).toBe('Welke badge bedoel je?');
    const sent = Object.fromEntries(
      [...asked.html.matchAll(/<input type="hidden" name="(name|at)" value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    expect(sent).toEqual({ name: 'Sam de Vries', at: '2026-11-20' });
    const answer = await post({ text: JSON.stringify([JSON.parse(one), two]), choice: '0', ...sent });
    expect(words(answer.html)).toContain('Is dit deze persoon?');
  });

  it('W1, P8: words of a badge are Markdown by an allow-list, and nothing of another host is asked for', async () => {
    const signer = await keySigner(9);
    const base = badge(signer.controller) as { credentialSubject: { achievement: object } };
    const subject = {
      ...base.credentialSubject,
      narrative:
        '**Goed** gedaan ![x](https://canary.example/a.png) <img src=x onerror=alert(1)> [x](javascript:alert(1))',
      achievement: {
        ...base.credentialSubject.achievement,
        image: { id: 'https://canary.example/b.png', type: 'Image' },
      },
    };
    asked.length = 0;
    const { html } = await post({
      text: JSON.stringify(await signAny({ ...base, credentialSubject: subject }, signer)),
    });
    expect(html).toContain('<strong>Goed</strong>');
    expect(html).not.toMatch(/<img|href="javascript:|src="https:\/\/canary/);
    expect(asked.filter(url => url.includes('canary'))).toEqual([]);
  });

  it('shows what others say about a badge, and that it could not tell whether they did', async () => {
    const signer = await keySigner(10);
    const endorsement = {
      id: 'urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d77',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      issuer: { id: 'did:web:bakker.example', type: ['Profile'], name: 'Bakkerij Bakker' },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: {
        id: 'urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d78',
        type: ['EndorsementSubject'],
        endorsementComment: 'Sam **bakt** goed. <script>alert(1)</script>',
      },
    };
    const { html } = await post({
      text: JSON.stringify(await signAny(badge(signer.controller, { endorsement: [endorsement] }), signer)),
    });
    expect(html).toContain('Sam <strong>bakt</strong> goed. &lt;script&gt;');
    expect(words(html)).toContain('Van wie zich noemt: Bakkerij Bakker');
    expect(words(html)).toContain('Niet alle aanbevelingen in de badge zijn echt');
    expect(words(html)).toContain('Kijk bij elke aanbeveling wie haar gaf.');
  });

  it('W8: tells under every answer at what address it should have been given', async () => {
    const { html } = await post({
      text: await credentialOf(
        (await award({ decision: { basis: 'assessment', decidedBy: 'X', decidedOn: '2026-01-15', reference: 'w8' } }))
          .id,
      ),
    });
    expect(words(html)).toContain(`of het adres van deze pagina echt ${new URL(world.origin).host} is`);
  });

  it('what was read, hashed and fetched comes when it is asked for', async () => {
    const url = await shared(
      await award({ decision: { basis: 'assessment', decidedBy: 'X', decidedOn: '2026-01-15', reference: 'tech' } }),
    );
    const plain = (await get(`/verify?url=${encodeURIComponent(url)}`)).html;
    expect(plain).not.toContain('&quot;canonical&quot;');
    const more = /href="([^"]+technical=1)"/.exec(plain)![1]!.replaceAll('&amp;', '&');
    expect((await get(more)).html).toContain('&quot;canonical&quot;');
  });
});

describe('the scripts of pages', () => {
  const world = createWorld({ origin: 'https://waarmerk.example' });
  const headersOf = async (path: string) => (await world.request(path, { headers: { accept: 'text/html' } })).headers;

  it('W13: run on the pages that have them alone, and only the pages that scan may use the camera', async () => {
    const [front, camera, offline, other] = [
      await headersOf('/verify'),
      await headersOf('/verify/camera'),
      await headersOf('/verify/offline'),
      await headersOf('/glossary'),
    ];
    expect(front.get('content-security-policy')).toContain("script-src 'self'");
    expect(front.get('content-security-policy')).not.toContain('eval');
    expect(front.get('permissions-policy')).toContain('camera=()');
    expect(camera.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
    expect(camera.get('permissions-policy')).toContain('camera=(self)');
    expect(camera.get('content-security-policy')).not.toContain('worker-src');
    expect(offline.get('content-security-policy')).toContain("worker-src 'self'");
    expect(offline.get('permissions-policy')).toContain('camera=(self)');
    expect(other.get('content-security-policy')).not.toContain('script-src');
  });

  it('are kept for ever by the name of their bytes, and no other file of the machine is handed out', async () => {
    const names = await world.deps.assets.names();
    for (const [of, kind] of [
      ['drop.js', 'text/javascript; charset=utf-8'],
      ['zxing_reader.wasm', 'application/wasm'],
    ] as const) {
      const answer = await world.request(`/assets/${names[of]}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, kind]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    const small = await world.request(`/assets/${names['zxing_reader.wasm']}`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(small.headers.get('content-encoding')).toBe('gzip');
    expect((await small.arrayBuffer()).byteLength).toBeLessThan(500_000);
    for (const name of ['drop.js', 'names.json', '..%2fserver.js', '%2e%2e%2f%2e%2e%2fpackage.json', 'constructor'])
      expect([name, (await world.request(`/assets/${name}`)).status]).toEqual([name, 404]);
  });
});
