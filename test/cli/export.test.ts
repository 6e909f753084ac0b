import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database-node.ts';
import { createSchool, exampleAchievement, exampleAward, worldOn } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-'));
const database = join(folder, 'export.db');

function run(...args: string[]) {
  const env = { ...process.env, NODE_ENV: 'test', DATABASE: `file:${database}`, LOG_LEVEL: 'error' };
  // The key of the test world opens its badges; nothing here signs.
  const result = spawnSync(process.execPath, ['dist/cli.js', ...args], { env, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const filesIn = (dir: string) => readdirSync(dir, { recursive: true, withFileTypes: true }).filter(f => f.isFile());

describe('export --institution SLUG DIR', () => {
  let badge: string;
  let award: string;
  const dir = join(folder, 'out');

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
    const db = openDatabase(database);
    db.migrate('migrations');
    const world = worldOn(db);
    const school = await createSchool(world, 'uitvoer');
    const other = await createSchool(world, 'ander');
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement),
    });
    award = made.json.id;
    badge = (await world.api(`/api/v1/awards/${award}/credential`, { key: school.keys.awarder })).text;
    await world.api(`/api/v1/awards/${award}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    await world.api('/api/v1/achievements', {
      key: school.keys.coordinator,
      body: { ...exampleAchievement, name: 'Concept' },
    });
    await world.api('/api/v1/awards', {
      key: other.keys.awarder,
      body: exampleAward(other.achievement, { recipient: { email: 'buur@example.org', name: 'Van de buren' } }),
    });
    db.close();
  });

  it('writes everything of that institution, byte for byte what was signed, and nothing of another', () => {
    const { code, out } = run('export', '--institution', 'uitvoer', dir, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ 'institution.json': 1, awards: 1, badges: 1, status: 1, achievements: 2 });
    expect(readFileSync(join(dir, 'badges', `${award}.json`), 'utf8')).toBe(badge);
    const life = JSON.parse(readFileSync(join(dir, 'awards', `${award}.json`), 'utf8')).life;
    expect(life.map(({ state }: { state: string }) => state)).toEqual(['reserved', 'released', 'revoked']);
    const all = filesIn(dir)
      .map(f => readFileSync(join(f.parentPath, f.name), 'utf8'))
      .join('\n');
    expect(all).toContain('learner@example.org');
    expect(all).not.toContain('buren');
    expect(all).not.toMatch(/"(sealed|secretHash|token)"/);
  });

  it('goes into an empty folder only, and names an institution that is not there', () => {
    const taken = mkdtempSync(join(tmpdir(), 'taken-'));
    writeFileSync(join(taken, 'mine.txt'), 'x');
    expect(run('export', '--institution', 'uitvoer', taken)).toMatchObject({ code: 64 });
    expect(readdirSync(taken)).toEqual(['mine.txt']);
    const nowhere = join(folder, 'nowhere');
    const { code, err } = run('export', '--institution', 'niemand', nowhere);
    expect(code).toBe(3);
    expect(err).toContain('not-found');
    expect(existsSync(join(nowhere, 'institution.json'))).toBe(false);
  });
});
