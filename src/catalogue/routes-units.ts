import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { apiKey, requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { operation } from '../platform/openapi.ts';
import { establishedBy, unitContent } from './outcome-content.ts';
import {
  createUnit,
  editUnit,
  findOwnUnit,
  listOwnUnits,
  listUnits,
  publishUnit,
  readUnit,
  readUnitState,
  type UnitState,
} from './units.ts';

const tag = 'Catalogue';
const writeErrors = ['request-invalid', 'json-malformed', 'unauthenticated', 'forbidden'] as const;
const unit = z.looseObject({ id: z.string(), version: z.int().nullable(), draft: unitContent.nullable() });
const publication = z.strictObject({ establishedBy });

const presentUnit = ({ id, published, draft }: UnitState) => ({
  id,
  version: published?.version ?? null,
  published: published ?? null,
  draft: draft ?? null,
});
const idOf = (c: Context<AppEnv>) => c.req.param('id') ?? '';

/** Runs a write of a unit once, and answers with the unit. */
async function write(c: Context<AppEnv>, status: 200 | 201, run: (ctx: Ctx) => Promise<UnitState>) {
  const ctx = await withIdempotencyKey(c);
  const answer = await once(ctx, {
    run: () => run(ctx),
    resume: id => readUnitState(ctx, id),
    present: state => ({ status, body: JSON.stringify(presentUnit(state)) }),
  });
  return sendAnswer(c, answer);
}

/** Units of outcomes that are judged together, for programs of an institution. */
export const unitRoutes = new Hono<AppEnv>()
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
      return write(c, 201, ctx => createUnit(ctx, content));
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
      const own = await findOwnUnit(ctx, idOf(c));
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
      return write(c, 200, ctx => editUnit(ctx, idOf(c), content));
    },
  )
  .post(
    '/api/v1/units/:id/publication',
    operation({
      summary: 'Publish the draft as the next version, and say who adopted it',
      tag,
      body: publication,
      answers: { 201: { description: 'Published; this version never changes', schema: unit } },
      errors: [...writeErrors, 'not-found', 'unit-incomplete'],
    }),
    apiKey,
    async c => {
      const input = parse(publication, await readJson(c));
      return write(c, 201, ctx => publishUnit(ctx, idOf(c), input.establishedBy));
    },
  );
