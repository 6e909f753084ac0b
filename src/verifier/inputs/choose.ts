import { DomainError } from '../../platform/errors.ts';
import { canonicalJson, parseJson } from '../../platform/json.ts';
import { decodeBase64url } from '../../vc/bytes.ts';

/**
 * One step on the way to a badge: through a link, into a picture, out of a QR code. `name`: an address, a file, a
 * place.
 */
export type Step = {
  kind: 'link' | 'png' | 'svg' | 'pdf' | 'file' | 'qr' | 'list' | 'presentation';
  name?: string;
};

/** A badge as it was found, unread: an object, or a token as text. */
export type Found = {
  badge: string | Record<string, unknown>;
  where: Step[];
  /** The address that answered with this badge itself. */
  source?: string;
};

/** What whoever has to choose is told. */
export type Choice = { index: number; where: Step[]; title?: string };

const MAX_TITLE = 200;

/** Drops what says the same twice: equal in bytes, or equal as JSON. */
export function unique(found: Found[]): Found[] {
  if (found.length < 2) return found;
  const seen = new Map<string, Found>();
  for (const one of found) {
    const key = typeof one.badge === 'string' ? one.badge : canonicalJson(one.badge);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

/**
 * The one badge, or the one that was chosen by its place among several.
 * @throws DomainError `several-badges` with `choices`, `request-invalid` for a place that is none
 */
export function chooseOne(found: Found[], choice?: number): Found {
  const chosen = found[choice ?? 0];
  if (!chosen) throw new DomainError('request-invalid', `choice is a number from 0 to ${found.length - 1}.`);
  if (found.length === 1 || choice !== undefined) return chosen;
  throw new DomainError(
    'several-badges',
    `There are ${found.length} different badges in this. Say which with choice.`,
    {
      extensions: { choices: choicesOf(found) },
    },
  );
}

/** What there is to choose from. */
export const choicesOf = (found: Found[]): Choice[] =>
  found.map(({ badge, where }, index) => {
    const title = titleOf(badge);
    return { index, where, ...(title ? { title } : {}) };
  });

/** What a badge calls itself. Nothing is checked yet, so it helps to choose and proves nothing. */
function titleOf(badge: Found['badge']): string | undefined {
  const document = typeof badge === 'string' ? claimsOf(badge) : badge;
  const named = [document, member(document, 'vc'), member(document, 'badge')].flatMap(value => [
    member(value, 'name'),
    member(member(member(value, 'credentialSubject'), 'achievement'), 'name'),
  ]);
  const title = named.map(textOf).find(Boolean);
  return title && [...title].slice(0, MAX_TITLE).join('');
}

function claimsOf(token: string): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64url(token.split('.')[1] ?? '')));
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[name] : undefined;
}

/** A text, also where it is one with a language. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : member(value, '@value');
  return typeof text === 'string' && text.trim() ? text.trim() : undefined;
}
