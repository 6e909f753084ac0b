import { beforeAll, describe, expect, it } from 'vitest';
import { countCheck, flushCounts, readCounts } from '../../src/verifier/index.ts';
import { checkCounts } from '../../src/verifier/schema.ts';
import { createWorld } from '../support/create-world.ts';

const KEY = 'an-operator-key-of-a-test';

describe('the operator’s page', () => {
  let world: ReturnType<typeof createWorld>;
  let cookie: string;
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    world.request(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
    });
  const page = async (path = '/operator') => (await world.request(path, { headers: { cookie } })).text();

  beforeAll(async () => {
    world = createWorld();
    world.deps.config.operatorKey = KEY;
    const answer = await post('/operator/session', { key: KEY });
    expect(answer.status).toBe(303);
    const [made = ''] = answer.headers.getSetCookie();
    expect(made).toMatch(/^operator=.*HttpOnly.*SameSite=Strict/);
    expect(made).not.toContain(KEY);
    cookie = made.split(';')[0]!;
  });

  it('is not there where no operator’s key is set, and asks for the key where one is', async () => {
    const without = createWorld();
    expect((await without.request('/operator')).status).toBe(404);
    const asked = await world.request('/operator');
    expect(await asked.text()).toContain('Aanmelden als beheerder');
    expect(asked.headers.get('cache-control')).toBe('no-store');
    expect((await post('/operator/session', { key: 'another' })).status).toBe(401);
  });

  it('W4: nothing is done without the key, with another cookie, or for a form of another site', async () => {
    const fields = { id: 'evc', name: 'EVC', owner: 'Register', content: 'issuer,name\ndid:web:a.example,A' };
    expect((await post('/operator/trust-lists', fields)).status).toBe(401);
    expect((await post('/operator/trust-lists', fields, { cookie: 'operator=x.y.z' })).status).toBe(401);
    expect((await post('/operator/trust-lists', fields, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await page()).toContain('Er zijn nog geen lijsten.');
  });

  it('a body that is called a form and is none is told so', async () => {
    const body = { method: 'POST', body: 'no parts', headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    for (const path of ['/operator/session', '/operator/trust-lists', '/verify/report']) {
      const headers = { ...body.headers, cookie, 'sec-fetch-site': 'same-origin', accept: 'application/json' };
      const answer = await world.request(path, { ...body, headers });
      expect([path, answer.status]).toEqual([path, 400]);
      expect(await answer.json()).toMatchObject({ code: 'request-invalid' });
    }
  });

  it('imports a list, shows it with its owner, and removes it', async () => {
    const fields = { id: 'evc', name: 'EVC-register', owner: 'Register', content: 'issuer,name\ndid:web:a.example,A' };
    expect((await post('/operator/trust-lists', fields, { cookie })).headers.get('location')).toBe(
      '/operator?done=done',
    );
    const shown = await page('/operator?done=done');
    expect(shown).toContain('EVC-register');
    expect(shown).toContain('De lijst is ingelezen.');
    const bad = await post('/operator/trust-lists', { ...fields, content: 'colour\nred' }, { cookie });
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain('De lijst is niet ingelezen.');
    expect((await post('/operator/trust-lists/evc/removal', {}, { cookie })).status).toBe(303);
    expect(await page()).toContain('Er zijn nog geen lijsten.');
  });

  it('ends with a new key, with the hour, and when it is left', async () => {
    let now = Date.now();
    const later = createWorld({ now: () => new Date(now) });
    later.deps.config.operatorKey = KEY;
    const enter = () => later.request('/operator/session', { method: 'POST', body: new URLSearchParams({ key: KEY }) });
    const kept = (await enter()).headers.getSetCookie()[0]!.split(';')[0]!;
    const isIn = async () =>
      (await (await later.request('/operator', { headers: { cookie: kept } })).text()).includes('Vertrouwenslijsten');
    expect(await isIn()).toBe(true);
    later.deps.config.operatorKey = 'another';
    expect(await isIn()).toBe(false);
    later.deps.config.operatorKey = KEY;
    now += 60 * 60_000;
    expect(await isIn()).toBe(false);
    const left = await post('/operator/leave', {}, { cookie });
    expect(left.headers.getSetCookie()[0]).toMatch(/^operator=; Max-Age=0/);
  });

  it('counts how checks ended, drawn and in a table, with no trace of who checked what', async () => {
    for (let i = 0; i < 3; i++) await world.api('/api/v1/verifications', { body: { credential: { id: 'geheim' } } });
    const shown = await page();
    expect(shown).toContain('3 controles in totaal.');
    expect(shown).toContain('class="bars"');
    const rows = await world.db.query.select().from(checkCounts);
    expect(rows).toEqual([expect.objectContaining({ verdict: 'invalid', count: 3 })]);
    expect(JSON.stringify(rows)).not.toMatch(/geheim|192\.0\.2/);
  });

  it('a count pays no write by itself, adds up over flushes, and waits when the database does not write', async () => {
    const { deps, db } = createWorld();
    const valid = { verdict: 'valid', code: 'valid' } as const;
    countCheck(deps, valid);
    await flushCounts(deps, 60_000);
    expect(await db.query.select().from(checkCounts)).toEqual([]);
    await flushCounts(deps);
    countCheck(deps, valid);
    const { batch } = db;
    db.batch = () => Promise.reject(new Error('full'));
    await expect(flushCounts(deps)).rejects.toThrow('full');
    db.batch = batch;
    countCheck(deps, valid);
    expect((await readCounts(deps, 30))[0]).toMatchObject({ count: 3 });
  });
});
