import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createPerson } from '../support/people.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-people-'));
const database = join(folder, 'data.db');
const issuer = 'https://idp.example';
const EMAIL = 'tess.zeldzaam@example.org';

/** The command line as people run it: the bundle, in a process of its own. */
function run(...args: string[]) {
  const result = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE: `file:${database}`,
      ORIGIN: 'http://localhost:8787',
      LOG_LEVEL: 'error',
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'c',
      OIDC_CLIENT_SECRET: 's',
    },
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const hits = (text: string) =>
  readdirSync(folder).filter(name => name.startsWith('data.db') && readFileSync(join(folder, name)).includes(text));

describe('people, on the command line', () => {
  let person: string;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
    const world = createWorld({ file: database, keyEncryptionKey: exampleKey() });
    const tess = await createPerson(world, { subject: 'old-1', issuer, email: EMAIL, label: EMAIL });
    person = tess.id;
    const school = await createSchool(world);
    await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement, { recipient: { email: EMAIL, name: 'Tess Zeldzaam' } }),
    });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are found by what they proved', () => {
    expect(run('people', 'find', 'Tess.Zeldzaam@EXAMPLE.org').out).toContain(`${person}\teduid`);
    const nobody = run('people', 'find', 'nobody@example.org');
    expect([nobody.code, nobody.out]).toEqual([0, '']);
    expect(nobody.err).toContain('Nobody');
  });

  it('O6: are moved by a map, in CSV or JSON; what is wrong with it is told and changes nothing', () => {
    const csv = write('map.csv', 'before,after\nold-1,new-1\nold-2,new-2\n');
    const dry = run('people', 'move-subjects', '--issuer', issuer, '--map', csv, '--dry-run');
    expect([dry.code, dry.out]).toEqual([0, 'moved\told-1\tnew-1\nunknown\told-2\tnew-2\n']);
    expect(JSON.parse(run('people', 'find', 'new-1', '--json').out)).toEqual([]);
    expect(run('people', 'move-subjects', '--issuer', issuer, '--map', csv).code).toBe(0);
    expect(JSON.parse(run('people', 'find', 'new-1', '--json').out)).toMatchObject([{ person, kind: 'eduid' }]);
    const json = write('map.json', JSON.stringify({ 'old-1': 'new-9' }));
    const conflict = run('people', 'move-subjects', '--issuer', issuer, '--map', json, '--json');
    expect([conflict.code, JSON.parse(conflict.out)[0].outcome]).toEqual([1, 'moved-elsewhere']);
    expect(run('people', 'move-subjects', '--issuer', 'https://other.example', '--map', csv).code).toBe(64);
    expect(run('people', 'move-subjects', '--issuer', issuer, '--map', write('x.csv', 'a,b\n1,2\n')).code).toBe(3);
  });

  it('W12: are erased by the operator, and stay erased when an older copy is restored', () => {
    const copy = join(folder, 'copy.db');
    expect(run('backup', copy).code).toBe(0);
    expect(run('people', 'erase', person).code).toBe(64);
    expect(hits(EMAIL)).not.toEqual([]);
    expect(run('people', 'erase', person, '--yes')).toMatchObject({ code: 0 });
    expect([hits(EMAIL), hits('Tess Zeldzaam'), hits('new-1')]).toEqual([[], [], []]);
    expect(run('people', 'erase', person, '--yes').err).toContain('not-found');

    const restored = run('restore', copy, '--force', '--json');
    expect(restored.code, restored.err).toBe(0);
    expect(JSON.parse(restored.out)).toMatchObject({ erased: { people: 1 } });
    expect(readFileSync(database).includes(EMAIL)).toBe(false);
    expect(run('people', 'find', EMAIL).out).toBe('');
  });
});

/** The key that opens what the command line opens in development. */
function exampleKey(): Uint8Array {
  const { keyEncryptionKey } = JSON.parse(readFileSync('keys.example/secrets.json', 'utf8'));
  return new Uint8Array(Buffer.from(keyEncryptionKey, 'base64url'));
}
