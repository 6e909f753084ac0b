import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { claimKey } from '../platform/idempotency.ts';
import { requireRight } from './rights.ts';
import { institutionPolicies } from './schema.ts';

/** What domain.md leaves to an institution (Roles, and who may not do both). The defaults are those of a new one. */
export const institutionPolicy = z.strictObject({
  /** A second person confirms a revocation. Off at first, so that one person or one API key can revoke. */
  confirmRevocation: z.boolean().default(false),
  /** Awards made together above this number are released by a second person; null: never. */
  releaseBatchAbove: z.int().min(1).max(50_000).nullable().default(null),
});
export type InstitutionPolicy = z.infer<typeof institutionPolicy>;

/** The policy of an institution, with the defaults where it chose nothing. */
export async function readPolicy(ctx: Pick<Ctx, 'db' | 'institution'>): Promise<InstitutionPolicy> {
  const rows = await ctx.db.query
    .select({ policy: institutionPolicies.policy })
    .from(institutionPolicies)
    .where(eq(institutionPolicies.institutionId, ctx.institution.id));
  return institutionPolicy.parse(rows[0]?.policy ?? {});
}

/** Replaces the policy. What is under way goes on under the policy of the moment at which it ends. */
export async function updatePolicy(ctx: Ctx, policy: InstitutionPolicy): Promise<InstitutionPolicy> {
  requireRight(ctx, 'policy.update', { whole: true });
  const { institution, db, actor, now } = ctx;
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
