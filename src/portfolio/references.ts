/** Words of others, from the side of the learner: to ask, to read, to hide, to take away. */
import { and, asc, eq, gt, isNull, like, lte, notInArray, sql } from 'drizzle-orm';
import { linkSpent, spend, wasSpent } from '../people/index.ts';
import { emailKey } from '../platform/addresses.ts';
import { OPERATOR } from '../platform/audit.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { dropBytes } from '../platform/files.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { composeLetter } from '../platform/letter.ts';
import { macOf } from '../platform/mac.ts';
import { letter } from '../platform/outbox.ts';
import { files, outbox } from '../platform/schema.ts';
import { readExperience } from './experiences.ts';
import { change, type Holder, requirePerson, requireRoom } from './holder.ts';
import { referenceLetter } from './letters.ts';
import { issuerOf } from './own-signature.ts';
import { type ReferenceAsk, underSigned } from './reference-input.ts';
import { referenceRequests, references } from './schema.ts';
import { HIDDEN, isHidden } from './standing.ts';

/** How long someone can answer, and come back to what they said. */
export const REFERENCE_DAYS = 60;
const MOST_OPEN = 30;
const LETTERS_A_DAY = 20;

type Row = typeof references.$inferSelect;

/** What someone said, with the recording that it may be. */
export interface Reference extends Omit<Row, 'requestId' | 'personId'> {
  hidden: boolean;
  /** The DID that signed it; null where nobody did. */
  signer: string | null;
}

/** How the secret of a link stands in the database. */
export const requestIdOf = (token: string): Promise<string> => sha256Hex(token);

/**
 * Asks someone for words about an experience, or about what one can. The link is told once: only its hash is kept. An
 * address stands in the letter alone, and goes with it.
 * @throws DomainError `not-found`, `limit-broken`, `request-invalid` for what is no address, `link-spent` for a second
 * letter to one address on a day
 */
export async function askReference(
  deps: Deps,
  holder: Holder,
  { experienceId, name, relation, as, message, email, language }: ReferenceAsk & { language: Language },
): Promise<{ link: string }> {
  requirePerson(holder);
  if (experienceId) await readExperience(deps, holder, experienceId);
  requireRoom((await listAsked(deps, holder)).length, MOST_OPEN, 'open questions');
  const now = deps.clock();
  const token = newToken();
  const id = await requestIdOf(token);
  const link = `${deps.config.origin}/r/${token}`;
  const expiresAt = new Date(now.getTime() + REFERENCE_DAYS * DAY_MS);
  const row = {
    id,
    portfolioId: holder.portfolio,
    experienceId,
    name,
    relation,
    message: underSigned(message, as),
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
  const mail = email
    ? await letterTo(deps, holder, {
        id,
        now,
        words: { language, to: email, as, name, url: link, until: dayIn(expiresAt, language) },
      })
    : [];
  try {
    await change(deps, holder, 'reference.ask', [deps.db.query.insert(referenceRequests).values(row), ...mail]);
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    throw error;
  }
  return { link };
}

const dayIn = (date: Date, language: Language): string =>
  new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Amsterdam',
  }).format(date);

/** Its key names the portfolio and the question; a mailbox gets one of a portfolio on a day. */
async function letterTo(
  deps: Deps,
  { portfolio }: Holder,
  { id, now, words }: { id: string; now: Date; words: Parameters<typeof referenceLetter>[0] },
): Promise<Statement[]> {
  if (!deps.mailer) throw new DomainError('request-invalid', 'No mail is sent from here.');
  const composed = composeLetter(referenceLetter(words));
  const today = now.toISOString().slice(0, 10);
  const [{ n }] = (await deps.db.query
    .select({ n: sql<number>`count(*)` })
    .from(outbox)
    .where(and(like(outbox.key, `reference:${portfolio}:%`), gt(outbox.createdAt, today)))) as [{ n: number }];
  requireRoom(n, LETTERS_A_DAY, 'letters on a day');
  const mailbox = await macOf(deps, 'reference', portfolio, emailKey(words.to) ?? words.to, today);
  return [
    ...(await spend(deps, 'reference-mailbox', mailbox, new Date(now.getTime() + DAY_MS))),
    letter(deps.db, {
      key: letterKey(portfolio, id),
      kind: 'reference',
      institution: OPERATOR,
      letter: composed,
      now,
    }),
  ];
}

const letterKey = (portfolio: string, id: string) => `reference:${portfolio}:${id}`;

