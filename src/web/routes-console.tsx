import { Hono } from 'hono';
import { listMemberships, memberOf } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { renderConsole } from './console.tsx';
import { countWork } from './count-work.ts';
import { ConsoleHome, type Place } from './pages/console/home.tsx';
import { WorkPage } from './pages/console/work.tsx';
import { renderPage } from './render.tsx';
import { consoleAchievementRoutes } from './routes-console-achievements.tsx';
import { consoleApiKeyRoutes } from './routes-console-api-keys.tsx';
import { consoleAuditRoutes } from './routes-console-audit.tsx';
import { consoleAwardNewRoutes } from './routes-console-award-new.tsx';
import { consoleAwardRoutes } from './routes-console-award.tsx';
import { consoleAwardsRoutes } from './routes-console-awards.tsx';
import { consoleDossierRoutes } from './routes-console-dossiers.tsx';
import { consoleDossierRoomRoutes } from './routes-console-dossier-rooms.tsx';
import { consoleEndorsementRoutes } from './routes-console-endorsements.tsx';
import { consoleFrameworkRoutes } from './routes-console-frameworks.tsx';
import { consoleImportRoutes } from './routes-console-imports.tsx';
import { consoleGroupRoutes } from './routes-console-groups.tsx';
import { consoleKeyRoutes } from './routes-console-keys.tsx';
import { consoleMemberRoutes } from './routes-console-members.tsx';
import { consoleSettingsRoutes } from './routes-console-settings.tsx';
import { consoleTeamRoutes } from './routes-console-teams.tsx';
import { invitationRoutes } from './routes-invitation.tsx';

/** The console of an institution. Each room has a file of its own; this one holds the door. */
export const consoleRoutes = new Hono<AppEnv>()
  .route('/', invitationRoutes)
  .route('/', consoleMemberRoutes)
  .route('/', consoleKeyRoutes)
  .route('/', consoleGroupRoutes)
  .route('/', consoleTeamRoutes)
  .route('/', consoleApiKeyRoutes)
  .route('/', consoleSettingsRoutes)
  .route('/', consoleAuditRoutes)
  .route('/', consoleDossierRoomRoutes)
  .route('/', consoleDossierRoutes)
  .route('/', consoleAwardsRoutes)
  .route('/', consoleAchievementRoutes)
  .route('/', consoleEndorsementRoutes)
  .route('/', consoleFrameworkRoutes)
  .route('/', consoleImportRoutes)
  .route('/', consoleAwardNewRoutes)
  .route('/', consoleAwardRoutes)
  .get('/console', signedIn, async c => {
    const places = new Map<string, Place>();
    for (const { slug, profile, role } of await listMemberships(c.var.deps, sessionOf(c).person)) {
      const place = places.get(slug) ?? { slug, profile, roles: [] };
      place.roles.push(role);
      places.set(slug, place);
    }
    const [first, second] = [...places.keys()];
    if (first && !second) return c.redirect(`/console/${first}`, 303);
    return renderPage(c, view => ({
      title: view.t.console.home.title,
      noindex: true,
      cache: 'no-store',
      body: <ConsoleHome view={view} places={[...places.values()]} />,
    }));
  })
  .get('/console/:slug', signedIn, memberOf, async c => {
    const counts = await countWork(c.var.ctx);
    return renderConsole(c, 'work', (view, place) => ({
      title: view.t.console.frame.sections.work,
      body: <WorkPage view={view} place={place} counts={counts} />,
    }));
  });
