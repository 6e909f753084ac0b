import type { Context } from 'hono';
import { DomainError } from '../platform/errors.ts';

/** What the form asks: something to check, with the place of the one that is meant, or nothing that can be checked. */
export type Asked =
  | { text: string; file?: undefined; choice?: number }
  | { file: Uint8Array; text?: undefined; choice?: undefined }
  | { nothing: 'empty' | 'both'; text?: undefined };

/** Bytes of a file. */
const LIMIT = 10_000_000;

/**
 * Reads the form of the check. What was given is told apart by its content, later.
 * @throws DomainError `request-invalid`, `body-too-large`
 */
export async function readAsked(c: Context): Promise<Asked> {
  const fields = await c.req.parseBody().catch(cause => {
    throw new DomainError('request-invalid', 'The form could not be read.', { cause });
  });
  const text = typeof fields.text === 'string' ? fields.text.trim() : '';
  // A browser sends an empty file when none was chosen.
  const file = fields.file instanceof File && fields.file.size > 0 ? fields.file : undefined;
  if (text && file) return { nothing: 'both' };
  if (text) return readText(text, fields.choice);
  if (!file) return { nothing: 'empty' };
  if (file.size > LIMIT) throw new DomainError('body-too-large', `A file has at most ${LIMIT} bytes.`);
  return { file: new Uint8Array(await file.arrayBuffer()) };
}

/** A text, and the choice that a button of the choice page adds to it. */
export function readText(text: string, choice: unknown): Asked {
  return typeof choice === 'string' && /^\d{1,3}$/.test(choice) ? { text, choice: Number(choice) } : { text };
}
