/**
 * What may be done in a dossier: for each move who, when, and what it adds up to. `transition` makes the event,
 * `applyEvent` is the only thing that changes a state, so that a dossier can always be replayed from its events.
 */
import { DAY_MS } from '../platform/clock.ts';
import { DomainError } from '../platform/errors.ts';
import type { By, Command, DossierEvent, MoveName } from './commands.ts';
import type { DossierState } from './dossier.ts';
import { decision } from './moves/decision.ts';
import type { Move, Moves } from './moves/move.ts';
import { onward } from './moves/onward.ts';
import { people } from './moves/people.ts';
import { portfolio } from './moves/portfolio.ts';
import { talk } from './moves/talk.ts';
import { conflicts, requireIdentity } from './who-may.ts';

/** The table: who may do what, and when. A role that a move names acts only as `requireIdentity` allows. */
export const moves: Moves<MoveName> = { ...people, ...portfolio, ...talk, ...decision, ...onward };

/**
 * Makes the event of a command, or says why not.
 * @throws DomainError `forbidden` (this role, or one's own dossier), `role-conflict`, `dossier-state`
 */
export function transition(state: DossierState, command: Command, by: By): DossierEvent {
  const move = moves[command.type] as Move<Command>;
  if (!move.by.includes(by.role)) throw new DomainError('forbidden', `This is not for the role ${by.role}.`);
  requireIdentity(state, by);
  const why = closedTo(state, command.type) ?? move.refusal?.(state, command, by);
  if (why) throw new DomainError('dossier-state', why, { extensions: { move: command.type } });
  const waived = conflicts(state, command, by);
  return {
    seq: state.version + 1,
    at: by.at.toISOString(),
    actor: by.id,
    role: by.role,
    data: {
      ...command,
      ...(waived.length ? { waived } : {}),
      ...(move.days ? { until: new Date(by.at.getTime() + move.days(by.policy) * DAY_MS).toISOString() } : {}),
    },
  };
}

/** The state after an event. The event was made by `transition` on the state before it. */
export function applyEvent(state: DossierState, event: DossierEvent): DossierState {
  const move = moves[event.data.type] as Move<Command>;
  return { ...state, ...move.apply?.(state, event.data, event), version: event.seq };
}

/** Moves that a closed dossier still knows: what others may do with a decision that was taken. */
const AFTER_THE_END: readonly MoveName[] = ['record-appeal', 'sample'];

function closedTo(state: DossierState, type: MoveName): string | undefined {
  if (type !== 'request' && !state.version) return 'The dossier has not begun.';
  return state.closed && !AFTER_THE_END.includes(type) ? 'The dossier is closed.' : undefined;
}
