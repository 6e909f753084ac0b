import { type Actor, actorName, type Ctx, type Role } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';

/**
 * Who may do what (domain.md, Roles, and who may not do both). One table, so that it can be read and tested as one.
 * A guide is an assignment on a dossier and has no right of its own here.
 */
export const rights = {
  'profile.update': ['admin'],
  'policy.update': ['admin'],
  'key.manage': ['admin'],
  'member.read': ['admin', 'coordinator', 'board'],
  'member.invite': ['admin'],
  'member.end': ['admin'],
  'api-key.read': ['admin'],
  'api-key.create': ['admin'],
  'api-key.rotate': ['admin'],
  'api-key.revoke': ['admin'],
  'achievement.read': ['admin', 'coordinator', 'assessor', 'examiner', 'board', 'awarder'],
  'achievement.edit': ['coordinator'],
  'achievement.publish': ['coordinator'],
  'framework.read': ['admin', 'coordinator', 'assessor', 'examiner', 'board', 'awarder'],
  'framework.edit': ['coordinator'],
  'group.edit': ['coordinator'],
  'team.edit': ['admin', 'coordinator'],
  'endorsement.edit': ['admin', 'coordinator'],
  'award.read': ['examiner', 'board', 'awarder'],
  'award.make': ['awarder'],
  'award.release': ['awarder'],
  'award.withdraw': ['awarder'],
  'award.revoke': ['awarder', 'board'],
  'award.suspend': ['awarder', 'board'],
  'award.replace': ['awarder'],
  'award.erase': ['admin'],
  'dossier.read': ['coordinator', 'assessor', 'examiner', 'board'],
  'dossier.intake': ['coordinator'],
  'dossier.judge': ['assessor'],
  'dossier.decide': ['examiner'],
  'dossier.safeguard': ['board'],
  'dossier.flow': ['coordinator', 'board'],
  'audit.read': ['admin', 'board'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof rights;
export const allRights = Object.keys(rights) as Right[];

/** What a right is exercised on, as far as it matters for who may. */
export interface Target {
  achievement?: string;
  /** It reaches all of the institution, as a new achievement does. */
  whole?: true;
  /** The person that it is about. */
  person?: string | null;
  /** Who did the first half of what takes two, as `actorName` writes it. */
  firstHand?: string;
}

/** Whether the roles of an actor hold a right, apart from what it is exercised on. */
export function hasRight(actor: Actor, right: Right): boolean {
  const allowed: readonly Role[] = rights[right];
  switch (actor.kind) {
    // The operator's command line and the service's own timers stand above roles.
    case 'operator':
    case 'service':
      return true;
    case 'api-key':
      return allowed.includes(actor.role);
    case 'member':
      return actor.roles.some(({ role }) => allowed.includes(role));
    default:
      return false;
  }
}

/**
 * Line one of a verb that writes: the role, its scope, and what may never go together.
 * @throws DomainError `forbidden`
 */
export function requireRight(ctx: Pick<Ctx, 'actor'>, right: Right, target: Target = {}): void {
  const why = refusal(ctx.actor, right, target);
  if (why) throw new DomainError('forbidden', why, { extensions: { right } });
}

/** The same as a question, for what a page offers. */
export const mayDo = (actor: Actor, right: Right, target: Target = {}): boolean => !refusal(actor, right, target);

/** Why an actor may not, in a sentence; undefined when they may. */
function refusal(actor: Actor, right: Right, target: Target): string | undefined {
  if (!hasRight(actor, right)) return `This asks for the role ${rights[right].join(' or ')}.`;
  if (actor.kind !== 'member' && actor.kind !== 'api-key') return undefined;
  // A program is a hand of its own, and no two.
  if (target.firstHand === actorName(actor)) return 'You did the first half of this. A second person has to do it.';
  if (actor.kind === 'api-key') return undefined;
  // Never, in any policy: acting on an award of one's own.
  if (target.person && target.person === actor.person) return 'This is about yourself. Someone else has to do it.';
  const scope = scopeOf(actor, right);
  const reached = !scope || !(target.whole || (target.achievement && !scope.includes(target.achievement)));
  return reached ? undefined : 'Your role does not reach this.';
}

/** The achievements that a member's right reaches; undefined for all of the institution. */
export function scopeOf(actor: Actor, right: Right): string[] | undefined {
  if (actor.kind !== 'member') return undefined;
  const allowed: readonly Role[] = rights[right];
  const held = actor.roles.filter(({ role }) => allowed.includes(role));
  return held.some(r => !r.achievements) ? undefined : held.flatMap(r => r.achievements ?? []);
}
