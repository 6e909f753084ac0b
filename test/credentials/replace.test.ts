import { beforeEach, describe, expect, it } from 'vitest';
import { claimAward, sweep } from '../../src/credentials/index.ts';
import { editAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { createWorld } from '../support/create-world.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createSchool, exampleAchievement, exampleAward, operatorOf } from '../support/world.ts';

let now: Date;
let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
let key: string;
const one = (sql: string, ...values: unknown[]) =>
  world.db.sqlite
    .prepare(sql)
    .pluck()
    .get(...values);

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  world = createWorld({ now: () => now });
  school = await createSchool(world);
  key = school.keys.awarder;
});

async function award(over: object = {}) {
  const made = await world.api('/api/v1/awards', { key, body: exampleAward(school.achievement, over) });
  expect(made.status).toBe(201);
  return { id: made.json.id as string, claim: new URL(made.json.claim).pathname, badge: await badgeOf(made.json.id) };
}
const badgeOf = async (id: string) => (await world.api(`/api/v1/awards/${id}/credential`, { key })).json;
const replace = (id: string, body: object, headers: Record<string, string> = {}) =>
  world.api(`/api/v1/awards/${id}/replacement`, { key, body, headers });
const check = async (credential: unknown) => (await world.api('/api/v1/verifications', { body: { credential } })).json;
const correction = (over: object = {}) => ({ kind: 'correction', recipient: { name: 'Sam Jansen' }, ...over });
/** Picks a bearer badge up; the path of its page. */
const claim = async (path: string) => `/c/${(await claimAward(world.deps, path.split('/').at(-1)!)).shareToken}`;

