import type { Context } from 'hono';
import { DomainError } from '../../platform/errors.ts';
import { type Refusal, refusalIn } from './refusal.ts';

/** No cache keeps what is told to a client (RFC 6749 §5.1). */
export const NO_STORE = { 'cache-control': 'no-store' };

interface Telling {
  /** What a body that could not be read is called. */
  unread: Refusal;
  /** What the header asks for where the client, or the token, was not known. */
  challenge: (refusal: Refusal) => string;
}

/** Runs a call of a client; what it refuses is told as OAuth has it (RFC 6749 §5.2). */
export async function answerClient(
  c: Context,
  { unread, challenge }: Telling,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const refusal = refusalIn(error) ?? (UNREAD.includes(error.code) ? unread : undefined);
    if (!refusal) throw error;
    const status = error.code === 'unauthenticated' ? 401 : error.code === 'forbidden' ? 403 : 400;
    if (status !== 400) c.header('www-authenticate', challenge(refusal));
    // RFC 6749 §5.2: ASCII without quotes and backslashes.
    const why = error.detail.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '');
    return c.json({ error: refusal, error_description: why }, status, NO_STORE);
  }
}

const UNREAD = ['json-malformed', 'limit-depth', 'media-type-unsupported'];
