import type { By, Command, DossierEvent, DossierPolicy, MoveName } from '../commands.ts';
import type { DossierRole, DossierState } from '../dossier.ts';

/** One move: who makes it, when it can be made, and what it adds up to. */
export interface Move<C extends Command> {
  by: readonly DossierRole[];
  /** Why not now, in a sentence; undefined when it can be done. */
  refusal?: (state: DossierState, command: C, by: By) => string | undefined;
  /** The term that begins with it. */
  days?: (policy: DossierPolicy) => number;
  apply?: (state: DossierState, command: C & DossierEvent['data'], event: DossierEvent) => Partial<DossierState>;
}

/** Those of the moves that are told in one file. */
export type Moves<K extends MoveName> = { [Name in K]: Move<Extract<Command, { type: Name }>> };

const STAFF = ['guide', 'coordinator', 'assessor', 'examiner', 'board'] as const;
export const EVERYONE = ['learner', 'partner', ...STAFF] as const;

export const without = <T>(list: T[], item: T) => list.filter(each => each !== item);
export const withOne = <T>(list: T[], item: T) => [...without(list, item), item];
