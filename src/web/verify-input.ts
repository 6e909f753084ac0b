import type { Context } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { DAY_MS } from '../platform/clock.ts';
import { type AppEnv, parse } from '../platform/http.ts';
import { parseDateTimeStamp } from '../vc/date.ts';
import { linkIn, type RecipientAsked, recipientAsked } from '../verifier/index.ts';
import { readFields } from './form.ts';

/** What the form asks: something to check, with the place of the one that is meant, or nothing that can be checked. */
export type Asked =
  | { text: string; file?: undefined; choice?: number; beside?: Beside; technical?: boolean }
  | { file: Uint8Array; text?: undefined; choice?: undefined; beside?: Beside; technical?: boolean }
  | { nothing: 'empty' | 'both'; text?: undefined }
  /** Several files, or a link on each line: checked as many at once. */
  | { several: true; text?: undefined };

/** What is asked beside the badge: whether it is this person, and as of which day. */
export type Beside = { recipient?: RecipientAsked; at?: Date };

/** Characters of as many links as are checked at once. */
const MANY_LINKS = 500_000;
/** Bytes of a file. */
const LIMIT = 10_000_000;

/**
 * Reads the form of the check. What was given is told apart by its content, later.
 * @throws DomainError `request-invalid`, `body-too-large`
 */
export async function readAsked(c: Context<AppEnv>): Promise<Asked> {
  const fields = await readFields(c);
  const text = typeof fields.text === 'string' ? fields.text.trim() : '';
  // A browser sends an empty file when none was chosen.
  const files = [fields.file].flat().filter(one => one instanceof File && one.size > 0) as File[];
  const [file] = files;
  if (text && file) return { nothing: 'both' };
  const words = text.length <= MANY_LINKS ? text.split(/\s+/) : [];
  if (files.length > 1 || (words.length > 1 && words.every(linkIn))) return { several: true };
  const beside = readBeside(fields);
  if (text) return { ...readText(text, fields.choice), beside, technical: fields.technical === '1' };
  if (!file) return { nothing: 'empty' };
  if (file.size > LIMIT) throw new DomainError('body-too-large', `A file has at most ${LIMIT} bytes.`);
  return { file: new Uint8Array(await file.arrayBuffer()), beside };
}

/** A day is taken at noon, as the API does; a field that is empty asks nothing. @throws DomainError `request-invalid` */
export function readDay(field: unknown): Date | undefined {
  if (field === undefined || field === '') return undefined;
  const day = typeof field === 'string' ? parseDateTimeStamp(`${field}T12:00:00Z`) : undefined;
  if (!day) throw new DomainError('request-invalid', 'The date is a day, as in 2026-01-31.');
  return day;
}

/** A day that is still to come has no answer; it is already tomorrow somewhere. */
export const isToCome = (day: Date | undefined, now: Date): boolean =>
  day !== undefined && day.toISOString().slice(0, 10) > new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);

/** Whether a form says whom someone has in front of them. */
export const namesPerson = (fields: Record<string, unknown>): boolean =>
  ['email', 'name', 'eduid', 'identifier'].some(kind => String(fields[kind] ?? '').trim() !== '');

/** A field that is empty asks nothing. @throws DomainError `request-invalid` */
function readBeside({ at, ...fields }: Record<string, unknown>): Beside {
  const given = ['email', 'name', 'eduid', 'identifier'].flatMap(kind => {
    const value = fields[kind];
    return typeof value === 'string' && value.trim() !== '' ? [[kind, value] as const] : [];
  });
  const day = readDay(at);
  return {
    ...(given.length > 0 ? { recipient: parse(recipientAsked, Object.fromEntries(given)) } : {}),
    ...(day ? { at: day } : {}),
  };
}

/** The address of a check: a link, and the day that is asked about. @throws DomainError `request-invalid` */
export const readAddress = ({ url = '', choice, at, technical }: Record<string, string>): Asked => ({
  ...readText(url.trim(), choice),
  beside: readBeside({ at }),
  technical: technical === '1',
});

/** A text, and the choice that a button of the choice page adds to it. */
function readText(text: string, choice: unknown): Extract<Asked, { text: string }> {
  return typeof choice === 'string' && /^\d{1,3}$/.test(choice) ? { text, choice: Number(choice) } : { text };
}
