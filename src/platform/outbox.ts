import type { Database, Statement } from './database.ts';
import { newId } from './ids.ts';
import type { Letter } from './mail.ts';
import { outbox } from './schema.ts';

export const letterKinds = [
  'claim',
  'reminder',
  'invitation',
  'one-time-link',
  'revocation',
  'suspension',
  'lifting',
  'replacement',
  'turn',
  'reference',
  'endorsement',
] as const;
export type LetterKind = (typeof letterKinds)[number];

interface OutboxLetter {
  /** Stands in the letter's Message-ID, so it is random and tells nothing. */
  id?: string;
  /** The same key again is the same letter: `claim:OFFER:1`, `reminder:OFFER:1`. It holds ids, never an address. */
  key: string;
  kind: LetterKind;
  /** The institution's id; `OPERATOR` for a letter of the service itself. */
  institution: string;
  letter: Letter;
  now: Date;
  /** When it is to be sent; at once when left out. */
  dueAt?: Date;
}

/**
 * The statement that puts a letter in the outbox, for the commit of whatever it tells: there is no letter without its
 * cause and no cause without its letter. A second letter under the same key changes nothing.
 */
export const letter = (db: Database, { id, key, kind, institution, letter, now, dueAt }: OutboxLetter): Statement =>
  db.query
    .insert(outbox)
    .values({
      id: id ?? newId(now),
      key,
      kind,
      institution,
      letter,
      createdAt: now.toISOString(),
      dueAt: (dueAt ?? now).toISOString(),
      attempts: 0,
    })
    .onConflictDoNothing({ target: outbox.key });
