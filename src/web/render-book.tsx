import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { AppEnv } from '../platform/http.ts';
import type { Book } from './pages/notebook/parts.tsx';
import { type PageOptions, renderPage } from './render.tsx';
import type { View } from './view.ts';

type C = Context<AppEnv>;

/** For a page of a notebook: seen by nobody else, kept by no cache. */
export const renderBook = (c: C, page: (view: View) => PageOptions & { body: Child }): Promise<Response> =>
  renderPage(c, view => ({ noindex: true, cache: 'no-store', island: 'notebook', ...page(view) }));

/** The same for a page that stands at each door: its title says at which. */
export const renderAt = (
  c: C,
  { base }: Book,
  page: (view: View) => PageOptions & { body: Child },
): Promise<Response> =>
  renderBook(c, view => {
    const { begin, together } = view.t.portfolio;
    const door = { '/portfolio': '', '/begin': `${begin.title}: `, '/together': `${together.title}: ` }[base];
    const shown = page(view);
    return { ...shown, title: door + shown.title };
  });
