import { and, eq, inArray } from 'drizzle-orm';
import { commit, OPERATOR } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { hasLapsed, type Identity, identitiesOf } from './identities.ts';
import { identities, sessions } from './schema.ts';
import { spend, wasSpent } from './spend.ts';

/** Longer than any commit waits. */
const HOUR_MS = 3_600_000;

/** Whether someone can come in by an identity: a wallet's key proves a holder, but signs nobody in. */
export function isWayIn(deps: Deps, identity: Identity): boolean {
  if (identity.kind === 'did') return false;
  if (identity.kind === 'email') return deps.mailer !== undefined && !hasLapsed(identity, deps.clock());
  return deps.config.providers.some(provider => provider.issuer === identity.issuer);
}

/** Whether the person could still come in without these identities. */
export const canDoWithout = (deps: Deps, all: readonly Identity[], cut: readonly string[]): boolean =>
  all.some(identity => !cut.includes(identity.id) && isWayIn(deps, identity));

/**
 * The statements that cut an identity of a person and end the sessions that were opened with it. They use up the set of
 * ties that the decision rests on: of two cuts that saw the same set, one is refused and has to look again.
 */
export async function cut(deps: Deps, all: readonly Identity[], id: string): Promise<Statement[]> {
  const { query } = deps.db;
  const seen = all.map(identity => identity.id).sort();
  return [
    ...(await spend(deps, 'ties', seen.join(' '), new Date(deps.clock().getTime() + HOUR_MS))),
    query.delete(sessions).where(and(eq(sessions.identityId, id), inArray(sessions.personId, personsOf(all)))),
    query.delete(identities).where(and(eq(identities.id, id), inArray(identities.personId, personsOf(all)))),
  ];
}

const personsOf = (all: readonly Identity[]) => [...new Set(all.map(identity => identity.personId))];

/**
 * Cuts a tie of a person. What was claimed by it stays theirs; what was offered to it and not claimed is theirs no more.
 * @throws DomainError `not-found` for another person's, `last-way-in`
 */
export async function unlinkIdentity(deps: Deps, personId: string, id: string): Promise<void> {
  for (;;) {
    const all = await identitiesOf(deps, personId);
    const identity = all.find(one => one.id === id);
    if (!identity) throw notFound('identity');
    if (!canDoWithout(deps, all, [id]))
      throw new DomainError('last-way-in', 'Without this you could not sign in any more. Add another way in first.');
    try {
      return await commit(deps.db, await cut(deps, all, id), [
        {
          institution: OPERATOR,
          actor: { kind: 'person', person: personId },
          action: 'identity.unlink',
          subject: personId,
          at: deps.clock(),
          details: { identity: id, kind: identity.kind },
        },
      ]);
    } catch (error) {
      if (!wasSpent(error)) throw error;
    }
  }
}
