import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { serve } from '@hono/node-server';
import { Command } from 'commander';
import { createConformanceApp } from './app.ts';

/** Serves the VC-API that the public suites are run against, and says where it is in one line of JSON. */
const { port, tlsKey, tlsCert } = new Command('conformance:serve')
  .requiredOption('--port <number>', 'where to listen, on localhost', Number)
  .option('--tls-key <file>', 'a key in PEM; with it the server speaks https, and gives each credential a status')
  .option('--tls-cert <file>', 'the certificate of that key')
  .parse()
  .opts<{ port: number; tlsKey?: string; tlsCert?: string }>();

const tls = tlsKey && tlsCert ? { key: readFileSync(tlsKey), cert: readFileSync(tlsCert) } : undefined;
const origin = `${tls ? 'https' : 'http'}://localhost:${port}`;
const { app, endpoints } = await createConformanceApp({ origin, clock: () => new Date() });
const secure = tls ? { createServer, serverOptions: tls } : {};
const server = serve({ fetch: app.fetch, port, hostname: 'localhost', ...secure }, () => {
  process.stdout.write(`${JSON.stringify(endpoints)}\n`);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close(() => process.exit(0)));
