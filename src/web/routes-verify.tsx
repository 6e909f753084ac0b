import { type Context, Hono, type Next } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { toProblem } from '../platform/problem.ts';
import { chooseOne, findBadges, type Found, isDecision, isReport, linkIn } from '../verifier/index.ts';
import { AnswerPage, answerTitle } from './pages/answer.tsx';
import { type Again, checkAddress } from './pages/further.tsx';
import { CameraPage } from './pages/verify-camera.tsx';
import { ChoicePage } from './pages/verify-choice.tsx';
import { UnreadPage, VerifyPage } from './pages/verify.tsx';
import { renderPage } from './render.tsx';
import { beginMany } from './routes-many.tsx';
import { renderDecision, renderReport } from './render-report.tsx';
import { type Asked, type Beside, isToCome, readAddress, readAsked } from './verify-input.ts';

/** The check as a page. The verdict is made for this request and never read from it (threat W8). */
export const verifyRoutes = new Hono<AppEnv>()
  .get('/verify', async (c, next) => (c.req.query('url')?.trim() ? next() : form(c)))
  .get('/verify', rateLimited, c => answer(c, async () => readAddress(c.req.query())))
  .get('/verify/camera', c =>
    renderPage(c, view => ({ title: view.t.counter.camera.title, island: 'camera', body: <CameraPage view={view} /> })),
  )
  .post('/verify', toAddress, rateLimited, c => answer(c, () => readAsked(c)));

/** Bytes of a form that holds no more than a link. */
const LINK_FORM = 10_000;

/**
 * A link by itself has an answer with an address of its own, which can be kept and reloaded. Whom someone has in front of
 * them never stands in an address.
 */
async function toAddress(c: Context<AppEnv>, next: Next) {
  const length = Number(c.req.header('content-length') ?? Infinity);
  if (length > LINK_FORM) return next();
  const asked = await readAsked(c);
  const link = asked.text !== undefined && asked.choice === undefined && !asked.beside?.recipient && linkIn(asked.text);
  if (!link) return next();
  const language = c.req.query('lang');
  const address = checkAddress(link, asked.beside?.at?.toISOString());
  return c.redirect(language ? `${address}&lang=${encodeURIComponent(language)}` : address, 303);
}

const form = (c: Context<AppEnv>, error?: 'empty' | 'both' | 'future', text?: string) =>
  renderPage(c, view => ({
    title: view.t.verify.title,
    status: error ? 400 : 200,
    island: 'drop',
    body: <VerifyPage view={view} error={error && view.t.form[error]} text={text} />,
  }));

/** The states in which there is nothing to judge, each with a page of its own. */
const unread = new Set([
  'json-malformed',
  'limit-depth',
  'limit-broken',
  'credential-unreadable',
  'credential-unreachable',
  'body-too-large',
]);

/** Characters of a text that stay in the form when nothing could be read in it. */
const KEEP = 5_000;
/** A text of more characters is not sent along with the page to be sent again. */
const RESEND = 100_000;

async function answer(c: Context<AppEnv>, read: () => Promise<Asked>): Promise<Response> {
  let asked: Asked | undefined;
  try {
    asked = await read();
    if ('nothing' in asked) return await form(c, asked.nothing);
    if ('several' in asked) return await beginMany(c);
    const { text, file, choice, beside, technical } = asked;
    if (isToCome(beside?.at, c.var.deps.clock()))
      return await form(c, 'future', text && text.length <= KEEP ? text : undefined);
    const { found, check } = await findBadges(c.var.deps, file ? { file } : { credential: text });
    if (found.length > 1 && choice === undefined) return await choose(c, found, text, beside);
    const chosen = chooseOne(found, choice);
    if (isReport(chosen.badge)) return await renderReport(c, chosen.badge, file);
    if (isDecision(chosen.badge)) return await renderDecision(c, chosen.badge, file);
    const report = await check(chosen, { ...beside, technical });
    const again = againOf(chosen, text, choice);
    return await renderPage(c, view => ({
      title: answerTitle(view, report),
      noindex: true,
      cache: 'no-store',
      // An answer at an address of its own needs nothing to be sent again.
      resend: again.text !== undefined && again.link === undefined ? { text: again.text } : undefined,
      body: <AnswerPage view={view} report={report} again={again} />,
    }));
  } catch (error) {
    if (!(error instanceof DomainError) || !unread.has(error.code)) throw error;
    const { problem } = toProblem(error, c.var.requestId);
    const text = asked?.text && asked.text.length <= KEEP ? asked.text : undefined;
    // Words that are no JSON at all were never meant to be; a missing bracket is another matter.
    const words = error.code === 'json-malformed' && !/^\s*[{[]/.test(asked?.text ?? '{');
    const told = error.extensions.kind as string | undefined;
    const kind = told ?? (words ? 'other' : error.code);
    return renderPage(c, view => ({
      title: view.t.unread.title,
      status: problem.status,
      noindex: true,
      cache: 'no-store',
      island: 'drop',
      body: <UnreadPage view={view} kind={kind} detail={error.detail} text={text} />,
    }));
  }
}

/** Which of the badges is meant; a form brings what was given along, and for a file the badges that were in it. */
const choose = (c: Context<AppEnv>, found: Found[], text: string | undefined, beside: Beside | undefined) =>
  renderPage(c, view => ({
    title: view.t.choice.title,
    noindex: true,
    cache: 'no-store',
    body: (
      <ChoicePage
        view={view}
        found={found}
        text={text ?? JSON.stringify(found.map(({ badge }) => badge))}
        beside={{ ...beside?.recipient, ...(beside?.at ? { at: beside.at.toISOString().slice(0, 10) } : {}) }}
      />
    ),
  }));

/** What can be asked again: the text that was given, or the badge that was chosen or came out of a file. */
function againOf({ badge }: Found, text: string | undefined, choice: number | undefined): Again {
  const again = text !== undefined && choice === undefined ? text : textOf(badge);
  if (again.length > RESEND) return {};
  return { text: again, link: linkIn(again) };
}

const textOf = (badge: Found['badge']): string => (typeof badge === 'string' ? badge : JSON.stringify(badge));
