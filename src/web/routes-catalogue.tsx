import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { goalPath, listPublished, listShop, readVersion } from '../catalogue/index.ts';
import { listEndorsements, toProfile } from '../credentials/index.ts';
import { type Institution, listInstitutions, readInstitution } from '../institutions/index.ts';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, openToAll, parse } from '../platform/http.ts';
import { operation, pageQuery } from '../platform/openapi.ts';
import { wantAchievement } from '../portfolio/index.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../vc/contexts.ts';
import { Picture } from './art.tsx';
import { messages } from './messages.ts';
import { preferred } from './negotiate.ts';
import { AchievementPage } from './pages/achievement.tsx';
import { asAchievement } from './pages/achievement-view.ts';
import { GoalPage } from './pages/goal.tsx';
import { CataloguePage } from './pages/catalogue.tsx';
import { Home } from './pages/home.tsx';
import { InstitutionPage } from './pages/institution.tsx';
import { renderPage } from './render.tsx';
import { picturePolicy } from './security.ts';
import { shopEntry } from './shop-entry.ts';

const forms = ['text/html', 'application/ld+json', 'application/json'] as const;
const base = '/i/:slug/achievements/:id';

/** `institution` is a slug. */
const shopQuery = z.strictObject({
  text: z.string().max(200).default(''),
  institution: z.string().max(100).optional(),
  cursor: z.string().max(200).optional(),
  lang: z.string().max(10).optional(),
});

