import { eq } from 'drizzle-orm';
import type { Deps } from '../../platform/context.ts';
import { sha256Hex } from '../../platform/ids.ts';
import { sameMac } from '../../platform/mac.ts';
import { oauthClients } from '../schema.ts';
import type { Registration } from './register-client.ts';
import { refused } from '../oauth/refusal.ts';

/**
 * A service as it registered itself. Nothing that it says of itself was checked but that its addresses are of one host.
 */
export interface Client {
  id: string;
  secretHash: string;
  registration: Registration;
}

/** A service by its `client_id`; undefined for one that did not register, or whose registration has lapsed. */
export async function findClient(deps: Deps, id: string): Promise<Client | undefined> {
  const [row] = await deps.db.query.select().from(oauthClients).where(eq(oauthClients.id, id));
  return row && { ...row, registration: row.registration as unknown as Registration };
}

/** By what a person tells a service: the name that it gave itself, and the host that all its addresses are of. */
export const nameOf = ({ client_name, client_uri }: Registration) => ({
  name: client_name,
  host: new URL(client_uri).host,
});

/**
 * The client whose name and secret stand in the header (RFC 6749 §2.3.1); there is no other way here.
 * @throws DomainError with `invalid_client`
 */
export async function authenticateClient(deps: Deps, authorization: string | undefined): Promise<Client> {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '') ?? [];
  const [id, secret] = encoded ? readBasic(encoded) : [];
  const client = id ? await findClient(deps, id) : undefined;
  if (!client || secret === undefined || !sameMac(await sha256Hex(secret), client.secretHash))
    throw refused('invalid_client', 'The client is not known, or its secret is another.');
  return client;
}

/** Both parts are form-encoded before they are joined. */
function readBasic(encoded: string): string[] {
  try {
    const [, ...parts] = /^([^:]*):(.*)$/s.exec(atob(encoded)) ?? [];
    return parts.map(part => decodeURIComponent(part.replaceAll('+', ' ')));
  } catch {
    return [];
  }
}
