import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/people/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, idleMailer, submit, withEmail } from '../support/offers.ts';
import { createMember } from '../support/people.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('my data', () => {
  let now = new Date('2026-11-22T10:00:00Z');
  let world: ReturnType<typeof createWorld>;
  let sam: Awaited<ReturnType<typeof withEmail>>;
  let kim: Awaited<ReturnType<typeof withEmail>>;
  let signed: string;

  const get = (path: string, headers: Record<string, string>, accept = 'text/html') =>
    world.request(path, { headers: { accept, ...headers } });
  const award = async (school: Awaited<ReturnType<typeof createSchool>>, email: string, over: object = {}) => {
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email, name: `Naam ${email}` }, ...over }),
    });
    return made.json as { id: string; claim: string; credential: string };
  };

  beforeAll(async () => {
    world = createWorld({ now: () => now, mailer: idleMailer });
    const bearer = await createSchool(world, 'een');
    const offering = await createSchool(world, 'twee', claimable());
    sam = await withEmail(world, 'sam@example.org', { label: 'sam@example.org' });
    kim = await withEmail(world, 'kim@example.org', { label: 'kim@example.org' });
    const first = await award(bearer, 'sam@example.org', { narrative: 'Het verhaal van Sam.' });
    signed = (await world.api(new URL(first.credential).pathname, { key: bearer.keys.awarder })).text;
    await award(offering, 'sam@example.org', { narrative: 'Wat op Sam wacht.' });
    await award(bearer, 'kim@example.org', { narrative: 'Het verhaal van Kim.' });
    await createMember(world, bearer.institution, ['awarder']);
  });

  it('is all on one page, and nothing of anyone else', async () => {
    const page = await (await get('/account/data', sam.headers)).text();
    for (const words of [
      'sam@example.org',
      'Het verhaal van Sam.',
      'Wat op Sam wacht.',
      'Naam sam@example.org',
      'A. Examinator',
    ])
      expect(page).toContain(words);
    expect(page).not.toContain('Kim');
    expect(page).not.toContain('kim@example.org');
  });

  it('is taken along as JSON, and as a ZIP with each badge byte for byte', async () => {
    const json = await get('/account/data.json', sam.headers);
    expect(json.headers.get('content-disposition')).toBe('attachment; filename="waarmerk.json"');
    const data = (await json.json()) as {
      format: string;
      awards: { documents: { document: string }[] }[];
      letters: object[];
    };
    expect(data.format).toBe('waarmerk-person');
    expect(data.awards[0]!.documents[0]!.document).toBe(signed);
    expect(data.letters).toHaveLength(1);
    expect(JSON.stringify(data)).not.toMatch(/kim@|Kim/);

    const zip = unzipSync(new Uint8Array(await (await get('/account/data.zip', sam.headers)).arrayBuffer()));
    const names = Object.keys(zip).sort();
    expect(names).toEqual(['README.txt', expect.stringMatching(/^badges\/[\w-]+\.json$/), 'data.json']);
    expect(strFromU8(zip[names[1]!]!)).toBe(signed);
    expect(strFromU8(zip['README.txt']!)).toContain('Open Badges 3.0');
    const listed = JSON.parse(strFromU8(zip['data.json']!));
    expect(listed.awards[0].documents[0].file).toBe(names[1]);
    // The session's secret, and what stands for it, is nobody's reading.
    expect(strFromU8(zip['data.json']!)).not.toContain(sam.sessionId);
  });

  it('W3: neither the page nor a download is kept by a cache, and none answers as something else', async () => {
    for (const path of ['/account/data', '/account/data.json', '/account/data.zip', '/account/erase']) {
      const { headers, status } = await get(path, sam.headers);
      expect([status, headers.get('cache-control'), headers.get('x-robots-tag')], path).toEqual([
        200,
        'no-store',
        'noindex',
      ]);
      expect((await get(path, {})).headers.get('location'), path).toContain('/login?return=');
    }
    for (const path of ['/account/data/x.css', '/account/data.css', '/account/erase.css'])
      expect((await get(path, sam.headers)).status, path).toBe(404);
  });

  it('W10: no hash of an identity is in a badge unless it was asked for', async () => {
    const badge = JSON.parse(signed) as {
      credentialSubject: { identifier?: { identityType: string; hashed: boolean }[] };
    };
    for (const { identityType, hashed } of badge.credentialSubject.identifier ?? [])
      expect([identityType, hashed]).toEqual(['name', false]);
    expect(signed.replaceAll('Naam sam@example.org', '')).not.toContain('sam@example.org');
    expect(signed).not.toMatch(/sha256\$|"salt"/);
  });

  it('is erased after a fresh proof and a word, and then this browser is nobody’s', async () => {
    const later = now;
    now = new Date(now.getTime() + 6 * 60_000);
    const stale = await submit(world, '/account/erase', kim.headers, { word: 'wissen' });
    expect([stale.status, ((await stale.json()) as { code: string }).code]).toEqual([403, 'proof-needed']);
    expect(await (await get('/account/erase', kim.headers)).text()).toContain('Eerst even: ben jij het?');
    now = later;

    const wrong = await submit(world, '/account/erase', kim.headers, { word: 'ja' }, 'text/html');
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('Typ het woord');
    expect(await world.db.query.select().from(people)).toHaveLength(3);

    const page = await (await get('/account/erase', kim.headers)).text();
    for (const words of ['Wat weggaat', 'Wat blijft', 'Download']) expect(page).toContain(words);
    const erased = await submit(world, '/account/erase', kim.headers, { word: ' Wissen ' }, 'text/html');
    expect(erased.status).toBe(200);
    expect(erased.headers.get('set-cookie')).toMatch(/__Host-session=;/);
    expect(await erased.text()).toContain('Je gegevens zijn gewist');
    expect((await get('/account', kim.headers)).status).toBe(303);
    const all = JSON.stringify(
      ['people', 'identities', 'awards', 'outbox', 'credentials'].map(t =>
        world.db.sqlite.prepare(`select * from ${t}`).all(),
      ),
    );
    expect(all).not.toMatch(/kim@example|van Kim/);
    expect(all).toContain('van Sam');
  });
});
