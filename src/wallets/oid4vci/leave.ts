import type { AwardState } from '../../credentials/schema.ts';

/** Whether a badge is still to be signed; a wallet can be told to come back for it. */
export const isWaiting = (state: AwardState): boolean => state === 'reserved' || state === 'held';

/** Whether a badge may go to a wallet: it is in force, or will be once it is signed. */
export const mayLeave = ({ state }: { state: AwardState }): boolean =>
  isWaiting(state) || state === 'released' || state === 'claimed';
