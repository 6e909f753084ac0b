import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/web/messages.en.ts';
import { nl } from '../../src/web/messages.nl.ts';
import { badge, keySigner, signAny } from '../support/badges.ts';
import { asPng, itxt, pdf, png, qrPicture, svg, svgBody } from '../support/containers.ts';
import { createWorld } from '../support/create-world.ts';

const CANARY = 'https://canary.example/x.png';

describe('the page of the check', () => {
  const asked: string[] = [];
  const world = createWorld({
    transport: async url => {
      asked.push(url.href);
      throw new Error('nobody is there');
    },
  });
  let one: string;
  let two: string;
  beforeAll(async () => {
    const signer = await keySigner(51);
    const issue = async (name: string) => {
      const image = { id: CANARY, type: 'Image' };
      const base = badge(signer.controller, { name, image });
      return JSON.stringify(await signAny(base, signer));
    };
    [one, two] = [await issue('Eén'), await issue('<b>Twee</b>')];
  });

  const post = async (fields: Record<string, string | Uint8Array>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields))
      form.set(name, typeof value === 'string' ? value : new File([new Uint8Array(value)], '../../x.png.html'));
    const response = await world.request('/verify', { method: 'POST', body: form, headers: { accept: 'text/html' } });
    return { status: response.status, html: await response.text(), headers: response.headers };
  };

  it('takes a badge in whatever it is kept in', async () => {
    for (const file of [
      png([itxt(one)]),
      new TextEncoder().encode(svg(svgBody(one))),
      pdf([{ content: one }]),
      new TextEncoder().encode(one),
    ]) {
      const { status, html } = await post({ file });
      expect([status, /<h1[^>]*>([^<]*)/.exec(html)?.[1]]).toEqual([200, nl.verdict.valid]);
      // The language switch has the badge itself to send again, and not the file.
      expect(html).toContain('name="text" value="{');
    }
  });

  it('asks which of several is meant, and answers for the one that is pressed', async () => {
    const { status, html, headers } = await post({
      file: pdf([{ name: 'a"><script>.json', content: one }, { content: two }]),
    });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).toContain(nl.choice.title);
    expect(html).not.toMatch(/class="answer|<b>Twee|<script/);
    expect(html.match(/name="choice"/g)).toHaveLength(2);
    const text = /name="text" value="([^"]*)"/
      .exec(html)![1]!
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    for (const choice of ['0', '1']) {
      const answer = await post({ text, choice });
      expect(answer.html).toContain(nl.verdict.valid);
      expect(answer.html).toContain(choice === '0' ? 'Eén' : '&lt;b&gt;Twee&lt;/b&gt;');
    }
    expect((await post({ text, choice: '2' })).status).toBe(400);
    const link = await world.request(`/verify?url=${encodeURIComponent(text)}&choice=1`, {
      headers: { accept: 'text/html' },
    });
    expect(await link.text()).toContain('&lt;b&gt;Twee');
  });

  it('W8: shows no green that it did not make itself: not by the address, and not by a code that leads to a look-alike', async () => {
    for (const query of [
      'status=valid&name=X',
      'verdict=valid&code=valid',
      'choice=0&text=valid',
      'url=&status=valid',
    ]) {
      const html = await (await world.request(`/verify?${query}`, { headers: { accept: 'text/html' } })).text();
      expect(html).not.toContain('class="answer');
      expect(html).toContain(nl.verify.title);
    }
    const fake = await post({ file: asPng(qrPicture('https://waarmerk-verify.example/verify?status=valid&name=X')) });
    expect([fake.status, fake.html.includes('class="answer')]).toEqual([422, false]);
    const own = await post({ file: asPng(qrPicture(`${world.origin}/verify?status=valid&name=X`)) });
    expect([own.status, own.html.includes('class="answer')]).toEqual([422, false]);
  });

  it('P8: a picture that the badge names is fetched by nobody, in whatever the badge came', async () => {
    asked.length = 0;
    for (const file of [png([itxt(one)]), pdf([{ content: one }])]) {
      const { html, headers } = await post({ file });
      expect(html).not.toMatch(/<(img|image|iframe|link|object)[^>]*canary/);
      expect(headers.get('content-security-policy')).toContain("img-src 'self' data:");
    }
    expect(asked).toEqual([]);
  });

  it('P1, P5: a file is neither kept nor shown, whatever it is called and whatever it would do', async () => {
    const evil = svg(`<script>alert(1)</script><g onload="alert(1)"/>${svgBody(one)}`);
    const { html } = await post({ file: new TextEncoder().encode(evil) });
    expect(html).not.toMatch(/<script|onload=|x\.png\.html/);
    expect(html).toContain(nl.verdict.valid);
  });

  it('says what to do for everything that holds no badge, in both languages', async () => {
    const say = async (fields: Record<string, string | Uint8Array>) => (await post(fields)).html;
    for (const [fields, kind] of [
      [{ text: 'openid-credential-offer://?x=1' }, 'wallet-offer'],
      [{ text: 'openid4vp://?x=1' }, 'wallet-request'],
      [{ text: `${world.origin}/claim/abc` }, 'claim'],
      [{ file: png() }, 'no-badge-in-picture'],
      [{ file: pdf([]) }, 'no-badge-in-pdf'],
      [{ file: new TextEncoder().encode('GIF89a') }, 'picture-kind'],
      [{ file: new TextEncoder().encode('\uFEFF{}') }, 'encoding'],
    ] as const)
      expect([kind, await say(fields)]).toEqual([kind, expect.stringContaining(nl.unread.codes[kind].what)]);
    expect(Object.keys(nl.unread.codes)).toEqual(Object.keys(en.unread.codes));
  });

  it('takes a file of 10 MB and no more', async () => {
    expect((await post({ file: new Uint8Array(10_000_000).fill(0x20) })).html).toContain(
      nl.unread.codes['body-too-large'].what,
    );
    expect(
      (await post({ file: pdf([{ content: one }, { content: new Uint8Array(9_000_000) }], { compressed: false }) }))
        .html,
    ).toContain(nl.verdict.valid);
    expect((await post({ file: new Uint8Array(10_000_001) })).status).toBe(413);
    expect((await post({ file: new Uint8Array(11_000_000) })).status).toBe(413);
  });
});
