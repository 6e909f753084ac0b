// Bundles the server and the command line for Node under dist/, so that neither needs a compiler at run time, and the
// scripts of pages under dist/public/.
import { createHash } from 'node:crypto';
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
// What browsers load: the scripts of islands, and what they load in turn. Each name holds a hash of the bytes, so that a
// browser may keep them for ever; `names.json` tells them to the service.
const publicDist = join(dist, 'public');
const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
const wasmName = `zxing_reader-${createHash('sha256').update(wasm).digest('hex').slice(0, 8)}.wasm`;
const islands = join(root, 'src/web/islands');
const scripts = await build({
  absWorkingDir: root,
  entryPoints: readdirSync(islands)
    .filter(name => name.endsWith('.ts'))
    .map(name => join(islands, name)),
  entryNames: '[name]-[hash]',
  outdir: publicDist,
  write: false,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome100', 'firefox100', 'safari15.4'],
  define: { QR_READER: JSON.stringify(`/assets/${wasmName}`) },
  logLevel: 'warning',
});
const publicFiles = [...scripts.outputFiles, { path: join(publicDist, wasmName), contents: wasm }];
const names = publicFiles.map(({ path }) => basename(path)).map(name => [name.replace(/-\w+(?=\.\w+$)/, ''), name]);
publicFiles.push({
  path: join(publicDist, 'names.json'),
  contents: Buffer.from(JSON.stringify(Object.fromEntries(names))),
});

place(publicDist, publicFiles);

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

place(dist, outputFiles, ['public']);

/** Only what differs is written, each file in one step: a build of the same sources does not disturb who runs them. */
function place(folder, files, keep = []) {
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of files) {
    if (existsSync(path) && Buffer.from(contents).equals(readFileSync(path))) continue;
    const partial = `${path}.${process.pid}`;
    writeFileSync(partial, contents);
    chmodSync(partial, basename(path) === 'cli.js' ? 0o755 : 0o644);
    renameSync(partial, path);
  }
  const made = new Set([...files.map(({ path }) => basename(path)), ...keep]);
  for (const name of readdirSync(folder))
    if (!made.has(name) && !/\.\d+$/.test(name)) rmSync(join(folder, name), { recursive: true });
}
