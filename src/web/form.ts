import type { Context } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, readText } from '../platform/http.ts';

/** What a form sent: each field as text without space around it, and lists where a name occurs more than once. */
export interface Form {
  /** The text of a field; empty when it was not sent. */
  get(name: string): string;
  all(name: string): string[];
  has(name: string): boolean;
}

/**
 * Reads a form of ours.
 * @throws DomainError `media-type-unsupported` for any other kind of body
 */
export async function readForm(c: Context<AppEnv>): Promise<Form> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new DomainError('media-type-unsupported', 'Send the form of the page itself.');
  const fields = new URLSearchParams(await readText(c));
  const tidy = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return {
    get: name => tidy(fields.get(name) ?? ''),
    all: name => fields.getAll(name).map(tidy).filter(Boolean),
    has: name => fields.has(name),
  };
}
