import { serve } from '@hono/node-server';
import { sweep } from './credentials/index.ts';
import { ensureDemo } from './demo/index.ts';
import { openNode, readInThread } from './deps-node.ts';
import { DomainError } from './platform/errors.ts';

const SWEEP_MS = 60_000;

/** Starts the service on Node: environment → config → deps → app. */
async function start(): Promise<void> {
  const { app, deps, config, close } = openNode(process.env, line => process.stderr.write(`${line}\n`));
  const { log } = deps;
  process.on('unhandledRejection', error => log.error('unhandled-rejection', error));

  readInThread();

  // What a crash left is finished, and lists that lapsed while the service was down are signed, before it is ready.
  await sweep(deps, { all: true });
  const demo = config.production ? undefined : await ensureDemo(deps);

  say(`Waarmerk: ${config.origin}`);
  if (demo) {
    say(`An institution: ${demo.institutionUrl}`);
    say(`A badge, just issued from a validated outcome: ${demo.badgeUrl}`);
    say(`Check it: ${config.origin}/verify?url=${encodeURIComponent(demo.badgeUrl)}`);
  }

  const server = serve({ fetch: app.fetch, port: config.port }, () => {
    log.info('started', { origin: config.origin, port: config.port });
  });
  server.on('error', fail);
  const timer = setInterval(() => {
    sweep(deps).catch(error => log.error('sweep', error));
  }, SWEEP_MS);

  const stop = () => {
    clearInterval(timer);
    server.close(() => {
      close();
      process.exit(0);
    });
    // Connections that are kept alive without a request must not hold up the end.
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => process.exit(0), 10_000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(error: unknown): never {
  process.stderr.write(
    `Waarmerk did not start. ${error instanceof DomainError ? error.detail : (error as Error).stack}\n`,
  );
  process.exit(1);
}

start().catch(fail);
