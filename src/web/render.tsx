import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppEnv } from '../platform/http.ts';
import { keepLanguage } from './language.ts';
import { Layout, type Preview } from './layout.tsx';
import { type Island, islandHeaders } from './security.ts';
import { type View, viewOf } from './view.ts';

export interface PageOptions {
  title: string;
  description?: string;
  status?: number;
  /** Not for search engines: pages that whoever has the link may see. */
  noindex?: boolean;
  /** For tables that need the room. */
  wide?: boolean;
  /** `no-store` for what is about someone; the others are asked for again each time. */
  cache?: 'no-store' | 'no-cache';
  resend?: Record<string, string>;
  /** The script of our own that the page brings. */
  island?: Island;
  preview?: Preview;
}

/** Renders a page and its headers. The page is made in one go, without anything that other requests could share. */
export async function renderPage(
  c: Context<AppEnv>,
  page: (view: View) => PageOptions & { body: Child },
): Promise<Response> {
  const view = await viewOf(c);
  const {
    body,
    status = 200,
    cache = 'no-cache',
    noindex,
    wide,
    title,
    description,
    resend,
    island,
    preview,
  } = page(view);
  keepLanguage(c);
  // The bar of whoever is signed in is theirs alone (threat W3).
  c.header('cache-control', view.signedIn ? 'no-store' : cache);
  c.header('vary', 'Accept, Accept-Language, Cookie');
  c.header('content-language', view.language);
  if (noindex) c.header('x-robots-tag', 'noindex');
  const script = island && (await c.var.deps.assets.names())[`${island}.js`];
  if (script) for (const [name, value] of Object.entries(islandHeaders(island))) c.header(name, value);
  const frame = { view, title, description, noindex, wide, resend, preview, script: script && `/assets/${script}` };
  const html = <Layout {...frame}>{body}</Layout>;
  return c.html(`<!doctype html>${html}`, status as ContentfulStatusCode);
}
