import { and, eq } from 'drizzle-orm';
import type { PublishedVersion } from '../catalogue/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { newId, newUrn } from '../platform/ids.ts';
import type { AwardInput } from './award-input.ts';
import type { Identified } from './identified.ts';
import { purposeOf, subjectOf } from './prepare.ts';
import { awardChanges, awards, statusEntries } from './schema.ts';
import { takeStatusIndex } from './take-index.ts';

/** What an award is reserved for. */
interface Reserved {
  /** A new one when left out. */
  id?: string;
  input: AwardInput;
  achievementId: string;
  version: Pick<PublishedVersion, 'version' | 'content'>;
  recipientKey: string;
  personId?: string | null;
  identified?: Identified | null;
  /** Words for the learner, kept with the intent until it is done. */
  words?: string;
}

/**
 * The intent of an award: its ids, a status index that is taken now, the statements for the caller's commit, and what
 * the audit log tells of it. The key is not touched before that commit.
 */
export async function reservation(ctx: Ctx, reserved: Reserved) {
  const { db, deps, institution, actor, now } = ctx;
  const { input, achievementId, version, recipientKey, words } = reserved;
  const place = await takeStatusIndex(deps, institution, purposeOf(version.content), actor);
  const id = reserved.id ?? newId(now);
  const at = now.toISOString();
  const row = {
    id,
    institutionId: institution.id,
    achievementId,
    achievementVersion: version.version,
    recipientKey,
    decidedOn: input.decision.decidedOn,
    reference: input.decision.reference ?? '',
    input,
    state: 'reserved' as const,
    changes: 1,
    credentialId: newUrn(),
    subjectId: subjectOf(input),
    statusListId: place.listId,
    statusIndex: place.index,
    createdAt: at,
    personId: reserved.personId ?? null,
    identified: reserved.identified ?? null,
  };
  const statements: Statement[] = [
    db.query.insert(awards).values(row),
    db.query.insert(awardChanges).values({ awardId: id, seq: 1, state: 'reserved', words: words ?? null, at }),
    db.query.insert(statusEntries).values({ listId: place.listId, index: place.index, awardId: id }),
  ];
  const details = {
    achievement: achievementId,
    version: version.version,
    basis: input.decision.basis,
    decidedOn: input.decision.decidedOn,
    credential: row.credentialId,
    status: [place.listId, place.index],
  };
  return { id, row, statements, details };
}

type Decision = Pick<
  typeof awards.$inferSelect,
  'achievementId' | 'achievementVersion' | 'recipientKey' | 'decidedOn' | 'reference'
>;

/** The award of the same decision about the same recipient, if there is one. */
export async function findSameDecision(ctx: Ctx, decision: Decision): Promise<string | undefined> {
  const rows = await ctx.db.query
    .select({ id: awards.id })
    .from(awards)
    .where(
      and(
        eq(awards.institutionId, ctx.institution.id),
        eq(awards.achievementId, decision.achievementId),
        eq(awards.achievementVersion, decision.achievementVersion),
        eq(awards.recipientKey, decision.recipientKey),
        eq(awards.decidedOn, decision.decidedOn),
        eq(awards.reference, decision.reference),
      ),
    );
  return rows[0]?.id;
}
