import { and, desc, eq, lt } from 'drizzle-orm';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { type AwardState, awardChanges, awards, claims, credentials } from './schema.ts';

export type Award = typeof awards.$inferSelect & { claimToken: string | null };

/** An award of the institution that asks. @throws DomainError `not-found`, also for another institution's */
export async function readAward(ctx: Ctx, id: string): Promise<Award> {
  const rows = await ctx.db.query
    .select({ award: awards, claimToken: claims.token })
    .from(awards)
    .leftJoin(claims, eq(claims.awardId, awards.id))
    .where(and(eq(awards.id, id), eq(awards.institutionId, ctx.institution.id)));
  if (!rows[0]) throw notFound('award');
  return { ...rows[0].award, claimToken: rows[0].claimToken };
}

/** A page of awards, newest first. */
export async function listAwards(ctx: Ctx, page: { cursor?: string; limit: number }) {
  const mine = eq(awards.institutionId, ctx.institution.id);
  const rows = await ctx.db.query
    .select({ award: awards, claimToken: claims.token })
    .from(awards)
    .leftJoin(claims, eq(claims.awardId, awards.id))
    .where(page.cursor ? and(mine, lt(awards.id, page.cursor)) : mine)
    .orderBy(desc(awards.id))
    .limit(page.limit + 1);
  const items = rows.slice(0, page.limit).map(r => ({ ...r.award, claimToken: r.claimToken }));
  return { items, next: rows.length > page.limit ? items.at(-1)?.id : undefined };
}

/** The signed badge of an award, as it was stored. @throws DomainError `not-found`, `not-signed` */
export async function readCredential(ctx: Ctx, id: string): Promise<string> {
  const award = await readAward(ctx, id);
  const document = await readDocument(ctx.deps, award.id);
  if (!document) throw new DomainError('not-signed', 'This badge is being signed. Try again in a moment.');
  return document;
}

/** The stored badge of an award; undefined while it is reserved. */
export async function readDocument(deps: Deps, awardId: string): Promise<string | undefined> {
  const rows = await deps.db.query
    .select({ document: credentials.document })
    .from(credentials)
    .where(and(eq(credentials.awardId, awardId), eq(credentials.format, 'ldp_vc')));
  return rows[0]?.document;
}

export interface PublicStatus {
  state: AwardState;
  /** A reason code for the public. */
  reason?: string;
  at: string;
}

/** Why a bit of a list of ours is set: for checkers, so a code and a time and nothing about a person. */
export async function readPublicStatus(deps: Deps, listId: string, index: number): Promise<PublicStatus | undefined> {
  const rows = await deps.db.query
    .select({ state: awardChanges.state, reason: awardChanges.reason, at: awardChanges.at })
    .from(awardChanges)
    .innerJoin(awards, eq(awards.id, awardChanges.awardId))
    .where(and(eq(awards.statusListId, listId), eq(awards.statusIndex, index)))
    .orderBy(desc(awardChanges.seq))
    .limit(1);
  const row = rows[0];
  return row && { state: row.state, at: row.at, ...(row.reason ? { reason: row.reason } : {}) };
}
