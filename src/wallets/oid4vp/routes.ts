import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DomainError } from '../../platform/errors.ts';
import { type AppEnv, openToAll, rateLimited } from '../../platform/http.ts';
import { parseJson } from '../../platform/json.ts';
import { toProblem } from '../../platform/problem.ts';
import { readParameters } from '../oauth/parameters.ts';
import { type ResponseMode, signRequest } from './sign-request.ts';
import { takeAnswer } from './take-answer.ts';

/** OpenID4VP 1.0 as a verifier: wallets fetch a request, and post an answer. They come without cookies. */
export const oid4vpRoutes = new Hono<AppEnv>()
  .use('/w/*', openToAll)
  .use('/api/oid4vp/*', openToAll)
  .get('/w/:token', rateLimited, c => send(c, c.req.param('token'), 'direct_post'))
  .get('/w/:token/sealed', rateLimited, c => send(c, c.req.param('token'), 'direct_post.jwt'))
  .post('/w/:token', rateLimited, c => send(c, c.req.param('token'), 'direct_post'))
  .post('/w/:token/sealed', rateLimited, c => send(c, c.req.param('token'), 'direct_post.jwt'))
  .post('/api/oid4vp/:token', rateLimited, async c => {
    c.header('cache-control', 'no-store');
    try {
      return c.json(await takeAnswer(c.var.deps, c.req.param('token'), await readParameters(c)));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { problem } = toProblem(error, c.var.requestId);
      if (problem.status >= 500) throw error;
      return c.json({ error: 'invalid_request', error_description: error.detail }, problem.status);
    }
  });

/** OpenID4VP §5.10: to a GET, and to a POST that may bring a nonce of the wallet and what it knows. */
async function send(c: Context<AppEnv>, token: string, mode: ResponseMode): Promise<Response> {
  const posted = c.req.method === 'POST' ? await readParameters(c) : undefined;
  const nonce = posted?.('wallet_nonce');
  const walletNonce = nonce && /^[\x21-\x7e]{1,500}$/.test(nonce) ? nonce : undefined;
  const algorithms = algorithmsIn(posted?.('wallet_metadata'));
  const jwt = await signRequest(c.var.deps, token, { mode, walletNonce, algorithms });
  return c.body(jwt, 200, { 'content-type': 'application/oauth-authz-req+jwt', 'cache-control': 'no-store' });
}

const walletMetadata = z.looseObject({ request_object_signing_alg_values_supported: z.array(z.string()).max(100) });

/** The signatures that a wallet says it knows (OpenID4VP §10); undefined where it says nothing that can be read. */
function algorithmsIn(metadata: string | undefined): string[] | undefined {
  if (metadata === undefined) return undefined;
  try {
    return walletMetadata.safeParse(parseJson(metadata)).data?.request_object_signing_alg_values_supported;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
