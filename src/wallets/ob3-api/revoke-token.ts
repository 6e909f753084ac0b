import { eq } from 'drizzle-orm';
import { commit, OPERATOR } from '../../platform/audit.ts';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { walletGrants } from '../schema.ts';
import type { Client } from './clients.ts';
import { type Given, required } from '../oauth/parameters.ts';
import { refused } from '../oauth/refusal.ts';
import { endFamily, type TokenData } from './token.ts';

/**
 * Takes a token back that a service no longer needs (RFC 7009): a refresh token with all that came of its consent, an
 * access token alone. One that is none is as good as taken back.
 * @throws DomainError with `invalid_request`; `invalid_grant` for the token of another client
 */
export async function revokeToken(deps: Deps, client: Client, given: Given): Promise<void> {
  const token = required(given, 'token');
  const { query } = deps.db;
  const [grant] = await query
    .select()
    .from(walletGrants)
    .where(eq(walletGrants.id, await sha256Hex(token)));
  if (!grant || !['access_token', 'refresh_token'].includes(grant.kind)) return;
  const { clientId, family } = grant.data as unknown as TokenData;
  if (clientId !== client.id) throw refused('invalid_grant', 'This token was issued to another client.');
  const ended =
    grant.kind === 'refresh_token'
      ? endFamily(deps, { personId: grant.personId!, family })
      : query.delete(walletGrants).where(eq(walletGrants.id, grant.id));
  await commit(
    deps.db,
    [ended],
    [
      {
        institution: OPERATOR,
        actor: { kind: 'bearer' },
        action: 'connection.revoke',
        subject: client.id,
        at: deps.clock(),
        details: { family },
      },
    ],
  );
}
