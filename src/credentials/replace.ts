import { eq } from 'drizzle-orm';
import { readVersion } from '../catalogue/index.ts';
import { assertKeyOpens, readInstitution, requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newUrn } from '../platform/ids.ts';
import { awardExists } from './award-exists.ts';
import { transition } from './change.ts';
import { sameName } from './claimant.ts';
import { dayOf } from './dates.ts';
import { isErased } from './erased.ts';
import { finishReplacement } from './finish-replacement.ts';
import { ownAward } from './holder.ts';
import { factsOf, judge, lintFacts, placeholderStatus, recipientKey, subjectOf } from './prepare.ts';
import { type Award, readAward } from './read.ts';
import { replacedInput, type ReplacementInput } from './replacement-input.ts';
import { findSameDecision, reservation } from './reserve.ts';
import { awards, replacements } from './schema.ts';

/**
 * Makes a new award that takes the place of one that was signed: a correction of what was wrong, or a renewal on a new
 * decision. The achievement and whose it is stay the same, and so do the learner's links. The new badge, the bit of the
 * old one and the links change in one commit, so that at every moment one of the two is valid.
 * @throws DomainError `forbidden`, `not-found`, `not-claimed`, `award-state`, `award-not-allowed`, `lint-failed`,
 *   `award-exists`, `key-not-opened`, `signing-failed`
 */
export async function replaceAward(ctx: Ctx, id: string, changes: ReplacementInput): Promise<Award> {
  requireRight(ctx, 'award.replace');
  const old = await readAward(ctx, id);
  requireRight(ctx, 'award.replace', { achievement: old.achievementId, person: await ownAward(ctx, old) });
  // 1. Facts, and a badge of them that would be good.
  const prepared = await prepareReplacement(ctx, old, changes);
  await assertKeyOpens(ctx.deps, ctx.institution);
  // 2. Intent: which award takes which one's place, before the key is touched.
  const successorId = await reserve(ctx, old, prepared, changes);
  // 3. Build, lint, sign; record the new badge and the end of the old one.
  return finishReplacement(ctx, successorId);
}

type Prepared = Awaited<ReturnType<typeof prepareReplacement>>;

/** Looks up and judges a replacement without writing anything. */
async function prepareReplacement(ctx: Ctx, old: Award, changes: ReplacementInput) {
  if (isErased(old)) throw new DomainError('award-erased', 'It is not known any more whose badge this was.');
  transition(old.state, false, { kind: 'replace' });
  const refuse = (detail: string) => new DomainError('award-not-allowed', detail);
  if (changes.kind === 'renewal' && !changes.decision) throw refuse('A renewal rests on a decision of its own.');
  const { name } = changes.recipient ?? {};
  if (old.identified?.nameBy && name && !sameName(name, old.input.recipient.name ?? ''))
    throw refuse('The name in this badge was vouched for when it was claimed. A correction cannot put another in.');
  const input = replacedInput(old.input, changes);
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  // A correction is of the badge that was given; a renewal is judged by what the achievement asks now.
  const version = await readVersion(
    ctx.db,
    ctx.institution.id,
    old.achievementId,
    changes.kind === 'correction' ? old.achievementVersion : undefined,
  );
  if (!version) throw new DomainError('internal', 'An award names a version that is not there.');
  judge(input, version.content, ctx.now);
  const { identified } = old;
  const prepared = { input, institution, achievementId: old.achievementId, version, identified };
  await lintFacts(
    ctx,
    factsOf(ctx, prepared, {
      credentialId: newUrn(),
      subjectId: subjectOf(input),
      status: placeholderStatus(ctx, version.content),
      validFrom: ctx.now,
      identified,
      replaces: { credentialId: old.credentialId, kind: changes.kind, on: dayOf(ctx.now) },
    }),
  );
  return prepared;
}

async function reserve(ctx: Ctx, old: Award, prepared: Prepared, changes: ReplacementInput): Promise<string> {
  const { db, institution, actor, now } = ctx;
  const { kind, text: words } = changes;
  const recipientKey = await keyOf(ctx, old, prepared);
  const { personId, identified } = old;
  const { id, row, statements, details } = await reservation(ctx, {
    ...prepared,
    recipientKey,
    personId,
    identified,
    words,
  });
  const link = { awardId: old.id, successorId: id, kind, createdAt: row.createdAt, doneAt: null };
  try {
    await commit(
      db,
      [...claimKey(ctx, id), ...statements, db.query.insert(replacements).values(link)],
      [
        {
          institution: institution.id,
          actor,
          action: 'award.replace',
          subject: old.id,
          at: now,
          details: { ...details, successor: id, kind },
        },
      ],
    );
  } catch (error) {
    if (violatedKey(error) === 'replacements.award_id')
      throw new DomainError('award-state', 'This badge is being replaced already.', {
        extensions: { state: 'superseded' },
      });
    if (!violatedKey(error)?.startsWith('awards.institution_id')) throw error;
    throw awardExists((await findSameDecision(ctx, row))!);
  }
  return id;
}

/**
 * What makes the new award one decision about one recipient. Where the decision is the same as one before it in the
 * chain, it stands under the award that it replaces: the decision itself was awarded once, and that row says so.
 */
async function keyOf(ctx: Ctx, old: Award, { input, version }: Prepared): Promise<string> {
  for (let before: Before | undefined = old; before; before = await predecessor(ctx, before.id))
    if (
      before.achievementVersion === version.version &&
      before.decidedOn === input.decision.decidedOn &&
      before.reference === (input.decision.reference ?? '')
    )
      return `replaces:${old.id}`;
  return recipientKey(input);
}

type Before = Pick<Award, 'id' | 'achievementVersion' | 'decidedOn' | 'reference'>;

async function predecessor(ctx: Ctx, id: string): Promise<Before | undefined> {
  const rows = await ctx.db.query
    .select({
      id: awards.id,
      achievementVersion: awards.achievementVersion,
      decidedOn: awards.decidedOn,
      reference: awards.reference,
    })
    .from(replacements)
    .innerJoin(awards, eq(awards.id, replacements.awardId))
    .where(eq(replacements.successorId, id));
  return rows[0];
}
