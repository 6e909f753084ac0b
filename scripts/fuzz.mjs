// Bundles the fuzzer, which is TypeScript like the app that it runs in its own process, and runs it.
// Usage: npm run fuzz -- [--n 10000] [--seed 1] [--only CASE]
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// As deep as test/support, from where the migrations are found.
const outfile = `${root}node_modules/.cache/fuzz-${process.pid}.mjs`;
await build({
  absWorkingDir: root,
  entryPoints: ['test/fuzz/run.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
process.on('exit', () => rmSync(outfile, { force: true }));
await import(outfile);
