import type { Deps } from '../platform/context.ts';
import { makeMove, type Making, type Moved, type Mover } from './move.ts';
import type { Dossier } from './read.ts';
import { endShares } from './share.ts';

/**
 * Ends a dossier: finished or withdrawn by the learner, or sent on with advice. Portfolio and files go back to the
 * learner at once; what was decided stays.
 * @throws DomainError `forbidden`, `dossier-state`
 */
export const endDossier = (
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  how: 'finish' | 'withdraw' | 'send-on',
  making: Omit<Making, 'also'> = {},
): Promise<Moved> => makeMove(deps, dossier, { type: how }, mover, { ...making, also: () => endShares(deps, dossier) });
