import type { Context } from 'hono';
import { DomainError } from '../../platform/errors.ts';
import { readText } from '../../platform/http.ts';
import { refused } from './refusal.ts';

/** A parameter of a form by its name; one that was sent empty was left out (RFC 6749 §3.2). */
export type Given = (name: string) => string | undefined;

/**
 * The parameters that a client posts.
 * @throws DomainError `media-type-unsupported`; `invalid_request` where one stands twice
 */
export async function readParameters(c: Context): Promise<Given> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new DomainError('media-type-unsupported', 'Send application/x-www-form-urlencoded.');
  const form = new URLSearchParams(await readText(c));
  assertOnce(form);
  return name => form.get(name) || undefined;
}

/** RFC 6749 §3.1, §3.2. @throws DomainError `invalid_request` where a parameter stands twice */
export function assertOnce(parameters: URLSearchParams): void {
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length) throw refused('invalid_request', 'A parameter stands twice.');
}

/** @throws DomainError `invalid_request` for one that was left out */
export function required(given: Given, name: string): string {
  const value = given(name);
  if (value === undefined) throw refused('invalid_request', `There is no ${name}.`);
  return value;
}
