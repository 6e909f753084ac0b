import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';

/**
 * Counts links that lead nowhere against whoever asks: a token of 128 bits is not guessed, and trying is told so (threat
 * W6). Who has a link that works is never held up.
 */
export const countGuesses: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (!(c.error instanceof DomainError) || c.error.code !== 'not-found') return;
  const answer = c.var.deps.rateLimit?.take(c.var.deps.clientAddress(c));
  if (answer && !answer.ok)
    throw new DomainError('rate-limited', 'Please wait before you try another link.', {
      extensions: { retryAfter: answer.retryAfter },
    });
};
