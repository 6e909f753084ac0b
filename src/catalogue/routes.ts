import { Hono } from 'hono';
import { z } from 'zod';
import { apiKey } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, parse, readJson, readText, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import {
  type AchievementState,
  createAchievement,
  editAchievement,
  importAchievement,
  listAchievements,
  readAchievement,
} from './achievements.ts';
import { achievementContent } from './content.ts';
import { establishedBy } from './outcome-content.ts';
import { publishAchievement } from './publish.ts';
import { frameworkRoutes } from './routes-frameworks.ts';
import { unitRoutes } from './routes-units.ts';

/** An achievement as the API shows it. */
export const presentAchievement = (a: AchievementState & { notes?: string[] }) => ({
  id: a.id,
  version: a.published?.version ?? null,
  published: a.published ?? null,
  draft: a.draft ?? null,
  missing: a.completeness.missing,
  warnings: a.completeness.warnings,
  elements: a.completeness.elements,
  ...(a.notes ? { notes: a.notes } : {}),
});

const answer = z.looseObject({
  id: z.string(),
  version: z.int().nullable().describe('the newest published version'),
  published: z.looseObject({ version: z.int(), publishedAt: z.string(), content: achievementContent }).nullable(),
  draft: achievementContent.nullable(),
  missing: z.array(z.string()).describe('what publishing still asks'),
  warnings: z.array(z.string()),
  elements: z.array(z.looseObject({ element: z.string(), present: z.boolean(), from: z.string() })),
});
const publication = z.strictObject({ establishedBy: establishedBy.optional() });
const tag = 'Catalogue';
const writeErrors = ['request-invalid', 'json-malformed', 'unauthenticated', 'forbidden'] as const;

const written = (status: number) => (a: AchievementState) => ({ status, body: JSON.stringify(presentAchievement(a)) });
const resume = (ctx: Ctx) => (id: string) => readAchievement(ctx, id);

export const catalogueRoutes = new Hono<AppEnv>()
  .route('/', frameworkRoutes)
  .route('/', unitRoutes)
  .get(
    '/api/v1/achievements',
    operation({
      summary: 'What the institution gives out, oldest first',
      tag,
      query: pageQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ items: z.array(answer), next: z.string().nullable() }) },
      },
      errors: ['request-invalid', 'unauthenticated'],
    }),
    apiKey,
    async c => {
      const page = await listAchievements(c.var.ctx, readPage(c.req.query()));
      return c.json({ items: page.items.map(presentAchievement), next: page.next ?? null });
    },
  )
  .post(
    '/api/v1/achievements',
    operation({
      summary: 'Draft a new achievement',
      description:
        'In our own form. Publishing as a `MicroCredential` asks for all European elements; the answer says which are missing.',
      tag,
      body: achievementContent,
      answers: { 201: { description: 'The draft', schema: answer } },
      errors: [...writeErrors],
    }),
    apiKey,
    async c => {
      const content = parse(achievementContent, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const a = await once(ctx, {
        run: () => createAchievement(ctx, content),
        resume: resume(ctx),
        present: written(201),
      });
      return sendAnswer(c, a, { location: `/api/v1/achievements/${JSON.parse(a.body).id}` });
    },
  )
  .post(
    '/api/v1/achievement-imports',
    operation({
      summary: 'Import an achievement from a document',
      description:
        'Our own form, an OB 3.0 Achievement, or an OB 3.0 credential that holds one (educredentials). The same content twice is the same achievement.',
      tag,
      body: z.looseObject({}),
      answers: {
        200: { description: 'It was imported before', schema: answer },
        201: { description: 'A new draft', schema: answer },
      },
      errors: [...writeErrors, 'achievement-unreadable'],
    }),
    apiKey,
    async c => {
      const document = await readJson(c);
      const ctx = await withIdempotencyKey(c);
      const a = await once(ctx, {
        run: () => importAchievement(ctx, document),
        resume: async id => ({ ...(await readAchievement(ctx, id)), notes: [], existed: false }),
        present: imported => written(imported.existed ? 200 : 201)(imported),
      });
      return sendAnswer(c, a);
    },
  )
  .get(
    '/api/v1/achievements/:id',
    operation({
      summary: 'One achievement',
      tag,
      answers: { 200: { description: 'Its draft and newest version', schema: answer } },
      errors: ['unauthenticated', 'not-found'],
    }),
    apiKey,
    async c => c.json(presentAchievement(await readAchievement(c.var.ctx, c.req.param('id')))),
  )
  .put(
    '/api/v1/achievements/:id/draft',
    operation({
      summary: 'Replace the draft',
      tag,
      body: achievementContent,
      answers: { 200: { description: 'The draft', schema: answer } },
      errors: [...writeErrors, 'not-found'],
    }),
    apiKey,
    async c => {
      const content = parse(achievementContent, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const id = c.req.param('id');
      return sendAnswer(
        c,
        await once(ctx, { run: () => editAchievement(ctx, id, content), resume: resume(ctx), present: written(200) }),
      );
    },
  )
  .post(
    '/api/v1/achievements/:id/publication',
    operation({
      summary: 'Publish the draft as the next version',
      description: 'Say who adopted it ("vastgesteld door"), where a body did. The body may be left out.',
      tag,
      body: publication,
      answers: { 201: { description: 'Published; this version never changes', schema: answer } },
      errors: ['unauthenticated', 'forbidden', 'not-found', 'achievement-incomplete', 'achievement-draft-missing'],
    }),
    apiKey,
    async c => {
      const said = (await readText(c)).trim() ? parse(publication, await readJson(c)) : {};
      const ctx = await withIdempotencyKey(c);
      const id = c.req.param('id');
      return sendAnswer(
        c,
        await once(ctx, {
          run: () => publishAchievement(ctx, id, said.establishedBy),
          resume: resume(ctx),
          present: written(201),
        }),
      );
    },
  );
