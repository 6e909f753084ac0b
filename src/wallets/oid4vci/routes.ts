import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { type Institution, readInstitution } from '../../institutions/index.ts';
import { DomainError } from '../../platform/errors.ts';
import { type AppEnv, openToAll, rateLimited, readJson } from '../../platform/http.ts';
import { type Access, readAccess } from './access.ts';
import { PROOF_ALGORITHMS } from './configurations.ts';
import { issueCredential } from './credential.ts';
import { fetchDeferred } from './deferred.ts';
import type { DpopSent } from './dpop.ts';
import { issuerMetadata, serverMetadata } from './metadata.ts';
import { makeNonce } from './nonce.ts';
import { takeNotification } from './notification.ts';
import { readWalletOffer } from './offer.ts';
import { readParameters } from '../oauth/parameters.ts';
import { pushRequest } from './pushed-request.ts';
import { answerClient, NO_STORE } from '../oauth/answer.ts';
import { type Refusal, refused } from '../oauth/refusal.ts';
import { redeem } from './token.ts';

/** OpenID4VCI 1.0: each institution is an issuer, `ORIGIN/i/SLUG`. */
export const oid4vciRoutes = new Hono<AppEnv>()
  .use('/.well-known/openid-credential-issuer/*', openToAll)
  .use('/.well-known/oauth-authorization-server/*', openToAll)
  .use('/i/:slug/.well-known/*', openToAll)
  // Looked for by wallets of drafts. One in a browser has to be able to read that it is not there.
  .use('/.well-known/openid-configuration/*', openToAll)
  .use('/o/:token', openToAll)
  .use('/api/oid4vci/*', openToAll, openToWallets())
  // OID4VCI §12.2.2 puts it between host and path; drafts up to 15 behind the path.
  .get('/.well-known/openid-credential-issuer/i/:slug', c => sendIssuer(c, c.req.param('slug')))
  .get('/.well-known/openid-credential-issuer/i/:slug/', c => sendIssuer(c, c.req.param('slug')))
  .get('/i/:slug/.well-known/openid-credential-issuer', c => sendIssuer(c, c.req.param('slug')))
  // RFC 8414 §3.1, and likewise.
  .get('/.well-known/oauth-authorization-server/i/:slug', c => sendServer(c, c.req.param('slug')))
  .get('/.well-known/oauth-authorization-server/i/:slug/', c => sendServer(c, c.req.param('slug')))
  .get('/i/:slug/.well-known/oauth-authorization-server', c => sendServer(c, c.req.param('slug')))
  .get('/o/:token', async c => c.json(await readWalletOffer(c.var.deps, c.req.param('token')), 200, NO_STORE))
  .post('/api/oid4vci/:slug/par', rateLimited, c =>
    answer(c, 'invalid_request', async institution => {
      const given = await readParameters(c);
      return { status: 201, body: await pushRequest(c.var.deps, institution, given, dpopOf(c)) };
    }),
  )
  .post('/api/oid4vci/:slug/token', c =>
    answer(c, 'invalid_request', async institution => {
      const given = await readParameters(c);
      return { body: await redeem(c.var.deps, institution, given, dpopOf(c)) };
    }),
  )
  .post('/api/oid4vci/:slug/nonce', c =>
    answer(c, 'invalid_request', async ({ id }) => ({ body: { c_nonce: await makeNonce(c.var.deps, id) } })),
  )
  .post('/api/oid4vci/:slug/credential', c =>
    answer(c, 'invalid_credential_request', async institution => {
      const access = await accessOf(c, institution);
      return delivered(await issueCredential(c.var.deps, institution, access, await readJson(c)));
    }),
  )
  .post('/api/oid4vci/:slug/deferred', c =>
    answer(c, 'invalid_credential_request', async institution => {
      const access = await accessOf(c, institution);
      return delivered(await fetchDeferred(c.var.deps, institution, access, await readJson(c)));
    }),
  )
  .post('/api/oid4vci/:slug/notification', c =>
    answer(c, 'invalid_notification_request', async institution => {
      const access = await accessOf(c, institution);
      await takeNotification(c.var.deps, institution, access, await readJson(c));
      return { status: 204 };
    }),
  )
  .all('/api/oid4vci/:slug/:endpoint{par|token|nonce|credential|deferred|notification}', c => {
    c.header('allow', 'POST, OPTIONS');
    throw new DomainError('method-not-allowed', 'Only POST is used here.');
  });

const sendMetadata = (c: Context, body: object) => c.json(body, 200, { 'cache-control': 'public, max-age=300' });

async function sendIssuer(c: Context<AppEnv>, slug: string) {
  return sendMetadata(c, issuerMetadata(c.var.deps, await readInstitution(c.var.deps, slug)));
}
async function sendServer(c: Context<AppEnv>, slug: string) {
  return sendMetadata(c, serverMetadata(c.var.deps, (await readInstitution(c.var.deps, slug)).slug));
}

interface Told {
  status?: 200 | 201 | 202 | 204;
  body?: object;
}

/** OID4VCI §8.3: what has to wait is told as that. */
const delivered = (body: object): Told => ({ status: 'transaction_id' in body ? 202 : 200, body });

/** Runs a call of a wallet; `unread` is what it is told of a body that was no good. */
const answer = (c: Context<AppEnv, string>, unread: Refusal, run: (institution: Institution) => Promise<Told>) =>
  answerClient(c, { unread, challenge: refusal => challengeFor(c.req.header('authorization'), refusal) }, async () => {
    const { status = 200, body } = await run(await readInstitution(c.var.deps, c.req.param('slug')!));
    return status === 204 ? c.body(null, status, NO_STORE) : c.json(body, status, NO_STORE);
  });

/** RFC 6750 §3, RFC 9449 §7.1. Without a token there is nothing to say of it. */
function challengeFor(authorization: string | undefined, refusal: Refusal): string {
  if (!authorization) return `Bearer, DPoP algs="${PROOF_ALGORITHMS.join(' ')}"`;
  return `${/^dpop /i.test(authorization) ? 'DPoP' : 'Bearer'} error="${refusal}"`;
}

/** @throws DomainError with `invalid_token`; `invalid_request` for a token in the address, where it is logged */
async function accessOf(c: Context<AppEnv>, { id }: Institution): Promise<Access> {
  if (c.req.query('access_token') !== undefined)
    throw refused('invalid_request', 'An access token does not belong in an address.');
  return readAccess(c.var.deps, id, {
    authorization: c.req.header('authorization'),
    dpop: c.req.header('dpop'),
    ...calledBy(c),
  });
}

/** The call as whoever made it knows it, behind whatever stands between. */
const calledBy = (c: Context<AppEnv>) => ({ method: c.req.method, url: c.var.deps.config.origin + c.req.path });

/** The DPoP proof of a request that fetches a code or a token, where there is one. */
function dpopOf(c: Context<AppEnv>): DpopSent | undefined {
  const proof = c.req.header('dpop');
  return proof === undefined ? undefined : { proof, ...calledBy(c) };
}

/** Wallets in a browser send a token and read why it was refused. */
function openToWallets(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.res.headers.set('access-control-expose-headers', 'www-authenticate');
  };
}