describe('a correction', () => {
  it('is a new badge that names the old one, and the old one reads as replaced, with the way to the new', async () => {
    const old = await award({
      narrative: 'Deed het goed.',
      recipient: { email: 'a@example.org', name: 'Sam de Vries' },
    });
    const share = await claim(old.claim);
    const made = await replace(old.id, correction({ text: 'Je naam was fout.' }));
    expect([made.status, made.json.state]).toEqual([201, 'claimed']);
    expect(made.headers.get('location')).toBe(`/api/v1/awards/${made.json.id}`);

    const badge = await badgeOf(made.json.id);
    expect(badge.id).not.toBe(old.badge.id);
    expect(badge.credentialSubject.identifier[0].identityHash).toBe('Sam Jansen');
    expect(badge.credentialSubject.narrative).toBe('Deed het goed.');
    expect(badge.awardedDate).toBe(old.badge.awardedDate);
    const line = badge.evidence.find((e: { genre: string }) => e.genre === 'Replacement');
    expect(line).toMatchObject({ description: 'correction' });
    expect(line.narrative).toContain(old.badge.id);
    expect(line.narrative).toContain('20 november 2026');
    expect(JSON.stringify(badge)).not.toContain('Je naam was fout');

    const report = await check(badge);
    expect([report.verdict, report.checks.find((c: { id: string }) => c.id === 'schema').outcome]).toEqual([
      'valid',
      'ok',
    ]);
    const before = await check(old.badge);
    expect([before.verdict, before.code]).toEqual(['invalid', 'superseded']);
    const status = before.checks.find((c: { id: string }) => c.id === 'status');
    expect(status.evidence).toMatchObject({
      reason: 'correction',
      at: now.toISOString(),
      successor: `${world.origin}${share}`,
    });

    // The learner's links are the same, and show the new one.
    const shown = await world.api(`${share}.json`);
    expect(shown.json.id).toBe(badge.id);
    expect((await world.api(`/api/v1/awards/${old.id}`, { key })).json.state).toBe('superseded');
    expect(one('select count(*) from shares')).toBe(1);
    expect((await world.request(old.claim)).status).toBe(200);
  });

  it('of a badge that nobody picked up keeps its claim link', async () => {
    const old = await award();
    const made = await replace(old.id, correction());
    expect(made.json).toMatchObject({ state: 'released', claim: `${world.origin}${old.claim}` });
    expect((await check(old.badge)).code).toBe('superseded');
    const share = await claim(old.claim);
    expect((await world.api(`${share}.json`)).json.id).toBe((await badgeOf(made.json.id)).id);
  });

  it('may take away what was there, and put in what was not', async () => {
    const old = await award({ narrative: 'x', creditsEarned: 5, validUntil: '2027-01-01T00:00:00Z' });
    const made = await replace(old.id, {
      kind: 'correction',
      recipient: { name: null },
      narrative: null,
      validUntil: null,
      creditsEarned: 3,
      evidence: [{ name: 'Portfolio' }],
    });
    const { credentialSubject, validUntil, evidence } = await badgeOf(made.json.id);
    expect([credentialSubject.identifier, credentialSubject.narrative, validUntil]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([credentialSubject.creditsEarned, evidence[0].name]).toEqual([3, 'Portfolio']);
  });

  it('keeps whose it is and how they were known, and does not touch a name that was vouched for', async () => {
    const old = await award();
    const person = await createPerson(world);
    const identified = JSON.stringify({
      at: '2026-11-02T10:00:00Z',
      kind: 'eduid',
      provider: 'idp.example',
      assurance: 'validate-names',
      nameBy: 'institution',
      mfa: false,
    });
    world.db.sqlite.prepare('update awards set person_id = ?, identified = ?').run(person.id, identified);
    const refused = await replace(old.id, correction());
    expect([refused.status, refused.json.code]).toEqual([422, 'award-not-allowed']);
    const made = await replace(old.id, { kind: 'correction', narrative: 'Nieuw.' });
    expect(made.status).toBe(201);
    expect(one('select person_id from awards where id = ?', made.json.id)).toBe(person.id);
    expect(one('select identified from awards where id = ?', made.json.id)).toBe(identified);
    const identity = (await badgeOf(made.json.id)).evidence.find((e: { genre: string }) => e.genre === 'Identity');
    expect(identity.narrative).toContain('2 november 2026');
  });

  it('of a badge that is taken into an account in the same moment belongs to that account', async () => {
    const old = await award();
    const person = await createPerson(world);
    world.db.sqlite.exec(`create trigger meanwhile after insert on replacements
      begin update awards set person_id = '${person.id}' where id = '${old.id}'; end`);
    const made = await replace(old.id, correction());
    expect(one('select person_id from awards where id = ?', made.json.id)).toBe(person.id);
  });
});

describe('a renewal', () => {
  const decision = { basis: 'assessment', decidedBy: 'B. Examinator', decidedOn: '2026-11-20' };

  it('rests on a decision of its own and on what the achievement asks now', async () => {
    const old = await award({ validUntil: '2026-12-01T00:00:00Z' });
    const ctx = operatorOf(world.deps, school.institution);
    await editAchievement(ctx, school.achievement, {
      ...(exampleAchievement as never as Parameters<typeof editAchievement>[2]),
      name: 'Samenwerken 2',
      results: [],
      qualityAssurance: [],
      tags: [],
      identifiers: [],
      related: [],
      suspendable: false,
    });
    await publishAchievement(ctx, school.achievement);
    const refused = await replace(old.id, { kind: 'renewal' });
    expect([refused.status, refused.json.code]).toEqual([422, 'award-not-allowed']);
    now = new Date('2026-12-24T12:00:00Z');
    const made = await replace(old.id, { kind: 'renewal', decision, validUntil: '2028-12-01T00:00:00Z' });
    expect(made.status).toBe(201);
    const badge = await badgeOf(made.json.id);
    expect([badge.name, badge.validUntil, badge.awardedDate.slice(0, 10)]).toEqual([
      'Samenwerken 2',
      '2028-12-01T00:00:00Z',
      '2026-11-20',
    ]);
    // A correction is of the badge that was given, whatever the achievement says since.
    const corrected = await replace((await award({ recipient: { email: 'b@example.org' } })).id, correction());
    expect((await badgeOf(corrected.json.id)).name).toBe('Samenwerken 2');
  });
});

describe('a chain', () => {
  it('leads every check to the newest, and the same decision cannot be awarded anew beside it', async () => {
    const a = await award();
    const share = await claim(a.claim);
    const b = (await replace(a.id, correction())).json;
    const badgeB = await badgeOf(b.id);
    const c = (await replace(b.id, correction({ recipient: { name: 'Sam Pieters' } }))).json;
    for (const badge of [a.badge, badgeB]) {
      const { checks } = await check(badge);
      expect(checks.find((x: { id: string }) => x.id === 'status')).toMatchObject({
        code: 'superseded',
        evidence: { successor: `${world.origin}${share}` },
      });
    }
    expect((await world.api(`${share}.json`)).json.id).toBe((await badgeOf(c.id)).id);
    const again = await world.api('/api/v1/awards', { key, body: exampleAward(school.achievement) });
    expect([again.status, again.json.code, again.json.award]).toEqual([409, 'award-exists', a.id]);
  });

  it('does not let a correction become the decision that another award rests on', async () => {
    const other = await award({ decision: { basis: 'assessment', decidedBy: 'x', decidedOn: '2026-11-05' } });
    const a = await award();
    const made = await replace(a.id, {
      kind: 'correction',
      decision: { basis: 'assessment', decidedBy: 'x', decidedOn: '2026-11-05' },
    });
    expect([made.status, made.json.code, made.json.award]).toEqual([409, 'award-exists', other.id]);
    expect((await check(a.badge)).verdict).toBe('valid');
    expect(one('select count(*) from replacements')).toBe(0);
  });
});

describe('a replacement is refused', () => {
  it.each([
    ['of a badge that was revoked', 'revocation', { reason: 'error' }],
    ['of a badge that is suspended', 'suspension', {}],
  ])('%s', async (_, how, body) => {
    school = await createSchool(world, undefined, { ...exampleAchievement, suspendable: true });
    key = school.keys.awarder;
    const { id } = await award();
    expect((await world.api(`/api/v1/awards/${id}/${how}`, { key, body })).status).toBe(200);
    const made = await replace(id, correction());
    expect([made.status, made.json.code]).toEqual([409, 'award-state']);
  });

  it('a second time, and a replaced badge is not revoked, suspended or replaced again', async () => {
    const { id } = await award();
    expect((await replace(id, correction())).status).toBe(201);
    expect((await replace(id, correction())).json.code).toBe('award-state');
    for (const how of ['revocation', 'suspension'])
      expect(
        (await world.api(`/api/v1/awards/${id}/${how}`, { key, body: { reason: 'error' } })).status,
      ).toBeGreaterThan(399);
  });

  it.each([
    ['another achievement', { kind: 'correction', achievement: 'x' }],
    ['another recipient', { kind: 'correction', recipient: { email: 'b@example.org' } }],
    ['a state', { kind: 'correction', state: 'claimed' }],
    ['no kind', {}],
    ['another kind', { kind: 'upgrade' }],
    ['a name of nothing', { kind: 'correction', recipient: { name: ' ' } }],
  ])('I8: with %s in it', async (_, body) => {
    const { id } = await award();
    const made = await replace(id, body);
    expect([made.status, made.json.code]).toEqual([400, 'request-invalid']);
  });

  it('for what would not be a good badge, and nothing is left', async () => {
    const { id, badge } = await award();
    for (const over of [
      { results: [{ value: '8' }] },
      { decision: { basis: 'exemption', decidedBy: 'x', decidedOn: '2026-11-01' } },
      { decision: { basis: 'assessment', decidedBy: 'x', decidedOn: '2026-12-01' } },
      { validUntil: '2026-01-01T00:00:00Z' },
    ])
      expect((await replace(id, { kind: 'correction', ...over })).status).toBe(422);
    expect((await check(badge)).verdict).toBe('valid');
    expect([one('select count(*) from awards'), one('select count(*) from replacements')]).toEqual([1, 0]);
  });

  it('by a coordinator, by another institution, and by the learner themselves', async () => {
    const { id } = await award();
    const other = await createSchool(world);
    const by = (k: string) => world.api(`/api/v1/awards/${id}/replacement`, { key: k, body: correction() });
    expect((await by(school.keys.coordinator)).json.code).toBe('forbidden');
    expect((await by(other.keys.awarder)).status).toBe(404);
    const member = await createMember(world, school.institution, ['awarder']);
    world.db.sqlite.prepare('update awards set person_id = ?').run(member.id);
    const { replaceAward } = await import('../../src/credentials/index.ts');
    const actor = {
      kind: 'member' as const,
      person: member.id,
      roles: [{ role: 'awarder' as const, achievements: null }],
    };
    const ctx = { ...operatorOf(world.deps, school.institution), actor };
    await expect(replaceAward(ctx, id, { kind: 'correction', narrative: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('accidents in a replacement', () => {
  const validOnes = async (badges: unknown[]) =>
    (await Promise.all(badges.map(check))).filter(r => r.verdict === 'valid').length;
  /** Every badge that was ever signed. */
  const documents = () =>
    (world.db.sqlite.prepare('select document from credentials').pluck().all() as string[]).map(d => JSON.parse(d));

  const gaps: [string, string, string][] = [
    ['at the intent', 'replacements', 'insert'],
    ['at the intent', 'status_entries', 'insert'],
    ['at the record', 'credentials', 'insert'],
    ['at the record', 'status_list_versions', 'insert'],
    ['at the record', 'shares', 'update'],
    ['at the record', 'replacements', 'update'],
  ];
  it.each(gaps)('I2: %s, in %s (%s): one badge is valid before, during and after', async (where, table, verb) => {
    const old = await award();
    const share = await claim(old.claim);
    world.db.sqlite.exec(`create trigger broken before ${verb} on ${table} begin select raise(abort, 'no'); end`);
    const failed = await replace(old.id, correction(), { 'idempotency-key': 'k' });
    expect(failed.status).toBe(500);
    expect(await validOnes(documents())).toBe(1);
    expect((await world.api(`${share}.json`)).json.id).toBe(old.badge.id);
    world.db.sqlite.exec('drop trigger broken');
    if (where === 'at the record') {
      expect(one("select count(*) from awards where state = 'reserved'")).toBe(1);
      expect(await sweep(world.deps, { all: true })).toMatchObject({ finished: 1, failed: 0 });
    }
    const made = await replace(old.id, correction(), { 'idempotency-key': 'k' });
    expect([made.status, made.json.state]).toEqual([201, 'claimed']);
    expect(await validOnes(documents())).toBe(1);
    expect((await check(old.badge)).code).toBe('superseded');
    expect((await world.api(`${share}.json`)).json.id).not.toBe(old.badge.id);
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
  });

  it('I2: the old badge was revoked before the sweep came: nothing takes its place', async () => {
    const old = await award();
    world.db.sqlite.exec("create trigger broken before insert on credentials begin select raise(abort, 'no'); end");
    expect((await replace(old.id, correction())).status).toBe(500);
    world.db.sqlite.exec('drop trigger broken');
    expect((await world.api(`/api/v1/awards/${old.id}/revocation`, { key, body: { reason: 'fraud' } })).status).toBe(
      200,
    );
    expect(await sweep(world.deps, { all: true })).toMatchObject({ finished: 0, abandoned: 1, failed: 0 });
    expect([one('select count(*) from awards'), one('select count(*) from replacements')]).toEqual([1, 0]);
    expect((await check(old.badge)).code).toBe('revoked');
  });

  it('I3: the same request fifty times is one replacement', async () => {
    const old = await award();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => replace(old.id, correction(), { 'idempotency-key': 'k' })),
    );
    expect(new Set(answers.map(a => `${a.status} ${a.text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(201);
    expect(one('select count(*) from awards')).toBe(2);
  });

  it('I10: replacing, revoking, suspending and claiming at once: one valid badge at most, and the log says which', async () => {
    school = await createSchool(world, undefined, { ...exampleAchievement, suspendable: true });
    key = school.keys.awarder;
    for (let n = 0; n < 12; n++) {
      const old = await award({ recipient: { email: `race${n}@example.org` } });
      const at = (how: string, body: object) => world.api(`/api/v1/awards/${old.id}/${how}`, { key, body });
      const acts = [
        () => replace(old.id, correction()),
        () => at('revocation', { reason: 'error' }),
        () => at('suspension', {}),
        () => claim(old.claim).catch(() => undefined),
      ];
      await Promise.all([...acts.slice(n % 4), ...acts.slice(0, n % 4)].map(act => act()));
      await sweep(world.deps, { all: true });
      const state = one('select state from awards where id = ?', old.id) as string;
      const log = world.db.sqlite
        .prepare("select action from audit_log where subject = ? and action <> 'award.replace' order by seq desc")
        .pluck()
        .all(old.id) as string[];
      const told: Record<string, string> = {
        'award.revoke': 'revoked',
        'award.suspend': 'suspended',
        'award.supersede': 'superseded',
        'award.claim': 'claimed',
        'award.reserve': 'released',
      };
      expect(told[log[0]!]).toBe(state);
      const badges = world.db.sqlite
        .prepare(
          `select c.document from credentials c where c.award_id = ? or c.award_id in
             (select successor_id from replacements where award_id = ?)`,
        )
        .pluck()
        .all(old.id, old.id) as string[];
      const codes = (await Promise.all(badges.map(b => check(JSON.parse(b))))).map(r => r.code);
      expect(codes.filter(code => code === 'valid').length).toBe(state === 'superseded' ? 1 : 0);
      expect(one("select count(*) from awards where state = 'reserved'")).toBe(0);
    }
    expect((await verifyAudit(world.db)).some(f => f.firstBad)).toBe(false);
  });
});
