import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { claimKey } from '../platform/idempotency.ts';
import { requireRight } from './rights.ts';
import { institutionPolicies } from './schema.ts';

/** How its dossiers go; terms in days. */
export const dossierPolicy = z.strictObject({
  /** A guide of this learner does not assess them. */
  guideApart: z.boolean().default(true),
  /** The examiner is not the assessor. */
  examinerApart: z.boolean().default(true),
  /** How long the learner can reply to a judgement before a decision may fall without. */
  replyDays: z.int().min(1).max(90).default(14),
  /** How long a decision can be reconsidered. */
  reconsiderDays: z.int().min(7).max(365).default(42),
  /** Staff has terms, learners have none. */
  terms: z
    .strictObject({
      coordinator: z.int().min(1).max(180).default(10),
      assessor: z.int().min(1).max(180).default(20),
      examiner: z.int().min(1).max(180).default(10),
      board: z.int().min(1).max(180).default(30),
    })
    .prefault({}),
  /** The board looks again at one decided dossier in so many; null: only at a new assessor's. */
  sampleOneIn: z.int().min(1).max(1000).nullable().default(10),
  /** And at the first so many of a new assessor. */
  sampleFirst: z.int().min(0).max(50).default(3),
});

/** What domain.md leaves to an institution (Roles, and who may not do both). The defaults are those of a new one. */
export const policyInput = z.strictObject({
  /** A second person confirms a revocation. Off at first, so that one person or one API key can revoke. */
  confirmRevocation: z.boolean().default(false),
  /** Awards made together above this number are released by a second person; null: never. */
  releaseBatchAbove: z.int().min(1).max(50_000).nullable().default(null),
  /** Left out: as it was. */
  dossier: dossierPolicy.optional(),
});
/** The same, whole. */
export const institutionPolicy = policyInput.extend({ dossier: dossierPolicy.prefault({}) });
export type InstitutionPolicy = z.infer<typeof institutionPolicy>;

/** The policy of an institution, with the defaults where it chose nothing. */
export async function readPolicy(ctx: Pick<Ctx, 'db' | 'institution'>): Promise<InstitutionPolicy> {
  const rows = await ctx.db.query
    .select({ policy: institutionPolicies.policy })
    .from(institutionPolicies)
    .where(eq(institutionPolicies.institutionId, ctx.institution.id));
  return institutionPolicy.parse(rows[0]?.policy ?? {});
}

/**
 * Replaces the policy; what it says of dossiers stays when that is left out. What is under way goes on under the policy
 * of the moment at which it ends.
 */
export async function updatePolicy(ctx: Ctx, input: z.input<typeof policyInput>): Promise<InstitutionPolicy> {
  requireRight(ctx, 'policy.update', { whole: true });
  const { institution, db, actor, now } = ctx;
  const policy = institutionPolicy.parse({ dossier: (await readPolicy(ctx)).dossier, ...input });
  await commit(
    db,
    [
      db.query
        .insert(institutionPolicies)
        .values({ institutionId: institution.id, policy })
        .onConflictDoUpdate({ target: institutionPolicies.institutionId, set: { policy } }),
      ...claimKey(ctx, institution.id),
    ],
    [
      {
        institution: institution.id,
        actor,
        action: 'policy.update',
        subject: institution.id,
        at: now,
        details: policy,
      },
    ],
  );
  return policy;
}
