import { type Context, Hono } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { readShared } from '../credentials/index.ts';
import { checkCredential, type CheckInput } from '../verifier/index.ts';
import { countGuesses } from './guesses.ts';
import { unlessAbsent } from './open-link.ts';
import { EmbedPage } from './pages/embed.tsx';
import { checkAddress } from './pages/further.tsx';
import { embedPolicy } from './security.ts';
import { viewOf } from './view.ts';

/**
 * The result of a check for within a page of someone else. It is made for this request, knows nobody who is signed in, and
 * is the only page that may be framed. A link with a limit of its holder is not opened here: that takes a press.
 */
export const embedRoutes = new Hono<AppEnv>()
  .use('/embed/*', countGuesses)
  .get('/embed', rateLimited, async c => {
    const url = c.req.query('url')?.trim() ?? '';
    return embed(c, url ? checkAddress(url) : '/verify', url ? { credential: url } : undefined);
  })
  .get('/embed/c/:token', rateLimited, async c => {
    const token = c.req.param('token');
    const shared = await unlessAbsent(readShared(c.var.deps, token));
    return embed(c, shared ? `/c/${token}` : '/verify', shared && { credential: shared.credential });
  });

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
