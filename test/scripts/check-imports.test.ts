import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/check-imports.mjs', import.meta.url));
const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** Checks a tree made of these files; returns what was printed, one line for each offence. */
async function check(files: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const tree = mkdtempSync(join(tmpdir(), 'imports-'));
  trees.push(tree);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), text);
  }
  try {
    await promisify(execFile)(process.execPath, [script, '.'], { cwd: tree });
    return { code: 0, lines: [] };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, lines: stderr.trim().split('\n') };
  }
}

const offences: [name: string, file: string, text: string, why: string][] = [
  [
    'left imports right',
    'platform/a.ts',
    `import { x } from '../credentials/index.ts';`,
    'platform stands left of credentials',
  ],
  [
    'left imports the type of right',
    'catalogue/a.ts',
    `import type { X } from '../credentials/index.ts';`,
    'catalogue stands left of credentials',
  ],
  [
    'left imports right, late',
    'catalogue/a.ts',
    `export const f = () => import('../verifier/index.ts');`,
    'catalogue stands left of verifier',
  ],
  [
    'left names right in a type',
    'catalogue/a.ts',
    `export type T = import('../verifier/index.ts').T;`,
    'catalogue stands left of verifier',
  ],
  ['left hands on right', 'catalogue/a.ts', `export * from '../app.ts';`, 'catalogue stands left of app'],
  ['web imports the app', 'web/pages/a.tsx', `import { x } from '../../app.ts';`, 'web stands left of app'],
  [
    'a folder looks past the front door',
    'credentials/a.ts',
    `import { x } from '../institutions/keys.ts';`,
    'institutions is seen through its index.ts or schema.ts',
  ],
  [
    'a folder takes a room for the door',
    'jobs/a.ts',
    `import { x } from '../web/pages/index.ts';`,
    'web is seen through its index.ts or schema.ts',
  ],
  [
    'a folder imports the routes of another',
    'credentials/a.ts',
    `import { x } from '../institutions/routes.ts';`,
    'institutions is seen through its index.ts or schema.ts',
  ],
  [
    'the command line looks past the front door',
    'cli.ts',
    `import { x } from './institutions/keys.ts';`,
    'institutions is seen through its index.ts or schema.ts',
  ],
  ['vc imports the platform', 'vc/a.ts', `import { x } from '../platform/ids.ts';`, 'vc imports nothing outside vc'],
  [
    'another folder imports a wrapped library',
    'credentials/a.ts',
    `import * as vc from '@digitalbazaar/vc';`,
    'only vc wraps this library',
  ],
  [
    'another folder imports inside jsonld',
    'platform/a.ts',
    `import x from 'jsonld/lib/index.js';`,
    'only vc wraps this library',
  ],
  ['the app imports jsonld-signatures', 'app.ts', `import x from 'jsonld-signatures';`, 'only vc wraps this library'],
  ['shared code imports node:', 'platform/a.ts', `import net from 'node:net';`, 'node: stands only in'],
  ['shared code imports a builtin by its old name', 'vc/a.ts', `import fs from 'fs/promises';`, 'node: stands only in'],
  ['the worker imports node:', 'worker.ts', `import 'node:fs';`, 'node: stands only in'],
  [
    'a folder that has no place',
    'utils/a.ts',
    `import { x } from '../platform/a.ts';`,
    'utils has no place in the order',
  ],
  ['a target that has no place', 'app.ts', `import { x } from './utils/a.ts';`, 'utils has no place in the order'],
  [
    'an import without extension',
    'app.ts',
    `import { x } from './platform/a';`,
    'a relative import carries its extension',
  ],
];

describe('the order of imports', () => {
  it('lets through what the architecture allows', async () => {
    const { lines } = await check({
      'platform/fetch-node.ts': `import net from 'node:net'; import { a } from './a.ts';`,
      'vc/proof.ts': `import * as vc from '@digitalbazaar/vc'; import jsonld from 'jsonld'; import c from '../../contexts/index.json';`,
      'institutions/keys.ts': `import { proof } from '../vc/proof.ts'; import { db } from '../platform/database.ts';`,
      'credentials/award.ts': `import { signerFor } from '../institutions/index.ts'; import { t } from '../catalogue/schema.ts'; import { z } from 'zod';`,
      'web/pages/verify.tsx': `import { layout } from '../layout.tsx'; import { verify } from '../../verifier/index.ts'; export const p = <p>don't</p>;`,
      'jobs/publish.ts': `import { mail } from '../web/index.ts';`,
      'app.ts': `import { routes } from './credentials/routes.ts';`,
      'demo/seed.ts': `import fs from 'node:fs'; import { createApp } from '../app.ts';`,
      'server.ts': `import { createApp } from './app.ts'; import { seed } from './demo/index.ts'; import 'node:http';`,
      'cli.ts': `import { verify } from './verifier/index.ts'; import { db } from './platform/database-node.ts';`,
    });
    expect(lines).toEqual([]);
  });

  describe('refuses', () => {
    let lines: string[] = [];
    beforeAll(async () => {
      // One tree with every offence on a line of its own: starting the compiler is what takes time.
      const files: Record<string, string> = {};
      for (const [, file, text] of offences) files[file] = `${files[file] ?? ''}${text}\n`;
      ({ lines } = await check(files));
    });

    it.each(offences)('%s', (_, file, text, why) => {
      const line = offences.filter(offence => offence[1] === file).findIndex(offence => offence[2] === text) + 1;
      const told = lines.filter(printed => printed.startsWith(`${file}:${line} imports `));
      expect(told).toEqual([expect.stringContaining(why)]);
    });

    it('nothing else', () => {
      expect(lines).toHaveLength(offences.length);
    });
  });

  it('fails with exit code 1', async () => {
    expect((await check({ 'app.ts': `import './cli.ts';` })).code).toBe(1);
  });

  it('refuses a tree without TypeScript, which would pass for the wrong reason', async () => {
    expect((await check({ 'a.md': '' })).code).toBe(1);
  });
});
