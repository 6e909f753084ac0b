import { Hono } from 'hono';
import { z } from 'zod';
import { readAudit } from '../platform/audit.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, openToAll, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import { apiKey } from './api-key-guard.ts';
import { readDidDocument, readKeySet } from './did-document.ts';
import { institutionPolicy, policyInput, readPolicy, updatePolicy } from './policy.ts';
import { type Institution, institutionProfile, readInstitution, updateProfile } from './profile.ts';
import { requireRight } from './rights.ts';
import { apiKeyRoutes } from './routes-api-keys.ts';
import { memberRoutes } from './routes-members.ts';
import { readServiceDidDocument } from './service-key.ts';

const present = (i: Institution) => ({ slug: i.slug, did: i.did, url: i.url, ...i.profile });
const didHeaders = { 'content-type': 'application/did+json', 'cache-control': 'public, max-age=300' };
const auditRow = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  digest: z.string().describe('SHA-256 of the details, which are not kept here'),
  previous: z.string(),
  hash: z.string(),
});
const institutionAnswer = z.looseObject({ slug: z.string(), did: z.string(), url: z.string(), name: z.string() });

export const institutionRoutes = new Hono<AppEnv>()
  .route('/', apiKeyRoutes)
  .route('/', memberRoutes)
  .get('/i/:slug/did.json', openToAll, async c => {
    const institution = await readInstitution(c.var.deps, c.req.param('slug'));
    const document = await readDidDocument(c.var.deps, institution);
    return c.body(JSON.stringify(document), 200, didHeaders);
  })
  .get('/.well-known/did.json', openToAll, async c =>
    c.body(JSON.stringify(await readServiceDidDocument(c.var.deps)), 200, didHeaders),
  )
  .get('/.well-known/jwks.json', openToAll, async c =>
    c.body(JSON.stringify(await readKeySet(c.var.deps)), 200, {
      'content-type': 'application/jwk-set+json',
      'cache-control': 'public, max-age=300',
    }),
  )
  .get(
    '/api/v1/institution',
    operation({
      summary: 'The institution of this API key',
      tag: 'Institution',
      answers: { 200: { description: 'Its profile', schema: institutionAnswer } },
      errors: ['unauthenticated'],
    }),
    apiKey,
    async c => c.json(present(await readInstitution(c.var.deps, c.var.ctx.institution.slug))),
  )
  .put(
    '/api/v1/institution',
    operation({
      summary: 'Replace the profile of the institution',
      description: 'Asks for the role `admin`. Badges that are out keep the profile that they were signed with.',
      tag: 'Institution',
      body: institutionProfile,
      answers: { 200: { description: 'The profile as kept', schema: institutionAnswer } },
      errors: ['request-invalid', 'unauthenticated', 'forbidden'],
    }),
    apiKey,
    async c => {
      const profile = parse(institutionProfile, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const answer = await once(ctx, {
        run: () => updateProfile(ctx, profile),
        resume: () => readInstitution(ctx.deps, ctx.institution.slug),
        present: institution => ({ status: 200, body: JSON.stringify(present(institution)) }),
      });
      return sendAnswer(c, answer);
    },
  )
  .get(
    '/api/v1/policy',
    operation({
      summary: 'What the institution chose where it may choose',
      tag: 'Institution',
      answers: { 200: { description: 'The policy, with the defaults filled in', schema: institutionPolicy } },
      errors: ['unauthenticated'],
    }),
    apiKey,
    async c => c.json(await readPolicy(c.var.ctx)),
  )
  .put(
    '/api/v1/policy',
    operation({
      summary: 'Replace the policy of the institution',
      description: 'Asks for the role `admin`. What is under way ends under the policy of that moment.',
      tag: 'Institution',
      body: policyInput,
      answers: { 200: { description: 'The policy as kept', schema: institutionPolicy } },
      errors: ['request-invalid', 'unauthenticated', 'forbidden'],
    }),
    apiKey,
    async c => {
      const policy = parse(policyInput, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const answer = await once(ctx, {
        run: () => updatePolicy(ctx, policy),
        resume: () => readPolicy(ctx),
        present: kept => ({ status: 200, body: JSON.stringify(kept) }),
      });
      return sendAnswer(c, answer);
    },
  )
  .get(
    '/api/v1/audit',
    operation({
      summary: 'What was done, newest first',
      description: 'Asks for the role `admin`. Rows form a hash chain and hold no words and no names.',
      tag: 'Institution',
      query: pageQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ items: z.array(auditRow), next: z.string().nullable() }) },
      },
      errors: ['request-invalid', 'unauthenticated', 'forbidden'],
    }),
    apiKey,
    async c => {
      requireRight(c.var.ctx, 'audit.read', { whole: true });
      const { cursor, limit } = readPage(c.req.query());
      const before = cursor === undefined ? undefined : Number(cursor);
      if (before !== undefined && !Number.isSafeInteger(before))
        throw new DomainError('request-invalid', 'This cursor is not one of ours.');
      const rows = await readAudit(c.var.ctx.db, c.var.ctx.institution.id, { before, limit: limit + 1 });
      const items = rows.slice(0, limit).map(({ institution: _, ...row }) => row);
      return c.json({ items, next: rows.length > limit ? String(items.at(-1)!.seq) : null });
    },
  );
