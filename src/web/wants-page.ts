import type { Context } from 'hono';
import { preferred } from './negotiate.ts';

/** Whether an error is best told as a page: a browser names text/html, and programs seldom do. */
export function wantsPage(c: Context): boolean {
  const accept = c.req.header('accept') ?? '';
  return (
    /text\/html/i.test(accept) &&
    preferred(accept, ['text/html', 'application/problem+json', 'application/json']) === 'text/html'
  );
}
