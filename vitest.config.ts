import { fileURLToPath } from 'node:url';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

/** Packages that the pool must bundle, since it does not apply the `browser` field to CommonJS. */
const bundled = [
  'jsonld',
  'jsonld-signatures',
  'rdf-canonize',
  '@digitalbazaar/vc',
  '@digitalbazaar/data-integrity',
  '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  '@digitalbazaar/ed25519-multikey',
  '@digitalbazaar/ed25519-signature-2020',
  '@digitalbazaar/ed25519-verification-key-2020',
  '@digitalbazaar/ecdsa-multikey',
  '@digitalbazaar/ecdsa-sd-2023-cryptosuite',
  'qrcode',
];

/** Files that put something else in the place of a module; all others share what they import, which saves minutes. */
const apart = ['test/accidents/{claim,gaps}.test.ts', 'test/credentials/award.test.ts'];
const onNode = {
  environment: 'node',
  setupFiles: ['./test/support/after-file.ts'],
  // A machine that does other work too takes its time.
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // Of two cores Vitest would take one; most tests wait for a disk, a page or another process.
    maxWorkers: '100%',
    reporters: ['default', './test/support/rows-reporter.ts'],
    projects: [
      {
        test: {
          ...onNode,
          name: 'node',
          isolate: false,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/runtime/workerd/**', 'test/browser/**', ...apart],
        },
      },
      { test: { ...onNode, name: 'apart', include: apart } },
      {
        test: {
          ...onNode,
          name: 'browser',
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { cf: false, bindings: { TEST_MIGRATIONS: await readD1Migrations('./migrations') } },
          })),
        ],
        // The same tests: only the world that they are played in is another.
        resolve: {
          alias: [
            {
              find: /.*\/support\/create-world\.ts$/,
              replacement: fileURLToPath(new URL('test/support/create-world-d1.ts', import.meta.url)),
            },
          ],
        },
        test: {
          name: 'workerd',
          // To load the libraries anew for each file takes five minutes; each file makes its own institutions.
          isolate: false,
          include: [
            'test/runtime/workerd/**/*.test.ts',
            'test/vc/**/*.test.ts',
            'test/verifier/**/*.test.ts',
            'test/catalogue/**/*.test.ts',
            'test/portfolio/{notebook,own-key,readers,references}.test.ts',
            'test/dossiers/{award,move,partner-link,table}.test.ts',
            'test/people/login.test.ts',
            'test/wallets/ob3-api.test.ts',
            'test/wallets/oid4vci.test.ts',
            'test/wallets/oid4vci-authorize.test.ts',
            'test/wallets/oid4vci-openid4vc.test.ts',
            'test/wallets/vc-api.test.ts',
            'test/wallets/oid4vp.test.ts',
          ],
          // These fill, count or read what only a database or a folder of their own has.
          exclude: ['test/verifier/{batch-room,in-browser}.test.ts'],
          setupFiles: ['./test/runtime/workerd/setup.ts'],
          testTimeout: 30_000,
          deps: { optimizer: { ssr: { enabled: true, include: bundled } } },
        },
      },
    ],
  },
});
