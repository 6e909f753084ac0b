import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { type Institution, readInstitution } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { AppEnv } from '../platform/http.ts';
import { ConsoleFrame, type ConsoleSection } from './pages/console/frame.tsx';
import { renderPage } from './render.tsx';
import type { Island } from './security.ts';
import type { View } from './view.ts';

/** What a page of the console knows beside the request. */
export interface ConsolePlace {
  ctx: Ctx;
  institution: Institution;
  /** `/console/SLUG`, to put the rest of an address behind. */
  base: string;
}

interface ConsolePage {
  /** The heading, and the title of the window. */
  title: string;
  status?: number;
  /** What went wrong with a form, told on top. */
  alert?: Child;
  body: Child;
  /** A script of our own; the page works without. */
  island?: Island;
}

/**
 * Renders a page of the console in its frame: where you are, what your roles may open, and what was just done.
 * It stands behind `signedIn, memberOf`; which right it asks is the first line of the verb that it shows.
 */
export async function renderConsole(
  c: Context<AppEnv>,
  section: ConsoleSection,
  page: (view: View, place: ConsolePlace) => ConsolePage,
): Promise<Response> {
  const { ctx } = c.var;
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const place = { ctx, institution, base: `/console/${institution.slug}` };
  const done = c.req.query('done');
  return renderPage(c, view => {
    const { title, status, alert, body, island } = page(view, place);
    return {
      title: `${title} · ${institution.profile.name}`,
      status,
      noindex: true,
      cache: 'no-store',
      wide: true,
      ...(island ? { island } : {}),
      body: (
        <ConsoleFrame
          view={view}
          institution={institution}
          actor={ctx.actor}
          current={section}
          title={title}
          alert={alert}
          done={alert ? undefined : done}
        >
          {body}
        </ConsoleFrame>
      ),
    };
  });
}

/** After a form did its work: to a page that can be loaded again. `done` names a sentence of `t.console.done`. */
export const doneAt = (c: Context<AppEnv>, path: string, done: string): Response =>
  c.redirect(`${path}${path.includes('?') ? '&' : '?'}done=${done}`, 303);
