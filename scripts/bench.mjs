/**
 * Measures the service beside the reference library and the limit of the machine, in one run.
 * Usage: npm run bench -- [--seconds 20] [--only WORDS] [--json]
 */
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

await build({
  entryPoints: ['test/bench/bench.ts'],
  outfile: 'dist/bench.js',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['dist/bench.js', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
