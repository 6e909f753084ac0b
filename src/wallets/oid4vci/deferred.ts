import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Institution } from '../../institutions/index.ts';
import { isSpent, spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import type { Access } from './access.ts';
import type { Configuration } from './configurations.ts';
import { deliver, type Holder } from './deliver.ts';
import { refused } from '../oauth/refusal.ts';

/** Seconds after which a wallet looks again (OID4VCI §8.3). */
const INTERVAL = 5;
const TRANSACTION = 'oid4vci-transaction';

/** What waits until the badge is signed. */
interface Waiting {
  access: string;
  configuration: Configuration;
  holders: Holder[];
}

/** Keeps what a wallet asked for until the badge is signed. The same question is the same transaction. */
export async function defer(deps: Deps, institution: Institution, access: Access, asked: Omit<Waiting, 'access'>) {
  const transaction = await sha256Hex(`transaction:${access.id}:${asked.configuration}`);
  const data: Waiting = { access: access.id, ...asked };
  const row = {
    id: await sha256Hex(transaction),
    kind: 'transaction' as const,
    personId: access.personId,
    awardId: access.awardId,
    institutionId: institution.id,
    data: { ...data },
    createdAt: deps.clock().toISOString(),
    expiresAt: access.expires.toISOString(),
  };
  await deps.db.attempt(() => deps.db.query.insert(walletGrants).values(row).onConflictDoNothing());
  return pending(transaction);
}

const pending = (transaction: string) => ({ transaction_id: transaction, interval: INTERVAL });
const deferredRequest = z.looseObject({ transaction_id: z.string().max(200) });

/**
 * The deferred credential endpoint (OID4VCI §9): the copies once the badge is signed, until then the same answer again.
 * @throws DomainError with `invalid_credential_request`; `invalid_transaction_id`, also once it was answered; and what
 *   `deliver` throws
 */
export async function fetchDeferred(deps: Deps, institution: Institution, access: Access, body: unknown) {
  const parsed = deferredRequest.safeParse(body);
  if (!parsed.success) throw refused('invalid_credential_request', 'A transaction_id is needed.');
  const { transaction_id: transaction } = parsed.data;
  const unknown = () => refused('invalid_transaction_id', 'This transaction_id is not of this token, or was used.');
  const [row] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(and(eq(walletGrants.id, await sha256Hex(transaction)), eq(walletGrants.kind, 'transaction')));
  const waiting = row?.data as unknown as Waiting | undefined;
  if (waiting?.access !== access.id || (await isSpent(deps, TRANSACTION, transaction))) throw unknown();
  const documents = await deliver(deps, access, waiting.configuration, waiting.holders);
  if (!documents) return pending(transaction);
  try {
    await commit(deps.db, await spend(deps, TRANSACTION, transaction, access.expires), [
      {
        institution: institution.id,
        actor: { kind: 'person', person: access.personId },
        action: 'wallet.deliver-deferred',
        subject: access.awardId,
        at: deps.clock(),
        details: { configuration: waiting.configuration, keys: waiting.holders.length },
      },
    ]);
  } catch (error) {
    throw wasSpent(error) ? unknown() : error;
  }
  // Without the `notification_id` that may stand here (§9.2): wallets on @openid4vc/openid4vci 0.4.6 refuse it in this answer.
  return { credentials: documents.map(credential => ({ credential })) };
}
