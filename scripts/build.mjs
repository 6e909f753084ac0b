// Bundles the server and the command line for Node under dist/, so that neither needs a compiler at run time.
import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/server.ts', 'src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // Packages stay where npm put them: native addons cannot be bundled, and the others load contexts beside themselves.
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
chmodSync(`${root}dist/cli.js`, 0o755);
