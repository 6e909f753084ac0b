import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import {
  type AppEnv,
  keepAlive,
  openToAll,
  ownLimit,
  parse,
  rateLimited,
  readText,
  takeFrom,
} from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { operation } from '../platform/openapi.ts';
import { fromBase64url } from '../platform/ids.ts';
import { findBatch, readBatch, startBatch } from './batch.ts';
import type { BatchInput } from './batch-inputs.ts';
import { reportBatch } from './batch-report.ts';
import { MAX_BATCH } from './batch-refused.ts';
import { countRows, signedReport } from './check-report.ts';
import { readAt } from './routes.ts';
import { runBatch } from './run-batch.ts';

/** Rows that one request of a Worker may check behind its answer; a next view goes on. */
const ROWS_A_REQUEST = 25;
/** What a batch costs of what one address may ask. */
const COST = 10;
const WAIT = 'Please wait before you check many badges again.';
/**
 * Batches of one address. Each lies here for an hour, and whoever brings all that there is room for shuts out the rest.
 */
const takeBatch = ownLimit({ burst: 20, perMinute: 1 }, WAIT);

const name = z.string().trim().min(1).max(200).optional().describe('how you know it; it stands in the answer');
const oneInput = z.union([
  z.strictObject({ name, url: z.string().min(1).max(2_048) }),
  z.strictObject({ name, credential: z.union([z.record(z.string(), z.unknown()), z.string().min(1)]) }),
  z.strictObject({ name, file: z.string().min(1).max(1_900_000).describe('a file, in base64url') }),
]);
const batchInput = z.strictObject({
  inputs: z.array(oneInput).describe(`2 to ${MAX_BATCH}`),
  asOf: z.string().optional().describe('the moment to judge the dates at: a date, or RFC 3339'),
  language: z.enum(['nl', 'en']).default('nl').describe('of the page and the report'),
});

const rows = signedReport.shape.rows.element.extend({
  kind: z.string().optional().describe('why nothing could be read'),
  detail: z.string().optional(),
});
const state = z.object({
  id: z.string(),
  url: z.string().describe('its page'),
  state: z.enum(['checking', 'done']),
  total: z.int(),
  done: z.int(),
  expiresAt: z.iso.datetime(),
});
const tag = 'Check';

/** Many badges at once, for programs: the same as the page does. */
export const batchRoutes = new Hono<AppEnv>()
  .use('/api/v1/verification-batches', openToAll)
  .use('/api/v1/verification-batches/*', openToAll)
  .post(
    '/api/v1/verification-batches',
    operation({
      summary: `Check many badges, at most ${MAX_BATCH}`,
      description:
        'They are checked in the background. Whoever has the id can read what came of them, for an hour; what was sent is ' +
        'deleted as soon as it was checked. Several badges in one file or behind one link have a row each.',
      tag,
      open: true,
      body: batchInput,
      answers: { 202: { description: 'Taken in', schema: state } },
      errors: ['request-invalid', 'json-malformed', 'body-too-large', 'rate-limited', 'too-busy'],
    }),
    rateLimited,
    async c => {
      const { inputs, asOf, language } = parse(batchInput, parseJson(await readText(c), { maxDepth: 36 }));
      const at = readAt(asOf);
      const token = await beginBatch(c, inputs.map(inputOf), { language, ...(at ? { asOf: at } : {}) });
      const location = `${c.var.deps.config.origin}/api/v1/verification-batches/${token}`;
      return c.json(await present(c, token), 202, { location, 'cache-control': 'no-store' });
    },
  )
  .get(
    '/api/v1/verification-batches/:id',
    operation({
      summary: 'How far a batch is, and what came of each badge once all are done',
      tag,
      open: true,
      answers: {
        200: {
          description: 'Its state',
          schema: state.extend({ counts: signedReport.shape.counts.optional(), rows: z.array(rows) }),
        },
      },
      errors: ['not-found'],
    }),
    async c => {
      const token = c.req.param('id');
      await goOn(c, token);
      return c.json(await present(c, token), 200, { 'cache-control': 'no-store' });
    },
  )
  .get(
    '/api/v1/verification-batches/:id/report',
    operation({
      summary: 'The report of a batch, signed by this service',
      description: 'A Data Integrity proof (eddsa-jcs-2022) by the DID of the service, `/.well-known/did.json`.',
      tag,
      open: true,
      answers: { 200: { description: 'The report', schema: signedReport } },
      errors: ['not-found', 'too-busy'],
    }),
    async c => c.json(await reportBatch(c.var.deps, c.req.param('id')), 200, { 'cache-control': 'no-store' }),
  );

/** Takes a batch in and starts on it behind the answer. It counts as more than one check. @throws as `startBatch` */
export async function beginBatch(
  c: Context<AppEnv>,
  inputs: BatchInput[],
  asked: Parameters<typeof startBatch>[2],
): Promise<string> {
  const { deps } = c.var;
  takeBatch(c);
  const { rateLimit } = deps;
  for (let taken = 1; rateLimit && taken < COST; taken++) takeFrom(c, rateLimit, WAIT);
  const token = await startBatch(deps, inputs, asked);
  await goOn(c, token);
  return token;
}

/** Goes on with a batch behind the answer, wherever it was left. @throws DomainError `not-found` */
export async function goOn(c: Context<AppEnv>, token: string): Promise<void> {
  const { deps } = c.var;
  const batch = await findBatch(deps, token);
  keepAlive(c, lives => runBatch(deps, batch, lives ? ROWS_A_REQUEST : undefined), 'batch');
}

async function present(c: Context<AppEnv>, token: string) {
  const { total, done, expiresAt, rows } = await readBatch(c.var.deps, token);
  return {
    id: token,
    url: `${c.var.deps.config.origin}/verify/many/${token}`,
    state: done < total ? 'checking' : 'done',
    total,
    done,
    expiresAt,
    ...(done < total ? {} : { counts: countRows(rows) }),
    rows,
  };
}

function inputOf(input: z.infer<typeof oneInput>, i: number): BatchInput {
  const name = input.name ?? ('url' in input ? input.url : `${i + 1}`);
  if ('url' in input) return { name, text: input.url };
  if ('credential' in input) {
    const { credential } = input;
    return { name, text: typeof credential === 'string' ? credential : JSON.stringify(credential) };
  }
  const file = fromBase64url(input.file);
  if (!file) throw new DomainError('request-invalid', 'A file is base64url without padding.');
  return { name, file };
}
