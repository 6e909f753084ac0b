import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { apiKey, requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, openToAll, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import { awardCredential } from './award.ts';
import { awardInput } from './award-input.ts';
import { eraseAward } from './erase-award.ts';
import { finishAward } from './finish.ts';
import { answerWith, presentAward } from './present.ts';
import { type AwardSummary, listAwards, readCredential, readSummary } from './read.ts';
import { readReplies } from './reply.ts';
import { awardAnswer as award, lifeRoutes, tag } from './routes-life.ts';
import { ooapiRoutes } from './routes-ooapi.ts';
import { typeMetadata } from './sd-jwt-claims.ts';
import { readStatusList, TTL_MS } from './status.ts';
import { withdrawOffer } from './withdraw-offer.ts';

const reply = z.object({ id: z.string(), words: z.string().nullable(), at: z.string() });

/** The award, once a sweep or another process has signed it, or as it is offered. */
async function readDone(ctx: Ctx, id: string): Promise<AwardSummary | undefined> {
  const award = await readSummary(ctx, id);
  return award.state === 'reserved' ? undefined : award;
}

/** What was awarded, and to whom, is for those who award and those who watch over it. */
const mayRead: MiddlewareHandler<AppEnv> = (c, next) => {
  requireRight(c.var.ctx, 'award.read');
  return next();
};

export const credentialRoutes = new Hono<AppEnv>()
  .post(
    '/api/v1/awards',
    operation({
      summary: 'Award an achievement',
      description:
        'On a decision that was taken elsewhere. The badge is signed at once, or, where its achievement asks for a claim, when the learner claims it; `claim` is for the learner.',
      tag,
      body: awardInput,
      answers: { 201: { description: 'Awarded: signed, or offered', schema: award } },
      errors: [
        ...([
          'request-invalid',
          'json-malformed',
          'unauthenticated',
          'forbidden',
          'not-found',
          'award-exists',
        ] as const),
        ...(['achievement-not-published', 'award-not-allowed', 'lint-failed', 'idempotency-key-reused'] as const),
        ...(['idempotency-in-progress', 'key-not-opened', 'signing-failed', 'storage-full', 'database-busy'] as const),
      ],
    }),
    apiKey,
    async c => {
      const input = parse(awardInput, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const answer = await once(ctx, {
        run: () => awardCredential(ctx, input),
        resume: id => finishAward(ctx, id),
        done: id => readDone(ctx, id),
        present: answerWith(ctx.deps, 201),
      });
      return sendAnswer(c, answer, { location: `/api/v1/awards/${JSON.parse(answer.body).id}` });
    },
  )
  .get(
    '/api/v1/awards',
    operation({
      summary: 'Awards of the institution, newest first',
      tag,
      query: pageQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ items: z.array(award), next: z.string().nullable() }) },
      },
      errors: ['request-invalid', 'unauthenticated', 'forbidden'],
    }),
    apiKey,
    mayRead,
    async c => {
      const page = await listAwards(c.var.ctx, readPage(c.req.query()));
      return c.json({ items: page.items.map(a => presentAward(c.var.deps, a)), next: page.next ?? null });
    },
  )
  .get(
    '/api/v1/awards/:id',
    operation({
      summary: 'One award',
      tag,
      answers: { 200: { description: 'Its state', schema: award } },
      errors: ['unauthenticated', 'forbidden', 'not-found'],
    }),
    apiKey,
    mayRead,
    async c => c.json(presentAward(c.var.deps, await readSummary(c.var.ctx, c.req.param('id')))),
  )
  .delete(
    '/api/v1/awards/:id',
    operation({
      summary: 'Withdraw an award that is not claimed yet',
      description: 'It leaves no trace: nothing was signed, its link leads nowhere. A signed one can only be revoked.',
      tag,
      answers: { 204: { description: 'Withdrawn' } },
      errors: ['unauthenticated', 'forbidden', 'not-found', 'award-state'],
    }),
    apiKey,
    async c => {
      const ctx = await withIdempotencyKey(c);
      const id = c.req.param('id');
      await once(ctx, {
        run: () => withdrawOffer(ctx, id),
        resume: async () => undefined,
        // The key is claimed in the commit that withdraws.
        done: async () => null,
        present: () => ({ status: 204, body: '' }),
      });
      return c.body(null, 204);
    },
  )
  .get(
    '/api/v1/awards/:id/credential',
    operation({
      summary: 'The signed badge',
      tag,
      answers: {
        200: { description: 'An Open Badges 3.0 credential', schema: z.looseObject({}), mediaType: 'application/vc' },
      },
      errors: ['unauthenticated', 'forbidden', 'not-found', 'not-claimed', 'not-signed'],
    }),
    apiKey,
    mayRead,
    async c => c.body(await readCredential(c.var.ctx, c.req.param('id')), 200, { 'content-type': 'application/vc' }),
  )
  .get(
    '/api/v1/awards/:id/replies',
    operation({
      summary: 'What the learner replied to a suspension, a revocation or a replacement',
      tag,
      answers: { 200: { description: 'The replies, oldest first', schema: z.object({ items: z.array(reply) }) } },
      errors: ['unauthenticated', 'forbidden', 'not-found', 'not-claimed'],
    }),
    apiKey,
    async c => {
      c.header('cache-control', 'no-store');
      return c.json({ items: await readReplies(c.var.ctx, c.req.param('id')) });
    },
  )
  .post(
    '/api/v1/awards/:id/erasure',
    operation({
      summary: 'Erase what is personal in an award',
      description:
        'For a recipient who asks for it and has no account here. Recipient, narrative, evidence, results and the signed document go; the status stays, so a copy that they have checks as before. Cannot be undone.',
      tag,
      answers: { 204: { description: 'Erased' } },
      errors: ['unauthenticated', 'forbidden', 'not-found', 'not-claimed', 'award-state', 'award-erased'],
    }),
    apiKey,
    async c => {
      await eraseAward(c.var.ctx, c.req.param('id'));
      return c.body(null, 204);
    },
  )
  .route('/', lifeRoutes)
  .route('/', ooapiRoutes)
  .get('/vct/open-badge', openToAll, c => {
    c.header('cache-control', 'public, max-age=3600');
    return c.json(typeMetadata(c.var.deps.config.origin));
  })
  .get('/status/:listId', openToAll, async c => {
    const { document, etag, mediaType } = await readStatusList(c.var.deps, c.req.param('listId'));
    const headers = {
      etag,
      'cache-control': `public, max-age=${TTL_MS / 1000}`,
      'content-type': mediaType,
    };
    const wanted = (c.req.header('if-none-match') ?? '').split(',').map(t => t.trim().replace(/^W\//, ''));
    if (wanted.includes(headers.etag)) return c.body(null, 304, headers);
    return c.body(document, 200, headers);
  });
