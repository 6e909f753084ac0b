import { type Context, Hono } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { toProblem } from '../platform/problem.ts';
import { chooseOne, findBadges, type Found } from '../verifier/index.ts';
import { AnswerPage, answerTitle } from './pages/answer.tsx';
import { ChoicePage } from './pages/verify-choice.tsx';
import { UnreadPage, VerifyPage } from './pages/verify.tsx';
import { renderPage } from './render.tsx';
import { type Asked, readAsked, readText } from './verify-input.ts';

/** The check as a page. The verdict is made for this request and never read from it (threat W8). */
export const verifyRoutes = new Hono<AppEnv>()
  .get('/verify', async (c, next) => (c.req.query('url')?.trim() ? next() : form(c)))
  .get('/verify', rateLimited, c => answer(c, async () => readText(c.req.query('url')!.trim(), c.req.query('choice'))))
  .post('/verify', rateLimited, c => answer(c, () => readAsked(c)));

const form = (c: Context<AppEnv>, error?: 'empty' | 'both') =>
  renderPage(c, view => ({
    title: view.t.verify.title,
    status: error ? 400 : 200,
    body: <VerifyPage view={view} error={error && view.t.form[error]} />,
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
    const { text, file, choice, beside } = asked;
    const { found, check } = await findBadges(c.var.deps, file ? { file } : { credential: text });
    if (found.length > 1 && choice === undefined) return await choose(c, found, text);
    const chosen = chooseOne(found, choice);
    const report = await check(chosen, { ...beside, technical: true });
    return await renderPage(c, view => ({
      title: answerTitle(view, report),
      noindex: true,
      cache: 'no-store',
      resend: resendOf(c, chosen, asked?.text, choice),
      body: <AnswerPage view={view} report={report} />,
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
      body: <UnreadPage view={view} kind={kind} detail={error.detail} text={text} />,
    }));
  }
}

/** Which of the badges is meant; a form brings what was given along, and for a file the badges that were in it. */
const choose = (c: Context<AppEnv>, found: Found[], text: string | undefined) =>
  renderPage(c, view => ({
    title: view.t.choice.title,
    noindex: true,
    cache: 'no-store',
    body: <ChoicePage view={view} found={found} text={text ?? JSON.stringify(found.map(({ badge }) => badge))} />,
  }));

/** What the language switch sends again: the text that was given, or the badge that was chosen or came out of a file. */
function resendOf(c: Context, { badge }: Found, text: string | undefined, choice: number | undefined) {
  // An answer at an address of its own needs nothing to be sent again.
  if (c.req.method !== 'POST') return undefined;
  const again = text !== undefined && choice === undefined ? text : textOf(badge);
  return again.length <= RESEND ? again : undefined;
}

const textOf = (badge: Found['badge']): string => (typeof badge === 'string' ? badge : JSON.stringify(badge));
