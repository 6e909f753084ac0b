import { and, desc, eq, inArray, ne } from 'drizzle-orm';
import type { AchievementContent, Basis } from '../catalogue/index.ts';
import { achievementVersions } from '../catalogue/schema.ts';
import { readInstitution } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { recipientKeysOf } from './claimant.ts';
import type { Identified } from './identified.ts';
import { isErasedDocument } from './erased.ts';
import { readDocument } from './read.ts';
import type { Offered } from './read-offer.ts';
import {
  awardChanges,
  awards,
  type AwardState,
  claims,
  confirmations,
  credentials,
  offers,
  replacements,
  replies,
  shares,
} from './schema.ts';

/** A badge in someone's account. */
export interface MyBadge {
  id: string;
  /** `expired` as soon as its end is past. */
  state: AwardState;
  institution: { slug: string; name: string };
  achievement: AchievementContent;
  /** The link of its public page; absent while it is being signed or was not picked up. */
  shareToken: string | null;
  /** The link behind which a badge that was not picked up waits. */
  claimToken: string | null;
  /** How its holder was known when claiming; null for a badge that came with a link. */
  identified: Identified | null;
  /** The name that stands in it. */
  name: string | null;
  awardedOn: string;
  validUntil: string | null;
  /** On what the decision rests. */
  basis: Basis;
}

/** The badges in someone's account, the newest first. */
export async function awardsOf(deps: Deps, personId: string): Promise<MyBadge[]> {
  const rows = await select(deps).where(eq(awards.personId, personId)).orderBy(desc(awards.id));
  return rows.map(row => toBadge(row, deps.clock()));
}

/** Of each of these people the badges that they chose to show: their own, and good now. At most 80 people. */
export async function badgesShownBy(
  deps: Deps,
  people: readonly { person: string; badges: readonly string[] }[],
): Promise<Map<string, MyBadge[]>> {
  const showing = people.filter(({ badges }) => badges.length > 0);
  const who = showing.map(({ person }) => person);
  const rows = who.length ? await select(deps).where(inArray(awards.personId, who)).orderBy(desc(awards.id)) : [];
  const good = (badge: MyBadge) => badge.state === 'released' || badge.state === 'claimed';
  return new Map(
    showing.map(({ person, badges }) => [
      person,
      rows
        .filter(({ award }) => award.personId === person && badges.includes(award.id))
        .map(row => toBadge(row, deps.clock()))
        .filter(good),
    ]),
  );
}

/** What waits for someone, under any address that they proved: offered, lapsed or declined, the newest first. */
export async function offersFor(deps: Deps, personId: string): Promise<Offered[]> {
  const keys = [...(await recipientKeysOf(deps, personId))];
  if (!keys.length) return [];
  const rows = await deps.db.query
    .select({ offer: offers, slug: institutions.slug, achievement: achievementVersions.content })
    .from(offers)
    .innerJoin(institutions, eq(institutions.id, offers.institutionId))
    .innerJoin(
      achievementVersions,
      and(
        eq(achievementVersions.achievementId, offers.achievementId),
        eq(achievementVersions.version, offers.achievementVersion),
      ),
    )
    .where(and(inArray(offers.recipientKey, keys), ne(offers.state, 'held')))
    .orderBy(desc(offers.id));
  return Promise.all(
    rows.map(async ({ offer, slug, achievement }) => ({
      offer,
      achievement,
      institution: await readInstitution(deps, slug),
    })),
  );
}

/** What one badge has gone through, for its owner. */
export interface MyBadgeInFull extends MyBadge {
  /** What it came to, with the words of the institution for the learner. */
  since: { at: string; reason: string | null; words: string | null };
  /** The owner's badge that took its place. */
  successor: string | null;
  replies: { words: string | null; at: string }[];
  confirmations: { at: string; identified: Identified; withdrawnAt: string | null }[];
}

/** One badge of a person. @throws DomainError `not-found`, also for somebody else's */
export async function readMyBadge(deps: Deps, personId: string, id: string): Promise<MyBadgeInFull> {
  const { query } = deps.db;
  const [row] = await select(deps).where(and(eq(awards.id, id), eq(awards.personId, personId)));
  if (!row) throw notFound('badge');
  const [last] = await query
    .select({ at: awardChanges.at, reason: awardChanges.reason, words: awardChanges.words })
    .from(awardChanges)
    .where(eq(awardChanges.awardId, id))
    .orderBy(desc(awardChanges.seq))
    .limit(1);
  const [successor] = await query
    .select({ id: awards.id })
    .from(replacements)
    .innerJoin(awards, eq(awards.id, replacements.successorId))
    .where(and(eq(replacements.awardId, id), eq(awards.personId, personId)));
  return {
    ...toBadge(row, deps.clock()),
    since: last!,
    successor: successor?.id ?? null,
    replies: await query
      .select({ words: replies.words, at: replies.at })
      .from(replies)
      .where(eq(replies.awardId, id))
      .orderBy(replies.at),
    confirmations: await query
      .select({
        at: confirmations.at,
        identified: confirmations.identified,
        withdrawnAt: confirmations.withdrawnAt,
      })
      .from(confirmations)
      .where(eq(confirmations.awardId, id))
      .orderBy(desc(confirmations.at)),
  };
}

/** The signed badge of a person, byte for byte. @throws DomainError `not-found`, also for somebody else's */
export async function readMyDocument(deps: Deps, personId: string, id: string): Promise<string> {
  const [row] = await select(deps).where(and(eq(awards.id, id), eq(awards.personId, personId)));
  const document = row && (await readDocument(deps, id));
  if (!document) throw notFound('badge');
  return document;
}

/** All signed badges of a person, byte for byte, by the ids of their awards. */
export async function documentsOf(deps: Deps, personId: string): Promise<Map<string, string>> {
  const rows = await deps.db.query
    .select({ id: awards.id, document: credentials.document })
    .from(awards)
    .innerJoin(credentials, and(eq(credentials.awardId, awards.id), eq(credentials.format, 'ldp_vc')))
    .where(eq(awards.personId, personId));
  return new Map(rows.filter(row => !isErasedDocument(row.document)).map(row => [row.id, row.document]));
}

const select = ({ db }: Deps) =>
  db.query
    .select({
      award: awards,
      slug: institutions.slug,
      profile: institutions.profile,
      achievement: achievementVersions.content,
      shareToken: shares.token,
      claimToken: claims.token,
    })
    .from(awards)
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .innerJoin(
      achievementVersions,
      and(
        eq(achievementVersions.achievementId, awards.achievementId),
        eq(achievementVersions.version, awards.achievementVersion),
      ),
    )
    .leftJoin(shares, eq(shares.awardId, awards.id))
    .leftJoin(claims, eq(claims.awardId, awards.id));

function toBadge(row: Awaited<ReturnType<typeof select>>[number], now: Date): MyBadge {
  const { award, slug, profile, achievement, shareToken, claimToken } = row;
  const { validUntil, awardedDate, decision } = award.input;
  const inForce = award.state === 'released' || award.state === 'claimed';
  const ended = inForce && validUntil !== undefined && Date.parse(validUntil) <= now.getTime();
  return {
    id: award.id,
    state: ended ? 'expired' : award.state,
    institution: { slug, name: profile.name },
    achievement,
    shareToken,
    claimToken,
    identified: award.identified,
    name: award.input.recipient.name ?? null,
    awardedOn: awardedDate ?? decision.decidedOn,
    validUntil: validUntil ?? null,
    basis: decision.basis,
  };
}
