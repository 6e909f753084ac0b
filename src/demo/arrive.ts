import { eq } from 'drizzle-orm';
import { bare, enterBy, findIdentity } from '../people/index.ts';
import { people } from '../people/schema.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Account } from './provider-claims.ts';
import { type Persona, personas } from './provider-people.ts';

/** One of the made-up people. */
export const persona = (id: string): Persona => personas.find(each => each.id === id)!;

/** What the service will know somebody by, once the local provider tells who they are. */
export const keyOf = (issuer: string, { id, eduid }: Persona) =>
  eduid ? bare('eduid', issuer, eduid) : bare('institution', issuer, id);

/** The account of a made-up person, made before they ever came: they find it all there when they sign in. */
export async function ensureArrived(deps: Deps, issuer: string, someone: Persona): Promise<SignedIn> {
  const { eppn, home, given, family } = someone;
  const identity = { ...keyOf(issuer, someone), label: eppn, eppn, home, name: `${given} ${family}` };
  const known = await findIdentity(deps, identity);
  const { personId, identityId } = known
    ? { personId: known.personId, identityId: known.id }
    : await enterBy(deps, { ...identity, nameSource: 'self' }, 'nl', async () => []);
  const provenAt = deps.clock().toISOString();
  return { id: 'demo', person: personId, identity: identityId, provider: null, provenAt, language: 'nl' };
}

/**
 * Whose account was made before they came gets the language of the browser in which they first come in, as it would have
 * been made then.
 */
export async function greet(deps: Deps, issuer: string, account: Account): Promise<void> {
  const { language } = account;
  const known = await findIdentity(deps, keyOf(issuer, account));
  if (!language || !known || known.provenAt !== known.createdAt) return;
  await deps.db.batch([deps.db.query.update(people).set({ language }).where(eq(people.id, known.personId))]);
}
