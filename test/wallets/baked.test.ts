// Badges in pictures, through the front door, and read by readers that are not ours.
import { decode as decodePng } from 'fast-png';
import readPngText from 'png-chunk-text';
import extractPngChunks from 'png-chunks-extract';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseAward } from '../../src/credentials/index.ts';
import { bytesOf, claimBadge, verdictOf } from '../support/claimed.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers, submit, withEmail } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { exampleAchievement } from '../support/world.ts';

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';

/** The texts of a PNG under the keyword of OB 3.0: tEXt by the library, iTXt by hand. */
function pngBadges(bytes: Uint8Array): string[] {
  const chunks = extractPngChunks(bytes);
  expect(chunks.filter(c => c.name === 'tEXt').map(c => readPngText.decode(c.data))).toEqual([]);
  return chunks
    .filter(c => c.name === 'iTXt')
    .map(c => Buffer.from(c.data))
    .filter(data => data.subarray(0, 20).toString('latin1') === 'openbadgecredential\0')
    .map(data => data.subarray(24).toString('utf8'));
}

/** The badges of an SVG, and the names of all its elements and attributes, by a parser of XML. */
function readSvg(text: string) {
  const parser = new SaxesParser({ xmlns: true });
  const badges: string[] = [];
  const elements: string[] = [];
  const attributes: string[] = [];
  const texts: string[] = [];
  let baked = '';
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', tag => {
    elements.push(tag.name);
    attributes.push(...Object.keys(tag.attributes));
    baked = '';
  });
  parser.on('cdata', said => (baked += said));
  parser.on('text', said => texts.push(said));
  parser.on('closetag', tag => {
    if (tag.uri === NAMESPACE && tag.local === 'credential') badges.push(baked);
  });
  parser.write(text).close();
  return { badges, elements, attributes, texts: texts.join('\n') };
}

