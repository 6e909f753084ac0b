import { type Context, Hono } from 'hono';
import { listPublished, readVersion } from '../catalogue/index.ts';
import { toProfile } from '../credentials/index.ts';
import { type Institution, listInstitutions, readInstitution } from '../institutions/index.ts';
import { notFound } from '../platform/errors.ts';
import { type AppEnv, openToAll } from '../platform/http.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../vc/contexts.ts';
import { Picture } from './art.tsx';
import { messages } from './messages.ts';
import { preferred } from './negotiate.ts';
import { AchievementPage } from './pages/achievement.tsx';
import { asAchievement } from './pages/achievement-view.ts';
import { Home } from './pages/home.tsx';
import { InstitutionPage } from './pages/institution.tsx';
import { renderPage } from './render.tsx';
import { picturePolicy } from './security.ts';

const forms = ['text/html', 'application/ld+json', 'application/json'] as const;
const base = '/i/:slug/achievements/:id';

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
    return renderPage(c, view => ({
      title: institution.profile.name,
      description: institution.profile.description,
      body: <InstitutionPage view={view} institution={institution} published={published} />,
    }));
  })
  .get(base, async c => achievement(c, await find(c, c.req.param('id'))))
  .get(`${base}/versions/:file{[0-9]+\\.json}`, async c => {
    const found = await find(c, c.req.param('id'), c.req.param('file').slice(0, -'.json'.length));
    return data(c, asAchievement(c.var.deps.config.origin, found), 'application/json');
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

interface Found {
  institution: Institution;
  id: string;
  version: number;
  content: NonNullable<Awaited<ReturnType<typeof readVersion>>>['content'];
  publishedAt: string;
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

function achievement(c: Context<AppEnv>, found: Found): Response | Promise<Response> {
  const form = preferred(c.req.header('accept'), forms);
  if (form !== 'text/html') return data(c, asAchievement(c.var.deps.config.origin, found), form);
  const { institution, id, newest, version, content, publishedAt } = found;
  return renderPage(c, view => ({
    title: `${content.name}, ${view.t.achievement.versionShort(version)}, ${institution.profile.name}`,
    description: content.description.slice(0, 160),
    body: (
      <AchievementPage
        view={view}
        institution={institution}
        id={id}
        published={{ version, content, publishedAt }}
        newest={newest}
      />
    ),
  }));
}

/** Linked data that any origin may read. */
const data = (c: Context, node: object, type: string) =>
  c.body(JSON.stringify({ '@context': [VC2_CONTEXT, OB_CONTEXT], ...node }), 200, {
    'content-type': type,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300',
    vary: 'Accept',
  });
