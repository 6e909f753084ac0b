import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { badge, keySigner, signAny } from '../support/badges.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-trust-'));
const write = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The command line as people run it, with a database of its own. */
function run(...args: string[]) {
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    DATABASE: `file:${join(folder, 'cli.db')}`,
    ORIGIN: 'http://localhost:8787',
    LOG_LEVEL: 'error',
    FETCH_MAP: write('map.json', '{}'),
  };
  const result = spawnSync(process.execPath, ['dist/cli.js', ...args], { env, encoding: 'utf8' });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe('the command line about trust', () => {
  let file: string;
  let issuer: string;
  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
    const signer = await keySigner(31);
    issuer = signer.controller;
    const subject = badge(issuer).credentialSubject as Record<string, unknown>;
    const identifier = [{ type: 'IdentityObject', hashed: false, identityHash: 'Sam de Vries', identityType: 'name' }];
    file = write('badge.json', await signAny(badge(issuer, { credentialSubject: { ...subject, identifier } }), signer));
  });
  const issuerOf = (...more: string[]) => {
    const report = JSON.parse(run('verify', file, '--json', ...more).out);
    return report.checks.find(({ id }: { id: string }) => id === 'issuer');
  };

  it('imports a list, tells which there are, and removes one', () => {
    expect(issuerOf().code).toBe('issuer-unknown');
    const csv = write('evc.csv', `issuer,name\n${issuer},De Linde\n`);
    const options = ['--id', 'evc', '--name', 'EVC-register', '--owner', 'Stichting EVC'];
    expect(run('trust', 'import', csv, ...options)).toMatchObject({
      code: 0,
      err: expect.stringContaining('1 issuers'),
    });
    expect(run('trust', 'list').out).toMatch(/^evc\t1\tEVC-register\tStichting EVC\t/);
    expect(issuerOf()).toMatchObject({ code: 'issuer-known', evidence: { owner: 'Stichting EVC' } });
    expect(run('trust', 'import', csv, '--id', 'evc').code).toBe(3);
    expect(run('trust', 'remove', 'evc').code).toBe(0);
    expect(run('trust', 'remove', 'evc').code).toBe(3);
    expect(issuerOf().code).toBe('issuer-unknown');
  });

  it('checks with a list of its own, and fetches nothing without one', () => {
    expect(JSON.parse(run('verify', file, '--json', '--only-trusted').out).code).toBe('issuer-not-listed');
    const trust = write('own.json', { name: 'Partners', owner: 'Wij', entries: [{ issuer, name: 'De Linde' }] });
    expect(run('verify', '--trust', trust, '--only-trusted', file).code).toBe(0);
  });

  it('asks whether it is this person, and how the answer came about', () => {
    const recipientOf = (...asked: string[]) => {
      const report = JSON.parse(run('verify', ...asked.flatMap(one => ['--recipient', one]), file, '--json').out);
      return report.checks.find(({ id }: { id: string }) => id === 'recipient').code;
    };
    expect(recipientOf('name=Sam de Vries')).toBe('recipient-match-name');
    expect(recipientOf('Sam de Vries', 'sam@example.org')).toBe('recipient-match-name');
    expect(recipientOf('name=Kim')).toBe('recipient-mismatch');
    expect(run('verify', file, '--recipient', 'shoe=44').code).toBe(64);
    const report = JSON.parse(run('verify', file, '--technical').out);
    expect(report.technical.canonical.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
