import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'cli-database-'));
const copy = join(folder, 'copy.db');

function run(args: string[], database = 'waarmerk.db') {
  const env = { ...process.env, NODE_ENV: 'test', DATABASE: `file:${join(folder, database)}`, LOG_LEVEL: 'error' };
  const result = spawnSync(process.execPath, ['dist/cli.js', ...args], { env, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr, json: () => JSON.parse(result.stdout) };
}

describe('backup and restore on the command line', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
  });

  it('D8: a copy is made once, and comes back as a database; one that stands there is replaced only by force', () => {
    expect(run(['institution', 'create', '--slug', 'cli', '--name', 'School', '--country', 'NL']).code).toBe(0);
    expect(run(['backup', copy, '--json']).json()).toEqual({ file: copy, bytes: readFileSync(copy).length });
    expect(run(['backup', copy])).toMatchObject({ code: 3, out: '', err: expect.stringContaining('exists') });
    expect(run(['restore', copy])).toMatchObject({ code: 3, out: '', err: expect.stringContaining('--force') });

    const forced = run(['restore', copy, '--force', '--json']).json();
    expect(forced).toMatchObject({ awardsLost: 0, warnings: [], kept: expect.stringContaining('.before-') });
    expect(existsSync(forced.kept)).toBe(true);
    const elsewhere = run(['restore', copy], 'elsewhere.db');
    expect(elsewhere).toMatchObject({ code: 0, err: expect.stringContaining('is not known here') });
    expect(run(['institution', 'list'], 'elsewhere.db').out).toContain('cli\tSchool');
    expect(run(['audit', 'verify'], 'elsewhere.db').out).toMatch(/^operator\t1 rows\twhole/);
  });

  it('a mistake in the call is told as one', () => {
    expect(run(['restore', join(folder, 'nothing.db')])).toMatchObject({
      code: 3,
      err: expect.stringContaining('not-found'),
    });
    expect(run(['restore', copy, '--published', join(folder, 'nowhere')]).code).toBe(64);
    for (const command of ['backup', 'restore']) {
      expect(run([command]).code).toBe(64);
      expect(run([command, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: waarmerk') });
    }
  });
});
