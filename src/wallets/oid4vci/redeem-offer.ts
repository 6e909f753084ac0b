import { eq, sql } from 'drizzle-orm';
import { awards } from '../../credentials/schema.ts';
import { spentKeyOf } from '../../people/index.ts';
import { spent } from '../../people/schema.ts';
import type { Deps } from '../../platform/context.ts';
import { emptyColumn } from '../../platform/database.ts';
import { newId, sha256Hex } from '../../platform/ids.ts';
import { grantTries, walletGrants } from '../schema.ts';
import { isGrant } from '../oauth/grants.ts';
import { configurationIds } from './configurations.ts';
import { CODE, txHashOf } from './offer.ts';
import { type Given, required } from '../oauth/parameters.ts';
import { badGrant } from '../oauth/refusal.ts';
import type { Redeemable } from './token.ts';

/** Wrong codes after which an offer is of no use any more. */
export const MOST_TRIES = 5;

/**
 * The offer behind a pre-authorized code, for who knows the `tx_code` too (OID4VCI §6.1).
 * @throws DomainError with `invalid_request`, `invalid_grant`
 */
export async function readOffered(deps: Deps, institutionId: string, given: Given): Promise<Redeemable> {
  const code = required(given, 'pre-authorized_code');
  const id = await sha256Hex(code);
  const guess = await txHashOf(id, given('tx_code') ?? '');
  const others = otherTries(id, guess);
  const [found] = await deps.db.query
    .select({ grant: walletGrants, state: awards.state, spent: spent.key, others })
    .from(walletGrants)
    .leftJoin(awards, eq(awards.id, walletGrants.awardId))
    .leftJoin(spent, eq(spent.key, await spentKeyOf(CODE, code)))
    .where(await isGrant(deps, { kind: 'pre-authorized_code', secret: code, institution: institutionId }));
  if (!found || found.spent !== null) throw badGrant();
  required(given, 'tx_code');
  const { grant, state } = found;
  if (guess !== grant.data.txHash) {
    // Guesses at an offer that is burnt would only fill the disk.
    if (found.others <= MOST_TRIES) await noteWrong(deps, id, guess);
    throw badGrant();
  }
  if (found.others >= MOST_TRIES) throw badGrant();
  const at = deps.clock().toISOString();
  const row = {
    id: `${id}:${guess}`,
    grantId: id,
    // A batch does not stop at an UPDATE that matches nothing; it does at a NOT NULL that is broken.
    at: sql`case when ${others} < ${MOST_TRIES} then ${at} end`,
  };
  return {
    grant,
    state,
    spends: [CODE, code],
    also: [deps.db.query.insert(grantTries).values(row).onConflictDoNothing()],
    granted: { identified: [], named: configurationIds },
    clientId: given('client_id') ?? null,
    thumbprint: null,
  };
}

/** How many places others than this guess have taken; qualified, since it stands in a join and in an insert. */
const otherTries = (grantId: string, guess: string) =>
  sql<number>`(select count(*) from grant_tries t where t.grant_id = ${grantId} and t.id <> ${`${grantId}:${guess}`})`;

/**
 * Each different guess takes a place before it is answered, the right one in the commit that redeems it and that looks
 * at the places of the others once more: guesses at the same moment do not pass by the limit. A wrong one that comes
 * again takes another.
 */
async function noteWrong({ db, clock }: Deps, grantId: string, guess: string): Promise<void> {
  const now = clock();
  const row = { id: `${grantId}:${guess}`, grantId, at: now.toISOString() };
  const [fresh] = await db.attempt(() =>
    db.query.insert(grantTries).values(row).onConflictDoNothing().returning({ id: grantTries.id }),
  );
  if (!fresh) await db.attempt(() => db.query.insert(grantTries).values({ ...row, id: `${grantId}:${newId(now)}` }));
}

/** Whether a redemption failed because too many codes had been tried by then. */
export const wasTriedTooOften = (error: unknown): boolean => emptyColumn(error) === 'grant_tries.at';
