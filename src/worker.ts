import type { D1Database, ExecutionContext, Fetcher, R2Bucket, ScheduledController } from '@cloudflare/workers-types';
import resvgModule from '@resvg/resvg-wasm/index_bg.wasm';
import bold from 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf';
import regular from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
import qrModule from 'zxing-wasm/reader/zxing_reader.wasm';
import exampleSecrets from '../keys.example/secrets.json';
import { createApp } from './app.ts';
import { runHourlyJobs, runJobs, sendLetters } from './jobs/index.ts';
import { createAssets } from './platform/assets.ts';
import { readConfig } from './platform/config.ts';
import type { Deps } from './platform/context.ts';
import { openD1 } from './platform/database-d1.ts';
import { createFetcher } from './platform/fetch.ts';
import { workerTransport } from './platform/fetch-worker.ts';
import { openR2 } from './platform/files-r2.ts';
import { createLog } from './platform/log.ts';
import { httpMailer } from './platform/mail-http.ts';
import { createRateLimit } from './platform/rate-limit.ts';
import { createQrReader, flushCounts } from './verifier/index.ts';
import { createPngDrawer } from './wallets/index.ts';

/** The bindings and variables of `wrangler.toml`; secrets come by `wrangler secret put`. */
export interface Env {
  DB: D1Database;
  FILES: R2Bucket;
  /** The folder that the build made for browsers. */
  ASSETS: Fetcher;
  [variable: string]: unknown;
}

/** The bundler of Workers makes a compiled module of it; its types are those of another bundler. */
const readQr = createQrReader(() => qrModule as unknown as object);

const letters = { regular: new Uint8Array(regular), bold: new Uint8Array(bold) };
const fonts = async () => letters;
const drawing: Deps['drawing'] = { png: createPngDrawer(() => resvgModule, fonts), fonts };

/** The service on Workers: environment → config → deps → app, once for each isolate. */
function open(env: Env) {
  const variables = Object.fromEntries(
    Object.entries(env).filter((e): e is [string, string] => typeof e[1] === 'string'),
  );
  const config = readConfig(variables, exampleSecrets);
  const clock = () => new Date();
  const deps: Deps = {
    config,
    db: openD1(env.DB),
    clock,
    fetcher: createFetcher({
      transport: workerTransport,
      own: { origin: config.origin, request: request => app.fetch(request) },
      now: clock,
    }),
    providerFetch: (input, init) => fetch(input, init),
    readQr,
    drawing,
    files: openR2(env.FILES),
    assets: createAssets(async file => {
      const answer = await env.ASSETS.fetch(`https://assets/${file}`);
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
    }),
    ...(config.mail.httpUrl ? { mailer: httpMailer({ ...config.mail, httpUrl: config.mail.httpUrl }) } : {}),
    log: createLog(config.logLevel, line => console.log(line)),
    clientAddress: c => c.req.header('cf-connecting-ip') ?? '',
    ...(config.rateLimit ? { rateLimit: createRateLimit({ perMinute: 60, burst: 30, now: clock }) } : {}),
  };
  const app = createApp(deps);
  return { app, deps };
}

const opened = new WeakMap<Env, ReturnType<typeof open>>();
const openOnce = (env: Env) => {
  const service = opened.get(env) ?? open(env);
  opened.set(env, service);
  return service;
};

/** How long counts of checks wait in an isolate, which may be gone before the next timer. */
const COUNTS_MS = 30_000;
/** Of one invocation: a Worker may make so many requests only, and the next one goes on. */
const LETTERS = 30;

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { app, deps } = openOnce(env);
    const response = await app.fetch(request, env, context as never);
    context.waitUntil(flushCounts(deps, COUNTS_MS).catch(error => deps.log.error('job.counts', error)));
    // What was written may have left a letter.
    if (deps.mailer && !['GET', 'HEAD', 'OPTIONS'].includes(request.method))
      context.waitUntil(sendLetters(deps, { limit: LETTERS }).catch(error => deps.log.error('job.letters', error)));
    return response;
  },
  async scheduled({ scheduledTime }: ScheduledController, env: Env): Promise<void> {
    const { deps } = openOnce(env);
    await runJobs(deps);
    // The trigger comes every five minutes.
    if (new Date(scheduledTime).getUTCMinutes() < 5) await runHourlyJobs(deps);
    await sendLetters(deps, { limit: LETTERS });
  },
};
