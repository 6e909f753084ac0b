import { and, asc, eq, isNull } from 'drizzle-orm';
import { mayDo, readPolicy, requireRight, type Right } from '../institutions/index.ts';
import { members } from '../institutions/schema.ts';
import { identities } from '../people/schema.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { makeMove, type Making, type Moved, type Mover } from './move.ts';
import { transition } from './moves.ts';
import { besideLearner, isGiven, listPartners, partnerEnds } from './partners.ts';
import { type Dossier, readDossier } from './read.ts';

/** The roles in which staff of the institution acts on dossiers. A guide is beside the learner, and acts as that. */
export const actingRoles = ['coordinator', 'assessor', 'examiner', 'board'] as const;
export type ActingRole = (typeof actingRoles)[number];
/** The roles that work is given out for. */
export type WorkRole = 'assessor' | 'examiner';
/** And a guide, where the learner brings none along. */
export type GivenRole = WorkRole | 'guide';

export const rightOfRole = {
  coordinator: 'dossier.intake',
  assessor: 'dossier.judge',
  examiner: 'dossier.decide',
  board: 'dossier.safeguard',
} as const satisfies Record<ActingRole, Right>;

/** Who someone is at the institution, as events name them. */
export const personOf = (ctx: Pick<Ctx, 'actor'>): string => ('person' in ctx.actor ? ctx.actor.person : '');

/** Whether a right reaches a dossier: never one's own, and in part only where an achievement of it is among theirs. */
export function reaches(ctx: Pick<Ctx, 'actor'>, right: Right, { state }: Dossier): boolean {
  const person = state.learner;
  if (!state.achievements.length) return mayDo(ctx.actor, right, { person });
  return state.achievements.some(({ id }) => mayDo(ctx.actor, right, { person, achievement: id }));
}

/**
 * A dossier for staff of its institution.
 * @throws DomainError `not-found` for one of another institution, `forbidden` for one's own and where no role reaches
 */
export async function readStaffDossier(ctx: Ctx, id: string): Promise<Dossier> {
  requireRight(ctx, 'dossier.read');
  const dossier = await readDossier(ctx.deps, { id, institutionId: ctx.institution.id });
  requireReach(ctx, 'dossier.read', dossier);
  return dossier;
}

/** Someone of staff as who makes a move in a role of theirs. @throws DomainError `forbidden` */
export function staffMover(ctx: Ctx, dossier: Dossier, role: ActingRole): Mover {
  requireReach(ctx, rightOfRole[role], dossier);
  return { actor: ctx.actor, id: personOf(ctx), role };
}

/**
 * A decision is on each achievement that it names: a role in part reaches all of those, or none.
 * @throws DomainError `forbidden`
 */
export function requireEach(ctx: Ctx, role: ActingRole, achievements: string[]): void {
  for (const achievement of achievements) requireRight(ctx, rightOfRole[role], { achievement });
}

function requireReach(ctx: Ctx, right: Right, dossier: Dossier): void {
  requireRight(ctx, right, { person: dossier.state.learner });
  if (!reaches(ctx, right, dossier))
    throw new DomainError('forbidden', 'Your role does not reach this.', { extensions: { right } });
}

/** Whether what must not go together is asked for here: by the institution or by an achievement of it. */
export async function asksApart(ctx: Ctx, { state }: Dossier, rule: 'guideApart' | 'examinerApart'): Promise<boolean> {
  return (await readPolicy(ctx)).dossier[rule] || state.achievements.some(a => a[rule]);
}

export interface RoleHolder {
  person: string;
  role: GivenRole;
  name: string | null;
  /** Only for these achievements; null for all. */
  achievements: string[] | null;
}

/** Who holds the roles at the institution now that work is given out for. */
export async function roleHolders({ db, institution }: Pick<Ctx, 'db' | 'institution'>): Promise<RoleHolder[]> {
  const rows = await db.query
    .select({
      person: members.personId,
      role: members.role,
      achievements: members.achievements,
      kind: identities.kind,
      name: identities.name,
    })
    .from(members)
    .leftJoin(identities, eq(identities.personId, members.personId))
    .where(and(eq(members.institutionId, institution.id), isNull(members.endedAt)))
    .orderBy(asc(members.since));
  const holders = new Map<string, RoleHolder>();
  for (const { person, role, achievements, kind, name } of rows) {
    if (role !== 'assessor' && role !== 'examiner' && role !== 'guide') continue;
    const key = `${role} ${person}`;
    const before = holders.get(key);
    // The name that their institution gave comes before one of their own.
    if (!before || (name && (kind === 'institution' || !before.name)))
      holders.set(key, { person, role, name: name ?? before?.name ?? null, achievements });
  }
  return [...holders.values()];
}

