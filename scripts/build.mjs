// Bundles the server and the command line for Node under dist/, so that neither needs a compiler at run time.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: {
    server: 'src/server.ts',
    cli: 'src/cli.ts',
    conformance: 'src/conformance/serve-node.ts',
    'read-dataset': 'src/read-dataset-node.ts',
    'read-picture': 'src/read-picture-node.ts',
    'draw-picture': 'src/draw-picture-node.ts',
  },
  outdir: 'dist',
  write: false,
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

// What reads QR codes and draws pictures is WebAssembly, which is read as a file and fetched from nowhere, like the fonts.
for (const [name, specifier] of Object.entries({
  'zxing_reader.wasm': 'zxing-wasm/reader/zxing_reader.wasm',
  'resvg.wasm': '@resvg/resvg-wasm/index_bg.wasm',
  'DejaVuSans.ttf': 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'DejaVuSans-Bold.ttf': 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
}))
  outputFiles.push({
    path: join(dist, name),
    contents: readFileSync(fileURLToPath(import.meta.resolve(specifier))),
  });

// Only what differs is written, each file in one step: a build of the same sources does not disturb who runs them.
mkdirSync(dist, { recursive: true });
for (const { path, contents } of outputFiles) {
  if (existsSync(path) && Buffer.from(contents).equals(readFileSync(path))) continue;
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, contents);
  chmodSync(partial, basename(path) === 'cli.js' ? 0o755 : 0o644);
  renameSync(partial, path);
}
const made = new Set(outputFiles.map(({ path }) => basename(path)));
for (const name of readdirSync(dist))
  if (!made.has(name) && !/\.\d+$/.test(name)) rmSync(join(dist, name), { recursive: true });
