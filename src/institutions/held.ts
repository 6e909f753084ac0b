import { and, eq, inArray, or } from 'drizzle-orm';
import { provenAddresses } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { institutions, invitations, members } from './schema.ts';

/** What institutions hold about a person: the roles that they have and had, and invitations to their addresses. */
export async function heldAbout(deps: Deps, personId: string) {
  const roles = await deps.db.query
    .select({
      institution: institutions.slug,
      role: members.role,
      achievements: members.achievements,
      since: members.since,
      endedAt: members.endedAt,
    })
    .from(members)
    .innerJoin(institutions, eq(institutions.id, members.institutionId))
    .where(eq(members.personId, personId));
  const theirs = await addressedTo(deps, personId);
  const invited = theirs
    ? await deps.db.query
        .select({
          institution: institutions.slug,
          address: invitations.address,
          role: invitations.role,
          createdAt: invitations.createdAt,
          expiresAt: invitations.expiresAt,
        })
        .from(invitations)
        .innerJoin(institutions, eq(institutions.id, invitations.institutionId))
        .where(theirs)
    : [];
  return { roles, invitations: invited };
}

/** What goes when a person is erased. The log keeps their random id, which then leads to nobody. */
export async function eraseStatements(deps: Deps, personId: string): Promise<Statement[]> {
  const theirs = await addressedTo(deps, personId);
  return [
    deps.db.query.delete(members).where(eq(members.personId, personId)),
    ...(theirs ? [deps.db.query.delete(invitations).where(theirs)] : []),
  ];
}

async function addressedTo(deps: Deps, personId: string) {
  const { emails, eppns } = await provenAddresses(deps, personId);
  // D1 binds at most 100 parameters in a statement; nobody has that many addresses.
  const of = (kind: 'email' | 'eppn', list: string[]) =>
    list.length ? and(eq(invitations.addressKind, kind), inArray(invitations.address, list.slice(0, 40))) : undefined;
  return or(of('email', emails), of('eppn', eppns));
}
