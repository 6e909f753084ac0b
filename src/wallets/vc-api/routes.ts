import { type Context, Hono } from 'hono';
import { type AppEnv, openToAll, readJson } from '../../platform/http.ts';
import { answerExchange } from './answer-exchange.ts';
import { readProtocols } from './exchange.ts';

/** Exchanges of the VC-API (VCALM 1.0): wallets come without cookies, with an address that was given to them. */
export const exchangeRoutes = new Hono<AppEnv>()
  .use('/vc-api/workflows/*', openToAll)
  .post('/vc-api/workflows/badge/exchanges/:token', async c => {
    // A wallet that has nothing to say yet may send no body at all.
    const body = c.req.header('content-type') === undefined ? {} : await readJson(c);
    return send(c, await answerExchange(c.var.deps, c.req.param('token'), body));
  })
  .get('/vc-api/workflows/badge/exchanges/:token/protocols', async c =>
    send(c, { protocols: await readProtocols(c.var.deps, c.req.param('token')) }),
  );

const send = (c: Context, body: object) => c.json(body, 200, { 'cache-control': 'no-store' });