/** What institutions show to everyone: themselves and what can be earned, as pages and as OB 3.0. */
export const catalogueRoutes = new Hono<AppEnv>()
  .get('/', async c => {
    const { deps } = c.var;
    const institutions = await Promise.all(
      (await listInstitutions(deps)).map(async institution => ({
        institution,
        offers: (await listPublished(deps.db, institution.id)).length,
      })),
    );
    return renderPage(c, view => ({
      title: view.t.home.title,
      description: view.t.home.lead,
      island: 'drop',
      body: <Home view={view} institutions={institutions} />,
    }));
  })
  .on('OPTIONS', ['/i/:slug', base, `${base}/versions/:n`, `${base}/versions/:n/image.svg`], openToAll)
  .get('/i/:slug', async c => {
    const institution = await readInstitution(c.var.deps, c.req.param('slug'));
    const form = preferred(c.req.header('accept'), forms);
    if (form !== 'text/html') return data(c, toProfile(institution), form);
    const published = await listPublished(c.var.deps.db, institution.id);
    const endorsements = await listEndorsements(c.var.deps, { institution });
    return renderPage(c, view => ({
      title: institution.profile.name,
      description: institution.profile.description,
      body: <InstitutionPage {...{ view, institution, published, endorsements }} />,
    }));
  })
  .on('OPTIONS', ['/catalogue', '/api/v1/catalogue'], openToAll)
  .get('/catalogue', async c => {
    const { text, cursor } = parse(shopQuery, c.req.query());
    const page = await readShop(c, { text, limit: 48, ...(cursor ? { cursor } : {}) });
    if (preferred(c.req.header('accept'), ['text/html', 'application/json'] as const) !== 'text/html')
      return shopData(c, page);
    return renderPage(c, view => ({
      title: view.t.shop.title,
      description: view.t.shop.lead,
      body: <CataloguePage view={view} text={text} {...page} />,
    }));
  })
  .get(
    '/api/v1/catalogue',
    operation({
      summary: 'What can be earned at all institutions of the service',
      description: 'The newest version of each achievement. Open to all, from any origin.',
      tag: 'Catalogue',
      open: true,
      query: shopQuery.extend({ limit: pageQuery.shape.limit }),
      answers: {
        200: {
          description: 'A page',
          schema: z.object({ items: z.array(z.looseObject({ id: z.string() })), next: z.string().nullable() }),
        },
      },
      errors: ['request-invalid', 'not-found'],
    }),
    async c => shopData(c, await readShop(c, parse(shopQuery.extend({ limit: pageQuery.shape.limit }), c.req.query()))),
  )
  .get(`${base}/goal`, async c => {
    const { institution, id, content } = await find(c, c.req.param('id'));
    return renderPage(c, view => ({
      title: `${view.t.shop.goalPage.title}: ${content.name}`,
      noindex: true,
      body: <GoalPage view={view} institution={institution} id={id} content={content} />,
    }));
  })
  .post(`${base}/goal`, async c => {
    const { institution, id, content } = await find(c, c.req.param('id'));
    const { session, deps } = c.var;
    const again = encodeURIComponent(goalPath(institution.slug, id));
    if (!session) return c.redirect(`/login?return=${again}`, 303);
    await wantAchievement(deps, session, id, content.name);
    return c.redirect('/portfolio', 303);
  })
  .get(base, async c => achievement(c, await find(c, c.req.param('id'))))
  .get(`${base}/versions/:file{[0-9]+\\.json}`, async c => {
    const found = await find(c, c.req.param('id'), c.req.param('file').slice(0, -'.json'.length));
    return versionData(c, found, 'application/json');
  })
  .get(`${base}/versions/:n`, async c => achievement(c, await find(c, c.req.param('id'), c.req.param('n'))))
  .get(`${base}/versions/:n/image.svg`, async c => {
    const { institution, content } = await find(c, c.req.param('id'), c.req.param('n'));
    const t = messages[content.language.startsWith('nl') ? 'nl' : 'en'];
    const kinds: Record<string, string> = t.kinds;
    const picture = (
      <Picture
        seed={institution.slug}
        issuer={institution.profile.name}
        title={content.name}
        kind={kinds[content.type] ?? t.kinds.other}
        label={t.share.picture(content.name)}
        standalone
      />
    );
    return c.body(String(picture), 200, {
      'content-type': 'image/svg+xml',
      'content-security-policy': picturePolicy,
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

async function readShop(
  c: Context<AppEnv>,
  query: { text: string; institution?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const { deps } = c.var;
  const { text, cursor, limit } = query;
  const all = query.institution ? [await readInstitution(deps, query.institution)] : await listInstitutions(deps);
  const byId = new Map(all.map(institution => [institution.id, institution]));
  const page = await listShop(deps.db, {
    text,
    limit,
    nameOf: id => byId.get(id)?.profile.name ?? '',
    ...(query.institution ? { institution: all[0]!.id } : {}),
    ...(cursor ? { cursor } : {}),
  });
  const items = page.items.flatMap(item => {
    const institution = byId.get(item.institutionId);
    return institution ? [{ institution, item }] : [];
  });
  return { items, ...(page.next ? { next: page.next } : {}) };
}

const shopData = (c: Context<AppEnv>, { items, next }: Awaited<ReturnType<typeof readShop>>) =>
  c.json(
    {
      items: items.map(({ institution, item }) => shopEntry(c.var.deps.config.origin, institution, item)),
      next: next ?? null,
    },
    200,
    {
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=60',
      vary: 'Accept',
    },
  );

interface Found {
  institution: Institution;
  id: string;
  version: number;
  content: NonNullable<Awaited<ReturnType<typeof readVersion>>>['content'];
  publishedAt: string;
  establishedBy: string | null;
  newest: number;
}

/** @throws DomainError `not-found`, also for a draft, another institution's, and a number that is none */
async function find(c: Context<AppEnv>, id: string, number?: string): Promise<Found> {
  const { deps } = c.var;
  const institution = await readInstitution(deps, c.req.param('slug') ?? '');
  if (number !== undefined && !/^[1-9][0-9]{0,8}$/.test(number)) throw notFound('version');
  const newest = await readVersion(deps.db, institution.id, id);
  const published = number === undefined ? newest : await readVersion(deps.db, institution.id, id, Number(number));
  if (!newest || !published) throw notFound('achievement');
  return { institution, id, ...published, newest: newest.version };
}

async function achievement(c: Context<AppEnv>, found: Found): Promise<Response> {
  const form = preferred(c.req.header('accept'), forms);
  if (form !== 'text/html') return versionData(c, found, form);
  const { institution, id, newest, version, content, publishedAt, establishedBy } = found;
  const about = { id, version: newest, name: content.name, language: content.language };
  const endorsements = await listEndorsements(c.var.deps, { institution, achievement: about });
  return renderPage(c, view => ({
    title: `${content.name}, ${view.t.achievement.versionShort(version)}, ${institution.profile.name}`,
    description: content.description.slice(0, 160),
    body: (
      <AchievementPage
        view={view}
        institution={institution}
        id={id}
        published={{ version, content, publishedAt, establishedBy }}
        newest={newest}
        endorsements={endorsements}
      />
    ),
  }));
}

/** A version as its badges carry it, and who adopted it: a word of ours, said beside the contexts of Open Badges. */
function versionData(c: Context<AppEnv>, found: Found, type: string): Response {
  const { origin } = c.var.deps.config;
  const { establishedBy } = found;
  const ours = establishedBy ? [{ establishedBy: `${origin}/glossary#established-by` }] : [];
  return data(c, { ...asAchievement(origin, found), ...(establishedBy ? { establishedBy } : {}) }, type, ours);
}

/** Linked data that any origin may read. */
const data = (c: Context, node: object, type: string, more: object[] = []) =>
  c.body(JSON.stringify({ '@context': [VC2_CONTEXT, OB_CONTEXT, ...more], ...node }), 200, {
    'content-type': type,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300',
    vary: 'Accept',
  });
