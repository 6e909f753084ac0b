import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import { dossierWords } from './schema.ts';

/** What was said with a move, by the name of the field: texts, and lists of texts. */
export type Words = Record<string, unknown>;

/**
 * What was said, to lie beside its event. The event carries a hash over a salt and the words; erasing takes both away,
 * so that a short answer cannot be guessed from the hash that stays.
 */
export async function keepWords(
  deps: Deps,
  dossierId: string,
  seq: number,
  words: Words | undefined,
): Promise<{ hash: string | null; statements: Statement[] }> {
  if (!words || !Object.keys(words).length) return { hash: null, statements: [] };
  const salt = newToken();
  return {
    hash: await hashWords(salt, words),
    statements: [deps.db.query.insert(dossierWords).values({ dossierId, seq, salt, words })],
  };
}

/** SHA-256, in hex, over the salt and the words. */
export const hashWords = (salt: string, words: Words): Promise<string> => sha256Hex(`${salt}.${canonicalJson(words)}`);
