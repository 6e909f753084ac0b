import { beforeAll, describe, expect, it } from 'vitest';
import { rolesOf } from '../../src/institutions/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool } from '../support/world.ts';

type Who = { headers: Record<string, string> };

describe('people and keys in the console', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  let admin: Awaited<ReturnType<typeof createMember>>;
  const at = '/console/proefschool';
  const send = async (path: string, fields?: Record<string, string | string[]>, who: Who = admin) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields ?? {})) for (const one of [value].flat()) body.append(name, one);
    const response = await world.request(path, {
      method: fields ? 'POST' : 'GET',
      headers: { accept: 'text/html', ...who.headers },
      ...(fields ? { body } : {}),
    });
    const text = await response.text();
    return { status: response.status, location: response.headers.get('location'), headers: response.headers, text };
  };
  const letterTo = (to: string) =>
    (world.db.sqlite.prepare('select letter from outbox').pluck().all() as string[])
      .map(text => JSON.parse(text) as { to: string; text: string })
      .findLast(l => l.to === to)!;

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world, 'proefschool');
    admin = await createMember(world, school.institution, ['admin']);
  });

  it('a group is invited from a pasted list, and each follows the link, signs in and has the role', async () => {
    const addresses = 'Sam de Vries <sam@example.org>\nkim@example.org, jo@example.org';
    const sent = await send(`${at}/members/invitations`, { addresses, kind: 'email', role: 'awarder' });
    expect([sent.status, sent.location]).toEqual([303, `${at}/members?done=invited`]);
    const page = await send(sent.location!);
    expect(page.text).toContain('De uitnodiging is verstuurd.');
    for (const address of ['sam@example.org', 'kim@example.org', 'jo@example.org'])
      expect(page.text).toContain(address);
    const path = new URL(/http\S+\/invitation\/\S+/.exec(letterTo('kim@example.org').text)![0]).pathname;
    expect(page.text).not.toContain(path.split('/').at(-1)!);
    const open = await send(path, undefined, { headers: {} });
    expect(open.text).toContain('k•••@example.org');
    expect(open.text).toContain(`href="/login?return=${encodeURIComponent(path)}"`);
    expect((await send(path, {}, { headers: {} })).status).toBe(401);
    const kim = await createPerson(world);
    expect((await send(path, undefined, kim)).text).toContain('Neem de rol aan');
    const accepted = await send(path, {}, kim);
    expect([accepted.status, accepted.location]).toEqual([303, `${at}?done=role-accepted`]);
    expect((await send(accepted.location!, undefined, kim)).text).toContain('onderwijsadministratie');
    const again = await send(path, undefined, kim);
    expect([again.status, again.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(again.text).toContain('geldt niet meer');
  });

  it('a list with a mistake is shown again with what was typed, and what is wrong in each line', async () => {
    const addresses = 'new@example.org\nniet zo\nnew@example.org';
    const refused = await send(`${at}/members/invitations`, { addresses, kind: 'email', role: 'board' });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/role="alert"/);
    expect(refused.text).toContain('Regel 2: “niet zo” is geen adres.');
    expect(refused.text).toContain('Regel 3: “new@example.org” staat er twee keer in.');
    expect(refused.text).toContain('new@example.org\nniet zo\nnew@example.org</textarea>');
    expect(refused.text).toMatch(/<input[^>]*value="board" checked/);
    for (const [fields, sentence] of [
      [{ addresses: '', kind: 'email', role: 'board' }, 'Vul dit in.'],
      [{ addresses: 'a@example.org', kind: 'x', role: 'board' }, 'Maak een keuze.'],
      [{ addresses: 'a@example.org', kind: 'email', role: 'guide' }, 'Maak een keuze.'],
      [{ addresses: 'a@example.org', kind: 'email', role: 'admin', achievements: school.achievement }, 'Haal de keuze'],
      [
        {
          addresses: Array.from({ length: 101 }, (_, i) => `a${i}@example.org`).join(' ,'),
          kind: 'email',
          role: 'board',
        },
        'hooguit 100',
      ],
    ] as const) {
      const answer = await send(`${at}/members/invitations`, fields);
      expect([answer.status, answer.text.includes(sentence), sentence]).toEqual([400, true, sentence]);
    }
    expect(letterTo('new@example.org')).toBeUndefined();
  });

  it('an institution account gets a link to pass on, shown this once; another account cannot use it', async () => {
    const made = await send(`${at}/members/invitations`, {
      addresses: 'j@uni.example',
      kind: 'eppn',
      role: 'examiner',
    });
    const path = /\/invitation\/[\w-]{43}/.exec(made.text)![0];
    expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect((await send(`${at}/members`)).text).not.toContain(path);
    const stranger = await createPerson(world, { eppn: 'k@uni.example' });
    const refused = await send(path, {}, stranger);
    expect([refused.status, refused.text.includes('j•••@uni.example')]).toEqual([403, true]);
    const owner = await createPerson(world, { eppn: 'j@uni.example' });
    expect((await send(path, {}, owner)).status).toBe(303);
    expect(await rolesOf(world.deps, school.institution.id, owner.id)).toEqual([
      { role: 'examiner', achievements: null },
    ]);
  });

  it('a role is ended from the list, but not that of the last admin', async () => {
    const page = await send(`${at}/members`);
    const ends = [...page.text.matchAll(/action="([^"]+\/end)"/g)].map(m => m[1]!);
    expect(ends.length).toBeGreaterThanOrEqual(3);
    const refused = await send(ends[0]!, {});
    expect([refused.status, refused.text.includes('Dit is de laatste beheerder.')]).toEqual([409, true]);
    const ended = await send(ends.at(-1)!, {});
    expect(ended.location).toBe(`${at}/members?done=role-ended`);
    expect((await send(`${at}/members`)).text).not.toContain(ends.at(-1)!);
    // A coordinator sees who there is, and can do nothing about it.
    const coordinator = await createMember(world, school.institution, ['coordinator']);
    const look = await send(`${at}/members`, undefined, coordinator);
    expect([look.status, look.text.includes('action="/console')]).toEqual([200, false]);
    expect((await send(ends[1]!, {}, coordinator)).status).toBe(403);
  });

  it('an API key is made, shown once, replaced and stopped', async () => {
    const made = await send(`${at}/api-keys`, { label: 'SIS', role: 'awarder', expires: '' });
    const [, key, id] = /(wmk_([A-Za-z0-9]{12})_[\w-]{43})/.exec(made.text)!;
    const works = async (k: string) => (await world.api('/api/v1/awards', { key: k })).status === 200;
    expect([made.status, await works(key!)]).toEqual([200, true]);
    const list = await send(`${at}/api-keys`);
    expect([list.text.includes(`wmk_${id}_`), list.text.includes(key!)]).toEqual([true, false]);
    const next = await send(`${at}/api-keys/${id}/rotation`, { overlap: '0' });
    const newKey = /wmk_[A-Za-z0-9]{12}_[\w-]{43}/.exec(next.text)![0];
    expect([await works(key!), await works(newKey)]).toEqual([false, true]);
    const stopped = await send(`${at}/api-keys/${newKey.split('_')[1]}/revocation`, {});
    expect([stopped.location, await works(newKey)]).toEqual([`${at}/api-keys?done=api-key-revoked`, false]);
    for (const fields of [
      { label: '', role: 'awarder', expires: '' },
      { label: 'x', role: 'board', expires: '' },
      { label: 'x', role: 'admin', expires: '2020-01-01' },
      { label: 'x', role: 'admin', expires: 'morgen' },
    ])
      expect((await send(`${at}/api-keys`, fields)).status).toBe(400);
  });

  it('a signing key is made ready, changed to, and withdrawn only by who says that they know what it does', async () => {
    expect((await send(`${at}/keys/publication`, {})).location).toBe(`${at}/keys?done=key-published`);
    expect((await send(`${at}/keys/rotation`, {})).location).toBe(`${at}/keys?done=key-rotated`);
    const year = new Date().getFullYear();
    const old = `key-${year}-1`;
    expect((await send(`${at}/keys`)).text).toMatch(/tekent nu[\s\S]*tekent niet meer/);
    const unsure = await send(`${at}/keys/compromise`, { key: old });
    expect([unsure.status, unsure.text.includes('Zet eerst het vinkje.')]).toEqual([400, true]);
    expect((await send(`${at}/keys/compromise`, { key: old, sure: 'yes' })).location).toBe(
      `${at}/keys?done=key-compromised`,
    );
    const did = (await world.api('/i/proefschool/did.json')).json;
    expect(did.assertionMethod).toEqual([`${did.id}#key-${year}-2`, `${did.id}#key-${year}-es256-1`]);

    const tokens = { kind: 'ES256' };
    expect((await send(`${at}/keys/publication`, tokens)).location).toBe(`${at}/keys?done=key-published`);
    expect((await send(`${at}/keys/rotation`, tokens)).location).toBe(`${at}/keys?done=key-rotated`);
    const { keys } = (await world.api('/.well-known/jwks.json')).json;
    expect(keys.map((key: { kid: string }) => key.kid.split('#')[1])).toEqual(
      [1, 2].map(n => `key-${year}-es256-${n}`),
    );
    const listed = (await send(`${at}/keys`)).text;
    expect(listed).toMatch(new RegExp(`key-${year}-es256-2</code></th><td>tekent nu`));
    expect(listed).toMatch(new RegExp(`key-${year}-es256-1</code></th><td>tekent niet meer`));

    const awarder = await createMember(world, school.institution, ['awarder']);
    for (const path of ['publication', 'rotation', 'compromise'])
      expect((await send(`${at}/keys/${path}`, { key: old, sure: 'yes' }, awarder)).status).toBe(403);
  });

  it('the profile and the policy are saved, or shown again with what is wrong', async () => {
    const good = {
      name: 'Proefschool',
      kind: 'hbo',
      url: 'https://proefschool.example/',
      email: '',
      countryCode: 'nl',
      identifiers: 'ext:BRIN 99ZZ\next:RIO 12',
      qaName: 'Kader',
      qaUrl: 'https://kader.example/',
    };
    expect((await send(`${at}/settings/profile`, good)).location).toBe(`${at}/settings?done=profile-saved`);
    expect((await world.api('/api/v1/institution', { key: school.keys.admin })).json).toMatchObject({
      kind: 'hbo',
      address: { countryCode: 'NL' },
      identifiers: [
        { type: 'ext:BRIN', identifier: '99ZZ' },
        { type: 'ext:RIO', identifier: '12' },
      ],
      qualityAssurance: { name: 'Kader', url: 'https://kader.example/' },
    });
    expect((await send(at)).text).toContain('functioneel beheerder');
    const bad = { ...good, name: '', url: 'javascript:alert(1)', countryCode: 'N', identifiers: 'iets', qaUrl: '' };
    const refused = await send(`${at}/settings/profile`, bad);
    expect(refused.status).toBe(400);
    for (const field of ['name', 'url', 'countryCode', 'identifiers', 'qaUrl'])
      expect([field, refused.text.includes(`id="${field}-error"`)]).toEqual([field, true]);
    expect(refused.text).toContain('value="javascript:alert(1)"');
    const policy = { confirmRevocation: 'yes', releaseBatchAbove: '25' };
    expect((await send(`${at}/settings/policy`, policy)).location).toBe(`${at}/settings?done=policy-saved`);
    expect((await world.api('/api/v1/policy', { key: school.keys.admin })).json).toMatchObject({
      confirmRevocation: true,
      releaseBatchAbove: 25,
    });
    for (const releaseBatchAbove of ['0', '1.5', 'veel', '50001'])
      expect((await send(`${at}/settings/policy`, { releaseBatchAbove })).status).toBe(400);
  });

  it('the log tells in words who did what, a page at a time, and can be taken away as CSV', async () => {
    const page = await send(`${at}/audit`);
    for (const words of ['beleid veranderd', 'sleutel ingetrokken', 'uitnodiging aangenomen', 'functioneel beheerder'])
      expect([words, page.text.includes(words)]).toEqual([words, true]);
    expect(page.text).not.toMatch(/<td>(key|member|invitation|api-key)\./);
    const csv = await send(`${at}/audit.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-proefschool-/);
    const rows = world.db.sqlite
      .prepare('select count(*) from audit_log where institution = ?')
      .pluck()
      .get(school.institution.id) as number;
    expect(csv.text.trim().split('\r\n')).toHaveLength(rows + 1);
    expect((await send(`${at}/audit?before=2`)).text).toContain('Naar de nieuwste');
    expect((await send(`${at}/audit?before=x`)).status).toBe(400);
    const awarder = await createMember(world, school.institution, ['awarder']);
    for (const path of ['audit', 'audit.csv', 'keys', 'api-keys', 'settings', 'members'])
      expect([path, (await send(`${at}/${path}`, undefined, awarder)).status]).toEqual([path, 403]);
  });
});

describe('a table to take away', () => {
  it('P6: what a spreadsheet would take for a formula is a text', async () => {
    const { csvLine } = await import('../../src/web/csv.ts');
    for (const text of ['=HYPERLINK("http://evil")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', ' =1', '\u200b=1', '＝1'])
      expect([text, csvLine([text]).startsWith(`"'`)]).toEqual([text, true]);
    expect(csvLine(['a "b", c', 3])).toBe('"a ""b"", c","3"\r\n');
  });
});
