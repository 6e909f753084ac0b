import { asc, eq } from 'drizzle-orm';
import { type AchievementContent, readVersion } from '../catalogue/index.ts';
import { requireRight } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isErased } from './erased.ts';
import { findOffer, readAward, readDocument } from './read.ts';
import type { Offer } from './read-offer.ts';
import { readReplies } from './reply.ts';
import { readRevocation, type Revocation } from './revoke.ts';
import { awardChanges, type awards, replacements, shares } from './schema.ts';

type Row = typeof awards.$inferSelect;
type Change = typeof awardChanges.$inferSelect;

/** All that the institution knows of an award, for who may read it. */
export interface AwardRecord {
  achievement: { id: string; version: number; content: AchievementContent };
  award: Pick<Row, 'id' | 'input' | 'createdAt'>;
  /** While nothing is signed. */
  offer?: Offer;
  signed?: {
    award: Row & { claimToken: string | null };
    document?: object;
    shareToken?: string;
    history: Change[];
    replies: { words: string | null; at: string }[];
    waiting?: Revocation['waiting'];
    predecessor?: string;
    successor?: string;
    erased: boolean;
  };
}

/** @throws DomainError `forbidden`, `not-found` */
export async function readAwardRecord(ctx: Ctx, id: string): Promise<AwardRecord> {
  requireRight(ctx, 'award.read');
  // The offer first: a claim takes it away and puts the award in its place, never the other way round.
  const offer = await findOffer(ctx, id);
  const award = offer ?? (await readAward(ctx, id));
  const { achievementId, achievementVersion } = award;
  requireRight(ctx, 'award.read', { achievement: achievementId });
  const version = await readVersion(ctx.db, ctx.institution.id, achievementId, achievementVersion);
  if (!version) throw notFound('award');
  const { content } = version;
  const record = { achievement: { id: achievementId, version: achievementVersion, content }, award };
  return offer ? { ...record, offer } : { ...record, signed: await readSigned(ctx, id) };
}

async function readSigned(ctx: Ctx, id: string): Promise<NonNullable<AwardRecord['signed']>> {
  const { query } = ctx.db;
  const { award, waiting } = await readRevocation(ctx, id);
  const document = await readDocument(ctx.deps, id);
  const [share] = await query.select({ token: shares.token }).from(shares).where(eq(shares.awardId, id));
  const [before] = await query
    .select({ id: replacements.awardId })
    .from(replacements)
    .where(eq(replacements.successorId, id));
  const [after] = await query
    .select({ id: replacements.successorId })
    .from(replacements)
    .where(eq(replacements.awardId, id));
  return {
    award,
    ...(document ? { document: JSON.parse(document) as object } : {}),
    ...(share ? { shareToken: share.token } : {}),
    history: await query.select().from(awardChanges).where(eq(awardChanges.awardId, id)).orderBy(asc(awardChanges.seq)),
    replies: await readReplies(ctx, id),
    ...(waiting ? { waiting } : {}),
    ...(before ? { predecessor: before.id } : {}),
    ...(after ? { successor: after.id } : {}),
    erased: isErased(award),
  };
}
