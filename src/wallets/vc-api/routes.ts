import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type AppEnv, openToAll, readJson } from '../../platform/http.ts';
import { operation } from '../../platform/openapi.ts';
import { answerExchange } from './answer-exchange.ts';
import { readProtocols } from './exchange.ts';

const anything = z.record(z.string(), z.unknown());
const errors = ['not-found', 'link-spent'] as const;

/** Exchanges of the VC-API (VCALM 1.0): wallets come without cookies, with an address that was given to them. */
export const exchangeRoutes = new Hono<AppEnv>()
  .use('/vc-api/workflows/*', openToAll)
  .post(
    '/vc-api/workflows/badge/exchanges/:token',
    operation({
      summary: 'Take part in an exchange (VC-API)',
      description:
        'For the wallet of a learner. An empty object is answered with what the wallet is to sign; a presentation with the badge, once, for the DID that signed. A presentation that is not in an envelope is answered with one.',
      tag: 'Wallets',
      open: true,
      body: z.looseObject({ verifiablePresentation: anything.optional() }),
      answers: { 200: { description: 'What to sign, or the badge', schema: anything } },
      errors: [...errors, 'request-invalid', 'award-state'],
    }),
    async c => {
      // A wallet that has nothing to say yet may send no body at all.
      const body = c.req.header('content-type') === undefined ? {} : await readJson(c);
      return send(c, await answerExchange(c.var.deps, c.req.param('token'), body));
    },
  )
  .get(
    '/vc-api/workflows/badge/exchanges/:token/protocols',
    operation({
      summary: 'Read the protocols of an exchange (VC-API)',
      tag: 'Wallets',
      open: true,
      answers: {
        200: {
          description: 'Addresses by protocol',
          schema: z.object({ protocols: z.record(z.string(), z.string()) }),
        },
      },
      errors: [...errors],
    }),
    async c => send(c, { protocols: await readProtocols(c.var.deps, c.req.param('token')) }),
  );

const send = (c: Context, body: object) => c.json(body, 200, { 'cache-control': 'no-store' });