/** Those who were given a dossier and hold the role still. One whose role ended stands in nobody's way. */
export const assignedNow = ({ state }: Dossier, role: WorkRole, holders: RoleHolder[]): string[] =>
  state.staff[role].filter(person => holders.some(h => h.role === role && h.person === person));

export interface Candidate extends RoleHolder {
  /** What must not go together, told before it is tried. */
  conflict?: 'guide-apart' | 'judges' | 'examiner-apart' | 'own';
}

/**
 * Whom a dossier can be given to: those with the role, and for each what would not go together; nobody once it is
 * closed.
 */
export async function listCandidates(ctx: Ctx, dossier: Dossier): Promise<Candidate[]> {
  const { dossier: policy } = await readPolicy(ctx);
  const { state } = dossier;
  if (dossier.closedAt) return [];
  const by = { id: personOf(ctx), role: 'coordinator' as const, at: ctx.now, policy };
  return (await roleHolders(ctx))
    .filter(h => !state.staff[h.role].includes(h.person) && isIn(h, dossier))
    .map(holder => {
      if (holder.person === state.learner) return { ...holder, conflict: 'own' as const };
      try {
        transition(state, { type: 'assign', role: holder.role, person: holder.person }, by);
        return holder;
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'role-conflict')) throw error;
        return { ...holder, conflict: conflictOf(dossier, holder) };
      }
    });
}

function conflictOf({ state }: Dossier, { role, person }: RoleHolder): Candidate['conflict'] & string {
  if (role === 'guide') return 'judges';
  return role === 'assessor' && state.guided.includes(person) ? 'guide-apart' : 'examiner-apart';
}

const isIn = ({ achievements }: RoleHolder, { state }: Dossier) =>
  !achievements || !state.achievements.length || state.achievements.some(a => achievements.includes(a.id));

/**
 * Gives a dossier to someone who holds the role; a guide comes to stand beside its learner, who can let them go.
 * @throws DomainError `forbidden` for who does not hold it, `role-conflict` for what must not go together
 */
export async function assignStaff(
  ctx: Ctx,
  dossier: Dossier,
  mover: Mover,
  { role, person, ...making }: { role: GivenRole; person: string } & Omit<Making, 'also'>,
): Promise<Moved> {
  const holds = (await roleHolders(ctx)).some(h => h.role === role && h.person === person && isIn(h, dossier));
  if (!holds) throw new DomainError('forbidden', 'They do not hold this role here.');
  const beside = role === 'guide' ? [besideLearner(ctx.deps, dossier, person)] : [];
  return makeMove(ctx.deps, dossier, { type: 'assign', role, person }, mover, { ...making, also: () => beside });
}

/**
 * Takes someone off a dossier. A guide whom the learner brought along is for the learner to let go.
 * @throws DomainError `dossier-state` for who is not on it, `forbidden` for such a guide
 */
export async function takeOff(
  ctx: Ctx,
  dossier: Dossier,
  mover: Mover,
  { role, person, ...making }: { role: GivenRole; person: string } & Omit<Making, 'also'>,
): Promise<Moved> {
  const given = role === 'guide' ? (await listPartners(ctx.deps, dossier.id)).find(p => p.personId === person) : null;
  if (given && !isGiven(given)) throw new DomainError('forbidden', 'The learner brought them along.');
  return makeMove(ctx.deps, dossier, { type: 'unassign', role, person }, mover, {
    ...making,
    also: () => (given ? [partnerEnds(ctx.deps, given)] : []),
  });
}

/**
 * Takes up a dossier that nobody has taken up; of two at once, one does.
 * @throws DomainError `dossier-state` when someone did, `dossier-changed`, `role-conflict`
 */
export async function takeUp(ctx: Ctx, dossier: Dossier, mover: Mover, form?: string): Promise<Moved> {
  const role = mover.role as WorkRole;
  if (dossier.state.staff[role].includes(mover.id)) return { dossier };
  if (assignedNow(dossier, role, await roleHolders(ctx)).length)
    throw new DomainError('dossier-state', 'Someone took this up already.');
  const making = { on: dossier.state.version, ...(form ? { form } : {}) };
  return makeMove(ctx.deps, dossier, { type: 'assign', role, person: mover.id }, mover, making);
}
