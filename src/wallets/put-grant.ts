import { and, eq } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import type { newGrant } from './oauth/grants.ts';
import { walletGrants } from './schema.ts';

/** What of a badge its owner lets a wallet take. */
type OwnGrant = Awaited<ReturnType<typeof newGrant>> & { personId: string; awardId: string; institutionId: string };

/** Keeps a grant in the place of what its owner gave of the same badge in the same way before. */
export async function putGrant(deps: Deps, grant: OwnGrant, action: string): Promise<void> {
  const { query } = deps.db;
  const { id, kind, personId, awardId, institutionId } = grant;
  const before = and(
    eq(walletGrants.kind, kind),
    eq(walletGrants.awardId, awardId),
    eq(walletGrants.personId, personId),
  );
  const entry = {
    institution: institutionId,
    actor: { kind: 'person' as const, person: personId },
    action,
    subject: awardId,
    at: deps.clock(),
    details: { grant: id },
  };
  await commit(deps.db, [query.delete(walletGrants).where(before), query.insert(walletGrants).values(grant)], [entry]);
}
