import { and, eq, inArray, sql } from 'drizzle-orm';
import { readVersion } from '../catalogue/index.ts';
import { readInstitution } from '../institutions/index.ts';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { releaseKey } from '../platform/idempotency.ts';
import { transition } from './change.ts';
import { dayOf } from './dates.ts';
import { noticeOf } from './notices.ts';
import { factsOf, lintFacts, purposeOf } from './prepare.ts';
import { type Award, readAward } from './read.ts';
import { awardChanges, awards, claims, credentials, replacements, revocationRequests, shares } from './schema.ts';
import { type SignedDocument, signBadge } from './sign.ts';
import { changeStatus, listUrl, placesOfCopies, seqIfStill } from './status.ts';

/**
 * Signs and records a reserved award that takes the place of another; also what takes up one that a crash left behind.
 * When the other award came to an end meanwhile, nothing takes its place and the intent goes.
 */
export async function finishReplacement(ctx: Ctx, successorId: string): Promise<Award> {
  for (;;) {
    const award = await readAward(ctx, successorId);
    if (award.state !== 'reserved') return award;
    const replacement = await readReplacement(ctx, successorId);
    const old = await readAward(ctx, replacement.awardId);
    const signed = await judgeAndSign(ctx, { award, old, replacement });
    try {
      await record(ctx, { award, old, replacement }, signed);
    } catch (error) {
      // Another process finished it first, or something happened to the old award or its copies: look again.
      if (!/^(credentials|award_changes)\./.test(violatedKey(error) ?? '')) throw error;
    }
  }
}

interface Taken {
  award: Award;
  old: Award;
  replacement: typeof replacements.$inferSelect;
}

async function readReplacement(ctx: Ctx, successorId: string) {
  const rows = await ctx.db.query.select().from(replacements).where(eq(replacements.successorId, successorId));
  if (!rows[0]) throw new DomainError('internal', 'This award takes the place of no other.');
  return rows[0];
}

/** @throws what makes the replacement impossible, after the intent was undone */
async function judgeAndSign(ctx: Ctx, taken: Taken): Promise<SignedDocument<unknown>> {
  const { award, old, replacement } = taken;
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const version = await readVersion(ctx.db, ctx.institution.id, award.achievementId, award.achievementVersion);
  if (!version) throw new DomainError('internal', 'A reserved award names a version that is not there.');
  const now = ctx.deps.clock();
  try {
    transition(old.state, false, { kind: 'replace' });
    const facts = factsOf(
      ctx,
      { input: award.input, institution, achievementId: award.achievementId, version },
      {
        credentialId: award.credentialId,
        subjectId: award.subjectId,
        status: {
          listUrl: listUrl(ctx.deps, award.statusListId),
          index: award.statusIndex,
          purpose: purposeOf(version.content),
        },
        validFrom: now,
        identified: award.identified,
        replaces: {
          credentialId: old.credentialId,
          kind: replacement.kind,
          on: dayOf(new Date(replacement.createdAt)),
        },
      },
    );
    return await signBadge(ctx.deps, institution, await lintFacts(ctx, facts), now);
  } catch (error) {
    const impossible =
      error instanceof DomainError && ['award-state', 'lint-failed', 'award-not-allowed'].includes(error.code);
    if (impossible) await abandonReplacement(ctx, award.id);
    throw error;
  }
}

/** The new badge, the end of the old one, and the learner's links from one to the other: all of it or nothing. */
async function record(ctx: Ctx, { award, old, replacement }: Taken, signed: SignedDocument<unknown>): Promise<void> {
  const { db } = ctx;
  const now = ctx.deps.clock();
  const at = now.toISOString();
  const { document, verificationMethod } = signed;
  const [begun] = await db.query.select().from(awardChanges).where(eq(awardChanges.awardId, award.id));
  const words = begun?.words ?? null;
  const seq = old.changes + 1;
  const copied = await placesOfCopies(db, old.id);
  // Taking a bearer badge into an account is no change of state, so it is read in the commit itself.
  const owner = sql<string | null>`(select o.person_id from awards o where o.id = ${old.id})`;
  const statements: Statement[] = [
    db.query.insert(credentials).values({
      awardId: award.id,
      format: 'ldp_vc',
      document: JSON.stringify(document),
      verificationMethod,
      signedAt: at,
    }),
    db.query.insert(awardChanges).values({ awardId: award.id, seq: award.changes + 1, state: old.state, at }),
    db.query
      .update(awards)
      .set({ state: old.state, changes: award.changes + 1, personId: owner })
      .where(eq(awards.id, award.id)),
    db.query.insert(awardChanges).values({
      awardId: old.id,
      seq: seqIfStill(old.id, copied.length, seq),
      state: 'superseded',
      reason: replacement.kind,
      words,
      at,
    }),
    db.query.update(awards).set({ state: 'superseded', changes: seq }).where(eq(awards.id, old.id)),
    db.query.update(claims).set({ awardId: award.id }).where(eq(claims.awardId, old.id)),
    db.query.update(shares).set({ awardId: award.id }).where(eq(shares.awardId, old.id)),
    db.query.delete(revocationRequests).where(eq(revocationRequests.awardId, old.id)),
    db.query.update(replacements).set({ doneAt: at }).where(eq(replacements.successorId, award.id)),
    ...(await noticeOf(ctx, { ...award, claimToken: old.claimToken, personId: old.personId }, award.changes + 1, {
      kind: 'replacement',
      why: replacement.kind,
      ...(words ? { text: words } : {}),
    })),
  ];
  const entry = (action: string, subject: string, details: Record<string, unknown>): AuditEntry => ({
    institution: ctx.institution.id,
    actor: ctx.actor,
    action,
    subject,
    at: now,
    details,
  });
  const { proof } = document as { proof: [{ proofValue: string }] };
  await changeStatus(
    ctx.deps,
    ctx.institution,
    [{ listId: old.statusListId, index: old.statusIndex }, ...copied].map(place => ({
      ...place,
      standing: 'revoked' as const,
    })),
    {
      statements,
      audit: [
        entry('credential.issue', award.credentialId, {
          award: award.id,
          verificationMethod,
          proofValue: proof[0].proofValue,
        }),
        entry('award.supersede', old.id, { successor: award.id, kind: replacement.kind }),
      ],
    },
  );
}

/** Undoes an intent as a whole. Its index is never given again, and the audit log keeps that it was. */
async function abandonReplacement(ctx: Ctx, successorId: string): Promise<void> {
  const { db } = ctx;
  const reserved = and(eq(awards.id, successorId), eq(awards.state, 'reserved'));
  const ids = db.query.select({ id: awards.id }).from(awards).where(reserved);
  await commit(
    db,
    [
      // Only while it is reserved: another process may have finished it in the same moment.
      db.query.delete(replacements).where(inArray(replacements.successorId, ids)),
      db.query.delete(awardChanges).where(inArray(awardChanges.awardId, ids)),
      db.query.delete(awards).where(reserved),
      releaseKey(ctx, successorId),
    ],
    [
      {
        institution: ctx.institution.id,
        actor: ctx.actor,
        action: 'award.abandon',
        subject: successorId,
        at: ctx.now,
        details: {},
      },
    ],
  );
}
