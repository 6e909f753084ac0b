import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { apiKey } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { operation } from '../platform/openapi.ts';
import { liftSuspension, revocationInput, revocationReasons, suspendAward, suspensionInput } from './change.ts';
import { finishReplacement } from './finish-replacement.ts';
import { answerWith, presentAward } from './present.ts';
import { type Award, readAward } from './read.ts';
import { replaceAward } from './replace.ts';
import { replacementInput } from './replacement-input.ts';
import { confirmRevocation, readRevocation, rejectRevocation, type Revocation, revokeAward } from './revoke.ts';
import { awardStates } from './schema.ts';

/** An award as every answer of the API tells it. */
export const awardAnswer = z.object({
  id: z.string(),
  state: z.enum([...awardStates, 'lapsed', 'declined']).describe('`lapsed` and `declined`: offered, and not claimed'),
  credential: z
    .url()
    .describe('the signed badge, for the same API key; 409 `not-claimed` until a claim that is asked for'),
  claim: z.url().nullable().describe('where its owner, or whoever holds the link, picks it up'),
});
const waitingAnswer = awardAnswer.extend({
  revocation: z.object({ reason: z.enum(revocationReasons), askedAt: z.string() }).describe('what waits'),
});

export const tag = 'Awards';
const changeErrors = [
  'request-invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'not-claimed',
  'award-state',
  'key-not-opened',
] as const;

/** Runs a change of one award under its Idempotency-Key and answers with the award. */
async function change(c: Context<AppEnv>, run: (ctx: Ctx, id: string) => Promise<Award>): Promise<Response> {
  const id = c.req.param('id')!;
  const ctx = await withIdempotencyKey(c);
  const answer = await once(ctx, {
    run: () => run(ctx, id),
    resume: () => readAward(ctx, id),
    // The key is claimed in the commit that makes the change.
    done: () => readAward(ctx, id),
    present: answerWith(ctx.deps, 200),
  });
  return sendAnswer(c, answer);
}

/** A revocation that waits is no change yet: 202. */
const presentRevocation = (ctx: Ctx) => (revocation: Revocation) => {
  const { award, waiting } = revocation;
  if (!waiting) return answerWith(ctx.deps, 200)(award);
  const { reason, askedAt } = waiting;
  return {
    status: 202,
    body: JSON.stringify({ ...presentAward(ctx.deps, award), revocation: { reason, askedAt } }),
  };
};

/** What happens to an award after its signature. */
export const lifeRoutes = new Hono<AppEnv>()
  .post(
    '/api/v1/awards/:id/revocation',
    operation({
      summary: 'Revoke an award, for good',
      description: 'Where the institution asks for a second person, this asks for it and changes nothing yet.',
      tag,
      body: revocationInput,
      answers: {
        200: { description: 'Revoked; the status list is signed', schema: awardAnswer },
        202: { description: 'It waits for a second person', schema: waitingAnswer },
      },
      errors: [...changeErrors, 'confirmation-needed'],
    }),
    apiKey,
    async c => {
      const input = parse(revocationInput, await readJson(c));
      const id = c.req.param('id');
      const ctx = await withIdempotencyKey(c);
      const read = () => readRevocation(ctx, id);
      const present = presentRevocation(ctx);
      return sendAnswer(
        c,
        await once(ctx, { run: () => revokeAward(ctx, id, input), resume: read, done: read, present }),
      );
    },
  )
  .post(
    '/api/v1/awards/:id/revocation/confirmation',
    operation({
      summary: 'Confirm a revocation that someone else asked for',
      tag,
      answers: { 200: { description: 'Revoked; the status list is signed', schema: awardAnswer } },
      errors: [...changeErrors],
    }),
    apiKey,
    c => change(c, confirmRevocation),
  )
  .delete(
    '/api/v1/awards/:id/revocation',
    operation({
      summary: 'Turn down or take back a revocation that waits',
      tag,
      answers: { 200: { description: 'Nothing waits; the award is as it was', schema: awardAnswer } },
      errors: [...changeErrors],
    }),
    apiKey,
    c => change(c, rejectRevocation),
  )
  .post(
    '/api/v1/awards/:id/suspension',
    operation({
      summary: 'Suspend an award',
      description: 'Only for an achievement that is `suspendable`.',
      tag,
      body: suspensionInput,
      answers: { 200: { description: 'Suspended; the status list is signed', schema: awardAnswer } },
      errors: [...changeErrors],
    }),
    apiKey,
    async c => {
      const input = parse(suspensionInput, await readJson(c));
      return change(c, (ctx, id) => suspendAward(ctx, id, input));
    },
  )
  .delete(
    '/api/v1/awards/:id/suspension',
    operation({
      summary: 'End a suspension',
      tag,
      answers: { 200: { description: 'In force again; the status list is signed', schema: awardAnswer } },
      errors: [...changeErrors],
    }),
    apiKey,
    c => change(c, liftSuspension),
  )
  .post(
    '/api/v1/awards/:id/replacement',
    operation({
      summary: 'Put a new award in the place of one',
      description:
        'A correction or a renewal of the same achievement for the same learner. What is left out stays as it was, `null` takes it away. The old badge then reads as `superseded`; the learner’s links lead to the new one.',
      tag,
      body: replacementInput,
      answers: { 201: { description: 'The new award, signed', schema: awardAnswer } },
      errors: [...changeErrors, 'award-exists', 'award-not-allowed', 'lint-failed', 'signing-failed'],
    }),
    apiKey,
    async c => {
      const input = parse(replacementInput, await readJson(c));
      const id = c.req.param('id');
      const ctx = await withIdempotencyKey(c);
      const signed = async (successor: string) => {
        const award = await readAward(ctx, successor);
        return award.state === 'reserved' ? undefined : award;
      };
      const answer = await once(ctx, {
        run: () => replaceAward(ctx, id, input),
        resume: successor => finishReplacement(ctx, successor),
        done: signed,
        present: answerWith(ctx.deps, 201),
      });
      return sendAnswer(c, answer, { location: `/api/v1/awards/${JSON.parse(answer.body).id}` });
    },
  );
