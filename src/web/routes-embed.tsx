import { type Context, Hono } from 'hono';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { findShareLink, readAwardShared, readShared, type Shared } from '../credentials/index.ts';
import { checkCredential, type CheckInput } from '../verifier/index.ts';
import { countGuesses } from './guesses.ts';
import { unlessAbsent } from './open-link.ts';
import { EmbedPage } from './pages/embed.tsx';
import { checkAddress } from './pages/further.tsx';
import { embedPolicy } from './security.ts';
import { viewOf } from './view.ts';

/**
 * The result of a check for within a page of someone else. It is made for this request, knows nobody who is signed in,
 * and is the only page that may be framed. A link of a holder is followed for as long as it lives, and not counted:
 * nothing of the holder is shown. One for a single reader takes a press, so here it leads nowhere.
 */
export const embedRoutes = new Hono<AppEnv>()
  .use('/embed/*', countGuesses)
  .get('/embed', rateLimited, async c => {
    const url = c.req.query('url')?.trim() ?? '';
    return embed(c, url ? checkAddress(url) : '/verify', url ? { credential: url } : undefined);
  })
  .get('/embed/c/:token', rateLimited, async c => {
    const token = c.req.param('token');
    const shared = await unlessAbsent(readEmbedded(c.var.deps, token));
    return embed(c, shared ? `/c/${token}` : '/verify', shared && { credential: shared.credential });
  });

/** The badge behind an address of its own, or behind a link of its holder for many. @throws DomainError `not-found` */
async function readEmbedded(deps: Deps, token: string): Promise<Shared> {
  const own = await unlessAbsent(readShared(deps, token));
  if (own) return own;
  const { awardId, mostUses } = await findShareLink(deps, token);
  if (mostUses !== null) throw notFound('badge');
  return readAwardShared(deps, awardId, token);
}

async function embed(c: Context<AppEnv>, path: string, input: CheckInput | undefined): Promise<Response> {
  const { deps } = c.var;
  const report = input && (await checkCredential(deps, input).catch(nothingToJudge));
  const view = await viewOf(c);
  const page = <EmbedPage view={view} report={report} href={`${deps.config.origin}${path}`} />;
  return c.html(`<!doctype html>${page}`, input ? 200 : 404, {
    'content-security-policy': embedPolicy,
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'content-language': view.language,
  });
}

/** What cannot be read is said in the frame; that we are too busy is an error, as everywhere. */
function nothingToJudge(error: unknown): undefined {
  const unread = [
    'json-malformed',
    'limit-broken',
    'credential-unreadable',
    'credential-unreachable',
    'several-badges',
  ];
  if (error instanceof DomainError && unread.includes(error.code)) return undefined;
  throw error;
}
