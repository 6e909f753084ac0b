import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { type GrantKind, walletGrants } from '../schema.ts';

/** A code, a token or a request, as it is kept. */
export type Grant = typeof walletGrants.$inferSelect;

/** By what a grant is found: the secret, and whom it is with; `institution` is null for the service itself. */
export interface GrantAsked {
  kind: GrantKind;
  secret: string;
  institution: string | null;
}

/** What finds a grant that is good now. */
export const isGrant = async (deps: Deps, { kind, secret, institution }: GrantAsked) =>
  and(
    eq(walletGrants.id, await sha256Hex(secret)),
    eq(walletGrants.kind, kind),
    institution === null ? isNull(walletGrants.institutionId) : eq(walletGrants.institutionId, institution),
    gt(walletGrants.expiresAt, deps.clock().toISOString()),
  );

/** A grant that is good now, whether or not it was used. */
export async function findGrant(deps: Deps, asked: GrantAsked): Promise<Grant | undefined> {
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(await isGrant(deps, asked));
  return grant;
}

type Kept = Pick<typeof walletGrants.$inferInsert, 'personId' | 'awardId' | 'institutionId'> & { data: object };

/** A grant from now on, for so many milliseconds. Of the secret there is a hash. */
export async function newGrant<K extends Kept>(deps: Deps, kind: GrantKind, secret: string, ms: number, kept: K) {
  const { data, ...of } = kept;
  const now = deps.clock();
  return {
    id: await sha256Hex(secret),
    kind,
    ...of,
    data: { ...data },
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + ms).toISOString(),
  };
}
