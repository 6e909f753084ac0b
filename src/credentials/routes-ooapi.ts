import { Hono } from 'hono';
import { z } from 'zod';
import { apiKey, requireRight } from '../institutions/index.ts';
import { type AppEnv, readJson, sendAnswer } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { operation } from '../platform/openapi.ts';
import { awardResult } from './award-result.ts';
import { finishAward } from './finish.ts';
import { answerWith } from './present.ts';
import { readSummary } from './read.ts';
import { readOoapiResult } from './read-ooapi-result.ts';
import { awardAnswer as award, tag } from './routes-life.ts';

const open = z.looseObject;
/** What is read of an association; the rest of it is left alone. */
const association = open({
  associationId: z.string().optional().describe('version 5; in version 6 `courseOfferingAssociationId` and the like'),
  person: open({}).describe('expanded, with a `codeType` of `x-eduid` or `x-eppn`, or an e-mail address'),
  offering: open({}).describe('expanded, with its course or programme; in version 6 `courseOffering` and the like'),
  result: open({
    state: z.literal('completed'),
    pass: z.literal('passed'),
    final: z.literal(true),
    resultDateTime: z.string().describe('`resultDate` in version 5'),
    score: z.string().optional(),
  }),
});

/** Results of a student information system, as its OOAPI tells them. */
export const ooapiRoutes = new Hono<AppEnv>().post(
  '/api/v1/ooapi/results',
  operation({
    summary: 'Award on a result of an OOAPI (version 5 or 6)',
    description:
      'An association with its result, as an OOAPI gives it. A result that is completed, passed and final awards the achievement that was imported from its course or programme; anything else is a 422 with `why`. The same result again is the same award: no Idempotency-Key is needed.',
    tag,
    body: association,
    answers: { 201: { description: 'Awarded, now or before: signed, or offered', schema: award } },
    errors: [
      ...(['json-malformed', 'request-invalid', 'unauthenticated', 'forbidden', 'achievement-not-published'] as const),
      ...(['award-exists', 'award-not-allowed', 'lint-failed', 'idempotency-in-progress', 'key-not-opened'] as const),
    ],
  }),
  apiKey,
  async c => {
    requireRight(c.var.ctx, 'award.make');
    const result = readOoapiResult(await readJson(c));
    // A key with a space in it is none that a client can send.
    const ctx = { ...c.var.ctx, once: { key: `ooapi ${result.id}`, request: 'result' } };
    const answer = await once(ctx, {
      run: () => awardResult(ctx, result),
      resume: id => finishAward(ctx, id),
      done: async id => {
        const summary = await readSummary(ctx, id);
        return summary.state === 'reserved' ? undefined : summary;
      },
      present: answerWith(ctx.deps, 201),
    });
    return sendAnswer(c, answer, { location: `/api/v1/awards/${JSON.parse(answer.body).id}` });
  },
);
