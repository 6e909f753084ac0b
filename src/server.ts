import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpBindings, serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { sweep } from './credentials/index.ts';
import type { LocalProvider } from './demo/index.ts';
import { openNode, readInThread } from './deps-node.ts';
import { runHourlyJobs, runJobs, startSender } from './jobs/index.ts';
import { DomainError } from './platform/errors.ts';
import { flushCounts } from './verifier/index.ts';

const JOBS_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Starts the service on Node: environment → config → deps → app. */
async function start(): Promise<void> {
  const { app, deps, config, close } = openNode(process.env, line => process.stderr.write(`${line}\n`));
  const { log } = deps;
  process.on('unhandledRejection', error => log.error('unhandled-rejection', error));

  readInThread();

  // What is for development only is not even loaded in production.
  const development = config.production ? undefined : await import('./demo/index.ts');
  const mailbox = deps.mailer ? undefined : development?.openMailbox();
  if (mailbox) deps.mailer = mailbox;

  const idp = config.providers.length ? undefined : development?.localProvider(config.origin);
  if (idp) {
    config.providers.push(idp.config);
    idp.onArrival = account => development!.greet(deps, idp.config.issuer, account);
  }

  // What a crash left is finished, and lists that lapsed while the service was down are signed, before it is ready.
  await sweep(deps, { all: true });
  const demo = await development?.ensureDemo(deps);

  say(`Waarmerk: ${config.origin}`);
  if (development && demo) {
    say(`An institution: ${demo.institutionUrl}`);
    say(`A badge, just issued from a validated outcome: ${demo.badgeUrl}`);
    say(`Check it: ${config.origin}/verify?url=${encodeURIComponent(demo.badgeUrl)}`);
    say(`An offer that waits for Sam, who has to be known better: ${demo.offerUrl}`);
    if (demo.validationUrl)
      say(`A validation under way, of Fatima; it waits for Yusuf, who is an assessor: ${demo.validationUrl}`);
    for (const { as, name, url } of idp ? development.signInHints(config.origin) : [])
      say(`Sign in as ${as} (${name}): ${url}`);
    if (mailbox) say(`Letters end here, since no mail system is configured: ${config.origin}${development.MAILBOX}`);
  }

  const sender = startSender(deps);
  const answer: typeof app.fetch = async (request, ...rest) => {
    const { pathname } = new URL(request.url);
    if (mailbox && development && pathname.startsWith(development.MAILBOX)) return mailbox.fetch(request);
    if (idp?.serves(pathname)) return answerBy(idp, rest[0] as HttpBindings);
    const response = await app.fetch(request, ...rest);
    // What was written may have left a letter.
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) sender.nudge();
    return response;
  };

  // Longer than a proxy or a program that is busy keeps a connection idle, so that neither sends into one just closed here.
  const serverOptions = { keepAliveTimeout: 75_000 };
  const server = serve({ fetch: answer, port: config.port, serverOptions }, () => {
    log.info('started', { origin: config.origin, port: config.port });
  });
  server.on('error', fail);
  const timers = [setInterval(() => void runJobs(deps), JOBS_MS), setInterval(() => void runHourlyJobs(deps), HOUR_MS)];
  void runHourlyJobs(deps);

  const stop = () => {
    timers.forEach(clearInterval);
    sender.stop();
    server.close(() => {
      flushCounts(deps)
        .catch(error => log.error('job.counts', error))
        .finally(() => {
          close();
          process.exit(0);
        });
    });
    // Connections that are kept alive without a request must not hold up the end.
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => process.exit(0), 10_000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** The provider's library speaks to the sockets itself. */
async function answerBy(idp: LocalProvider, { incoming, outgoing }: HttpBindings): Promise<Response> {
  await idp.handle(incoming as IncomingMessage, outgoing as ServerResponse);
  return RESPONSE_ALREADY_SENT;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(error: unknown): never {
  process.stderr.write(
    `Waarmerk did not start. ${error instanceof DomainError ? error.detail : (error as Error).stack}\n`,
  );
  process.exit(1);
}

start().catch(fail);
