import type { Context } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, readText } from '../platform/http.ts';

/**
 * The fields of a form that may bring files, as they came; what occurs more than once is a list.
 * @throws DomainError `request-invalid` for a body that cannot be read as one
 */
export const readFields = (c: Context<AppEnv>): Promise<Record<string, string | File | (string | File)[]>> =>
  c.req.parseBody({ all: true }).catch(cause => {
    throw new DomainError('request-invalid', 'The form could not be read.', { cause });
  });

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
