import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJpeg, itxt, pdf, png, qrPicture } from '../support/containers.ts';
import { exampleAchievement } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const database = join(folder, 'cli.db');
const env = {
  ...process.env,
  NODE_ENV: 'test',
  DATABASE: `file:${database}`,
  ORIGIN: 'http://localhost:8787',
  LOG_LEVEL: 'error',
};
const write = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The command line as people run it: the bundle, in a process of its own. */
function run(args: string[], over: { env?: Record<string, string>; input?: string } = {}) {
  const result = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    env: { ...env, ...over.env },
    input: over.input,
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr, json: () => JSON.parse(result.stdout) };
}

describe('the command line', () => {
  let achievement: string;
  let award: string;

  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
  });

  it('an operator makes an institution, once', () => {
    const args = [
      'institution',
      'create',
      '--slug',
      'cli',
      '--name',
      'Opdrachtschool',
      '--country',
      'NL',
      '--brin',
      '99ZZ',
      '--qa-name',
      'Kader',
      '--qa-url',
      'https://kader.example/',
      '--json',
    ];
    expect(run(args).json()).toEqual({ slug: 'cli', name: 'Opdrachtschool', did: 'did:web:localhost%3A8787:i:cli' });
    expect(run(args)).toMatchObject({ code: 3, out: '', err: expect.stringContaining('institution-exists') });
    expect(run(['institution', 'list', '--json']).json()).toEqual([
      { slug: 'cli', name: 'Opdrachtschool', did: 'did:web:localhost%3A8787:i:cli' },
    ]);
  });

  it('an API key is printed once', () => {
    const key = run(['api-key', 'create', '--institution', 'cli', '--role', 'awarder', '--json']).json();
    expect(key).toEqual({ id: expect.any(String), key: expect.stringMatching(/^wmk_/), role: 'awarder' });
    expect(run(['api-key', 'list', '--institution', 'cli']).out).not.toContain(key.key.slice(-43));
    expect(run(['api-key', 'revoke', key.id, '--institution', 'cli']).code).toBe(0);
    expect(run(['api-key', 'list', '--institution', 'cli']).out).toContain('revoked');
    expect(run(['api-key', 'create', '--institution', 'cli', '--role', 'king']).code).toBe(64);
  });

  it('an API key is replaced, and the old one works for as long as was said', () => {
    const at = ['--institution', 'cli'];
    const key = run(['api-key', 'create', ...at, '--role', 'awarder', '--json']).json();
    const next = run(['api-key', 'rotate', key.id, ...at, '--overlap', '0', '--json']).json();
    expect(next).toMatchObject({ role: 'awarder', key: expect.stringContaining(`wmk_${next.id}_`) });
    expect(run(['api-key', 'list', ...at]).out).toMatch(new RegExp(`${key.id}\tawarder\trevoked`));
    expect(run(['api-key', 'rotate', key.id, ...at]).err).toContain('key-state');
    expect(run(['api-key', 'rotate', next.id, ...at, '--overlap', 'x']).code).toBe(64);
  });

  it('the first admin is invited: by a letter, or by a link to an account', () => {
    const at = ['--institution', 'cli'];
    const invite = ['member', 'invite', ...at, '--role', 'admin'];
    const made = run([...invite, '--email', 'first@example.org', '--eppn', 'first@uni.example', '--json']).json();
    expect(made.map((i: { link?: string }) => i.link?.replace(/[\w-]{43}$/, 'TOKEN'))).toEqual([
      undefined,
      'http://localhost:8787/invitation/TOKEN',
    ]);
    const again = run([...invite, '--email', 'first@example.org']);
    expect([again.code, again.err.includes('invitation-refused')]).toEqual([3, true]);
    expect(run(invite)).toMatchObject({ code: 64, err: expect.stringContaining('--email') });
    expect(run(['member', 'list', ...at, '--json']).json()).toEqual([]);
    expect(run(['member', 'end', 'nothing', ...at]).err).toContain('not-found');
  });

  it('an achievement is imported and published; what is missing is listed', () => {
    const bare = run([
      'achievement',
      'import',
      write('bare.json', { name: 'Kaal' }),
      '--institution',
      'cli',
      '--json',
    ]).json();
    expect(bare).toEqual({
      id: expect.any(String),
      version: null,
      missing: expect.arrayContaining(['workload', 'level']),
    });
    expect(
      run(['achievement', 'import', write('bare.json', { name: 'Kaal' }), '--institution', 'cli', '--publish']),
    ).toMatchObject({ code: 3, err: expect.stringContaining('achievement-incomplete') });
    const file = write('achievement.json', exampleAchievement);
    const made = run(['achievement', 'import', file, '--institution', 'cli', '--publish', '--json']).json();
    expect(made).toEqual({ id: expect.any(String), version: 1, missing: [] });
    expect(run(['achievement', 'import', file, '--institution', 'cli', '--publish', '--json']).json()).toEqual(made);
    achievement = made.id;
  });

  it('a file of awards is judged row by row, first without writing', () => {
    const file = write(
      'awards.csv',
      `email,name,basis,decidedBy,decidedOn\na@example.org,Ann,assessment,E,2026-11-01\nno-address,Bob,assessment,E,2026-11-01\nc@example.org,Cas,assessment,E,2026-11-02\n`,
    );
    const args = ['award', file, '--institution', 'cli', '--achievement', achievement, '--json'];
    const dry = run([...args, '--dry-run']);
    expect(dry.json().map((r: { outcome: string }) => r.outcome)).toEqual(['ok', 'refused', 'ok']);
    expect(dry.code).toBe(1);
    const awards = () =>
      new BetterSqlite3(database, { readonly: true }).prepare('select count(*) from awards').pluck().get();
    expect(awards()).toBe(0);
    const real = run(args).json();
    expect(real.map((r: { row: number; outcome: string; code?: string }) => [r.row, r.outcome, r.code])).toEqual([
      [1, 'awarded', undefined],
      [2, 'refused', 'request-invalid'],
      [3, 'awarded', undefined],
    ]);
    expect(
      run(args)
        .json()
        .map((r: { outcome: string }) => r.outcome),
    ).toEqual(['exists', 'refused', 'exists']);
    expect(awards()).toBe(2);
    award = real[0].award;
  });

  it('verify takes a file of any kind, and asks which badge is meant where there are several', () => {
    const stored = () =>
      new BetterSqlite3(database, { readonly: true })
        .prepare('select document from credentials where award_id = ?')
        .pluck()
        .get(award) as string;
    const file = (name: string, bytes: Uint8Array) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const changed = JSON.stringify({ ...JSON.parse(stored()), name: 'Ve\u001b[31mranderd' });
    expect(run(['verify', file('badge.jpg', png([itxt(stored())]))]).code).toBe(0);
    const two = file(
      'two.pdf',
      pdf([
        { name: 'a', content: stored() },
        { name: 'b', content: changed },
      ]),
    );
    const question = run(['verify', two]);
    expect(question.code).toBe(64);
    expect(question.err).toMatch(/0\tSamenwerken\tpdf › file a\n1\tVe\uFFFD\[31mranderd\tpdf › file b\n/);
    expect(question.err).toContain('--choice');
    expect(run(['verify', two, '--choice', '0']).code).toBe(0);
    expect(run(['verify', two, '--choice', '1']).code).toBe(1);
    expect(run(['verify', two, '--choice', '2']).code).toBe(64);
    expect(run(['verify', two, '--choice', 'a']).code).toBe(64);
    expect(run(['verify', file('qr.txt', asJpeg(qrPicture('WIFI:S:x;;')))])).toMatchObject({
      code: 3,
      err: expect.stringContaining('no badge and no link'),
    });
  }, 120_000);

  it('verify answers by its exit code: 0 valid, 1 invalid, 2 indeterminate, 64 for a mistake in the call', () => {
    const stored = () =>
      new BetterSqlite3(database, { readonly: true })
        .prepare('select document from credentials where award_id = ?')
        .pluck()
        .get(award) as string;
    const badge = write('badge.json', stored());
    expect(run(['verify', badge])).toMatchObject({ code: 0, out: expect.stringMatching(/^valid\t/) });
    expect(run(['verify', '-', '--json'], { input: stored() }).json()).toMatchObject({ verdict: 'valid' });
    expect(run(['verify', badge, '--at', '2020-01-01']).code).toBe(1);
    expect(
      run(['verify', badge], { env: { ORIGIN: 'http://localhost:9999', FETCH_MAP: write('map.json', '{}') } }).code,
    ).toBe(2);
    expect(run(['verify']).code).toBe(64);
    expect(run(['verify', join(folder, 'nothing.json')]).code).toBe(64);
    expect(run(['verify', badge, '--at', 'yesterday']).code).toBe(64);
    expect(run(['nonsense']).code).toBe(64);

    expect(run(['revoke', award, '--reason', 'because']).code).toBe(64);
    expect(run(['revoke', award, '--reason', 'error', '--json']).json()).toMatchObject({ id: award, state: 'revoked' });
    expect(run(['verify', badge, '--json']).json()).toMatchObject({ verdict: 'invalid', code: 'revoked' });
    expect(run(['verify', badge]).code).toBe(1);
    expect(run(['revoke', award, '--reason', 'error'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('award-state'),
    });
  });

  it('keys are made, rotated and withdrawn', () => {
    const states = (command: string[]) =>
      run(['keys', ...command, '--institution', 'cli', '--json'])
        .json()
        .map((k: { state: string }) => k.state);
    expect(states(['new'])).toEqual(['active', 'published', 'active']);
    expect(states(['rotate'])).toEqual(['retired', 'active', 'active']);
    expect(states(['compromise', 'key-2026-1'])).toEqual(['compromised', 'active', 'active']);
    expect(run(['keys', 'compromise', 'key-1999-1', '--institution', 'cli']).code).toBe(3);
    expect(states(['rotate', '--algorithm', 'ES256'])).toEqual(['compromised', 'active', 'retired', 'active']);
  });

  it('migrate brings the database up to date, and audit verify names the first bad row', () => {
    expect(run(['migrate']).code).toBe(0);
    expect(run(['audit', 'verify'])).toMatchObject({ code: 0, out: expect.stringContaining('whole') });
    const db = new BetterSqlite3(database);
    db.exec("update audit_log set subject = 'x' where seq = 4");
    db.close();
    expect(run(['audit', 'verify'])).toMatchObject({ code: 1, out: expect.stringContaining('row 4 changed') });
  });

  it('every command says how it is used, on standard output', () => {
    for (const command of [
      [],
      ['institution'],
      ['institution', 'create'],
      ['api-key', 'create'],
      ['achievement', 'import'],
      ['award'],
      ['verify'],
      ['revoke'],
      ['keys'],
      ['keys', 'rotate'],
      ['migrate'],
      ['audit', 'verify'],
      ['audit', 'badges'],
    ])
      expect(run([...command, '--help'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('Usage: waarmerk'),
        err: '',
      });
  });

  it('a production that is not set up does not start, and says what is missing', () => {
    expect(run(['institution', 'list'], { env: { NODE_ENV: 'production' } })).toMatchObject({
      code: 78,
      err: expect.stringContaining('KEY_ENCRYPTION_KEY is missing'),
    });
  });

  it('who reads only the first line has enough: no complaint, and the code of what was done', () => {
    // A pipe that nobody reads is what `head` leaves behind.
    const command = `node dist/cli.js --help | true; printf %s "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { env, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '0', stderr: '' });
  });
});
