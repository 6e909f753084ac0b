import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { connections, oauthClients, walletGrants } from '../schema.ts';
import { nameOf } from './clients.ts';
import type { Registration } from './register-client.ts';
import type { Scope } from './scopes.ts';
import type { TokenData } from './token.ts';

/** How exactly it is told when a connection was last used. */
const USED_MS = 60_000;

/** Whose badges a service may reach, and which service that is. */
export interface Access {
  personId: string;
  clientId: string;
  /** The service in words, for where a badge came from. */
  source: string;
}

/**
 * Who may make a request, by its token; only from its header (RFC 6750 §2.1). A token of a connection that was ended is
 * none, whenever it was issued.
 * @throws DomainError `unauthenticated`; `forbidden` for a token without this scope
 */
export async function readAccess(deps: Deps, authorization: string | undefined, scope: Scope): Promise<Access> {
  const [, token] = /^Bearer +([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '') ?? [];
  if (!token) throw unknown(authorization ? 'Bearer error="invalid_token"' : 'Bearer');
  const now = deps.clock();
  const [row] = await deps.db.query
    .select({ grant: walletGrants, connection: connections, registration: oauthClients.registration })
    .from(walletGrants)
    .innerJoin(
      connections,
      and(
        eq(connections.personId, walletGrants.personId),
        eq(connections.clientId, sql`json_extract(${walletGrants.data}, '$.clientId')`),
      ),
    )
    .innerJoin(oauthClients, eq(oauthClients.id, connections.clientId))
    .where(
      and(
        eq(walletGrants.id, await sha256Hex(token)),
        eq(walletGrants.kind, 'access_token'),
        isNull(walletGrants.institutionId),
        gt(walletGrants.expiresAt, now.toISOString()),
      ),
    );
  if (!row) throw unknown('Bearer error="invalid_token"');
  if (!(row.grant.data as unknown as TokenData).scopes.includes(scope))
    throw new DomainError('forbidden', `This asks for the scope ${scope}.`, {
      extensions: { challenge: `Bearer error="insufficient_scope", scope="${scope}"` },
    });
  const { id, personId, clientId, allowed } = row.connection;
  if (!allowed.usedAt || Math.abs(now.getTime() - Date.parse(allowed.usedAt)) > USED_MS) await used(deps, id, now);
  const { name, host } = nameOf(row.registration as unknown as Registration);
  return { personId, clientId, source: `${name} (${host})` };
}

const unknown = (challenge: string) =>
  new DomainError('unauthenticated', 'Send an access token that is good now in the Authorization header.', {
    extensions: { challenge },
  });

const used = (deps: Deps, id: string, now: Date) =>
  deps.db.attempt(() =>
    deps.db.query
      .update(connections)
      .set({ allowed: sql`json_set(${connections.allowed}, '$.usedAt', ${now.toISOString()})` })
      .where(eq(connections.id, id)),
  );
