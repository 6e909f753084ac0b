import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database-node.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'database-')), 'test.db');

describe('the embedded database', () => {
  it('D1: keeps what it acknowledged: synchronous is FULL at the second open too', () => {
    const file = newFile();
    createWorld({ file }).db.close();
    const plain = new BetterSqlite3(file);
    const fallback = plain.pragma('synchronous', { simple: true });
    plain.close();
    const { sqlite, close } = openDatabase(file);
    expect([fallback, sqlite.pragma('synchronous', { simple: true })]).toEqual([1, 2]);
    expect(sqlite.pragma('secure_delete', { simple: true })).toBe(1);
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    close();
  });

  it('D11: a table that is not STRICT, or foreign keys that are off, make it unusable', async () => {
    const world = createWorld();
    world.db.sqlite.exec('create table loose (a)');
    expect((await world.api('/readyz')).status).toBe(503);
    world.db.sqlite.exec('drop table loose');
    world.db.sqlite.pragma('foreign_keys = OFF');
    expect((await world.api('/readyz')).json).toEqual({ database: 'unusable', signing: 'unknown' });
    world.db.sqlite.pragma('foreign_keys = ON');
    expect((await world.api('/readyz')).status).toBe(200);
  });

  it('D4: a full disk refuses writes with 507 and changes nothing; reading goes on, and room brings it back', async () => {
    const world = createWorld({ file: newFile() });
    const school = await createSchool(world);
    const post = (n: number) =>
      world.api('/api/v1/awards', {
        key: school.keys.awarder,
        body: exampleAward(school.achievement, { recipient: { email: `${n}@example.org` } }),
      });
    expect((await post(0)).status).toBe(201);
    const pages = world.db.sqlite.pragma('page_count', { simple: true });
    world.db.sqlite.pragma(`max_page_count = ${pages}`);
    const answers = [];
    for (let n = 1; n <= 12; n++) answers.push(await post(n));
    const refused = answers.filter(a => a.status !== 201);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect([answer.status, answer.json.code]).toEqual([507, 'storage-full']);
    expect((await world.api('/api/v1/awards', { key: school.keys.awarder })).status).toBe(200);
    expect((await world.api('/readyz')).status).toBe(200);
    expect(world.db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    const half = world.db.sqlite
      .prepare(
        "select count(*) from awards a left join credentials c on c.award_id = a.id where a.state <> 'reserved' and c.award_id is null",
      )
      .pluck()
      .get();
    expect(half).toBe(0);
    world.db.sqlite.pragma('max_page_count = 1000000');
    expect((await post(99)).status).toBe(201);
  });

  it('D5: while another process holds the lock the event loop stays free; a short lock is waited for, a long one told', async () => {
    const file = newFile();
    const world = createWorld({ file });
    const school = await createSchool(world);
    const post = (email: string) =>
      world.api('/api/v1/awards', {
        key: school.keys.awarder,
        body: exampleAward(school.achievement, { recipient: { email } }),
      });
    await post('first@example.org');
    const other = new BetterSqlite3(file);
    let longest = 0;
    let last = performance.now();
    const ticks = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    other.exec('begin immediate');
    setTimeout(() => other.exec('rollback'), 700);
    expect((await post('short@example.org')).status).toBe(201);
    other.exec('begin immediate');
    const told = await post('long@example.org');
    other.exec('rollback');
    clearInterval(ticks);
    other.close();
    expect([told.status, told.json.code, told.headers.get('retry-after')]).toEqual([503, 'database-busy', '1']);
    expect(longest).toBeLessThan(400);
    expect((await post('long@example.org')).status).toBe(201);
  });
});
