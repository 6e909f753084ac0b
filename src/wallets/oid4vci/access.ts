import { and, eq, gt } from 'drizzle-orm';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import { refused } from './refusal.ts';

export const ACCESS_MS = 5 * 60_000;

/** What is kept with a token. */
export interface AccessData {
  /** The offer that it came from. */
  offer: string;
  /** Whether the wallet was given `credential_identifiers`, which it then has to use (OID4VCI §6.2). */
  identifiers: boolean;
  clientId: string | null;
}

/** What whoever has a token may fetch. */
export interface Access extends AccessData {
  id: string;
  personId: string;
  awardId: string;
  expires: Date;
}

/**
 * Reads the token of a request; only from its header (RFC 6750 §2.1).
 * @throws DomainError with `invalid_token`, also for the token of another institution
 */
export async function readAccess(
  deps: Deps,
  institutionId: string,
  authorization: string | undefined,
): Promise<Access> {
  const token = /^Bearer +([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1];
  if (!token) throw refused('invalid_token', 'Send the access token in the Authorization header.');
  const [grant] = await deps.db.query
    .select()
    .from(walletGrants)
    .where(
      and(
        eq(walletGrants.id, await sha256Hex(token)),
        eq(walletGrants.kind, 'access_token'),
        eq(walletGrants.institutionId, institutionId),
        gt(walletGrants.expiresAt, deps.clock().toISOString()),
      ),
    );
  if (!grant) throw refused('invalid_token', 'The access token is not one of ours, or too old.');
  return {
    ...(grant.data as unknown as AccessData),
    id: grant.id,
    personId: grant.personId!,
    awardId: grant.awardId!,
    expires: new Date(grant.expiresAt),
  };
}
