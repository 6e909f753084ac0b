// The Worker as it is deployed: the real bundle, in workerd, over D1, in a network of one's own.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Miniflare, Response } from 'miniflare';

export const secretOf = (n: number) => Buffer.alloc(32, n).toString('base64url');

/** Bundles and starts it. `network` answers what it asks of others; without it nobody does. */
export async function startWorker(origin: string, network?: ReadonlyMap<string, Uint8Array | string>) {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  const script = join(folder, 'worker.js');
  const quiet = { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' };
  execFileSync('node_modules/.bin/wrangler', ['deploy', '--dry-run', '--outdir', folder], {
    env: quiet,
    stdio: 'pipe',
  });
  const miniflare = new Miniflare({
    cf: false,
    modules: true,
    scriptPath: script,
    modulesRoot: folder,
    modulesRules: [
      { type: 'ESModule', include: ['**/*.js'] },
      { type: 'CompiledWasm', include: ['**/*.wasm'] },
      { type: 'Data', include: ['**/*.ttf'] },
    ],
    compatibilityDate: '2026-04-01',
    compatibilityFlags: ['nodejs_compat'],
    d1Databases: ['DB'],
    serviceBindings: { ASSETS: ({ url }: { url: string }) => asset(new URL(url).pathname) },
    r2Buckets: ['FILES'],
    ...(network ? { outboundService: (request: { url: string }) => answer(network.get(request.url)) } : {}),
    bindings: {
      NODE_ENV: 'production',
      ORIGIN: origin,
      KEY_ENCRYPTION_KEY: secretOf(1),
      SESSION_SECRET: secretOf(2),
      OPERATOR_KEY: secretOf(3),
      LOG_LEVEL: 'error',
    },
  });
  const db = await miniflare.getD1Database('DB');
  for (const file of readdirSync('migrations')
    .filter(f => f.endsWith('.sql'))
    .sort()) {
    // As one text, a line each: of many small calls Miniflare now and then takes the answer of another.
    const statements = readFileSync(`migrations/${file}`, 'utf8').split('--> statement-breakpoint');
    await db.exec(statements.map(statement => statement.replaceAll(/\s+/g, ' ').trim()).join('\n'));
  }
  return { miniflare, script };
}

/** As the binding of `wrangler.toml` does: what the build made for browsers. */
const asset = (path: string): Response =>
  existsSync(`dist/public${path}`)
    ? new Response(readFileSync(`dist/public${path}`))
    : new Response('', { status: 404 });

/** As the map of a world on Node answers. */
function answer(content: Uint8Array | string | undefined): Response {
  if (content === undefined) return new Response('', { status: 404 });
  const bytes = Buffer.from(content);
  const isJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
  return new Response(bytes, { headers: { 'content-type': isJson ? 'application/json' : 'application/octet-stream' } });
}
