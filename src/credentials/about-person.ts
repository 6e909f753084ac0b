import { and, asc, eq, inArray, isNull, notLike, sql } from 'drizzle-orm';
import { readVersion } from '../catalogue/index.ts';
import { institutions } from '../institutions/schema.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { AuditEntry } from '../platform/audit.ts';
import type { Statement } from '../platform/database.ts';
import { withoutEndorsement } from './answer-endorsement.ts';
import { recipientKeysOf } from './claimant.ts';
import { listGivenEndorsements } from './endorsement.ts';
import { eraseRow, forgetLetters } from './erase-award.ts';
import {
  awardChanges,
  awards,
  claims,
  confirmations,
  copies,
  credentials,
  offers,
  replacements,
  replies,
  shareLinks,
  shares,
  shareUses,
} from './schema.ts';
import { shareLinksOf } from './share-links.ts';

/**
 * What credentials hold about a person: awards that are theirs or were given to an address of theirs, offers, and what
 * they endorsed.
 */
export async function heldAbout(deps: Deps, personId: string) {
  const mine = await awardsAbout(deps, personId);
  const offered = await offersAbout(deps, personId);
  const slugs = new Map((await deps.db.query.select().from(institutions)).map(({ id, slug }) => [id, slug]));
  return {
    awards: await Promise.all(mine.map(award => heldInAward(deps, award, slugs.get(award.institutionId) ?? ''))),
    endorsements: (await listGivenEndorsements(deps, { person: personId })).map(
      ({ person: _, institution: __, ...given }) => given,
    ),
    offers: await Promise.all(
      offered.map(async offer => ({
        id: offer.id,
        institution: slugs.get(offer.institutionId) ?? '',
        title: await titleOf(deps, offer),
        achievement: offer.achievementId,
        version: offer.achievementVersion,
        state: offer.state,
        input: offer.input,
        createdAt: offer.createdAt,
        lapsesAt: offer.lapsesAt,
      })),
    ),
  };
}

async function titleOf(
  deps: Deps,
  of: { institutionId: string; achievementId: string; achievementVersion: number },
): Promise<string> {
  const version = await readVersion(deps.db, of.institutionId, of.achievementId, of.achievementVersion);
  return version?.content.name ?? '';
}

async function heldInAward(deps: Deps, award: typeof awards.$inferSelect, institution: string) {
  const { query } = deps.db;
  const { id } = award;
  const [changes, answers, confirmed, links, offered, documents] = await Promise.all([
    query.select().from(awardChanges).where(eq(awardChanges.awardId, id)).orderBy(asc(awardChanges.seq)),
    query.select().from(replies).where(eq(replies.awardId, id)),
    query.select().from(confirmations).where(eq(confirmations.awardId, id)),
    query.select().from(shares).where(eq(shares.awardId, id)),
    query.select().from(claims).where(eq(claims.awardId, id)),
    query.select().from(credentials).where(eq(credentials.awardId, id)),
  ]);
  const { origin } = deps.config;
  return {
    id,
    institution,
    title: await titleOf(deps, award),
    achievement: award.achievementId,
    version: award.achievementVersion,
    state: award.state,
    credentialId: award.credentialId,
    subjectId: award.subjectId,
    input: award.input,
    createdAt: award.createdAt,
    mine: award.personId !== null,
    identified: award.identified,
    changes: changes.map(({ state, reason, words, at }) => ({ state, reason, words, at })),
    replies: answers.map(({ words, at }) => ({ words, at })),
    confirmations: confirmed.map(({ at, identified, withdrawnAt }) => ({ at, identified, withdrawnAt })),
    copies: (await query.select().from(copies).where(eq(copies.awardId, id))).map(
      ({ format, holder, document, signedAt }) => ({ format, holder, document, signedAt }),
    ),
    shareLinks: (award.personId ? await shareLinksOf(deps, award.personId, id) : []).map(
      ({ token, purpose, without, preview, createdAt, expiresAt, mostUses, withdrawnAt, uses }) => ({
        link: `${deps.config.origin}/c/${token}`,
        purpose,
        without,
        preview,
        createdAt,
        expiresAt,
        mostUses,
        withdrawnAt,
        uses,
      }),
    ),
    links: [
      ...offered.map(({ token }) => `${origin}/claim/${token}`),
      ...links.map(({ token }) => `${origin}/c/${token}`),
    ],
    documents: documents.map(({ format, document, signedAt }) => ({ format, document, signedAt })),
  };
}

/**
 * What erases the first awards of a person; none when there are none left. A few at a time, so that no commit is longer
 * than a database takes; each is whole on its own, and what was cut off goes on where it was.
 */
export async function eraseSome(
  deps: Deps,
  personId: string,
  actor: Actor,
): Promise<{ statements: Statement[]; entries: AuditEntry[] }> {
  const some = (await awardsAbout(deps, personId)).slice(0, 20);
  const erased = await Promise.all(some.map(award => eraseRow(deps, award, actor)));
  return { statements: erased.flatMap(e => e.statements), entries: erased.map(e => e.entry) };
}

/**
 * What else goes when a person is erased: the offers to what they proved to be theirs with their letters, and their
 * endorsements.
 */
export async function eraseStatements(deps: Deps, personId: string): Promise<Statement[]> {
  const { query } = deps.db;
  const theirs = query.select({ token: shareLinks.token }).from(shareLinks).where(eq(shareLinks.personId, personId));
  return [
    // Links go with their badges; one that was made in the moment in which its badge was erased goes here.
    query.delete(shareUses).where(sql`${shareUses.token} in ${theirs}`),
    query.delete(shareLinks).where(eq(shareLinks.personId, personId)),
    ...(await offersAbout(deps, personId)).flatMap(({ id }) => [
      ...forgetLetters(deps, id),
      query.delete(offers).where(eq(offers.id, id)),
    ]),
    ...(await listGivenEndorsements(deps, { person: personId })).flatMap(({ id }) => withoutEndorsement(deps, id)),
  ];
}

/** Theirs, or given to an address of theirs and taken by nobody. */
async function awardsAbout(deps: Deps, personId: string) {
  const keys = [...(await recipientKeysOf(deps, personId))];
  const found = await deps.db.query.select().from(awards).where(eq(awards.personId, personId)).orderBy(asc(awards.id));
  for (const some of chunks(keys)) {
    const free = and(isNull(awards.personId), inArray(awards.recipientKey, some));
    found.push(...(await deps.db.query.select().from(awards).where(free).orderBy(asc(awards.id))));
  }
  // What took the place of such an award stands under that award, and is about the same person.
  for (let i = 0; i < found.length; i++)
    for (const { award } of await successorsOf(deps, found[i]!.id))
      if (award.personId === null && !found.some(({ id }) => id === award.id)) found.push(award);
  return found;
}

const successorsOf = (deps: Deps, id: string) =>
  deps.db.query
    .select({ award: awards })
    .from(replacements)
    .innerJoin(awards, eq(awards.id, replacements.successorId))
    .where(and(eq(replacements.awardId, id), notLike(awards.recipientKey, 'erased:%')));

async function offersAbout(deps: Deps, personId: string) {
  const found: (typeof offers.$inferSelect)[] = [];
  for (const some of chunks([...(await recipientKeysOf(deps, personId))]))
    found.push(...(await deps.db.query.select().from(offers).where(inArray(offers.recipientKey, some))));
  return found;
}

/** D1 binds at most 100 parameters in a statement. */
function chunks(keys: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let i = 0; i < keys.length; i += 50) found.push(keys.slice(i, i + 50));
  return found;
}
