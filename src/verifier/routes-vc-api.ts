import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type AppEnv, openToAll, rateLimited, readJson } from '../platform/http.ts';
import { operation } from '../platform/openapi.ts';
import { verifyDepsOf } from './check.ts';
import { answerCredential, answerPresentation, type VcApiAnswer } from './vc-api.ts';

const anything = z.record(z.string(), z.unknown());
const answer = z.looseObject({
  verified: z.boolean(),
  verdict: z.enum(['valid', 'invalid', 'indeterminate']),
  code: z.string(),
  errors: z.array(z.object({ type: z.string(), title: z.string(), detail: z.string().optional() })),
});
const answers = {
  200: { description: 'Verified', schema: answer },
  400: { description: 'Not verified, or it could not be told', schema: answer },
};
const errors = ['json-malformed', 'body-too-large', 'media-type-unsupported', 'rate-limited'] as const;

/** The VC-API of a verifier. It verifies any credential; it issues none. */
export const vcApiRoutes = new Hono<AppEnv>()
  .use('/vc-api/*', openToAll)
  .post(
    '/vc-api/credentials/verify',
    operation({
      summary: 'Verify a credential (VC-API)',
      description: 'Any verifiable credential, as an object, an envelope or a JWT. Unknown options are ignored.',
      tag: 'Check',
      open: true,
      body: z.looseObject({ verifiableCredential: z.union([anything, z.string()]), options: anything.optional() }),
      answers,
      errors: [...errors],
    }),
    rateLimited,
    async c => send(c, await answerCredential(await readJson(c), verifyDepsOf(c.var.deps))),
  )
  .post(
    '/vc-api/presentations/verify',
    operation({
      summary: 'Verify a presentation (VC-API)',
      description: 'Give the `challenge` that it was asked with, and the `domain`, in `options`.',
      tag: 'Check',
      open: true,
      body: z.looseObject({ verifiablePresentation: z.union([anything, z.string()]), options: anything.optional() }),
      answers,
      errors: [...errors],
    }),
    rateLimited,
    async c => send(c, await answerPresentation(await readJson(c), verifyDepsOf(c.var.deps))),
  );

const send = (c: Context, { status, body }: VcApiAnswer) => c.json(body, status, { 'cache-control': 'no-store' });
