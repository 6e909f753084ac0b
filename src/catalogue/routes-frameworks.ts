import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { apiKey, requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { languages } from '../platform/language.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import { createFramework, editFramework, type Framework, listFrameworks, readFramework } from './frameworks.ts';
import { lintOutcome } from './lint-outcome.ts';
import { frameworkInput, outcomeInput } from './outcome-content.ts';
import { outcomeKinds } from './outcome-kinds.ts';
import {
  createOutcome,
  editOutcome,
  listOutcomes,
  type Outcome,
  readOutcome,
  retireOutcome,
  wordsOf,
} from './outcomes.ts';
import { searchOutcomes } from './search-outcomes.ts';

const tag = 'Catalogue';
const writeErrors = ['request-invalid', 'json-malformed', 'unauthenticated', 'forbidden'] as const;
const framework = z.looseObject({ id: z.string(), owner: z.string(), kind: z.string(), uri: z.string() });
const outcome = z.looseObject({
  id: z.string(),
  framework: z.string(),
  uri: z.string(),
  kind: z.enum(outcomeKinds),
  hints: z.array(z.string()).optional().describe('advice about the wording; it stops nothing'),
});

const presentFramework = ({ owner, ...rest }: Framework, institution: string) => ({
  ...rest,
  owner: owner === institution ? 'own' : owner === 'service' ? 'service' : 'other',
});
/** An outcome as the API shows it. */
const presentOutcome = ({ framework: of, ...rest }: Outcome) => ({
  ...rest,
  framework: of.id,
  frameworkUri: of.uri,
  frameworkNames: of.names,
  frameworkVersion: of.version,
});
const withHints = (o: Outcome) => {
  const language = o.words.nl ? 'nl' : 'en';
  const { name, plain } = wordsOf(o, language);
  return { ...presentOutcome(o), hints: o.kind === 'outcome' ? lintOutcome({ name, plain }, language) : [] };
};
const searchQuery = z.strictObject({
  text: z.string().max(200).default(''),
  language: z.enum(languages).default('nl'),
  kind: z.enum(outcomeKinds).optional(),
  framework: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

const idOf = (c: Context<AppEnv>) => c.req.param('id') ?? '';

/** Runs a write of a framework once, and answers with the framework. */
async function writeFramework(c: Context<AppEnv>, status: 200 | 201, run: (ctx: Ctx) => Promise<Framework>) {
  const ctx = await withIdempotencyKey(c);
  const { db, institution } = ctx;
  const answer = await once(ctx, {
    run: () => run(ctx),
    resume: id => readFramework(db, id, institution.id),
    present: f => ({ status, body: JSON.stringify(presentFramework(f, institution.id)) }),
  });
  return sendAnswer(c, answer);
}

/** The same of an outcome, whose answer holds hints. */
async function writeOutcome(c: Context<AppEnv>, status: 200 | 201, run: (ctx: Ctx) => Promise<Outcome>) {
  const ctx = await withIdempotencyKey(c);
  const answer = await once(ctx, {
    run: () => run(ctx),
    resume: id => readOutcome(ctx.db, id, ctx.institution.id),
    present: o => ({ status, body: JSON.stringify(withHints(o)) }),
  });
  return sendAnswer(c, answer);
}

/** Frameworks and their outcomes, for programs of an institution. */
export const frameworkRoutes = new Hono<AppEnv>()
  .get(
    '/api/v1/frameworks',
    operation({
      summary: 'The frameworks that you may refer to: your own, those of the service, and what others share',
      tag,
      answers: { 200: { description: 'All of them', schema: z.object({ items: z.array(framework) }) } },
      errors: ['unauthenticated'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      requireRight(ctx, 'framework.read');
      const items = await listFrameworks(ctx.db, ctx.institution.id);
      return c.json({ items: items.map(f => presentFramework(f, ctx.institution.id)) });
    },
  )
  .post(
    '/api/v1/frameworks',
    operation({
      summary: 'Begin a framework of your own',
      tag,
      body: frameworkInput,
      answers: { 201: { description: 'The framework', schema: framework } },
      errors: [...writeErrors, 'framework-exists'],
    }),
    apiKey,
    async c => {
      const input = parse(frameworkInput, await readJson(c));
      return writeFramework(c, 201, ctx => createFramework(ctx, input));
    },
  )
  .get(
    '/api/v1/frameworks/:id',
    operation({
      summary: 'One framework',
      tag,
      answers: { 200: { description: 'The framework', schema: framework } },
      errors: ['unauthenticated', 'not-found'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      requireRight(ctx, 'framework.read');
      return c.json(presentFramework(await readFramework(ctx.db, idOf(c), ctx.institution.id), ctx.institution.id));
    },
  )
  .put(
    '/api/v1/frameworks/:id',
    operation({
      summary: 'Change what your framework is called, and who may refer to it',
      tag,
      body: frameworkInput,
      answers: { 200: { description: 'The framework', schema: framework } },
      errors: [...writeErrors, 'not-found', 'framework-exists'],
    }),
    apiKey,
    async c => {
      const input = parse(frameworkInput, await readJson(c));
      return writeFramework(c, 200, ctx => editFramework(ctx, idOf(c), input));
    },
  )
  .get(
    '/api/v1/frameworks/:id/outcomes',
    operation({
      summary: 'The outcomes of a framework, those that were dropped among them',
      tag,
      query: pageQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ items: z.array(outcome), next: z.string().nullable() }) },
      },
      errors: ['request-invalid', 'unauthenticated', 'not-found'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      requireRight(ctx, 'framework.read');
      const page = await listOutcomes(ctx.db, idOf(c), readPage(c.req.query()), ctx.institution.id);
      return c.json({ items: page.items.map(presentOutcome), next: page.next ?? null });
    },
  )
  .post(
    '/api/v1/frameworks/:id/outcomes',
    operation({
      summary: 'Add an outcome to your framework',
      description: 'The answer holds hints about the wording. They are advice.',
      tag,
      body: outcomeInput,
      answers: { 201: { description: 'The outcome', schema: outcome } },
      errors: [...writeErrors, 'not-found', 'outcome-exists'],
    }),
    apiKey,
    async c => {
      const input = parse(outcomeInput, await readJson(c));
      return writeOutcome(c, 201, ctx => createOutcome(ctx, idOf(c), input));
    },
  )
  .get(
    '/api/v1/outcomes',
    operation({
      summary: 'Find outcomes by their names, as someone types',
      tag,
      query: searchQuery,
      answers: { 200: { description: 'The nearest first', schema: z.object({ items: z.array(outcome) }) } },
      errors: ['request-invalid', 'unauthenticated'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      requireRight(ctx, 'framework.read');
      const { kind, framework: of, ...rest } = parse(searchQuery, c.req.query());
      const items = await searchOutcomes(ctx.db, {
        ...rest,
        institution: ctx.institution.id,
        ...(kind ? { kinds: [kind] } : {}),
        ...(of ? { frameworks: [of] } : {}),
      });
      return c.json({ items: items.map(presentOutcome) });
    },
  )
  .get(
    '/api/v1/outcomes/:id',
    operation({
      summary: 'One outcome',
      tag,
      answers: { 200: { description: 'The outcome', schema: outcome } },
      errors: ['unauthenticated', 'not-found'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      requireRight(ctx, 'framework.read');
      return c.json(withHints(await readOutcome(ctx.db, idOf(c), ctx.institution.id)));
    },
  )
  .put(
    '/api/v1/outcomes/:id',
    operation({
      summary: 'Change an outcome of your framework',
      tag,
      body: outcomeInput,
      answers: { 200: { description: 'The outcome', schema: outcome } },
      errors: [...writeErrors, 'not-found', 'outcome-exists'],
    }),
    apiKey,
    async c => {
      const input = parse(outcomeInput, await readJson(c));
      return writeOutcome(c, 200, ctx => editOutcome(ctx, idOf(c), input));
    },
  )
  .delete(
    '/api/v1/outcomes/:id',
    operation({
      summary: 'Take an outcome out of use; what refers to it goes on doing so',
      tag,
      answers: { 200: { description: 'The outcome', schema: outcome } },
      errors: ['unauthenticated', 'forbidden', 'not-found'],
    }),
    apiKey,
    async c => c.json(presentOutcome(await retireOutcome(c.var.ctx, idOf(c)))),
  );
