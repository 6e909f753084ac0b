import { beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/platform/audit.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers, idleMailer, submit, waiting, withEmail } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';

const trust = (level: string) => `https://eduid.nl/trust/${level}`;

describe('claiming', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  let strict: Awaited<ReturnType<typeof createOffers>>;
  const one = (sql: string, ...values: unknown[]) =>
    world.db.sqlite
      .prepare(sql)
      .pluck()
      .get(...values);
  const claim = (path: string, who: { headers: Record<string, string> }, fields: Record<string, string> = {}) =>
    submit(world, path, who.headers, fields);
  const credentialOf = async (id: string, where = school) =>
    (await world.api(`/api/v1/awards/${id}/credential`, { key: where.keys.awarder })).json;
  const identityOf = (badge: { evidence: { genre: string }[] }) =>
    badge.evidence.find(e => e.genre === 'Identity') as never as { description: string; narrative: string };
  const letterFor = (id: string) =>
    /letter=([\w-]+)/.exec(waiting(world).findLast(l => l.key.startsWith(`claim:${id}:`))!.letter.text)![1]!;

  beforeAll(async () => {
    world = createWorld({ now: () => now, mailer: idleMailer });
    school = await createOffers(world);
    strict = await createOffers(world, { assurance: 'validate-names' });
  });

  it('who proves the address gets a signed badge of the same id, with a page of its own', async () => {
    const sam = await withEmail(world, 'sam@example.org');
    const { id, path } = await school.offer({ email: 'Sam@Example.org', name: 'Sam de Vries' });
    const claimed = await claim(path, sam);
    expect([claimed.status, claimed.headers.get('location')]).toEqual([303, `/badges/${id}?done=claimed`]);
    const award = (await world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder })).json;
    expect([award.state, new URL(award.claim).pathname]).toEqual(['claimed', path]);
    const badge = await credentialOf(id);
    const report = await world.api('/api/v1/verifications', { body: { credential: badge } });
    expect(report.json.verdict).toBe('valid');
    expect(badge.credentialSubject.id).toMatch(/^urn:uuid:/);
    expect(JSON.stringify(badge).toLowerCase()).not.toContain('sam@example.org');
    expect(one('select count(*) from offers where id = ?', id)).toBe(0);
    expect(one('select state from award_changes where award_id = ? order by seq desc', id)).toBe('claimed');
    const share = one('select token from shares where award_id = ?', id);
    expect((await world.request(`/c/${share}`)).status).toBe(200);
    // The letter that waited is of no use any more.
    expect(waiting(world).filter(l => l.key.includes(id))).toEqual([]);
    // Again leads to the same page.
    expect((await claim(path, sam)).headers.get('location')).toBe(`/badges/${id}?done=claimed`);
  });

  describe('who may not is told why, and nothing changes', () => {
    it.each([
      ['nobody is signed in', () => ({ headers: {} }), 401, 'not-signed-in'],
      ['someone else', () => withEmail(world, 'kim@example.org'), 403, 'not-the-recipient'],
      [
        'an eduID that names the address and did not prove it',
        () => createPerson(world, { label: 'Sam', name: 'offered@example.org' }),
        403,
        'not-the-recipient',
      ],
      [
        'an address that lapsed',
        () => withEmail(world, 'offered-2@example.org', { lapsesAt: now.toISOString() }),
        401,
        'not-signed-in',
      ],
    ])('%s', async (title, who, status, code) => {
      const number = title.includes('lapsed') ? '-2' : '';
      const decision = { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-11-01', reference: title };
      const { id, path } = await school.offer({ email: `offered${number}@example.org` }, { decision });
      const visitor = await who();
      const before = one('select count(*) from audit_log');
      const refused = await claim(path, visitor);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([status, code]);
      expect(one('select state from offers where id = ?', id)).toBe('offered');
      expect(one('select count(*) from audit_log')).toBe(before);
      // With a browser the page itself explains it, and names no more than a hint.
      const page = await submit(world, path, visitor.headers, {}, 'text/html');
      expect(page.status).toBe(status);
      expect(await page.text()).not.toContain('offered@example.org');
    });
  });

  it('O7: a claim at a level that was asked for and not given is refused, and no validated name is told', async () => {
    const person = await withEmail(world, 'low@example.org', {
      kind: 'eduid',
      issuer: 'https://idp.example',
      subject: 'low',
      acr: trust('linked-institution'),
      name: 'Low Self',
      nameSource: 'self',
    });
    const { id, path } = await strict.offer({ email: 'low@example.org', name: 'Lo Wester' });
    const refused = await claim(path, person);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'assurance-too-low', asked: 'validate-names' }),
    ]);
    expect(one('select state from offers where id = ?', id)).toBe('offered');

    // The same login where less is asked: what the badge says is what was proven.
    const easy = await school.offer({ email: 'low@example.org', name: 'Lo Wester' });
    expect((await claim(easy.path, person)).status).toBe(303);
    const badge = await credentialOf(easy.id);
    expect(badge.credentialSubject.identifier[0].identityHash).toBe('Lo Wester');
    expect(identityOf(badge)).toMatchObject({
      description: 'claimed-eduid-linked-institution',
      narrative:
        'De houder logde op 22 november 2026 in met een eduID. Die eduID was gekoppeld aan een account bij een instelling. Niemand heeft de naam gecontroleerd.',
    });
  });

  it('a validated name takes the place of the one that the institution typed, and the page says so before', async () => {
    const person = await withEmail(world, 'val@example.org', {
      kind: 'eduid',
      issuer: 'https://idp.example',
      subject: 'val',
      acr: trust('validate-names'),
      name: 'Valerie van Dam',
      nameSource: 'institution',
    });
    const { id, path } = await strict.offer({ email: 'val@example.org', name: 'Val Dam' });
    const page = await (await world.request(path, { headers: person.headers })).text();
    expect(page).toContain('Valerie van Dam');
    expect(page).toContain('De instelling schreef ‘Val Dam’');
    expect((await claim(path, person)).status).toBe(303);
    const badge = await credentialOf(id, strict);
    expect(badge.credentialSubject.identifier[0].identityHash).toBe('Valerie van Dam');
    expect(identityOf(badge)).toMatchObject({
      description: 'claimed-eduid-validate-names',
      narrative: 'De houder logde op 22 november 2026 in met een eduID. Een instelling staat in voor de naam.',
    });
    // Without a name in the award there is none in the badge.
    const bare = await strict.offer(
      { email: 'val@example.org' },
      { awardedDate: '2026-11-02', decision: decided('b') },
    );
    await claim(bare.path, person);
    const nameless = await credentialOf(bare.id, strict);
    expect(nameless.credentialSubject.identifier).toBeUndefined();
    expect(identityOf(nameless).narrative).toContain('De naam is gecontroleerd, maar staat niet in deze badge.');
    expect(JSON.stringify(nameless)).not.toContain('Valerie');
  });

  const decided = (reference: string) => ({ basis: 'assessment', decidedBy: 'A', decidedOn: '2026-11-01', reference });

  describe('each kind of recipient is proven in its own way', () => {
    const eduid = 'b7f3b1a0-0000-4000-8000-000000000001';
    const did = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';
    const link = { eppn: 'Sam@School.nl', home: 'school.nl', validatedName: null, preferred: false };
    it.each([
      ['an eduID by its login', { eduid: eduid.toUpperCase() }, { subject: eduid }, { subject: 'another' }],
      [
        'an eppn by the institution account',
        { eppn: 'kim@school.nl' },
        { kind: 'institution' as const, eppn: 'kim@school.nl' },
        { kind: 'institution' as const, eppn: 'kim@school.nl.evil.example' },
      ],
      [
        'an eppn by an account that is linked to the eduID',
        { eppn: 'sam@SCHOOL.NL' },
        { links: [link] },
        { links: [] },
      ],
      [
        'a DID by the wallet',
        { did },
        { kind: 'did' as const, issuer: 'did:', subject: did },
        { kind: 'did' as const, issuer: 'did:', subject: `${did}x` },
      ],
    ])('%s', async (_, recipient, right, wrong) => {
      const { id, path } = await school.offer(recipient);
      const stranger = await createPerson(world, wrong);
      expect((await claim(path, stranger)).status).toBe(403);
      const owner = await createPerson(world, right);
      expect((await claim(path, owner)).status).toBe(303);
      const badge = await credentialOf(id);
      if ('did' in recipient) expect(badge.credentialSubject.id).toBe(did);
      else expect(JSON.stringify(badge)).not.toMatch(/b7f3b1a0|school\.nl/i);
    });

    it('an award that names an eduID and an address is for the eduID, wherever the letter goes', async () => {
      const { id, path } = await school.offer({ eduid: 'strongest', email: 'weaker@example.org' });
      const reader = await withEmail(world, 'weaker@example.org');
      expect((await claim(path, reader, { letter: letterFor(id) })).status).toBe(403);
      expect((await claim(path, await createPerson(world, { subject: 'strongest' }))).status).toBe(303);
    });
  });

  describe('the mailed link proves the address', () => {
    it('for whoever follows it, signed in with whatever', async () => {
      const { id, path } = await school.offer({ email: 'mailed@example.org' });
      const person = await createPerson(world);
      expect((await claim(path, person)).status).toBe(403);
      expect((await claim(path, person, { letter: letterFor(id) })).status).toBe(303);
      expect(identityOf(await credentialOf(id)).description).toBe('claimed-eduid-login');
    });

    it('and no other link does: of another offer, changed by a letter, cut off, or empty', async () => {
      const first = await school.offer({ email: 'mailed-1@example.org' });
      const second = await school.offer({ email: 'mailed-2@example.org' });
      const good = letterFor(second.id);
      const person = await createPerson(world);
      const changed = `${good[0] === 'A' ? 'B' : 'A'}${good.slice(1)}`;
      for (const letter of [letterFor(first.id), changed, good.slice(0, -2), `${good}AA`, '', '../..'])
        expect((await claim(second.path, person, { letter })).status).toBe(403);
      expect((await claim(second.path, person, { letter: good })).status).toBe(303);
    });
  });

  it('I11: one spelling decides: case and IDN make no other address, a plus does; nobody claims twice', async () => {
    const { id, path } = await school.offer({ email: 'Mix@Köln.example' });
    const plus = await withEmail(world, 'mix+werk@köln.example');
    expect((await claim(path, plus)).status).toBe(403);
    const first = await withEmail(world, 'mix@xn--kln-sna.example');
    // Two providers can say the same address of two accounts: the first to claim has it, the second is told.
    const second = await createPerson(world, { email: 'MIX@KÖLN.EXAMPLE' });
    expect((await claim(path, first)).status).toBe(303);
    const refused = await claim(path, second);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'not-the-recipient']);
    expect(one('select count(*) from credentials where award_id = ?', id)).toBe(1);
    const again = await school.offer({ email: 'MIX@xn--KLN-sna.example' });
    expect([again.status, again.json.award]).toEqual([409, id]);
  });

  describe('many at once', () => {
    it('50 claims of one person make one badge and lead to the same page', async () => {
      const sam = await withEmail(world, 'fifty@example.org');
      const { id, path } = await school.offer({ email: 'fifty@example.org' });
      const entries = one('select count(*) from status_entries') as number;
      const answers = await Promise.all(Array.from({ length: 50 }, () => claim(path, sam)));
      expect(new Set(answers.map(a => `${a.status} ${a.headers.get('location')}`))).toEqual(
        new Set([`303 /badges/${id}?done=claimed`]),
      );
      expect(one('select count(*) from credentials where award_id = ?', id)).toBe(1);
      expect(one('select count(*) from shares where award_id = ?', id)).toBe(1);
      expect(one('select count(*) from status_entries')).toBe(entries + 1);
    });

    it('of two people one wins, and the other is told', async () => {
      const email = 'both@example.org';
      const [a, b] = [await withEmail(world, email), await createPerson(world, { email })];
      const { id, path } = await school.offer({ email });
      const answers = await Promise.all([claim(path, a), claim(path, b)]);
      expect(answers.map(x => x.status).sort()).toEqual([303, 403]);
      expect(one('select person_id from awards where id = ?', id)).toBe(answers[0]!.status === 303 ? a.id : b.id);
    });

    it('a claim beside a withdrawal: one of them happens, whole', async () => {
      for (let n = 0; n < 20; n++) {
        const email = `race-${n}@example.org`;
        const person = await withEmail(world, email);
        const { id, path } = await school.offer({ email });
        const withdraw = () => world.api(`/api/v1/awards/${id}`, { key: school.keys.awarder, method: 'DELETE' });
        const [claimed, withdrawn] = await Promise.all(
          n % 2 ? [claim(path, person), withdraw()] : ([withdraw(), claim(path, person)].reverse() as never),
        );
        const won = claimed.status === 303;
        expect([claimed.status, withdrawn.status]).toEqual(won ? [303, 409] : [404, 204]);
        expect(one('select count(*) from offers where id = ?', id)).toBe(0);
        expect(one("select count(*) from awards where id = ? and state = 'claimed'", id)).toBe(won ? 1 : 0);
      }
    });

    it('a claim beside a refusal by another account: one of them happens, whole', async () => {
      for (let n = 0; n < 10; n++) {
        const email = `torn-${n}@example.org`;
        const [a, b] = [await withEmail(world, email), await createPerson(world, { email })];
        const { id, path } = await school.offer({ email });
        const [claimed, declined] = await Promise.all([claim(path, a), claim(`${path}/decline`, b)]);
        const left = one('select state from offers where id = ?', id);
        if (claimed.status === 303) expect([declined.status, left]).toEqual([404, undefined]);
        else expect([claimed.status, declined.status, left]).toEqual([409, 303, 'declined']);
      }
    });
  });

  it('the audit log names people by their ids, and is whole', async () => {
    const rows = JSON.stringify(world.db.sqlite.prepare('select * from audit_log').all());
    expect(rows).toContain('award.claim');
    expect(rows).not.toMatch(/@|Sam|Valerie/);
    expect((await verifyAudit(world.db)).filter(f => f.firstBad)).toEqual([]);
    expect(world.lines.join('\n')).not.toMatch(/@example|claim\//);
  });
});
