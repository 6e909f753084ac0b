import { Hono } from 'hono';
import { listMemberships, memberOf } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { renderConsole } from './console.tsx';
import { ConsoleHome, type Place } from './pages/console/home.tsx';
import { WorkPage } from './pages/console/work.tsx';
import { renderPage } from './render.tsx';

/** The console of an institution. Each room has a file of its own; this one holds the door. */
export const consoleRoutes = new Hono<AppEnv>()
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
  .get('/console/:slug', signedIn, memberOf, c =>
    renderConsole(c, 'work', (view, place) => ({
      title: view.t.console.frame.sections.work,
      body: <WorkPage view={view} place={place} />,
    })),
  );
