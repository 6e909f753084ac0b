import { createApp } from '../../src/app.ts';
import { importAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import {
  type ApiKeyRole,
  createApiKey,
  createInstitution,
  type Institution,
  institutionProfile,
} from '../../src/institutions/index.ts';
import { createAssets } from '../../src/platform/assets.ts';
import type { Ctx, Deps } from '../../src/platform/context.ts';
import type { Database } from '../../src/platform/database.ts';
import { createFetcher, type Transport } from '../../src/platform/fetch.ts';
import type { FileStore } from '../../src/platform/files.ts';
import { createLog } from '../../src/platform/log.ts';
import { retention } from '../../src/platform/retention.ts';

export const ORIGIN = 'http://localhost:8787';

export interface WorldOptions {
  origin?: string;
  keyEncryptionKey?: Uint8Array;
  /** Stands in for the network: URL → content. Without it every request out fails. */
  network?: Map<string, Uint8Array | string>;
  transport?: Transport;
  now?: () => Date;
  rateLimit?: Deps['rateLimit'];
  providers?: Deps['config']['providers'];
  /** Reaches the sign-in providers; without it none can be. */
  providerFetch?: typeof fetch;
  mailer?: Deps['mailer'];
  /** Reads QR codes; it differs by runtime. */
  readQr?: Deps['readQr'];
  /** Draws pictures and holds fonts; it differs by runtime. */
  drawing?: Deps['drawing'];
  /** Keeps files; it differs by runtime. */
  files?: FileStore;
  /** Scripts of pages; without it there are none. */
  assets?: Deps['assets'];
}

export type World = ReturnType<typeof worldOn>;

/** The real app on a real database with real keys, of its own for each test file. */
export function worldOn<D extends Database>(db: D, options: WorldOptions = {}) {
  const clock = options.now ?? (() => new Date());
  const lines: string[] = [];
  const deps: Deps = {
    config: {
      production: false,
      port: 8787,
      origin: options.origin ?? ORIGIN,
      database: ':memory:',
      files: '',
      keyEncryptionKey: options.keyEncryptionKey ?? new Uint8Array(32).fill(7),
      sessionSecret: new Uint8Array(32).fill(9),
      logLevel: 'info',
      rateLimit: false,
      providers: options.providers ?? [],
      mail: { from: 'Waarmerk <noreply@waarmerk.example>' },
      retention: retention.parse({}),
    },
    db,
    clock,
    fetcher: createFetcher({
      transport: options.transport ?? (() => Promise.reject(new Error('no network here'))),
      own: { origin: options.origin ?? ORIGIN, request: request => app.fetch(request) },
      ...(options.network ? { map: options.network } : {}),
      now: clock,
    }),
    readQr: options.readQr ?? (async () => []),
    drawing: options.drawing ?? noDrawing,
    files: options.files ?? noFiles,
    assets: options.assets ?? createAssets(async () => undefined),
    log: createLog('info', line => lines.push(line)),
    providerFetch: options.providerFetch ?? (() => Promise.reject(new Error('no provider here'))),
    ...(options.mailer ? { mailer: options.mailer } : {}),
    clientAddress: () => '192.0.2.1',
    ...(options.rateLimit ? { rateLimit: options.rateLimit } : {}),
  };
  const app = createApp(deps);
  const request = (path: string, init: RequestInit = {}) =>
    app.request(new Request(new URL(path, deps.config.origin), init));

  /** One JSON exchange: a body makes it a POST. */
  async function api(path: string, { key, body, method, headers = {} }: ApiOptions = {}) {
    const response = await request(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
    let json: any;
    try {
      json = JSON.parse(text);
    } catch {}
    return { status: response.status, headers: response.headers, text, json };
  }

  return { app, deps, db, lines, request, api, origin: deps.config.origin };
}

export interface ApiOptions {
  key?: string;
  body?: unknown;
  method?: string;
  headers?: Record<string, string>;
}

const notHere = () => Promise.reject(new Error('nothing is drawn here'));
const noDrawing: Deps['drawing'] = { png: notHere, fonts: notHere };
const noFiles: FileStore = {
  put: notHere,
  get: notHere,
  delete: notHere,
  async *list() {},
};

let count = 0;

/** An institution with a published achievement and a key for each role that a program can have. */
export async function createSchool(
  world: { deps: Deps },
  slug = `school-${++count}`,
  achievement: object = exampleAchievement,
) {
  const institution = await createInstitution(world.deps, { slug, profile: institutionProfile.parse(exampleProfile) });
  const keys = {} as Record<ApiKeyRole, string>;
  for (const role of ['admin', 'coordinator', 'awarder'] as const)
    keys[role] = (await createApiKey(world.deps, institution, { role }, { kind: 'operator' })).key;
  const ctx = operatorOf(world.deps, institution);
  const imported = await importAchievement(ctx, achievement);
  const { id } = await publishAchievement(ctx, imported.id);
  return { institution, keys, achievement: id, ctx };
}

export const operatorOf = (deps: Deps, institution: Institution): Ctx => ({
  actor: { kind: 'operator' },
  institution,
  now: deps.clock(),
  requestId: 'test',
  db: deps.db,
  deps,
});

export const exampleProfile = {
  name: 'Proefschool',
  kind: 'mbo',
  url: 'https://proefschool.example/',
  address: { countryCode: 'NL', locality: 'Zwolle' },
  identifiers: [{ type: 'ext:BRIN', identifier: '99ZZ' }],
  qualityAssurance: {
    name: 'Kwaliteitskader',
    url: 'https://kader.example/',
    description: 'Hoe de kwaliteit is geborgd.',
  },
};

export const exampleAchievement = {
  type: 'MicroCredential',
  name: 'Samenwerken',
  description: 'Werkt samen met anderen.',
  language: 'nl',
  criteria: { narrative: 'Portfolio en gesprek.' },
  outcomes: [
    {
      name: 'Werkt samen',
      code: {
        framework: 'ESCO',
        type: 'ext:ESCO',
        url: 'http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0',
      },
    },
  ],
  workload: { sbu: 240 },
  level: { eqf: 4 },
  assessment: ['portfolio'],
  participation: ['work-experience'],
};

export const exampleAward = (achievement: string, over: object = {}) => ({
  achievement,
  recipient: { email: 'learner@example.org', name: 'Sam de Vries' },
  decision: { basis: 'assessment', decidedBy: 'A. Examinator', decidedOn: '2026-11-01' },
  ...over,
});