/** A letter that was not sent leads nowhere once its question has gone. */
export const withoutLetter = ({ db }: Deps, portfolio: string, id: string): [Statement] => [
  db.query.delete(outbox).where(and(eq(outbox.key, letterKey(portfolio, id)), isNull(outbox.sentAt))),
];

/** Questions that nobody answered yet, in the order in which they were asked. The id is a hash, and opens nothing. */
export async function listAsked(deps: Deps, { portfolio }: Holder) {
  const answered = deps.db.query
    .select({ id: references.requestId })
    .from(references)
    .where(eq(references.portfolioId, portfolio));
  return deps.db.query
    .select()
    .from(referenceRequests)
    .where(
      and(
        eq(referenceRequests.portfolioId, portfolio),
        gt(referenceRequests.expiresAt, deps.clock().toISOString()),
        notInArray(referenceRequests.id, answered),
      ),
    )
    .orderBy(asc(referenceRequests.createdAt));
}

/** What others said, of one experience or of all, the first one first. */
export async function listReferences(deps: Deps, { portfolio }: Holder, experienceId?: string): Promise<Reference[]> {
  const rows = await deps.db.query
    .select()
    .from(references)
    .where(
      and(
        eq(references.portfolioId, portfolio),
        experienceId === undefined ? undefined : eq(references.experienceId, experienceId),
      ),
    )
    .orderBy(asc(references.createdAt), asc(references.id));
  return rows.map(asReference);
}

export function asReference({ requestId: _request, personId: _person, answers, ...row }: Row): Reference {
  const { [HIDDEN]: _hidden, ...said } = answers;
  const signer = row.document === null ? null : issuerOf(row.document);
  return { ...row, answers: said, hidden: isHidden({ answers }), signer };
}

/** @throws DomainError `not-found`, also for somebody else's */
export async function readReference(deps: Deps, holder: Holder, id: string): Promise<Row> {
  const [row] = await deps.db.query
    .select()
    .from(references)
    .where(and(eq(references.id, id), eq(references.portfolioId, holder.portfolio)));
  if (!row) throw notFound('reference');
  return row;
}

/** Takes a question back: its link leads nowhere from that moment. @throws DomainError `not-found` */
export async function takeBackAsk(deps: Deps, holder: Holder, id: string): Promise<void> {
  requirePerson(holder);
  if (!(await listAsked(deps, holder)).some(asked => asked.id === id)) throw notFound('question');
  await change(deps, holder, 'reference.take-back', [
    deps.db.query.delete(referenceRequests).where(eq(referenceRequests.id, id)),
    ...withoutLetter(deps, holder.portfolio, id),
  ]);
}

/** What is hidden stays, is shown to nobody, and does not count for who stands behind something. */
export async function hideReference(deps: Deps, holder: Holder, id: string, hidden: boolean): Promise<void> {
  requirePerson(holder);
  const { answers } = await readReference(deps, holder, id);
  const { [HIDDEN]: _, ...said } = answers;
  await change(deps, holder, hidden ? 'reference.hide' : 'reference.show', [
    deps.db.query
      .update(references)
      .set({ answers: hidden ? { ...said, [HIDDEN]: 'yes' } : said })
      .where(eq(references.id, id)),
  ]);
}

/** The learner takes it away, with its link and its recording. @throws DomainError `not-found` */
export async function removeReference(deps: Deps, holder: Holder, id: string): Promise<void> {
  requirePerson(holder);
  const row = await readReference(deps, holder, id);
  await change(deps, holder, 'reference.remove', withoutReference(deps, row));
  await dropBytes(deps, row.fileId ? [row.fileId] : []);
}

export const withoutReference = (
  { db: { query } }: Deps,
  row: Pick<Row, 'id' | 'requestId' | 'fileId'>,
): Statement[] => [
  query.delete(references).where(eq(references.id, row.id)),
  query.delete(referenceRequests).where(eq(referenceRequests.id, row.requestId)),
  ...(row.fileId ? [query.delete(files).where(eq(files.id, row.fileId))] : []),
];

/** Links that ended go, and with them the name of who was asked, and a letter that was never sent. */
export async function endLapsedAsks(deps: Deps): Promise<void> {
  const { query } = deps.db;
  const over = lte(referenceRequests.expiresAt, deps.clock().toISOString());
  await deps.db.batch([
    query
      .delete(outbox)
      .where(
        and(
          eq(outbox.kind, 'reference'),
          isNull(outbox.sentAt),
          lte(outbox.createdAt, new Date(deps.clock().getTime() - REFERENCE_DAYS * DAY_MS).toISOString()),
        ),
      ),
    query.delete(referenceRequests).where(over),
  ]);
}
