import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { apiKey, requireRight } from '../institutions/index.ts';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { languages } from '../platform/language.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import { createFramework, editFramework, type Framework, listFrameworks, readFramework } from './frameworks.ts';
import { lintOutcome } from './lint-outcome.ts';
import { establishedBy, frameworkInput, outcomeInput, unitContent } from './outcome-content.ts';
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
import { createUnit, editUnit, listOwnUnits, listUnits, publishUnit, readUnit, readUnitState } from './units.ts';

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
const unit = z.looseObject({ id: z.string(), version: z.int().nullable(), draft: unitContent.nullable() });

const presentFramework = ({ owner, ...rest }: Framework, institution: string) => ({
  ...rest,
  owner: owner === institution ? 'own' : owner === 'service' ? 'service' : 'other',
});
/** An outcome as the API shows it. */
export const presentOutcome = ({ framework: of, ...rest }: Outcome) => ({
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
const presentUnit = ({ id, published, draft }: Awaited<ReturnType<typeof readUnitState>>) => ({
  id,
  version: published?.version ?? null,
  published: published ?? null,
  draft: draft ?? null,
});

const searchQuery = z.strictObject({
  text: z.string().max(200).default(''),
  language: z.enum(languages).default('nl'),
  kind: z.enum(outcomeKinds).optional(),
  framework: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

const created = (body: object) => ({ status: 201, body: JSON.stringify(body) });
const changed = (body: object) => ({ status: 200, body: JSON.stringify(body) });
const idOf = (c: Context<AppEnv>) => c.req.param('id') ?? '';

/** Frameworks, their outcomes, and units of outcomes, for programs of an institution. */
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
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => createFramework(ctx, input),
          resume: id => readFramework(ctx.db, id, ctx.institution.id),
          present: f => created(presentFramework(f, ctx.institution.id)),
        }),
      );
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
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => editFramework(ctx, idOf(c), input),
          resume: id => readFramework(ctx.db, id, ctx.institution.id),
          present: f => changed(presentFramework(f, ctx.institution.id)),
        }),
      );
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
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => createOutcome(ctx, idOf(c), input),
          resume: id => readOutcome(ctx.db, id, ctx.institution.id),
          present: o => created(withHints(o)),
        }),
      );
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
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => editOutcome(ctx, idOf(c), input),
          resume: id => readOutcome(ctx.db, id, ctx.institution.id),
          present: o => changed(withHints(o)),
        }),
      );
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
  )
  .get(
    '/api/v1/units',
    operation({
      summary: 'Your units with their drafts, and the published ones that others share',
      tag,
      answers: {
        200: { description: 'All of them', schema: z.object({ items: z.array(unit), shared: z.array(z.unknown()) }) },
      },
      errors: ['unauthenticated'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      const items = await listOwnUnits(ctx);
      const shared = (await listUnits(ctx.db, ctx.institution.id)).filter(u => u.institutionId !== ctx.institution.id);
      return c.json({
        items: items.map(presentUnit),
        shared: shared.map(({ institutionId: _, ...rest }) => rest),
      });
    },
  )
  .post(
    '/api/v1/units',
    operation({
      summary: 'Draft a unit of outcomes that are judged together',
      tag,
      body: unitContent,
      answers: { 201: { description: 'The draft', schema: unit } },
      errors: [...writeErrors, 'not-found'],
    }),
    apiKey,
    async c => {
      const content = parse(unitContent, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => createUnit(ctx, content),
          resume: id => readUnitState(ctx, id),
          present: u => created(presentUnit(u)),
        }),
      );
    },
  )
  .get(
    '/api/v1/units/:id',
    operation({
      summary: 'One unit',
      description: 'Your own with its draft; of another institution what it published and shares.',
      tag,
      answers: { 200: { description: 'The unit', schema: unit } },
      errors: ['unauthenticated', 'not-found'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      const own = (await listOwnUnits(ctx)).find(u => u.id === idOf(c));
      if (own) return c.json(presentUnit(own));
      const { institutionId: _, id, ...published } = await readUnit(ctx.db, ctx.institution.id, idOf(c));
      return c.json(presentUnit({ id, published }));
    },
  )
  .get(
    '/api/v1/units/:id/versions/:n',
    operation({
      summary: 'One published version of a unit: what a reference names',
      tag,
      answers: { 200: { description: 'The version', schema: unit } },
      errors: ['unauthenticated', 'not-found'],
    }),
    apiKey,
    async c => {
      const { ctx } = c.var;
      requireRight(ctx, 'framework.read');
      const n = c.req.param('n') ?? '';
      if (!/^[1-9][0-9]{0,8}$/.test(n)) throw notFound('version');
      const { institutionId: _, ...rest } = await readUnit(ctx.db, ctx.institution.id, idOf(c), Number(n));
      return c.json(rest);
    },
  )
  .put(
    '/api/v1/units/:id/draft',
    operation({
      summary: 'Replace the draft',
      tag,
      body: unitContent,
      answers: { 200: { description: 'The draft', schema: unit } },
      errors: [...writeErrors, 'not-found'],
    }),
    apiKey,
    async c => {
      const content = parse(unitContent, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => editUnit(ctx, idOf(c), content),
          resume: id => readUnitState(ctx, id),
          present: u => changed(presentUnit(u)),
        }),
      );
    },
  )
  .post(
    '/api/v1/units/:id/publication',
    operation({
      summary: 'Publish the draft as the next version, and say who adopted it',
      tag,
      body: z.strictObject({ establishedBy }),
      answers: { 201: { description: 'Published; this version never changes', schema: unit } },
      errors: [...writeErrors, 'not-found', 'unit-incomplete'],
    }),
    apiKey,
    async c => {
      const input = parse(z.strictObject({ establishedBy }), await readJson(c));
      const ctx = await withIdempotencyKey(c);
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => publishUnit(ctx, idOf(c), input.establishedBy),
          resume: id => readUnitState(ctx, id),
          present: u => created(presentUnit(u)),
        }),
      );
    },
  );
