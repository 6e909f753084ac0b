import type { D1Database, ExecutionContext, ScheduledController } from '@cloudflare/workers-types';
import qrModule from 'zxing-wasm/reader/zxing_reader.wasm';
import exampleSecrets from '../keys.example/secrets.json';
import { createApp } from './app.ts';
import { sweep } from './credentials/index.ts';
import { readConfig } from './platform/config.ts';
import type { Deps } from './platform/context.ts';
import { openD1 } from './platform/database-d1.ts';
import { createFetcher } from './platform/fetch.ts';
import { workerTransport } from './platform/fetch-worker.ts';
import { createLog } from './platform/log.ts';
import { createRateLimit } from './platform/rate-limit.ts';
import { createQrReader } from './verifier/index.ts';

/** The bindings and variables of `wrangler.toml`; secrets come by `wrangler secret put`. */
export interface Env {
  DB: D1Database;
  [variable: string]: unknown;
}

/** The bundler of Workers makes a compiled module of it; its types are those of another bundler. */
const readQr = createQrReader(() => qrModule as unknown as object);

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

export default {
  fetch: (request: Request, env: Env, context: ExecutionContext) =>
    openOnce(env).app.fetch(request, env, context as never),
  async scheduled(_controller: ScheduledController, env: Env): Promise<void> {
    await sweep(openOnce(env).deps);
  },
};
