import { type Context, Hono } from 'hono';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { PrivacyPage, TermsPage } from './pages/about.tsx';
import { ApiDocsPage, type ApiDocument } from './pages/api-docs.tsx';
import { GlossaryPage } from './pages/glossary.tsx';
import { renderPage } from './render.tsx';
import { stylePath, stylesheet } from './style.ts';

const YEAR = 31_536_000;
const HALF_YEAR_MS = 182 * 24 * 3_600_000;

const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#153b50" d="M16 2l11.5 4.6v8.8c0 7-4.7 12-11.5 14.6C9.2 27.4 4.5 22.4 4.5 15.4V6.6z"/><path d="M10.5 15.8l4 4 7.5-8.4" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** What was made smaller once, by its name; there are as many as a build makes. */
const smaller = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * What its name says for ever, and is the same for everyone: so it may be kept, and made smaller (BREACH is about
 * secrets).
 */
function sendForEver(c: Context<AppEnv>, name: string, bytes: Uint8Array<ArrayBuffer>, kind: string) {
  const { gzip } = c.var.deps.assets;
  const headers = {
    'content-type': kind,
    'cache-control': `public, max-age=${YEAR}, immutable`,
    vary: 'Accept-Encoding',
  };
  if (!gzip || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(bytes, 200, headers);
  const small = smaller.get(name) ?? gzip(bytes);
  smaller.set(name, small);
  return c.body(small, 200, { ...headers, 'content-encoding': 'gzip' });
}

/** What the site itself consists of. */
export const siteRoutes = new Hono<AppEnv>()
  .get(stylePath, c => sendForEver(c, stylePath, new TextEncoder().encode(stylesheet), 'text/css; charset=utf-8'))
  .get('/assets/:name', async c => {
    const name = c.req.param('name');
    const bytes = await c.var.deps.assets.read(name);
    if (!bytes) throw new DomainError('not-found', 'There is no such file.');
    const kind = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript; charset=utf-8';
    return sendForEver(c, name, bytes, kind);
  })
  .get('/favicon.svg', c =>
    c.body(favicon, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
  )
  .get('/glossary', c =>
    renderPage(c, view => ({
      title: view.t.glossary.title,
      description: view.t.glossary.lead,
      body: <GlossaryPage view={view} />,
    })),
  )
  .get('/privacy', c =>
    renderPage(c, view => ({
      title: view.t.about.privacy.title,
      description: view.t.about.privacy.lead,
      body: <PrivacyPage view={view} config={c.var.deps.config} />,
    })),
  )
  .get('/terms', c =>
    renderPage(c, view => ({
      title: view.t.about.terms.title,
      description: view.t.about.terms.lead,
      body: <TermsPage view={view} config={c.var.deps.config} />,
    })),
  )
  // Offers and shared badges say noindex themselves; to hide them here would keep that from being read.
  .get('/robots.txt', c => c.text('User-agent: *\nDisallow: /verify?\nDisallow: /api/v1/\n'))
  // RFC 9116; the mailbox is the one of RFC 2142 §4, so that it is known without being configured.
  .get('/.well-known/security.txt', c => {
    const { origin } = c.var.deps.config;
    const expires = new Date(c.var.deps.clock().getTime() + HALF_YEAR_MS).toISOString().slice(0, 19);
    const lines = [
      `Contact: mailto:security@${new URL(origin).hostname}`,
      `Expires: ${expires}Z`,
      'Preferred-Languages: nl, en',
      `Canonical: ${origin}/.well-known/security.txt`,
    ];
    return c.text(`${lines.join('\n')}\n`);
  });

/** The API for people, made from its own description. */
export const apiDocsRoutes = (document: ApiDocument) =>
  new Hono<AppEnv>().get('/api/docs', c =>
    renderPage(c, view => ({ title: view.t.api.title, body: <ApiDocsPage view={view} document={document} /> })),
  );
