import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { catalogueRoutes } from './catalogue/index.ts';
import { credentialRoutes } from './credentials/index.ts';
import { institutionRoutes, operatorRoutes, signingHealth } from './institutions/index.ts';
import type { Deps } from './platform/context.ts';
import { peopleRoutes, readSession } from './people/index.ts';
import { DomainError } from './platform/errors.ts';
import { type AppEnv, BODY_LIMIT, refuseOtherSites, UPLOAD_LIMIT } from './platform/http.ts';
import { openApiDocument } from './platform/openapi.ts';
import { toProblem } from './platform/problem.ts';
import { PACKAGE_LIMIT } from './privacy/index.ts';
import { batchRoutes, trustRoutes, vcApiRoutes, verifierRoutes } from './verifier/index.ts';
import {
  exchangeRoutes,
  isOpenBadgesApi,
  ob3ApiRoutes,
  oid4vciRoutes,
  oid4vpRoutes,
  sendStatusInfo,
} from './wallets/index.ts';
import { apiDocsRoutes, errorPage, secureHeaders, wantsPage, webRoutes } from './web/index.ts';

/** The table of contents of HTTP. It runs on Node and on Workers; what differs is in `deps`. */
export function createApp(deps: Deps) {
  const app = new Hono<AppEnv>();

  app.use(async (c, next) => {
    c.set('deps', deps);
    c.set('requestId', crypto.randomUUID());
    c.header('x-request-id', c.var.requestId);
    await next();
  });
  app.use(secureHeaders);
  app.use((c, next) => limitOf(c)(c, next));
  app.use(refuseOtherSites);
  app.use(readSession);

  app.get('/healthz', c => c.json({ alive: true }));
  app.get('/readyz', async c => {
    try {
      await deps.db.check();
    } catch (error) {
      deps.log.error('readyz', error);
      return c.json({ database: 'unusable', signing: 'unknown' }, 503);
    }
    return c.json({ database: 'ok', signing: await signingHealth(deps) });
  });

  app.route('/', institutionRoutes);
  app.route('/', operatorRoutes);
  app.route('/', catalogueRoutes);
  app.route('/', credentialRoutes);
  app.route('/', verifierRoutes);
  app.route('/', batchRoutes);
  app.route('/', trustRoutes);
  app.route('/', vcApiRoutes);
  app.route('/', oid4vciRoutes);
  app.route('/', ob3ApiRoutes);
  app.route('/', exchangeRoutes);
  app.route('/', oid4vpRoutes);
  app.route('/', webRoutes);
  // Behind the pages: `/login/:provider` would hide those under `/login`.
  app.route('/', peopleRoutes);

  const openApi = openApiDocument(app, deps.config.origin);
  app.get('/api/openapi.json', c => c.json(openApi));
  app.route('/', apiDocsRoutes(openApi));

  app.notFound(c => {
    throw new DomainError('not-found', `There is nothing at ${new URL(c.req.url).pathname.slice(0, 200)}.`);
  });

  app.onError((error, c) => {
    const told = error instanceof HTTPException ? fromHono(error) : error;
    const { problem, headers } = toProblem(told, c.var.requestId);
    if (problem.status >= 500)
      deps.log.error('request', told, { requestId: c.var.requestId, method: c.req.method, code: problem.code });
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    c.header('cache-control', 'no-store');
    if (isOpenBadgesApi(c)) return sendStatusInfo(c, problem);
    if (wantsPage(c)) return errorPage(c, problem);
    return c.body(JSON.stringify(problem), problem.status, { 'content-type': 'application/problem+json' });
  });

  return app;
}

const limited = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new DomainError('body-too-large', `A body has at most ${maxSize} bytes.`);
    },
  });
const smallLimit = limited(BODY_LIMIT);
const uploadLimit = limited(UPLOAD_LIMIT);
/** Two files: what someone tells can be spoken and photographed. */
const storyLimit = limited(2 * UPLOAD_LIMIT);

/** What its own reader counts as it comes in; counted here it would be held. */
const saysLength =
  (most: number): MiddlewareHandler =>
  async (c, next) => {
    if (Number(c.req.header('content-length') ?? 0) > most + BODY_LIMIT)
      throw new DomainError('body-too-large', `What is brought has at most ${most} bytes.`);
    await next();
  };
/** A standard comes as several files, such as those of ESCO in two languages. */
const importLimit = saysLength(32_000_000);
const packageLimit = saysLength(PACKAGE_LIMIT);

const bringsPackage = (c: Context): boolean =>
  c.req.method === 'POST' &&
  c.req.path === '/portfolio/pack' &&
  /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '');

const limitOf = (c: Context) =>
  bringsPackage(c)
    ? packageLimit
    : bringsStandard(c)
      ? importLimit
      : tellsStory(c)
        ? storyLimit
        : takesFile(c)
          ? uploadLimit
          : smallLimit;

/** Where a coordinator imports. */
const bringsStandard = (c: Context): boolean =>
  /^\/console\/[^/]+\/imports$/.test(c.req.path) &&
  /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '');

/** Where a portfolio takes photographs, recordings and papers, and a dossier the recording of a conversation. */
const tellsStory = (c: Context): boolean =>
  (/^\/((portfolio|begin|together)\/(new|story|experiences\/[^/]+\/evidence)|r\/[^/]+)$/.test(c.req.path) ||
    /^\/(validations|console\/[^/]+\/dossiers)\/[^/]+\/([a-z]+\/)?conversation$/.test(c.req.path)) &&
  /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? '');

/** Only a form can bring a file, and only where a badge is checked; a program sends many badges as JSON. */
const takesFile = (c: Context): boolean =>
  c.req.path === '/api/v1/verification-batches' ||
  (['/verify', '/verify/many', '/api/v1/verifications', '/badges/add'].includes(c.req.path) &&
    /^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? ''));

/** What the framework refuses by itself, in our own words. */
function fromHono(error: HTTPException): DomainError {
  if (error.status === 413) return new DomainError('body-too-large', `A body has at most ${BODY_LIMIT} bytes.`);
  return new DomainError('request-invalid', 'The request could not be read.', { cause: error });
}
