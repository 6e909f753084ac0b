import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, openToAll, parse, rateLimited, readText } from '../platform/http.ts';
import { parseJson } from '../platform/json.ts';
import { operation } from '../platform/openapi.ts';
import { parseDateTimeStamp } from '../vc/date.ts';
import { type Asked, type CheckInput, checkCredential } from './check.ts';
import { recipientAsked } from './checks/recipient-asked.ts';
import { codes, notCheckedSentences } from './codes.ts';
import { checkIds } from './report.ts';
import { ownTrustList } from './trust-read.ts';

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
  refresh: z
    .object({ outcome: z.string(), code, message: sentence, evidence: z.record(z.string(), z.unknown()) })
    .optional()
    .describe('what came of asking for a newer version, where the badge says that one can be had'),
  technical: z.record(z.string(), z.unknown()).optional().describe('with `view=technical`'),
  credential: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('what was signed; null when that could not be read'),
  notChecked: z.array(z.object({ id: z.enum(Object.keys(notCheckedSentences)), message: sentence })),
});

const beside = {
  recipient: recipientAsked
    .optional()
    .describe('whom you have in front of you; compared, and neither kept nor repeated'),
  trust: ownTrustList.optional().describe('a list of issuers of your own, for this check'),
};
const byValue = z.strictObject({ credential: z.union([z.record(z.string(), z.unknown()), z.string()]), ...beside });
const byAddress = z.strictObject({ url: z.string(), ...beside });
const query = z.object({
  at: z.string().optional().describe('the moment to judge the dates at: a date, or RFC 3339'),
  only: z.enum(['trusted']).optional().describe('fetch nothing for an issuer that is on no list'),
  view: z.enum(['technical']).optional().describe('add canonical forms, hashes, documents used and timing'),
  choice: z.string().optional().describe('which badge, by its `index`, where an earlier answer was `several-badges`'),
});

export const verifierRoutes = new Hono<AppEnv>().use('/api/v1/verifications', openToAll).post(
  '/api/v1/verifications',
  operation({
    summary: 'Check a badge',
    description:
      'As a value: a badge, a list of badges or a presentation. As a text: the same, a JWT, an SD-JWT or a link. By an ' +
      'address. Or as the part `file` of a form (multipart/form-data): any of these, a PNG or an SVG with a badge baked ' +
      'in, a PDF with a badge attached, or a PNG or a JPEG of a QR code. What it is, is told by its content.',
    tag: 'Check',
    open: true,
    query,
    body: z.union([byValue, byAddress]),
    answers: { 200: { description: 'What the check found, whatever the verdict', schema: report } },
    errors: [
      ...(['request-invalid', 'json-malformed', 'limit-broken', 'body-too-large', 'media-type-unsupported'] as const),
      ...(['credential-unreadable', 'credential-unreachable', 'several-badges', 'rate-limited', 'too-busy'] as const),
    ],
  }),
  rateLimited,
  async c => {
    const at = readAt(c.req.query('at'));
    const choice = readChoice(c.req.query('choice'));
    const onlyTrusted = readFlag('only', c.req.query('only'), 'trusted');
    const technical = readFlag('view', c.req.query('view'), 'technical');
    const { input, ...asked } = await readInput(c);
    const answer = await checkCredential(c.var.deps, input, { ...asked, at, choice, onlyTrusted, technical });
    return c.json(answer, 200, { 'cache-control': 'no-store' });
  },
);

/** A body that is read wherever it can be: what a limit of the badge forbids is a 422, not a broken request. */
async function readInput(c: Context<AppEnv>): Promise<Pick<Asked, 'recipient' | 'trust'> & { input: CheckInput }> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'multipart/form-data') return readForm(c);
  if (type !== 'application/json') {
    throw new DomainError(
      'media-type-unsupported',
      'Send JSON with Content-Type: application/json, or a form with a file.',
    );
  }
  try {
    // One level more than a badge may have: the badge is a member of the body.
    const body = parseJson(await readText(c), { maxDepth: 33 });
    const byUrl = typeof body === 'object' && body !== null && 'url' in body;
    const { recipient, trust, ...input } = byUrl ? parse(byAddress, body) : parse(byValue, body);
    return { input, recipient, trust };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'limit-depth') {
      throw new DomainError('limit-broken', 'The badge has more than 32 levels.', { cause: error });
    }
    throw error;
  }
}

/** A file, and beside it, each as JSON in a part of its own, what may stand beside a badge in a body of JSON. */
async function readForm(c: Context): Promise<Pick<Asked, 'recipient' | 'trust'> & { input: CheckInput }> {
  const form = await c.req.formData().catch(cause => {
    throw new DomainError('request-invalid', 'The form could not be read.', { cause });
  });
  const file = form.get('file');
  if (!(file instanceof File)) throw new DomainError('request-invalid', 'The form has no part "file" with a file.');
  const part = async (name: keyof typeof beside) => {
    const value = form.get(name);
    return value === null ? undefined : parseJson(typeof value === 'string' ? value : await value.text());
  };
  const asked = parse(z.strictObject(beside), { recipient: await part('recipient'), trust: await part('trust') });
  return { input: { file: new Uint8Array(await file.arrayBuffer()) }, ...asked };
}

function readFlag(name: string, text: string | undefined, value: string): boolean {
  if (text !== undefined && text !== value) throw new DomainError('request-invalid', `${name} is ${value}.`);
  return text === value;
}

function readChoice(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text)) throw new DomainError('request-invalid', 'choice is the index of a badge, as in 0.');
  return Number(text);
}

/** A moment, or a day, which is taken at noon UTC. */
export function readAt(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = parseDateTimeStamp(text) ?? parseDateTimeStamp(`${text}T12:00:00Z`);
  if (!at) throw new DomainError('request-invalid', 'at is a date, as in 2026-01-31, or a moment with its zone.');
  return at;
}
