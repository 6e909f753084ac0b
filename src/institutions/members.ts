import { and, eq, isNull, sql } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { sessionOf } from '../people/index.ts';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Ctx, Deps } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import { readInstitution } from './profile.ts';
import { requireRight } from './rights.ts';
import { institutions, members } from './schema.ts';

/** The roles that an institution gives to a person. A guide is asked by a learner, for one dossier. */
export const memberRoles = ['admin', 'coordinator', 'assessor', 'examiner', 'board', 'awarder'] as const;
export type MemberRole = (typeof memberRoles)[number];

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

/** A membership as a statement that has not run yet, and its audit row. */
export function newMembership(
  deps: Deps,
  institution: { id: string },
  input: { person: string; role: MemberRole; achievements?: string[] | null },
  actor: Actor,
): { id: string; insert: Statement; entry: AuditEntry } {
  const now = deps.clock();
  const id = newId(now);
  const { person, role } = input;
  const achievements = input.achievements ?? null;
  const row = { id, institutionId: institution.id, personId: person, role, achievements, since: now.toISOString() };
  return {
    id,
    insert: deps.db.query.insert(members).values(row),
    entry: {
      institution: institution.id,
      actor,
      action: 'member.add',
      subject: id,
      at: now,
      details: { person, role, achievements },
    },
  };
}

/** What a second membership of the same person and role ran into. */
export const holdsRoleAlready = (error: unknown): boolean =>
  violatedKey(error) === 'members.institution_id, members.person_id, members.role';

/**
 * Gives a person a role at once, without an invitation; an operator's verb.
 * @throws DomainError `member-exists`
 */
export async function addMember(
  deps: Deps,
  institution: { id: string },
  personId: string,
  role: MemberRole,
  actor: Actor,
): Promise<string> {
  requireRight({ actor }, 'member.invite', { whole: true });
  const made = newMembership(deps, institution, { person: personId, role }, actor);
  try {
    await commit(deps.db, [made.insert], [made.entry]);
  } catch (error) {
    if (holdsRoleAlready(error)) throw new DomainError('member-exists', 'This person has that role here already.');
    throw error;
  }
  return made.id;
}

/**
 * Ends a role. It holds from the next request on; what was done under it stays.
 * @throws DomainError `not-found`, `last-admin` when nobody would be left to give roles
 */
export async function endMembership(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'member.end', { whole: true });
  const { db, institution, now, actor } = ctx;
  const mine = and(eq(members.id, id), eq(members.institutionId, institution.id));
  const [member] = await db.query.select().from(members).where(mine);
  if (!member) throw notFound('member');
  if (member.endedAt) return;
  const end = db.query
    .update(members)
    .set({ endedAt: now.toISOString() })
    .where(and(mine, isNull(members.endedAt)));
  const keepsAdmin = member.role === 'admin' && actor.kind !== 'operator';
  try {
    await commit(
      db,
      [end, ...(keepsAdmin ? [failWithoutAdmin(ctx)] : []), ...claimKey(ctx, id)],
      [
        {
          institution: institution.id,
          actor,
          action: 'member.end',
          subject: id,
          at: now,
          details: { person: member.personId, role: member.role },
        },
      ],
    );
  } catch (error) {
    if (!withoutAdmin(error)) throw error;
    throw new DomainError('last-admin', 'This is the last admin. Make someone else admin first.');
  }
}

/**
 * A statement that fails, and so undoes what stands with it, when no admin is left: two who end each other's role in
 * the same moment cannot both succeed. It adds no row; the one that it would add has no id.
 */
function failWithoutAdmin({ db, institution }: Ctx): Statement {
  const { id } = institution;
  return db.query.insert(members).select(
    sql`select null, ${id}, '', 'admin', null, '', '' where not exists (
      select 1 from members where institution_id = ${id} and role = 'admin' and ended_at is null)`,
  );
}

function withoutAdmin(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/NOT NULL constraint failed: members\.id/.test(e.message)) return true;
  return false;
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
