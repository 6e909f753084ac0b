import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { localSigner } from '../../src/vc/signer.ts';
import { openAnew } from '../support/open-anew.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

vi.mock('../../src/vc/signer.ts', async original => {
  const real = await original<typeof import('../../src/vc/signer.ts')>();
  return { localSigner: vi.fn(real.localSigner) };
});

describe('awarding', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const count = (table: string) => world.db.sqlite.prepare(`select count(*) from ${table}`).pluck().get() as number;
  const everything = () =>
    ['awards', 'award_changes', 'credentials', 'claims', 'idempotency_keys', 'status_entries'].map(count);
  const post = (over: object, headers: Record<string, string> = {}) =>
    world.api('/api/v1/awards', { key: school.keys.awarder, body: exampleAward(school.achievement, over), headers });

  beforeAll(async () => {
    world = createWorld();
    school = await createSchool(world);
  });
  beforeEach(() => {
    vi.mocked(localSigner).mockClear();
  });

  it('a decision becomes a signed badge that checks valid', async () => {
    const made = await post({});
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/awards/${made.json.id}`);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.json).toEqual({
      id: expect.any(String),
      state: 'released',
      credential: `${world.origin}/api/v1/awards/${made.json.id}/credential`,
      claim: expect.stringMatching(/^http:\/\/localhost:8787\/claim\/[\w-]{22}$/),
    });
    const badge = await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder });
    expect(badge.headers.get('content-type')).toBe('application/vc');
    const report = await world.api('/api/v1/verifications', { body: { credential: badge.json } });
    expect(report.json).toMatchObject({ verdict: 'valid', code: 'valid' });
    expect(badge.json.awardedDate).toBe('2026-11-01T00:00:00+01:00');
    expect(JSON.stringify(badge.json)).not.toContain('learner@example.org');
  });

  it('the name of who decided stays out of the badge', async () => {
    const made = await post({
      recipient: { email: 'other@example.org' },
      decision: { basis: 'assessment', decidedBy: 'Truus Beslist', decidedOn: '2026-11-01', reference: 'dossier 12' },
    });
    const badge = await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder });
    expect(badge.text).not.toMatch(/Truus|dossier 12/);
    expect(badge.text).toContain('Een examinator van Proefschool heeft op 1 november 2026 besloten');
  });

  it('a second award of the same decision is refused and names the first', async () => {
    const first = await post({ recipient: { email: 'Same@Example.org' } });
    const second = await post({ recipient: { email: 'same@example.org ' } });
    expect([second.status, second.json.code, second.json.award]).toEqual([409, 'award-exists', first.json.id]);
  });

  it('another reference is another award', async () => {
    const decision = { ...exampleAward('').decision, reference: 'opnieuw' };
    expect((await post({ decision })).status).toBe(201);
  });

  describe('I1, I5, I8: what is not right is refused before the key is touched, and changes nothing', () => {
    const bad: [string, number, string, object | string][] = [
      ['an unknown member', 400, 'request-invalid', { revoked: false }],
      ['a proof of its own', 400, 'request-invalid', { proof: {} }],
      ['an id of its own', 400, 'request-invalid', { id: 'urn:uuid:0d7c4b7e-9c66-4a0b-9d3e-0e8a7c1f2b3a' }],
      ['an issuer of its own', 400, 'request-invalid', { issuer: 'did:web:other.example' }],
      ['another institution', 400, 'request-invalid', { institutionId: 'x' }],
      [
        'an unknown member of the recipient',
        400,
        'request-invalid',
        { recipient: { email: 'a@example.org', '@nest': {} } },
      ],
      [
        'an unknown member of the decision',
        400,
        'request-invalid',
        { decision: { basis: 'assessment', decidedBy: 'x', decidedOn: '2026-11-01', by: 'y' } },
      ],
      ['no recipient', 400, 'request-invalid', { recipient: { name: 'Sam' } }],
      ['an e-mail address that is none', 400, 'request-invalid', { recipient: { email: 'sam' } }],
      ['a DID that is none', 400, 'request-invalid', { recipient: { did: 'sam' } }],
      ['an eppn that is none', 400, 'request-invalid', { recipient: { eppn: 'sam' } }],
      [
        'a basis that the law does not know',
        400,
        'request-invalid',
        { decision: { basis: 'validation', decidedBy: 'x', decidedOn: '2026-11-01' } },
      ],
      ['no decision', 400, 'request-invalid', { decision: undefined }],
      [
        'a day that is not there',
        400,
        'request-invalid',
        { decision: { basis: 'assessment', decidedBy: 'x', decidedOn: '2026-02-30' } },
      ],
      ['an empty name', 400, 'request-invalid', { recipient: { email: 'a@example.org', name: ' ' } }],
      ['an end without a zone', 400, 'request-invalid', { validUntil: '2030-01-01T00:00:00' }],
      [
        'evidence at a place that is not of the web',
        400,
        'request-invalid',
        { evidence: [{ name: 'x', url: 'file:///etc/passwd' }] },
      ],
      ['evidence at a relative place', 400, 'request-invalid', { evidence: [{ name: 'x', url: '../x' }] }],
      ['evidence without a name', 400, 'request-invalid', { evidence: [{ narrative: 'x' }] }],
      ['credits below nothing', 400, 'request-invalid', { creditsEarned: -1 }],
      ['credits that are no number', 400, 'request-invalid', { creditsEarned: '15' }],
      ['a narrative that is too long', 400, 'request-invalid', { narrative: 'x'.repeat(10_001) }],
      ['too much evidence', 400, 'request-invalid', { evidence: Array.from({ length: 51 }, () => ({ name: 'x' })) }],
      ['an achievement that is not there', 404, 'not-found', { achievement: 'nothing' }],
      [
        'a decision in the future',
        422,
        'award-not-allowed',
        { decision: { basis: 'assessment', decidedBy: 'x', decidedOn: '2099-01-01' } },
      ],
      ['an award before its decision', 422, 'award-not-allowed', { awardedDate: '2026-10-01' }],
      ['an award in the future', 422, 'award-not-allowed', { awardedDate: '2099-10-01' }],
      ['an end that is past', 422, 'award-not-allowed', { validUntil: '2026-01-01T00:00:00Z' }],
      [
        'an exemption as a microcredential',
        422,
        'award-not-allowed',
        { decision: { basis: 'exemption', decidedBy: 'x', decidedOn: '2026-11-01' } },
      ],
      ['a result that the achievement does not have', 422, 'award-not-allowed', { results: [{ value: '8' }] }],
      ['JSON that is none', 400, 'json-malformed', '{"achievement":'],
      ['a key that is there twice', 400, 'json-malformed', '{"achievement":"a","achievement":"b"}'],
      ['a body over the limit', 413, 'body-too-large', { narrative: 'x'.repeat(1_100_000) }],
    ];
    it.each(bad)('%s: %i %s', async (_, status, code, over) => {
      const before = everything();
      const body =
        typeof over === 'string'
          ? over
          : exampleAward(school.achievement, { recipient: { email: 'bad@example.org' }, ...over });
      const answer = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
      expect([answer.status, answer.json.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.json.requestId).toBe(answer.headers.get('x-request-id'));
      expect(everything()).toEqual(before);
      expect(localSigner).not.toHaveBeenCalled();
    });

    it('an achievement that is not published: 422 achievement-not-published', async () => {
      const draft = await world.api('/api/v1/achievements', {
        key: school.keys.coordinator,
        body: { ...exampleAchievement, name: 'Klad' },
      });
      const answer = await post({ achievement: draft.json.id });
      expect([answer.status, answer.json.code]).toEqual([422, 'achievement-not-published']);
    });

    it('a body that is not said to be JSON: 415', async () => {
      const answer = await post({}, { 'content-type': 'text/plain' });
      expect([answer.status, answer.json.code]).toEqual([415, 'media-type-unsupported']);
    });
  });

  describe('I3: a write that is sent again', () => {
    it('fifty at once under one key: one award, fifty equal answers', async () => {
      const headers = { 'idempotency-key': 'fifty' };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => post({ recipient: { email: 'fifty@example.org' } }, headers)),
      );
      expect(new Set(answers.map(a => `${a.status} ${a.text}`)).size).toBe(1);
      expect(answers[0]!.status).toBe(201);
      expect(
        world.db.sqlite
          .prepare("select count(*) from awards where recipient_key = 'email:fifty@example.org'")
          .pluck()
          .get(),
      ).toBe(1);
    });

    it('the same key with another body is a 422', async () => {
      const answer = await post({ recipient: { email: 'else@example.org' } }, { 'idempotency-key': 'fifty' });
      expect([answer.status, answer.json.code]).toEqual([422, 'idempotency-key-reused']);
    });

    it('the key of another institution is its own', async () => {
      const other = await createSchool(world);
      const body = exampleAward(other.achievement);
      const answer = await world.api('/api/v1/awards', {
        key: other.keys.awarder,
        body,
        headers: { 'idempotency-key': 'fifty' },
      });
      expect(answer.status).toBe(201);
    });

    it('a refused write can be sent again under its key, corrected by whoever was asked', async () => {
      const headers = { 'idempotency-key': 'corrected' };
      expect((await post({ achievement: 'nothing' }, headers)).status).toBe(404);
      expect((await post({ recipient: { email: 'corrected@example.org' } }, headers)).status).toBe(201);
    });

    it('I4: a role that may not award does not get the answer of one that may', async () => {
      const headers = { 'idempotency-key': 'role' };
      const body = exampleAward(school.achievement, { recipient: { email: 'role@example.org' } });
      const send = (key: string) => world.api('/api/v1/awards', { key, body, headers });
      expect((await send(school.keys.awarder)).status).toBe(201);
      const answer = await send(school.keys.coordinator);
      expect([answer.status, answer.json.code, answer.json.claim]).toEqual([422, 'idempotency-key-reused', undefined]);
    });

    it('a key that is no key is a 400', async () => {
      expect((await post({}, { 'idempotency-key': 'with space' })).json.code).toBe('request-invalid');
    });
  });

  describe('I2: accidents between the steps', () => {
    it('the record cannot be written: the intent stays, and the sweep finishes it', async () => {
      world.db.sqlite.exec(
        `create trigger broken before insert on credentials begin select raise(abort, 'broken'); end`,
      );
      const headers = { 'idempotency-key': 'broken' };
      const over = { recipient: { email: 'broken@example.org' } };
      const answer = await post(over, headers);
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain('trigger');
      const state = () =>
        world.db.sqlite
          .prepare("select state from awards where recipient_key = 'email:broken@example.org'")
          .pluck()
          .get();
      expect(state()).toBe('reserved');
      expect((await sweep(world.deps, { all: true })).failed).toBe(1);
      expect(state()).toBe('reserved');
      world.db.sqlite.exec('drop trigger broken');
      expect((await sweep(world.deps, { all: true })).finished).toBe(1);
      expect(state()).toBe('released');
    });

    it('the signer fails: nothing is handed out, and the same request again is served', async () => {
      vi.mocked(localSigner).mockImplementationOnce(async key => ({
        ...(await vi
          .importActual<typeof import('../../src/vc/signer.ts')>('../../src/vc/signer.ts')
          .then(m => m.localSigner(key))),
        sign: () => Promise.reject(new Error('signer down')),
      }));
      openAnew(world);
      const answer = await post({ recipient: { email: 'down@example.org' } });
      openAnew(world);
      expect([answer.status, answer.json.code]).toEqual([503, 'signing-failed']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(count('credentials')).toBe(count('claims'));
      expect((await sweep(world.deps, { all: true })).finished).toBe(1);
    });

    it('the signer gives a wrong signature: it is never stored', async () => {
      vi.mocked(localSigner).mockImplementationOnce(async key => ({
        ...(await vi
          .importActual<typeof import('../../src/vc/signer.ts')>('../../src/vc/signer.ts')
          .then(m => m.localSigner(key))),
        sign: async () => new Uint8Array(64).fill(1),
      }));
      const before = count('credentials');
      openAnew(world);
      const answer = await post({ recipient: { email: 'wrong@example.org' } });
      openAnew(world);
      expect([answer.status, answer.json.code]).toEqual([503, 'signing-failed']);
      expect(count('credentials')).toBe(before);
      await sweep(world.deps, { all: true });
      expect(count('credentials')).toBe(before + 1);
    });
  });

  it('a key may do what its role may: a coordinator does not award, an awarder does not publish', async () => {
    const award = await world.api('/api/v1/awards', {
      key: school.keys.coordinator,
      body: exampleAward(school.achievement),
    });
    expect([award.status, award.json.code]).toEqual([403, 'forbidden']);
    const achievement = await world.api('/api/v1/achievements', { key: school.keys.awarder, body: exampleAchievement });
    expect([achievement.status, achievement.json.code]).toEqual([403, 'forbidden']);
  });

  it('awards are read in pages, newest first', async () => {
    const first = await world.api('/api/v1/awards?limit=2', { key: school.keys.awarder });
    const second = await world.api(`/api/v1/awards?limit=2&cursor=${first.json.next}`, { key: school.keys.awarder });
    const ids = [...first.json.items, ...second.json.items].map((a: { id: string }) => a.id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(4);
    expect((await world.api('/api/v1/awards?limit=1000', { key: school.keys.awarder })).status).toBe(400);
  });
});
