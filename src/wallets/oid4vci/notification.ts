import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import type { Access } from './access.ts';
import { refused } from '../oauth/refusal.ts';

/** OID4VCI §11.1. What a wallet describes in words is not kept. */
const notification = z.looseObject({
  notification_id: z.string().max(200),
  event: z.enum(['credential_accepted', 'credential_failure', 'credential_deleted']),
});

/**
 * A wallet tells what became of a delivery. Told again, it changes nothing (OID4VCI §11.1).
 * @throws DomainError with `invalid_notification_request`, `invalid_notification_id`
 */
export async function takeNotification(deps: Deps, institution: { id: string }, access: Access, body: unknown) {
  const parsed = notification.safeParse(body);
  if (!parsed.success) throw refused('invalid_notification_request', 'A notification_id and an event are needed.');
  const { notification_id: name, event } = parsed.data;
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(and(eq(walletGrants.id, await sha256Hex(name)), eq(walletGrants.kind, 'notification')));
  if (grant?.data.access !== access.id)
    throw refused('invalid_notification_id', 'This notification_id is not of this token.');
  try {
    await commit(deps.db, await spend(deps, 'oid4vci-event', `${name}:${event}`, access.expires), [
      {
        institution: institution.id,
        actor: { kind: 'person', person: access.personId },
        action: `wallet.${event.replace('credential_', '')}`,
        subject: access.awardId,
        at: deps.clock(),
        details: {},
      },
    ]);
  } catch (error) {
    if (!wasSpent(error)) throw error;
  }
}
