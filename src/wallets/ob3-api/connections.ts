// What a person let in: told to them, and ended by them in one go.
import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { commit, OPERATOR } from '../../platform/audit.ts';
import type { Deps, SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { connections, type GrantKind, oauthClients, walletGrants } from '../schema.ts';
import { nameOf } from './clients.ts';
import type { Registration } from './register-client.ts';
import type { Scope } from './scopes.ts';

/** A service that a person let in. */
export interface Connection {
  id: string;
  /** As the service calls itself. */
  name: string;
  host: string;
  scopes: Scope[];
  since: string;
  usedAt: string | null;
  /** Until when it can go on without asking again; null when it can do nothing now. */
  until: string | null;
}

const goOn: GrantKind[] = ['authorization_code', 'access_token', 'refresh_token'];

/** What is connected to a person, the newest first. */
export async function connectionsOf(deps: Deps, personId: string): Promise<Connection[]> {
  const { query } = deps.db;
  const rows = await query
    .select({ connection: connections, registration: oauthClients.registration })
    .from(connections)
    .innerJoin(oauthClients, eq(oauthClients.id, connections.clientId))
    .where(eq(connections.personId, personId))
    .orderBy(desc(connections.createdAt), desc(connections.id));
  const live = await query
    .select({ data: walletGrants.data, expiresAt: walletGrants.expiresAt })
    .from(walletGrants)
    .where(and(ofApi(personId), gt(walletGrants.expiresAt, deps.clock().toISOString())));
  return rows.map(({ connection: { id, clientId, allowed, createdAt }, registration }) => ({
    id,
    ...nameOf(registration as unknown as Registration),
    scopes: allowed.scopes as Scope[],
    since: createdAt,
    usedAt: allowed.usedAt,
    until: live.reduce<string | null>(
      (last, grant) => (grant.data.clientId === clientId && grant.expiresAt > (last ?? '') ? grant.expiresAt : last),
      null,
    ),
  }));
}

/** Ends a connection: every code and token of it is of no use from now on. @throws DomainError `not-found` */
export async function endConnection(deps: Deps, session: SignedIn, id: string): Promise<void> {
  const { query } = deps.db;
  const { person } = session;
  const own = and(eq(connections.id, id), eq(connections.personId, person));
  const [row] = await query.select({ clientId: connections.clientId }).from(connections).where(own);
  if (!row) throw notFound('connection');
  await commit(
    deps.db,
    [
      query.delete(connections).where(own),
      query
        .delete(walletGrants)
        .where(and(ofApi(person), eq(sql`json_extract(${walletGrants.data}, '$.clientId')`, row.clientId))),
    ],
    [
      {
        institution: OPERATOR,
        actor: { kind: 'person', person },
        action: 'connection.end',
        subject: row.clientId,
        at: deps.clock(),
        details: {},
      },
    ],
  );
}

/** The grants of this API, and not those of a wallet at an institution. */
const ofApi = (personId: string) =>
  and(eq(walletGrants.personId, personId), inArray(walletGrants.kind, goOn), isNull(walletGrants.institutionId));
