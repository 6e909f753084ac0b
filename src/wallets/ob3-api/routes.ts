import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { DomainError } from '../../platform/errors.ts';
import { type AppEnv, openToAll, ownLimit, rateLimited, readJson, readText } from '../../platform/http.ts';
import { readAccess } from './access.ts';
import { authenticateClient, type Client } from './clients.ts';
import { listCredentials, upsertCredential } from './credentials.ts';
import { oauthMetadata, serviceDescription } from './discovery.ts';
import { readProfile } from './profile.ts';
import { answerClient, NO_STORE } from '../oauth/answer.ts';
import { readParameters } from '../oauth/parameters.ts';
import type { Refusal } from '../oauth/refusal.ts';
import { registerClient } from './register-client.ts';
import { revokeToken } from './revoke-token.ts';
import { BASE, scopes } from './scopes.ts';
import { redeemGrant } from './token.ts';

/** The Open Badges API of a host (OB 3.0 §6, §7), for services that a person lets in. No route here looks at a cookie. */
export const ob3ApiRoutes = new Hono<AppEnv>()
  .use('/.well-known/oauth-authorization-server', openToAll)
  .use('/api/ob3/*', openToAll)
  .use(`${BASE}/*`, openToAll, exposed())
  .get('/.well-known/oauth-authorization-server', c => sendDescription(c, oauthMetadata(c.var.deps)))
  .get(`${BASE}/discovery`, c => sendDescription(c, serviceDescription(c.var.deps)))
  .post('/api/ob3/register', rateLimited, c =>
    answer(c, 'invalid_client_metadata', async () => {
      takeRegistration(c);
      return c.json(await registerClient(c.var.deps, await readJson(c)), 201, NO_STORE);
    }),
  )
  .post('/api/ob3/token', c =>
    answer(c, 'invalid_request', async () =>
      c.json(await redeemGrant(c.var.deps, await clientOf(c), await readParameters(c)), 200, NO_STORE),
    ),
  )
  .post('/api/ob3/revoke', c =>
    answer(c, 'invalid_request', async () => {
      await revokeToken(c.var.deps, await clientOf(c), await readParameters(c));
      return c.body(null, 200, NO_STORE);
    }),
  )
  .get(`${BASE}/credentials`, async c => {
    const access = await accessFor(c, scopes.read);
    const { body, total, link } = await listCredentials(c.var.deps, access, c.req.query());
    return c.json(body, 200, { ...NO_STORE, 'x-total-count': String(total), link });
  })
  .post(`${BASE}/credentials`, rateLimited, async c => {
    const access = await accessFor(c, scopes.write);
    const type = typeOf(c);
    if (!BADGE_TYPES.includes(type)) throw new DomainError('media-type-unsupported', `Send ${BADGE_TYPES.join(', ')}.`);
    const { outcome, document } = await upsertCredential(c.var.deps, access, { type, text: await readText(c) });
    if (outcome === 'older') return c.body(null, 304, NO_STORE);
    return c.body(document, outcome === 'created' ? 201 : 200, { ...NO_STORE, 'content-type': type });
  })
  .get(`${BASE}/profile`, async c => {
    const access = await accessFor(c, scopes.profile);
    return c.json(await readProfile(c.var.deps, access), 200, NO_STORE);
  })
  .all(`${BASE}/credentials`, c => notUsed(c, 'GET, POST'))
  .all(`${BASE}/profile`, c => notUsed(c, 'GET'))
  .all(`${BASE}/discovery`, c => notUsed(c, 'GET'));

const takeRegistration = ownLimit({ burst: 20, perMinute: 1 }, 'Please wait before you register another service.');

const BADGE_TYPES = ['application/json', 'application/vc+ld+json', 'application/vc', 'text/plain'];

const sendDescription = (c: Context, body: object) => c.json(body, 200, { 'cache-control': 'public, max-age=3600' });

const typeOf = (c: Context) => (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();

const clientOf = (c: Context<AppEnv>): Promise<Client> => authenticateClient(c.var.deps, c.req.header('authorization'));

const accessFor = (c: Context<AppEnv>, scope: Parameters<typeof readAccess>[2]) =>
  readAccess(c.var.deps, c.req.header('authorization'), scope);

function notUsed(c: Context, allow: string): never {
  c.header('allow', allow);
  throw new DomainError('method-not-allowed', `Only ${allow} is used here.`);
}

/** Runs a call to the authorization server; `unread` is what it is told of a body that was no good. */
const answer = (c: Context<AppEnv>, unread: Refusal, run: () => Promise<Response>) =>
  answerClient(c, { unread, challenge: () => 'Basic realm="waarmerk"' }, run);

/** What a client in a browser has to read beside the body. */
function exposed(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.res.headers.set('access-control-expose-headers', 'link, x-total-count, www-authenticate, retry-after');
  };
}
