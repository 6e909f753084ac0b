import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, { version: string; resolved?: string; integrity?: string; link?: boolean }>;
};
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

/** Whether `version` is at least `floor`, both as in 4.12.21. */
const atLeast = (version: string, floor: string) => {
  const [a, b] = [version, floor].map(v => v.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]];
  const i = a.findIndex((part, n) => part !== b[n]);
  return i === -1 || a[i]! > b[i]!;
};

describe('D13: dependencies', () => {
  it.each([
    // CVE-2026-47673 to -47676
    ['hono', '4.12.21'],
    // CVE-2026-39356
    ['drizzle-orm', '0.45.2'],
  ])('I9: every %s that is installed is at least %s', (name, floor) => {
    const installed = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(installed.length).toBeGreaterThan(0);
    for (const [path, { version }] of installed)
      expect([path, version, atLeast(version, floor)]).toEqual([path, version, true]);
  });

  it('are pinned to one version each, and the lock holds what came of it', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
  });

  it('are locked with a hash of each, and none comes from elsewhere than the registry', () => {
    const odd = Object.entries(lock.packages).filter(
      ([path, { integrity, resolved }]) =>
        path !== '' &&
        !(
          integrity?.startsWith('sha512-') &&
          (resolved ?? 'https://registry.npmjs.org/').startsWith('https://registry.npmjs.org/')
        ),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });
});
