import { and, count, eq, gt } from 'drizzle-orm';
import { isSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { newId, sha256Hex } from '../../platform/ids.ts';
import { grantTries, walletGrants } from '../schema.ts';
import { configurationIds } from './configurations.ts';
import { CODE, txHashOf } from './offer.ts';
import { type Parameters, required } from './parameters.ts';
import { badGrant } from './refusal.ts';
import type { Redeemable } from './token.ts';

/** Wrong codes after which an offer is of no use any more. */
export const MOST_TRIES = 5;

/**
 * The offer behind a pre-authorized code, for who knows the `tx_code` too (OID4VCI §6.1).
 * @throws DomainError with `invalid_request`, `invalid_grant`
 */
export async function readOffered(deps: Deps, institutionId: string, given: Parameters): Promise<Redeemable> {
  const code = required(given, 'pre-authorized_code');
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(
      and(
        eq(walletGrants.id, await sha256Hex(code)),
        eq(walletGrants.kind, 'pre-authorized_code'),
        eq(walletGrants.institutionId, institutionId),
        gt(walletGrants.expiresAt, deps.clock().toISOString()),
      ),
    );
  if (!grant || (await isSpent(deps, CODE, code))) throw badGrant();
  await checkTxCode(deps, grant, required(given, 'tx_code'));
  return {
    grant,
    spends: [CODE, code],
    granted: { identified: [], named: configurationIds },
    clientId: given('client_id') ?? null,
    thumbprint: null,
  };
}

/**
 * Each different guess takes a place before it is looked at, the right one too, so that guesses at the same moment do
 * not pass by the limit; a wrong one that comes again takes another.
 */
async function checkTxCode(deps: Deps, grant: typeof walletGrants.$inferSelect, txCode: string): Promise<void> {
  const { db } = deps;
  const guess = await txHashOf(grant.id, txCode);
  const now = deps.clock();
  const row = { id: `${grant.id}:${guess}`, grantId: grant.id, at: now.toISOString() };
  const right = guess === grant.data.txHash;
  const [fresh] = await db.attempt(() =>
    db.query.insert(grantTries).values(row).onConflictDoNothing().returning({ id: grantTries.id }),
  );
  if (!fresh && !right)
    await db.attempt(() => db.query.insert(grantTries).values({ ...row, id: `${grant.id}:${newId(now)}` }));
  const [tries] = await db.query.select({ n: count() }).from(grantTries).where(eq(grantTries.grantId, grant.id));
  // The right one has a place as well.
  if (!right || tries!.n > MOST_TRIES) throw badGrant();
}
