import { and, desc, eq, inArray, isNotNull, lt, or } from 'drizzle-orm';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { isErased, isErasedDocument } from './erased.ts';
import type { Offer } from './read-offer.ts';
import {
  type AwardState,
  awardChanges,
  awards,
  claims,
  copies,
  credentials,
  offers,
  replacements,
  shares,
} from './schema.ts';

export type Award = typeof awards.$inferSelect & { claimToken: string | null };

/** An award as the API tells it, signed or still offered. */
export interface AwardSummary {
  id: string;
  state: AwardState | 'lapsed' | 'declined';
  claimToken: string | null;
}

/** An offer is an award that was released and is not claimed; while it is held, nothing of it has left the house. */
export const summaryOf = ({ id, state, token }: Offer): AwardSummary => ({
  id,
  state: state === 'offered' ? 'released' : state,
  claimToken: state === 'held' ? null : token,
});

/**
 * An award of the institution that asks.
 * @throws DomainError `not-found`, also for another institution's; `not-claimed` while it is only offered
 */
export async function readAward(ctx: Ctx, id: string): Promise<Award> {
  const award = await findAward(ctx, id);
  if (award) return award;
  if (!(await findOffer(ctx, id))) throw notFound('award');
  throw new DomainError('not-claimed', 'The badge is offered and not claimed yet, so it is not signed either.');
}

/** An award of the institution, signed or still offered. @throws DomainError `not-found` */
export async function readSummary(ctx: Ctx, id: string): Promise<AwardSummary> {
  // The offer first: a claim takes it away and puts the award in its place, never the other way round.
  const offer = await findOffer(ctx, id);
  const award = offer ? summaryOf(offer) : await findAward(ctx, id);
  if (!award) throw notFound('award');
  return award;
}

async function findAward(ctx: Ctx, id: string): Promise<Award | undefined> {
  const rows = await ctx.db.query
    .select({ award: awards, claimToken: claims.token })
    .from(awards)
    .leftJoin(claims, eq(claims.awardId, awards.id))
    .where(and(eq(awards.id, id), eq(awards.institutionId, ctx.institution.id)));
  return rows[0] && { ...rows[0].award, claimToken: rows[0].claimToken };
}

/** An offer of the institution that asks, in whatever state. */
export async function findOffer(ctx: Ctx, id: string): Promise<Offer | undefined> {
  const rows = await ctx.db.query
    .select()
    .from(offers)
    .where(and(eq(offers.id, id), eq(offers.institutionId, ctx.institution.id)));
  return rows[0];
}

/** A page of awards, newest first, those that are only offered among them: both have ids that sort by time. */
export async function listAwards(ctx: Ctx, page: { cursor?: string; limit: number }) {
  const [{ id: institutionId }, { cursor, limit }] = [ctx.institution, page];
  const offered = await ctx.db.query
    .select()
    .from(offers)
    .where(and(eq(offers.institutionId, institutionId), cursor ? lt(offers.id, cursor) : undefined))
    .orderBy(desc(offers.id))
    .limit(limit + 1);
  const signed = await ctx.db.query
    .select({ award: awards, claimToken: claims.token })
    .from(awards)
    .leftJoin(claims, eq(claims.awardId, awards.id))
    .where(and(eq(awards.institutionId, institutionId), cursor ? lt(awards.id, cursor) : undefined))
    .orderBy(desc(awards.id))
    .limit(limit + 1);
  // One that was claimed between the two reads is in both; what it became counts.
  const byId = new Map<string, AwardSummary>();
  for (const offer of offered) byId.set(offer.id, summaryOf(offer));
  for (const { award, claimToken } of signed) byId.set(award.id, { ...award, claimToken });
  const all = [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  const items = all.slice(0, limit);
  return { items, next: all.length > limit ? items.at(-1)?.id : undefined };
}

/** The signed badge of an award, as it was stored. @throws DomainError `not-found`, `not-signed`, `award-erased` */
export async function readCredential(ctx: Ctx, id: string): Promise<string> {
  const award = await readAward(ctx, id);
  if (isErased(award)) throw new DomainError('award-erased', 'Only its holder has a copy of this badge.');
  const document = await readDocument(ctx.deps, award.id);
  if (!document) throw new DomainError('not-signed', 'This badge is being signed. Try again in a moment.');
  return document;
}

/** The stored badge of an award; undefined while it is reserved, and once it was erased. */
export async function readDocument(deps: Deps, awardId: string): Promise<string | undefined> {
  const rows = await deps.db.query
    .select({ document: credentials.document })
    .from(credentials)
    .where(and(eq(credentials.awardId, awardId), eq(credentials.format, 'ldp_vc')));
  const document = rows[0]?.document;
  return document === undefined || isErasedDocument(document) ? undefined : document;
}

export interface PublicStatus {
  state: AwardState;
  /** A reason code for the public. */
  reason?: string;
  at: string;
  /** Where the badge that took its place shows, when its owner has a link to it. */
  successor?: string;
}

/** Why a bit of a list of ours is set: for checkers, so a code and a time and nothing about a person. */
export async function readPublicStatus(deps: Deps, listId: string, index: number): Promise<PublicStatus | undefined> {
  const rows = await deps.db.query
    .select({
      awardId: awards.id,
      state: awardChanges.state,
      reason: awardChanges.reason,
      at: awardChanges.at,
    })
    .from(awardChanges)
    .innerJoin(awards, eq(awards.id, awardChanges.awardId))
    .where(
      or(
        and(eq(awards.statusListId, listId), eq(awards.statusIndex, index)),
        inArray(
          awards.id,
          deps.db.query
            .select({ id: copies.awardId })
            .from(copies)
            .where(and(eq(copies.statusListId, listId), eq(copies.statusIndex, index))),
        ),
      ),
    )
    .orderBy(desc(awardChanges.seq))
    .limit(1);
  const row = rows[0];
  if (!row) return undefined;
  const { awardId, state, reason, at } = row;
  const successor = state === 'superseded' ? await newestShare(deps, awardId) : undefined;
  return { state, at, ...(reason ? { reason } : {}), ...(successor ? { successor } : {}) };
}

/** The page of the newest award in the chain of those that took each other's place: the link moves along with them. */
async function newestShare(deps: Deps, awardId: string): Promise<string | undefined> {
  let newest = awardId;
  for (;;) {
    const [next] = await deps.db.query
      .select({ id: replacements.successorId })
      .from(replacements)
      .where(and(eq(replacements.awardId, newest), isNotNull(replacements.doneAt)));
    if (!next) break;
    newest = next.id;
  }
  const [share] = await deps.db.query.select({ token: shares.token }).from(shares).where(eq(shares.awardId, newest));
  return share && `${deps.config.origin}/c/${share.token}`;
}
