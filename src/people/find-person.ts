import { eq, or } from 'drizzle-orm';
import { emailKey } from '../platform/addresses.ts';
import type { Deps } from '../platform/context.ts';
import { identities, people } from './schema.ts';

/**
 * Whose an address is, for an operator who is asked to help: accounts that proved it, by what it proved. Several people
 * can have an account that shows the same e-mail address; then each is told, and the operator asks on.
 */
export async function findPeople(
  deps: Deps,
  address: string,
): Promise<{ person: string; kind: string; since: string }[]> {
  const key = emailKey(address);
  return deps.db.query
    .select({ person: people.id, kind: identities.kind, since: people.createdAt })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .where(
      or(
        eq(identities.subject, address),
        eq(people.id, address),
        ...(key ? [eq(identities.email, key), eq(identities.eppn, key)] : []),
      ),
    )
    .orderBy(people.id);
}
