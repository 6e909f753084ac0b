import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { skillsCsv } from '../support/esco.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-framework-'));
const write = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** The command line as people run it: the bundle, in a process of its own. */
function run(...args: string[]) {
  const result = spawnSync(process.execPath, ['dist/cli.js', 'framework', ...args], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE: `file:${join(folder, 'cli.db')}`,
      FILES: `file:${join(folder, 'files')}`,
      LOG_LEVEL: 'error',
    },
    encoding: 'utf8',
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe('frameworks at the command line', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
  });

  it('are looked at, imported for all, listed, and nothing the second time', () => {
    const files = (['nl', 'en'] as const).map(l =>
      write(
        `skills_${l}.csv`,
        skillsCsv(l, { rows: 8, replace: l === 'nl' ? { 3: 'KnowledgeSkillCompetence,x' } : {} }),
      ),
    );
    const looked = run('import', '--preview', ...files);
    expect([looked.code, looked.out]).toEqual([0, 'nothing was changed\n']);
    expect(looked.err).toContain('left out: skills_nl.csv:11 (columns)');
    expect(JSON.parse(run('list', '--json').out)).toEqual([]);
    expect(JSON.parse(run('import', '--json', ...files).out)).toMatchObject({
      kind: 'esco',
      done: true,
      outcomes: { added: 8, changed: 0, unchanged: 0, retired: 0 },
      refused: [{ at: 'skills_nl.csv:11', why: 'columns' }],
    });
    expect(JSON.parse(run('import', '--json', ...files).out).outcomes).toEqual({
      added: 0,
      changed: 0,
      unchanged: 8,
      retired: 0,
    });
    expect(run('list').out).toContain('http://data.europa.eu/esco');
  });

  it('say what is wrong, with a code', () => {
    const wrong = run('import', write('skills_nl.csv', Uint8Array.from([0x61, 0xe9, 0x0a])));
    expect([wrong.code, wrong.err.split(':')[0]]).toEqual([3, 'import-encoding']);
    expect(run('import', join(folder, 'nergens.csv')).code).toBe(64);
    expect(run('import', '--institution', 'niemand', write('a.json', '{}')).err).toContain('not-found');
  });
});
