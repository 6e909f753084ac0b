import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConnInfo } from '@hono/node-server/conninfo';
import exampleSecrets from '../keys.example/secrets.json';
import { createApp } from './app.ts';
import { assetsHere } from './assets-node.ts';
import { type Config, readConfig } from './platform/config.ts';
import type { Deps } from './platform/context.ts';
import type { Database } from './platform/database.ts';
import { openDatabase } from './platform/database-node.ts';
import { DomainError } from './platform/errors.ts';
import { createFetcher } from './platform/fetch.ts';
import { nodeTransport } from './platform/fetch-node.ts';
import { openFolder } from './platform/files-node.ts';
import { createLog } from './platform/log.ts';
import type { Mailer } from './platform/mail.ts';
import { httpMailer } from './platform/mail-http.ts';
import { smtpMailer } from './platform/mail-node.ts';
import { createRateLimit } from './platform/rate-limit.ts';
import { createThread } from './platform/thread-node.ts';
import { digestHere } from './digests-node.ts';
import { drawHere } from './drawing-node.ts';
import { readQrHere } from './qr-node.ts';
import { type ReadAnswer, readElsewhere } from './vc/canonize.ts';

/** The folder of the package, from its sources as well as from its bundle: both stand one folder below it. */
const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..');

export const migrationsFolder = join(packageFolder, 'migrations');

/** The configuration that the environment and `.env` hold. @throws DomainError `configuration` */
export function nodeConfig(env: NodeJS.ProcessEnv): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(env, exampleSecrets);
  const database = config.database === ':memory:' ? ':memory:' : resolve(config.database);
  return { ...config, database, files: resolve(config.files) };
}

/**
 * The service on Node, from its environment: the same for the server and for the command line.
 * Pending migrations are applied at once; the embedded database has nobody else to do it.
 * @throws DomainError `configuration`, `database-unusable`
 */
export function openNode(env: NodeJS.ProcessEnv, write: (line: string) => void) {
  const config = nodeConfig(env);
  const db = openDatabase(config.database);
  db.migrate(migrationsFolder);
  return { ...serviceOn(config, db, write), config, db, close: () => db.close() };
}

/** In this process, until there is a thread for it. */
let readQr: Deps['readQr'] = readQrHere;
let drawPng: Deps['drawing']['png'] = drawHere.png;

/** The service on a database that is open and up to date. */
export function serviceOn(config: Config, db: Database, write: (line: string) => void) {
  digestHere();
  const clock = () => new Date();
  const mailer = mailerOf(config);
  const deps: Deps = {
    config,
    db,
    clock,
    ...(mailer ? { mailer } : {}),
    fetcher: createFetcher({
      transport: nodeTransport,
      own: { origin: config.origin, request: request => app.fetch(request) },
      ...(config.fetchMap ? { map: readFetchMap(config.fetchMap) } : {}),
      now: clock,
    }),
    providerFetch: fetch,
    log: createLog(config.logLevel, write),
    readQr: picture => readQr(picture),
    drawing: { ...drawHere, png: svg => drawPng(svg) },
    files: openFolder(config.files),
    assets: assetsHere,
    clientAddress: c => (c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : ''),
    ...(config.rateLimit ? { rateLimit: createRateLimit({ perMinute: 60, burst: 30, now: clock }) } : {}),
  };
  const app = createApp(deps);
  return { app, deps };
}

/** The mail system that was configured. Nothing is connected before there is a letter. */
function mailerOf({ mail }: Config): Mailer | undefined {
  if (mail.smtpUrl) return smtpMailer({ ...mail, smtpUrl: mail.smtpUrl });
  return mail.httpUrl ? httpMailer({ ...mail, httpUrl: mail.httpUrl }) : undefined;
}

/**
 * Large documents and pictures are read, and pictures drawn, in threads of their own: 2 seconds and 128 MB for each, 32
 * in each queue. What is drawn is our own, and a thread that begins takes a second for it even on an idle machine: on a
 * busy one it would be ended before its first picture, each time anew. So the drawer has longer.
 */
export function readInThread(): void {
  const limits = { timeoutMs: 2_000, queue: 32, memoryMb: 128 };
  const documents = createThread(join(packageFolder, 'dist', 'read-dataset.js'), limits);
  readElsewhere(document => documents.run(document) as Promise<ReadAnswer | undefined>);
  const pictures = createThread(join(packageFolder, 'dist', 'read-picture.js'), limits);
  readQr = async picture => ((await pictures.run(picture)) as string[] | undefined) ?? [];
  const drawer = createThread(join(packageFolder, 'dist', 'draw-picture.js'), { ...limits, timeoutMs: 15_000 });
  drawPng = async svg => {
    const drawn = await drawer.run(svg);
    if (!drawn) throw new DomainError('too-busy', 'The picture could not be drawn in time. Try again shortly.');
    return drawn as Uint8Array;
  };
}

/** URL → file, beside the map file: what stands in for the network in development and tests. */
function readFetchMap(file: string): Map<string, Uint8Array> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
    return new Map(entries.map(([url, path]) => [url, new Uint8Array(readFileSync(resolve(dirname(file), path)))]));
  } catch (error) {
    throw new DomainError('configuration', 'FETCH_MAP is not a JSON file of URL to file.', { cause: error });
  }
}
