// Bundles a tool of the tests, which is TypeScript like the app that it runs in its own process, and runs it.
// Usage: node scripts/tool.mjs FILE.ts [its options]
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file] = process.argv.splice(2, 1);
// As deep as test/support, from where the migrations are found.
const outfile = `${root}node_modules/.cache/tool-${process.pid}.mjs`;
await build({
  absWorkingDir: root,
  entryPoints: [file],
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
