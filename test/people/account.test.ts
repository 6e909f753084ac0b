import { beforeEach, describe, expect, it } from 'vitest';
import { unlinkIdentity } from '../../src/people/index.ts';
import { identities, people, sessions } from '../../src/people/schema.ts';
import { auditLog } from '../../src/platform/schema.ts';
import { retain } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';

const provider = { id: 'idp', name: 'Proeflogin', issuer: 'https://idp.example', clientId: 'c', clientSecret: 's' };
const HOUR = 3_600_000;

describe('my account', () => {
  let world: ReturnType<typeof createWorld>;
  let now: Date;

  beforeEach(() => {
    now = new Date('2026-11-22T10:00:00Z');
    world = createWorld({
      now: () => now,
      mailer: { send: async () => {} },
      providers: [{ ...provider, profile: 'surfconext' }],
    });
  });

  type Person = Awaited<ReturnType<typeof createPerson>>;
  const get = (path: string, headers: Record<string, string>) =>
    world.request(path, { headers: { accept: 'text/html', ...headers } });
  const post = (path: string, headers: Record<string, string>, fields: Record<string, string> = {}) =>
    world.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  /** A second tie, put in place without a login. */
  const addTie = async (person: Person, over: Partial<typeof identities.$inferInsert>) => {
    const at = now.toISOString();
    const id = crypto.randomUUID();
    await world.db.query.insert(identities).values({
      id,
      personId: person.id,
      kind: 'institution',
      issuer: provider.issuer,
      subject: id,
      label: id,
      assurance: [],
      links: [],
      createdAt: at,
      provenAt: at,
      ...over,
    });
    return id;
  };
  const tiesOf = async (person: Person) =>
    (await world.db.query.select().from(identities)).filter(i => i.personId === person.id).map(i => i.id);

  it('tells each tie in words: what it is, who vouches, how sure that is, since when and until when', async () => {
    const sam = await createPerson(world, {
      label: 'Sam de Vries',
      name: 'Sam de Vries',
      nameSource: 'institution',
      acr: 'https://eduid.nl/trust/validate-names',
      links: [{ eppn: 's1@hu.nl', home: 'hu.nl', validatedName: 'Sam de Vries', preferred: true }],
    });
    await addTie(sam, {
      kind: 'email',
      issuer: 'mailto:',
      subject: 'sam@example.org',
      label: 'sam@example.org',
      lapsesAt: '2027-11-22T10:00:00.000Z',
    });
    const page = await (await get('/account', sam.headers)).text();
    for (const words of [
      'eduID',
      'Proeflogin, doordat je daar inlogde',
      'Je naam is gecontroleerd.',
      'gecontroleerd door een instelling',
      'hu.nl',
      'sam@example.org',
      'doordat je op de knop in een mail aan dit adres drukte',
      '22 november 2026 om 11:00',
      '22 november 2027',
    ])
      expect(page).toContain(words);
  });

  it('O7: a level that was not answered is not told as one that was', async () => {
    const sam = await createPerson(world, { name: 'Sam', nameSource: 'self' });
    const page = await (await get('/account', sam.headers)).text();
    expect(page).toContain('zelf opgegeven, door niemand gecontroleerd');
    expect(page).not.toContain('Je naam is gecontroleerd');
  });

  it('a tie is cut, and sessions that were opened with it end', async () => {
    const sam = await createPerson(world);
    const other = await addTie(sam, {});
    expect(await (await get(`/account/identities/${other}`, sam.headers)).text()).toContain('blijven van jou');
    const cut = await post(`/account/identities/${sam.identityId}/cut`, sam.headers);
    expect([cut.status, cut.headers.get('location')]).toEqual([303, '/login?return=%2Faccount']);
    expect(cut.headers.get('set-cookie')).toMatch(/__Host-session=;/);
    expect(await tiesOf(sam)).toEqual([other]);
    expect(await world.db.query.select().from(sessions)).toEqual([]);
    expect((await get('/account', sam.headers)).status).toBe(303);
  });

  it('the last way in cannot be cut, and the page says what to do', async () => {
    const sam = await createPerson(world);
    // A wallet signs nobody in, an address that lapsed neither, nor a provider that is gone.
    await addTie(sam, { kind: 'did', issuer: 'did:', subject: 'did:key:z6MkA' });
    await addTie(sam, { kind: 'email', issuer: 'mailto:', subject: 'a@example.org', lapsesAt: '2026-11-21T00:00:00Z' });
    await addTie(sam, { issuer: 'https://gone.example' });
    const refused = await post(`/account/identities/${sam.identityId}/cut`, sam.headers);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'last-way-in']);
    const page = await (await get(`/account/identities/${sam.identityId}`, sam.headers)).text();
    expect(page).toContain('Dit is je enige manier om in te loggen');
    expect(await tiesOf(sam)).toHaveLength(4);
  });

  it('two ways in that are cut at the same moment leave one, every time', async () => {
    for (let i = 0; i < 25; i++) {
      const sam = await createPerson(world, { subject: `sam-${i}` });
      const other = await addTie(sam, {});
      const cuts = await Promise.allSettled([sam.identityId, other].map(id => unlinkIdentity(world.deps, sam.id, id)));
      expect(cuts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await tiesOf(sam)).toHaveLength(1);
    }
  });

  it('ten ways in that are all cut at the same moment leave one', async () => {
    const sam = await createPerson(world);
    const ids = [sam.identityId];
    for (let i = 0; i < 9; i++) ids.push(await addTie(sam, {}));
    await Promise.allSettled(ids.map(id => unlinkIdentity(world.deps, sam.id, id)));
    expect(await tiesOf(sam)).toHaveLength(1);
  });

  it("another person's ties and sessions are not there", async () => {
    const sam = await createPerson(world);
    const kim = await createPerson(world);
    await addTie(kim, {});
    expect((await get(`/account/identities/${kim.identityId}`, sam.headers)).status).toBe(404);
    expect((await post(`/account/identities/${kim.identityId}/cut`, sam.headers)).status).toBe(404);
    expect((await post('/account/sessions/end', sam.headers, { session: kim.sessionId })).status).toBe(404);
    expect(await tiesOf(kim)).toHaveLength(2);
  });

  it('O8: a session is ended by its owner from another one, at once; all others too', async () => {
    const sam = await createPerson(world);
    const open = async () => {
      const { openSession, SESSION_COOKIE } = await import('../../src/people/index.ts');
      const s = await openSession(world.deps, { personId: sam.id, identityId: sam.identityId, provider: 'idp' }, 'x');
      await world.db.batch([s.statement]);
      return { id: s.id, headers: { ...sam.headers, cookie: `${SESSION_COOKIE}=${s.secret}` } };
    };
    const [phone, laptop, work] = [await open(), await open(), await open()];
    expect((await get('/account', phone.headers)).status).toBe(200);
    expect((await post('/account/sessions/end', sam.headers, { session: phone.id })).status).toBe(303);
    expect((await get('/account', phone.headers)).status).toBe(303);
    expect((await get('/account', laptop.headers)).status).toBe(200);
    expect((await post('/account/sessions/end-others', sam.headers)).status).toBe(303);
    for (const ended of [laptop, work]) expect((await get('/account', ended.headers)).status).toBe(303);
    expect((await get('/account', sam.headers)).status).toBe(200);
  });

  it('D7: a session that ended is not revived by a clock that is set back', async () => {
    const sam = await createPerson(world);
    const start = now.getTime();
    const statusAt = async (ms: number) => {
      now = new Date(start + ms);
      return (await get('/account', sam.headers)).status;
    };
    expect(await statusAt(12 * HOUR - 1)).toBe(200);
    expect(await statusAt(12 * HOUR)).toBe(303);
    // Swept while the clock ran ahead: gone for good.
    await retain(world.deps);
    expect(await statusAt(0)).toBe(303);
    // A session that was opened while the clock ran ahead would live too long once it is set right.
    now = new Date(Date.UTC(2099, 0, 1));
    const early = await createPerson(world);
    now = new Date(start);
    expect((await get('/account', early.headers)).status).toBe(303);
    // And it is no fresh proof.
    expect((await post('/account/email', early.headers, { email: 'x@example.org' })).status).toBe(401);
  });

  it('the language of the person is that of the pages, when nothing else was asked', async () => {
    const sam = await createPerson(world);
    const lang = async (headers: Record<string, string> = {}, path = '/account') =>
      /<html lang="(\w+)"/.exec(await (await get(path, { ...sam.headers, ...headers })).text())?.[1];
    expect(await lang({ 'accept-language': 'en' })).toBe('nl');
    const kept = await post('/account/language', sam.headers, { language: 'en' });
    expect(kept.status).toBe(303);
    expect(await lang()).toBe('en');
    expect(await lang({}, '/account?lang=nl')).toBe('nl');
    expect((await post('/account/language', sam.headers, { language: 'fr' })).status).toBe(400);
    expect((await world.db.query.select().from(people))[0]!.language).toBe('en');
  });

  it('W2: 2 people, 500 interleaved pages each: nothing of the other', async () => {
    const [sam, kim] = [
      await createPerson(world, { label: 'sam-label', name: 'Sam Samsen', subject: 'sam-subject' }),
      await createPerson(world, { label: 'kim-label', name: 'Kim Kimmen', subject: 'kim-subject' }),
    ];
    const paths = ['/account', '/account/add', '/account/identities/'];
    const fetchFor = async (person: Person, i: number) => {
      const path = paths[i % 3]!;
      return (await get(path.endsWith('/') ? path + person.identityId : path, person.headers)).text();
    };
    const strings = { sam: ['sam-label', 'Sam Samsen'], kim: ['kim-label', 'Kim Kimmen'] };
    let foreign = 0;
    let own = 0;
    for (let round = 0; round < 10; round++) {
      const pages = await Promise.all(
        Array.from({ length: 100 }, (_, i) => (i % 2 ? fetchFor(sam, i >> 1) : fetchFor(kim, i >> 1))),
      );
      pages.forEach((page, i) => {
        const [mine, theirs] = i % 2 ? [strings.sam, strings.kim] : [strings.kim, strings.sam];
        if (theirs.some(text => page.includes(text))) foreign++;
        if (mine.some(text => page.includes(text))) own++;
      });
    }
    expect(foreign).toBe(0);
    expect(own).toBeGreaterThan(600);
  }, 60_000);

  it('W3: no page of a person is kept by a cache, and none answers as something else', async () => {
    const sam = await createPerson(world);
    for (const path of ['/account', '/account/add', `/account/identities/${sam.identityId}`]) {
      const { headers, status } = await get(path, sam.headers);
      expect([status, headers.get('cache-control'), headers.get('x-robots-tag')], path).toEqual([
        200,
        'no-store',
        'noindex',
      ]);
    }
    for (const path of [
      '/account/x.css',
      '/account/add/x.css',
      '/account.css',
      `/account/identities/${sam.identityId}.css`,
      '/account%2Fx.css',
    ]) {
      const { headers, status } = await get(path, sam.headers);
      expect([status, headers.get('cache-control')], path).toEqual([404, 'no-store']);
    }
  });

  it('W4: a form that another site sent changes nothing', async () => {
    const sam = await createPerson(world);
    const { cookie } = sam.headers;
    for (const headers of [
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie, 'sec-fetch-site': 'cross-site', origin: world.origin },
      { cookie },
    ] as Record<string, string>[])
      for (const path of [
        '/account/sessions/end-others',
        '/account/language',
        `/account/identities/${sam.identityId}/cut`,
        '/account/email',
      ])
        expect((await post(path, headers, { language: 'en' })).status, path).toBe(403);
    expect((await world.db.query.select().from(people))[0]!.language).toBe('nl');
  });

  it('what is done to an account stands in the audit log by random ids alone', async () => {
    const sam = await createPerson(world, { email: 'sam@example.org', label: 'sam@example.org' });
    const other = await addTie(sam, { email: 'sam@school.example', label: 'sam@school.example' });
    await post(`/account/identities/${other}/cut`, sam.headers);
    await post('/account/language', sam.headers, { language: 'en' });
    const rows = await world.db.query.select().from(auditLog);
    expect(rows.map(row => row.action)).toEqual(['identity.unlink', 'person.language']);
    expect(new Set(rows.map(row => row.subject))).toEqual(new Set([sam.id]));
    expect(JSON.stringify(rows)).not.toContain('@');
  });
});
