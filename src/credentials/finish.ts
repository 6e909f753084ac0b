import { and, eq, inArray } from 'drizzle-orm';
import { readVersion } from '../catalogue/index.ts';
import { readInstitution } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { releaseKey } from '../platform/idempotency.ts';
import { newToken } from '../platform/ids.ts';
import type { LintedBadge } from './lint.ts';
import { factsOf, lintFacts, purposeOf } from './prepare.ts';
import { type Award, readAward } from './read.ts';
import { awardChanges, awards, claims, credentials, shares } from './schema.ts';
import { signBadge } from './sign.ts';
import { listUrl } from './status.ts';

/**
 * Signs and records a reserved award; also what takes up an award that a crash left behind. When another process
 * recorded it first, theirs stands. What cannot become a good badge is abandoned: the award goes, its index stays used.
 */
export async function finishAward(ctx: Ctx, awardId: string): Promise<Award> {
  const award = await readAward(ctx, awardId);
  if (award.state !== 'reserved') return award;
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const version = await readVersion(ctx.db, ctx.institution.id, award.achievementId, award.achievementVersion);
  if (!version) throw new DomainError('internal', 'A reserved award names a version that is not there.');
  const now = ctx.deps.clock();
  const prepared = {
    input: award.input,
    institution,
    achievementId: award.achievementId,
    version,
    recipientKey: award.recipientKey,
  };
  const facts = factsOf(ctx, prepared, {
    credentialId: award.credentialId,
    subjectId: award.subjectId,
    status: {
      listUrl: listUrl(ctx.deps, award.statusListId),
      index: award.statusIndex,
      purpose: purposeOf(version.content),
    },
    validFrom: now,
    identified: award.identified,
  });
  let linted: LintedBadge;
  try {
    linted = await lintFacts(ctx, facts);
  } catch (error) {
    // One that was claimed was good a moment ago, and its offer is gone: it waits until it can be signed.
    const bad = error instanceof DomainError && (error.code === 'lint-failed' || error.code === 'award-not-allowed');
    if (bad && !award.personId) await abandonAward(ctx, awardId);
    throw error;
  }
  const { document, verificationMethod } = await signBadge(ctx.deps, institution, linted, now);
  const at = now.toISOString();
  try {
    await commit(
      ctx.db,
      [
        ctx.db.query
          .insert(credentials)
          .values({ awardId, format: 'ldp_vc', document: JSON.stringify(document), verificationMethod, signedAt: at }),
        ...handOver(ctx, award, at),
      ],
      [
        {
          institution: ctx.institution.id,
          actor: ctx.actor,
          action: 'credential.issue',
          subject: award.credentialId,
          at: now,
          details: { award: awardId, verificationMethod, proofValue: document.proof[0].proofValue },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('credentials.')) throw error;
  }
  return readAward(ctx, awardId);
}

/**
 * What a signed badge becomes: its owner's, with a page of its own, where someone claimed it; else it waits behind a link
 * for its bearer.
 */
function handOver({ db }: Ctx, award: Award, at: string): Statement[] {
  const { id: awardId, personId } = award;
  const state = personId ? ('claimed' as const) : ('released' as const);
  const seq = award.changes + 1;
  const token = newToken();
  return [
    db.query.insert(awardChanges).values({ awardId, seq, state, at }),
    db.query.update(awards).set({ state, changes: seq }).where(eq(awards.id, awardId)),
    personId
      ? db.query.insert(shares).values({ token, awardId, createdAt: at })
      : db.query.insert(claims).values({ token, awardId, createdAt: at }),
  ];
}

/** Undoes an intent as a whole. Its index is never given again, and the audit log keeps that it was. */
async function abandonAward(ctx: Ctx, awardId: string): Promise<void> {
  const { db } = ctx;
  const reserved = and(eq(awards.id, awardId), eq(awards.state, 'reserved'));
  await commit(
    db,
    [
      // Only while it is reserved: another process may have finished it in the same moment.
      db.query
        .delete(awardChanges)
        .where(inArray(awardChanges.awardId, db.query.select({ id: awards.id }).from(awards).where(reserved))),
      db.query.delete(awards).where(reserved),
      releaseKey(ctx, awardId),
    ],
    [
      {
        institution: ctx.institution.id,
        actor: ctx.actor,
        action: 'award.abandon',
        subject: awardId,
        at: ctx.now,
        details: {},
      },
    ],
  );
}
