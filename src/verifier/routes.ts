import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, openToAll, parse, rateLimited, readText } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { operation } from '../platform/openapi.ts';
import { parseDateTimeStamp } from '../vc/date.ts';
import { type CheckInput, checkCredential } from './check.ts';
import { codes, notCheckedSentences } from './codes.ts';
import { checkIds } from './report.ts';

const sentence = z.object({ nl: z.string(), en: z.string() });
const code = z.enum(Object.keys(codes));
const report = z.object({
  verdict: z.enum(['valid', 'invalid', 'indeterminate']),
  code: code.describe('`valid`, or the code of the check that decided'),
  checkedAt: z.iso.datetime(),
  at: z.iso.datetime().optional(),
  checks: z.array(
    z.object({
      id: z.enum(checkIds),
      outcome: z.enum(['ok', 'failed', 'unknown', 'not-applicable', 'skipped']),
      code,
      message: sentence,
      evidence: z.record(z.string(), z.unknown()),
    }),
  ),
  credential: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('what was signed; null when that could not be read'),
  notChecked: z.array(z.object({ id: z.enum(Object.keys(notCheckedSentences)), message: sentence })),
});

const byValue = z.strictObject({ credential: z.union([z.record(z.string(), z.unknown()), z.string()]) });
const byAddress = z.strictObject({ url: z.string() });
const query = z.object({ at: z.string().optional().describe('the moment to judge the dates at: a date, or RFC 3339') });

export const verifierRoutes = new Hono<AppEnv>().use('/api/v1/verifications', openToAll).post(
  '/api/v1/verifications',
  operation({
    summary: 'Check a badge',
    description:
      'The badge as JSON, as a text that holds JSON, by its address, or as the part `file` of a form (multipart/form-data).',
    tag: 'Check',
    open: true,
    query,
    body: z.union([byValue, byAddress]),
    answers: { 200: { description: 'What the check found, whatever the verdict', schema: report } },
    errors: [
      ...(['request-invalid', 'json-malformed', 'limit-broken', 'body-too-large', 'media-type-unsupported'] as const),
      ...(['credential-unreadable', 'credential-unreachable', 'rate-limited'] as const),
    ],
  }),
  rateLimited,
  async c => {
    const at = readAt(c.req.query('at'));
    const answer = await checkCredential(c.var.deps, await readInput(c), { at });
    return c.json(answer, 200, { 'cache-control': 'no-store' });
  },
);

/** A body that is read wherever it can be: what a limit of the badge forbids is a 422, not a broken request. */
async function readInput(c: Context<AppEnv>): Promise<CheckInput> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'multipart/form-data') return { credential: await readFile(c) };
  if (type !== 'application/json') {
    throw new DomainError(
      'media-type-unsupported',
      'Send JSON with Content-Type: application/json, or a form with a file.',
    );
  }
  try {
    // One level more than a badge may have: the badge is a member of the body.
    const body = parseJson(await readText(c), { maxDepth: 33 });
    return typeof body === 'object' && body !== null && 'url' in body ? parse(byAddress, body) : parse(byValue, body);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'limit-depth') {
      throw new DomainError('limit-broken', 'The badge has more than 32 levels.', { cause: error });
    }
    throw error;
  }
}

async function readFile(c: Context<AppEnv>): Promise<string> {
  const form = await c.req.formData().catch(() => undefined);
  const file = form?.get('file');
  if (!(file instanceof File)) throw new DomainError('request-invalid', 'The form has no part "file" with a file.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new DomainError('credential-unreadable', 'There is no badge in this file: it is not text.');
  }
}

/** A moment, or a day, which is taken at noon UTC. */
function readAt(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = parseDateTimeStamp(text) ?? parseDateTimeStamp(`${text}T12:00:00Z`);
  if (!at) throw new DomainError('request-invalid', 'at is a date, as in 2026-01-31, or a moment with its zone.');
  return at;
}
