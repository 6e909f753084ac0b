import { and, eq, isNull } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { sessionOf } from '../people/index.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { readInstitution } from './profile.ts';
import { institutions, members } from './schema.ts';

/** The roles that a person holds at an institution now. */
export async function rolesOf(deps: Deps, institutionId: string, personId: string) {
  return deps.db.query
    .select({ role: members.role, achievements: members.achievements })
    .from(members)
    .where(and(eq(members.institutionId, institutionId), eq(members.personId, personId), isNull(members.endedAt)));
}

/** The institutions at which a person has a role. */
export async function listMemberships(deps: Deps, personId: string) {
  return deps.db.query
    .select({ slug: institutions.slug, profile: institutions.profile, role: members.role, since: members.since })
    .from(members)
    .innerJoin(institutions, eq(institutions.id, members.institutionId))
    .where(and(eq(members.personId, personId), isNull(members.endedAt)))
    .orderBy(institutions.slug);
}

/**
 * The guard of a page under `/console/:slug`, behind `signedIn`: puts the context of the institution in place, with the
 * roles that hold at this moment.
 * @throws DomainError `not-found`, the same for an institution that is not there and one where they have no role
 */
export const memberOf: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { deps } = c.var;
  const { person } = sessionOf(c);
  const { id, slug } = await readInstitution(deps, c.req.param('slug') ?? '');
  const roles = await rolesOf(deps, id, person);
  if (!roles.length) throw notFound('institution');
  const actor: Actor = { kind: 'member', person, roles };
  c.set('ctx', { actor, institution: { id, slug }, now: deps.clock(), requestId: c.var.requestId, db: deps.db, deps });
  await next();
};
