import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { claimKey, once } from '../platform/idempotency.ts';
import { operation } from '../platform/openapi.ts';
import { apiKey } from './api-key-guard.ts';
import {
  type ApiKey,
  apiKeyRoles,
  createApiKey,
  listApiKeys,
  type NewApiKey,
  readApiKey,
  revokeApiKey,
} from './api-keys.ts';
import { MAX_OVERLAP_HOURS, OVERLAP_HOURS, rotateApiKey } from './rotate-api-key.ts';

export const apiKeyInput = z.strictObject({
  role: z.enum(apiKeyRoles),
  label: z.string().trim().min(1).max(200).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
const rotationInput = z.strictObject({
  overlapHours: z
    .int()
    .min(0)
    .max(MAX_OVERLAP_HOURS)
    .default(OVERLAP_HOURS)
    .describe('for how long the old key goes on working; 0 ends it at once'),
});

const shownKey = z.object({
  id: z.string(),
  prefix: z.string().describe('how the key begins'),
  role: z.enum(apiKeyRoles),
  label: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  replacedBy: z.string().nullable().describe('the key that takes its place'),
  lastUsedAt: z.string().nullable().describe('to within a few minutes'),
});
const madeKey = shownKey.extend({
  key: z.string().optional().describe('the secret, this once; the same Idempotency-Key again answers without it'),
});
const tag = 'API keys';
const errors = ['request-invalid', 'json-malformed', 'unauthenticated', 'forbidden'] as const;

const present = (key: ApiKey) => ({ ...key, prefix: `wmk_${key.id}_` });
const asAnswer = (status: number) => (key: ApiKey) => ({ status, body: JSON.stringify(present(key)) });

/** Makes a key. Its secret goes into this answer alone, and not into the one that is kept for a repeated request. */
async function make(c: Context<AppEnv>, ctx: Ctx, run: () => Promise<NewApiKey>): Promise<Response> {
  const read = (id: string) => readApiKey(ctx.deps, ctx.institution, id);
  let secret: string | undefined;
  const answer = await once(ctx, {
    run: async () => {
      const made = await run();
      secret = made.key;
      return read(made.id);
    },
    resume: read,
    done: read,
    present: asAnswer(201),
  });
  const body = secret ? JSON.stringify({ ...JSON.parse(answer.body), key: secret }) : answer.body;
  return sendAnswer(c, { ...answer, body });
}

export const apiKeyRoutes = new Hono<AppEnv>()
  .get(
    '/api/v1/api-keys',
    operation({
      summary: 'The API keys of the institution, oldest first',
      description: 'Asks for the role `admin`. Secrets are not kept, so they are not shown.',
      tag,
      answers: {
        200: { description: 'All', schema: z.object({ items: z.array(shownKey), next: z.null() }) },
      },
      errors: ['unauthenticated', 'forbidden'],
    }),
    apiKey,
    async c => {
      const { deps, institution, actor } = c.var.ctx;
      return c.json({ items: (await listApiKeys(deps, institution, actor)).map(present), next: null });
    },
  )
  .post(
    '/api/v1/api-keys',
    operation({
      summary: 'Make an API key, shown this once',
      description: 'Asks for the role `admin`.',
      tag,
      body: apiKeyInput,
      answers: { 201: { description: 'The key', schema: madeKey } },
      errors: [...errors, 'idempotency-key-reused', 'idempotency-in-progress'],
    }),
    apiKey,
    async c => {
      const { expiresAt, ...input } = parse(apiKeyInput, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const ends = expiresAt ? { expiresAt: new Date(expiresAt) } : {};
      return make(c, ctx, () =>
        createApiKey(ctx.deps, ctx.institution, { ...input, ...ends }, ctx.actor, id => claimKey(ctx, id)),
      );
    },
  )
  .post(
    '/api/v1/api-keys/:id/rotation',
    operation({
      summary: 'Make a key that takes the place of another',
      description: 'Asks for the role `admin`. Both work for the overlap; then the old one ends by itself.',
      tag,
      body: rotationInput,
      answers: { 201: { description: 'The new key', schema: madeKey } },
      errors: [...errors, 'not-found', 'key-state', 'idempotency-key-reused', 'idempotency-in-progress'],
    }),
    apiKey,
    async c => {
      const { overlapHours } = parse(rotationInput, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const input = { id: c.req.param('id'), overlapHours };
      return make(c, ctx, () => rotateApiKey(ctx.deps, ctx.institution, input, ctx.actor, id => claimKey(ctx, id)));
    },
  )
  .delete(
    '/api/v1/api-keys/:id',
    operation({
      summary: 'End an API key at once',
      description: 'Asks for the role `admin`. A key can end itself.',
      tag,
      answers: { 200: { description: 'Ended', schema: shownKey } },
      errors: ['unauthenticated', 'forbidden', 'not-found'],
    }),
    apiKey,
    async c => {
      const ctx = await withIdempotencyKey(c);
      const id = c.req.param('id');
      const read = () => readApiKey(ctx.deps, ctx.institution, id);
      const answer = await once(ctx, {
        run: async () => {
          await revokeApiKey(ctx.deps, ctx.institution, id, ctx.actor, subject => claimKey(ctx, subject));
          return read();
        },
        resume: read,
        done: read,
        present: asAnswer(200),
      });
      return sendAnswer(c, answer);
    },
  );
