/** Who may act here at all, and what must not go together (domain.md, Roles, and who may not do both). */
import { DomainError } from '../platform/errors.ts';
import type { By, Command, DossierEvent, MoveName } from './commands.ts';
import type { DossierState } from './dossier.ts';

/** Never, in any policy: acting on a dossier of one's own; and an assignment is what makes an assessor or a guide. */
export function requireIdentity(state: DossierState, by: By): void {
  if (by.role === 'timer') return;
  if ((by.id === state.learner) !== (by.role === 'learner'))
    throw new DomainError('forbidden', 'This is about yourself, or not yours. Someone else has to do it.');
}

/** The moves by which someone comes to guide, to judge or to decide here. */
const APART: readonly MoveName[] = ['assign', 'join-as-guide', 'judge', 'decide'];

/**
 * Whether what must not go together goes together here, and what policy lets pass.
 * @throws DomainError `role-conflict`
 */
export function conflicts(state: DossierState, command: Command, by: By): NonNullable<DossierEvent['data']['waived']> {
  const role = command.type === 'assign' ? command.role : by.role;
  const person = command.type === 'assign' ? command.person : by.id;
  if (command.type === 'assign' && person === state.learner)
    throw new DomainError('role-conflict', 'Nobody works on their own dossier.');
  requireAssignment(state, command, by);
  const guides = state.guided.includes(person);
  const judges = state.judged.includes(person) || state.staff.assessor.includes(person);
  const decides = state.staff.examiner.includes(person);
  const acts = APART.includes(command.type);
  const broken = [
    ...(acts && ((role === 'assessor' && guides) || (role === 'guide' && judges)) ? (['guide-apart'] as const) : []),
    ...(acts && (((role === 'examiner' || role === 'board') && judges) || (role === 'assessor' && decides))
      ? (['examiner-apart'] as const)
      : []),
  ];
  // The stricter of what the institution and the achievements ask.
  const asks = (what: 'guideApart' | 'examinerApart') => by.policy[what] || state.achievements.some(a => a[what]);
  const forbidden = broken.find(rule => asks(rule === 'guide-apart' ? 'guideApart' : 'examinerApart'));
  if (forbidden === 'guide-apart')
    throw new DomainError(
      'role-conflict',
      'Whoever guides this learner does not assess them, nor the other way round.',
    );
  if (forbidden) throw new DomainError('role-conflict', 'The examiner is not the assessor.');
  return [...broken];
}

/** An assessor and a guide act when they were assigned; an examiner too, once one was. */
function requireAssignment(state: DossierState, command: Command, by: By): void {
  if (command.type === 'assign' || command.type === 'join-as-guide') return;
  const assigned =
    by.role === 'assessor' || by.role === 'guide'
      ? state.staff[by.role].includes(by.id)
      : by.role === 'examiner'
        ? !state.staff.examiner.length || state.staff.examiner.includes(by.id)
        : by.role !== 'partner' || state.partners.includes(by.id);
  if (!assigned) throw new DomainError('forbidden', 'You do not work on this dossier.');
}