describe('a badge in its picture', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;

  beforeAll(async () => {
    world = createWorld();
    school = await createOffers(world);
  });

  const claimed = (at = school, name?: string) => claimBadge(world, at, name);

  it('P4: the PNG holds the badge once, byte for byte, before its end; another reader finds it and ours says valid', async () => {
    const { token, document } = await claimed();
    const response = await world.request(`/c/${token}.png`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const bytes = await bytesOf(response);
    expect(pngBadges(bytes)).toEqual([document]);
    const chunks = extractPngChunks(bytes).map(c => c.name);
    expect(chunks.slice(-2)).toEqual(['iTXt', 'IEND']);
    const { width, height, data } = decodePng(bytes);
    expect([width, height]).toEqual([800, 800]);
    expect(new Set(new Uint32Array(data.buffer, data.byteOffset, width * height)).size).toBeGreaterThan(20);
    expect(await verdictOf(world, bytes)).toBe('valid');
  });

  it('the SVG holds the badge as its first child; a parser of XML finds it and ours says valid', async () => {
    const { token, document } = await claimed();
    const text = await (await world.request(`/c/${token}.svg`)).text();
    const { badges, elements, texts } = readSvg(text);
    expect(badges).toEqual([document]);
    expect(elements.slice(0, 2)).toEqual(['svg', 'openbadges:credential']);
    expect(texts).toContain('Samenwerken');
    expect(await verdictOf(world, text)).toBe('valid');
  });

  it('P1, P5: what the picture is served with lets it do nothing and gives it a name of ours', async () => {
    const { token, id, owner } = await claimed();
    for (const [path, type, disposition] of [
      [`/c/${token}.png`, 'image/png', 'inline; filename="badge.png"'],
      [`/c/${token}.svg`, 'image/svg+xml', 'attachment; filename="badge.svg"'],
      [`/badges/${id}/badge.png`, 'image/png', 'inline; filename="badge.png"'],
      [`/badges/${id}/badge.svg`, 'image/svg+xml', 'attachment; filename="badge.svg"'],
    ] as const) {
      const { status, headers } = await world.request(path, { headers: owner.headers });
      expect([path, status, headers.get('content-type')]).toEqual([path, 200, type]);
      expect(headers.get('content-disposition')).toBe(disposition);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toBe('noindex');
    }
  });

  it.each([
    ['image/png', 'image/png'],
    ['image/svg+xml', 'image/svg+xml'],
    ['image/avif,image/webp,image/*,*/*;q=0.8', 'image/png'],
    ['text/html,application/xhtml+xml,image/avif,*/*;q=0.8', 'text/html; charset=UTF-8'],
    ['application/vc', 'application/vc'],
  ])('Accept: %s is answered with %s', async (accept, type) => {
    const { token } = await claimed();
    const response = await world.request(`/c/${token}`, { headers: { accept } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('vary')).toContain('Accept');
  });

  it.each([
    '<g><script>alert(1)</script></g>',
    '" onload="alert(1)',
    ']]></openbadges:credential><script>alert(1)</script>',
    '<foreignObject><iframe src="https://evil.example"/></foreignObject>',
    '<use href="https://evil.example/x.svg#a"/><animate attributeName="href"/>',
    'Rapport\u202Egnp.exe',
    '../../a.png.html\u0007\uFFFE',
  ])('P1, P5: a title such as %j is words in the picture, and comes back whole', async name => {
    const odd = await createOffers(world, {}, { ...exampleAchievement, claim: { assurance: 'login' }, name });
    const { token, document } = await claimed(odd, name);
    const text = await (await world.request(`/c/${token}.svg`)).text();
    const { badges, elements, attributes, texts } = readSvg(text);
    expect(JSON.parse(badges[0]!)).toEqual(JSON.parse(document));
    expect(JSON.parse(document).credentialSubject.achievement.name).toBe(name);
    expect(new Set(elements)).toEqual(
      new Set(['svg', 'openbadges:credential', 'rect', 'g', 'ellipse', 'circle', 'text']),
    );
    expect(attributes.filter(a => /^on|href/i.test(a))).toEqual([]);
    expect(texts).not.toMatch(/[\u202E\u0007\uFFFE]/);
    expect(await verdictOf(world, text)).toBe('valid');
    const png = await bytesOf(await world.request(`/c/${token}.png`));
    expect(pngBadges(png)).toEqual([document]);
    expect(await verdictOf(world, png)).toBe('valid');
  });

  it('P8: a picture that the badge names elsewhere is not fetched', async () => {
    let asked = 0;
    const other = createWorld({ transport: async () => Promise.reject(new Error(String(++asked))) });
    const there = await createOffers(other);
    const owner = await withEmail(other, 'a@example.org');
    const { id, path } = await there.offer({ email: 'a@example.org' });
    await submit(other, path, owner.headers);
    const stored = other.db.sqlite.prepare('select document from credentials where award_id = ?').pluck().get(id);
    const badge = JSON.parse(stored as string);
    badge.credentialSubject.achievement.image = { id: 'https://canary.example/x.png', type: 'Image' };
    other.db.sqlite.prepare('update credentials set document = ? where award_id = ?').run(JSON.stringify(badge), id);
    other.spoiled = true;
    for (const kind of ['png', 'svg'])
      expect((await other.request(`/badges/${id}/badge.${kind}`, { headers: owner.headers })).status).toBe(200);
    expect(asked).toBe(0);
  });

  it("somebody else's badge, a token that is none and one that was erased have no picture", async () => {
    const { id, token } = await claimed();
    const other = await createPerson(world);
    for (const kind of ['png', 'svg']) {
      expect((await world.request(`/badges/${id}/badge.${kind}`, { headers: other.headers })).status).toBe(404);
      expect((await world.request(`/badges/${id}/badge.${kind}`)).status).toBe(303);
      expect((await world.request(`/c/${token.slice(1)}.${kind}`)).status).toBe(404);
    }
    expect((await world.request(`/c/${token}.gif`)).status).toBe(404);
    const { ctx } = school;
    await eraseAward(ctx, id);
    for (const kind of ['png', 'svg']) expect((await world.request(`/c/${token}.${kind}`)).status).toBe(404);
  });

  it('a badge that was revoked is still its owner’s picture, and the check of it says revoked', async () => {
    const { id, token } = await claimed();
    await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    const png = await bytesOf(await world.request(`/c/${token}.png`));
    expect(await verdictOf(world, png)).toBe('invalid');
  });
});
