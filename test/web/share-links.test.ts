import { beforeAll, describe, expect, it } from 'vitest';
import { retain } from '../../src/privacy/index.ts';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, submit, withEmail } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';

const html = { accept: 'text/html' };
const NARRATIVE = 'Leidde het wijkfeest met negentig vrijwilligers.';
const EVIDENCE = 'Verslag van het wijkfeest';

describe('a link by which a learner shows a badge', () => {
  let now = new Date('2026-11-22T12:00:00Z');
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  let sam: Awaited<ReturnType<typeof withEmail>>;
  let id: string;
  let main: string;
  const one = (sql: string, ...values: unknown[]) =>
    world.db.sqlite
      .prepare(sql)
      .pluck()
      .get(...values);
  const uses = (path: string) => one('select count(*) from share_uses where token = ?', path.slice(3));
  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await world.request(path, { method, headers: { ...html, ...headers } });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const badge = async (rest: object = {}) => {
    const made = await school.offer({ email: 'sam@example.org', name: 'Sam de Vries' }, rest);
    await submit(world, made.path, sam.headers);
    return made.id;
  };
  /** Makes a link and gives its path. */
  const link = async (over: Record<string, string> = {}, without: string[] = [], of = id) => {
    const fields = new URLSearchParams({ purpose: 'sollicitatie', readers: 'many', term: 'week', ...over });
    for (const part of without) fields.append('without', part);
    const answer = await world.request(`/badges/${of}/share`, {
      method: 'POST',
      headers: { ...sam.headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: fields.toString(),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/badges/${of}/share?done=made`]);
    return `/c/${one('select token from share_links order by rowid desc limit 1')}`;
  };
  const withdraw = (path: string, who = sam) =>
    submit(world, `/badges/${id}/share/withdraw`, who.headers, { link: path.slice(3) });
  const cookieOf = (answer: { headers: Headers }) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

  beforeAll(async () => {
    world = createWorld({ now: () => now, mailer: idleMailer });
    school = await createOffers(world);
    sam = await withEmail(world, 'sam@example.org');
    id = await badge({ narrative: NARRATIVE, evidence: [{ name: EVIDENCE, narrative: 'Foto' }], creditsEarned: 3 });
    main = `/c/${one('select token from shares where award_id = ?', id)}`;
  });

  it('is shown within a page of another for as long as it lives, uncounted; one for a single reader is not', async () => {
    const [path, single] = [await link({ term: 'day' }), await link({ readers: 'one' })];
    const shown = await ask(`/embed${path}`);
    expect([shown.status, shown.text.includes(`href="${world.origin}${path}"`)]).toEqual([200, true]);
    expect([shown.text.includes('Sam de Vries'), shown.text.includes(NARRATIVE), uses(path)]).toEqual([
      false,
      false,
      0,
    ]);
    const press = await ask(`/embed${single}`);
    expect([press.status, press.text.includes('Hier is geen badge te zien'), uses(single)]).toEqual([404, true, 0]);
    await withdraw(path);
    expect((await ask(`/embed${path}`)).status).toBe(404);
  });

  it('shows the badge, checked live, until it ends; its purpose and maker stay with the maker', async () => {
    const path = await link({ purpose: 'baan bij de Linde', term: 'day' });
    expect(path).toMatch(/^\/c\/[\w-]{22}$/);
    const page = await ask(path);
    expect(page.status).toBe(200);
    for (const words of [
      'Deze badge is geldig',
      'Samenwerken',
      'Sam de Vries',
      NARRATIVE,
      EVIDENCE,
      'De link stopt op 23 november',
    ])
      expect(page.text).toContain(words);
    for (const words of ['baan bij de Linde', main, `/badges/${id}`]) expect(page.text).not.toContain(words);
    expect((await ask(`/badges/${id}/share`, sam.headers)).text).toContain('baan bij de Linde');
    now = new Date(now.getTime() + 24 * 3600_000 - 1);
    expect((await ask(path)).status).toBe(200);
    now = new Date(now.getTime() + 1);
    expect((await ask(path)).status).toBe(404);
    expect((await ask(main)).status).toBe(200);
    now = new Date('2026-11-22T12:00:00Z');
  });

  it('W6: ended, withdrawn, used up, unknown: one page of one size, and after some of them a 429', async () => {
    const [ended, gone, used] = [await link({ term: 'day' }), await link(), await link({ readers: 'one' })];
    expect((await withdraw(gone)).status).toBe(303);
    expect((await submit(world, `${used}/open`, {})).status).toBe(303);
    now = new Date(now.getTime() + 25 * 3600_000);
    const unknown = `/c/${'A'.repeat(22)}`;
    const pages = await Promise.all([ended, gone, used, unknown].map(path => ask(path)));
    now = new Date('2026-11-22T12:00:00Z');
    const size = pages.at(-1)!.text.length;
    expect(pages.map(page => [page.status, page.text.length])).toEqual(pages.map(() => [404, size]));
    const bare = (text: string, path: string) => text.replaceAll(path.slice(3), '').replace(/[0-9a-f-]{36}/g, '');
    expect(new Set(pages.map((page, i) => bare(page.text, [ended, gone, used, unknown][i]!))).size).toBe(1);
    for (const form of ['.json', '.jwt', '.sd-jwt', '.png', '.svg', '.pdf', '/confirm'])
      expect((await ask(gone + form)).status).toBe(404);
    expect((await submit(world, `${gone}/open`, {})).status).toBe(404);
    world.deps.rateLimit = createRateLimit({ perMinute: 60, burst: 5, now: () => now });
    const guesses = [];
    for (let i = 0; i < 8; i++) guesses.push((await ask(`/c/${String(i).repeat(22)}`)).status);
    expect(guesses).toEqual([404, 404, 404, 404, 404, 429, 429, 429]);
    // Who has a link that works is never held up.
    expect((await ask(main)).status).toBe(200);
    delete world.deps.rateLimit;
  });

  it('W7: it sends no referrer, is in no search engine and no cache, and stands in no line of the log', async () => {
    const path = await link();
    const { headers } = await ask(path);
    expect([
      headers.get('referrer-policy'),
      headers.get('x-robots-tag'),
      headers.get('cache-control'),
      headers.get('content-security-policy'),
    ]).toEqual(['no-referrer', 'noindex', 'no-store', expect.stringContaining("frame-ancestors 'none'")]);
    expect((await ask(`/badges/${id}/share`, sam.headers)).headers.get('referrer-policy')).toBe('no-referrer');
    await ask(`${path}/open`);
    expect(world.lines.join('\n')).not.toContain(path.slice(3));
  });

  it('W5: neither the settings nor what they lead to can be put in a frame', async () => {
    for (const path of [`/badges/${id}/share`, await link({ readers: 'one' })]) {
      const { headers } = await ask(path, sam.headers);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('W4: another site cannot make, withdraw or open one', async () => {
    const path = await link({ readers: 'one' });
    for (const act of [
      `/badges/${id}/share`,
      `/badges/${id}/share/withdraw`,
      `/badges/${id}/share/renew`,
      `${path}/open`,
    ])
      expect((await submit(world, act, { ...sam.headers, origin: 'https://evil.example' })).status).toBe(403);
    expect(uses(path)).toBe(0);
  });

  it('what is left out is nowhere in the page, its title or its report, and nothing that is whole goes with it', async () => {
    const path = await link({}, ['name', 'results', 'evidence', 'narrative']);
    const page = await ask(path);
    expect(page.status).toBe(200);
    for (const words of ['Deze badge is geldig', 'Samenwerken', 'De houder heeft delen van deze badge weggelaten'])
      expect(page.text).toContain(words);
    for (const words of ['Sam de Vries', NARRATIVE, 'wijkfeest', 'Foto', 'creditsEarned', 'credentialSubject', main])
      expect(page.text).not.toContain(words);
    // What it says of parts is the same whichever were left out.
    const other = await ask(await link({}, ['narrative']));
    expect(other.text).toContain('De houder heeft delen van deze badge weggelaten');
    expect(other.text).not.toContain('verhaal weg');
    for (const form of ['.json', '.jwt']) expect([form, (await ask(path + form)).status]).toEqual([form, 404]);
    for (const accept of ['application/json', 'application/vc', 'application/ld+json', 'application/vc+jwt'])
      expect([accept, (await ask(path, { accept })).status]).toEqual([accept, 404]);
  });

  it('what took the place of a badge is not shown whole behind a link that leaves parts out', async () => {
    const old = await badge({ decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-10-01' } });
    const path = await link({}, ['name'], old);
    const replaced = await world.api(`/api/v1/awards/${old}/replacement`, {
      key: school.keys.awarder,
      body: { kind: 'correction', recipient: { name: 'Sam J. de Vries' } },
    });
    expect(replaced.status, replaced.text).toBe(201);
    const page = await ask(path);
    expect(page.text).toContain('Deze badge is vervangen');
    expect(page.text).not.toContain('Vries');
    for (const { token } of world.db.sqlite.prepare('select token from shares').all() as { token: string }[])
      expect(page.text).not.toContain(token);
  });

  it('a whole one gives the signed file too', async () => {
    const path = await link();
    const file = await world.request(`${path}.json`);
    expect([file.status, await file.text()]).toEqual([
      200,
      one("select document from credentials where award_id = ? and format = 'ldp_vc'", id),
    ]);
    expect((await world.request(`${path}.svg`)).status).toBe(200);
  });

  it('counts who reads: not a preview, not the same browser again, not its maker', async () => {
    const path = await link();
    await ask(path, {}, 'HEAD');
    for (const header of ['sec-purpose', 'purpose', 'x-moz']) await ask(path, { [header]: 'prefetch' });
    await ask(path, sam.headers);
    expect(uses(path)).toBe(0);
    const first = await ask(path);
    expect([uses(path), first.headers.get('set-cookie')]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^reader=[\\w-]+; Max-Age=3600; Path=${path}; HttpOnly; SameSite=Lax$`)),
    ]);
    await ask(path, { cookie: cookieOf(first) });
    expect(uses(path)).toBe(1);
    // A cookie of another link, or one that is none, is another reader.
    await ask(path, { cookie: cookieOf(await ask(await link())) });
    await ask(path, { cookie: 'reader=AAAA' });
    await ask(path, { cookie: `reader=${'A'.repeat(120)}` });
    expect(uses(path)).toBe(4);
    expect((await ask(`/badges/${id}/share`, sam.headers)).text).toContain('4 keer');
    // A row is a moment and nothing about who.
    expect(Object.keys(world.db.sqlite.prepare('select * from share_uses').get() as object)).toEqual([
      'token',
      'seq',
      'at',
    ]);
  });

  it('for one reader: shows nothing before a press, then opens for that browser alone, for an hour', async () => {
    const path = await link({ readers: 'one' });
    const before = await ask(path);
    expect([before.status, uses(path)]).toEqual([200, 0]);
    for (const words of ['Samenwerken', 'Sam de Vries', 'Proefschool']) expect(before.text).not.toContain(words);
    expect(before.text).toContain('voor één lezer');
    for (const form of ['.json', '.jwt', '.sd-jwt', '.svg', '.pdf']) expect((await ask(path + form)).status).toBe(404);
    const opened = await submit(world, `${path}/open`, {});
    expect([opened.status, opened.headers.get('location'), uses(path)]).toEqual([303, path, 1]);
    const cookie = cookieOf(opened);
    expect((await ask(path, { cookie })).text).toContain('Sam de Vries');
    expect((await submit(world, `${path}/open`, { cookie })).status).toBe(303);
    expect((await ask(path)).status).toBe(404);
    expect((await submit(world, `${path}/open`, {})).status).toBe(404);
    expect((await ask(path, sam.headers)).status).toBe(200);
    now = new Date(now.getTime() + 3600_000);
    expect((await ask(path, { cookie })).status).toBe(404);
    now = new Date('2026-11-22T12:00:00Z');
    await withdraw(path);
    expect((await ask(path, { cookie })).status).toBe(404);
    expect(uses(path)).toBe(1);
  });

  it('of twenty readers at once of a link for one, one reads', async () => {
    const path = await link({ readers: 'one' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(world, `${path}/open`, {})));
    expect(answers.map(answer => answer.status).filter(status => status === 303)).toHaveLength(1);
    expect(uses(path)).toBe(1);
    const many = await link();
    await Promise.all(Array.from({ length: 20 }, () => ask(many)));
    expect(uses(many)).toBe(20);
  });

  it('is its maker’s alone to see and to end; twice is once', async () => {
    const path = await link();
    const kim = await createPerson(world);
    expect((await ask(`/badges/${id}/share`, kim.headers)).status).toBe(404);
    expect((await withdraw(path, kim)).status).toBe(404);
    expect((await submit(world, `/badges/${id}/share`, kim.headers, { purpose: 'x' })).status).toBe(404);
    expect((await submit(world, `/badges/${id}/share/withdraw`, sam.headers, { link: 'x' })).status).toBe(404);
    // A link of another badge of theirs is not ended from here.
    const other = await badge({ decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-10-02' } });
    const theirs = await link({}, [], other);
    expect((await withdraw(theirs)).status).toBe(404);
    expect((await ask(theirs)).status).toBe(200);
    expect([(await withdraw(path)).status, (await withdraw(path)).status]).toEqual([303, 303]);
    expect((await ask(path)).status).toBe(404);
    const log = world.db.sqlite.prepare("select institution, action from audit_log where action like 'share.%'").all();
    expect(new Set(log.map(row => (row as { institution: string }).institution))).toEqual(new Set(['']));
  });

  it('refuses what is not asked as the form asks it, and keeps what was typed', async () => {
    const before = one('select count(*) from share_links');
    const wrong: Record<string, string>[] = [
      { purpose: '', readers: 'one', term: 'day' },
      { purpose: 'x'.repeat(201), readers: 'one', term: 'day' },
      { purpose: 'x', readers: 'none', term: 'day' },
      { purpose: 'x', readers: 'one', term: 'year' },
      { purpose: 'x', readers: 'one', term: 'day', without: 'issuer' },
    ];
    for (const fields of wrong) {
      expect((await submit(world, `/badges/${id}/share`, sam.headers, fields)).status).toBe(400);
      const page = await submit(world, `/badges/${id}/share`, sam.headers, fields, 'text/html');
      expect([page.status, (await page.text()).includes('id="refused"')]).toEqual([400, true]);
    }
    expect(one('select count(*) from share_links')).toBe(before);
    const hostile = await link({ purpose: '<script>alert(1)</script>' });
    expect((await ask(`/badges/${id}/share`, sam.headers)).text).toContain('&lt;script&gt;alert(1)');
    await withdraw(hostile);
  });

  it('the page of a badge gets a new address, and the old one leads nowhere', async () => {
    const of = await badge({ decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-10-03' } });
    const share = () => `/c/${one('select token from shares where award_id = ?', of)}`;
    const old = share();
    const kim = await createPerson(world);
    expect((await submit(world, `/badges/${of}/share/renew`, kim.headers)).status).toBe(404);
    expect((await submit(world, `/badges/${of}/share/renew`, sam.headers)).status).toBe(303);
    expect(share()).not.toBe(old);
    expect([(await ask(old)).status, (await ask(`${old}.json`)).status, (await ask(share())).status]).toEqual([
      404, 404, 200,
    ]);
  });

  it('goes to LinkedIn only by a link that the learner presses', async () => {
    const page = await ask(`/badges/${id}/share`, sam.headers);
    const [, href] = /href="(https:\/\/www\.linkedin\.com[^"]*)"[^>]*rel="noopener noreferrer"/.exec(page.text) ?? [];
    const query = new URL(href!.replaceAll('&amp;', '&')).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      startTask: 'CERTIFICATION_NAME',
      name: 'Samenwerken',
      organizationName: 'Proefschool',
      issueYear: '2026',
      issueMonth: '11',
      certUrl: `${world.origin}${main}`,
    });
    expect(page.text).not.toMatch(/<script|<iframe|<img/);
  });

  it('W6: a link that ended or was withdrawn is forgotten after its term, with its uses; one that works is not', async () => {
    const [ended, gone, endless, used] = [
      await link({ term: 'day' }),
      await link(),
      await link({ term: 'none' }),
      await link({ term: 'none', readers: 'one' }),
    ];
    for (const path of [ended, gone, endless]) await ask(path);
    await submit(world, `${used}/open`, {});
    await withdraw(gone);
    const there = () =>
      [ended, gone, endless, used].map(path => [
        one('select count(*) from share_links where token = ?', path.slice(3)),
        uses(path),
      ]);
    const start = now.getTime();
    now = new Date(start + 90 * 24 * 3600_000);
    await retain(world.deps);
    expect(there().map(([links]) => links)).toEqual([1, 1, 1, 1]);
    now = new Date(start + 92 * 24 * 3600_000);
    await retain(world.deps);
    expect(there()).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
    expect((await ask(endless)).status).toBe(200);
    now = new Date(start);
  });
});
