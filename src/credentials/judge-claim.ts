import type { Assurance } from '../people/index.ts';
import type { Offer } from './read-offer.ts';

/** Who wants to claim: what they proved to be theirs, and how well their login is known. */
export interface Claimant {
  /** Recipients that they are, spelled as `recipientKey` spells them. */
  keys: ReadonlySet<string>;
  levels: readonly Assurance[];
}

/** How someone stands before an offer. Only `ready` may claim; each of the others has its own page. */
export type Standing =
  | 'ready'
  | 'sign-in'
  | 'not-the-recipient'
  | 'assurance-too-low'
  /** The time for it is over; a new link can be asked for. */
  | 'lapsed'
  /** The recipient did not want it; a new link can be asked for. */
  | 'declined'
  /** The badge itself would have ended: nothing is left to claim. */
  | 'ended';

/**
 * Whether an offer can be claimed (domain.md, *released*). Pure. What the offer is comes before who looks at it, and
 * whether it is theirs before how well they are known: a stranger learns nothing from being asked to prove more.
 */
export function judgeClaim(
  offer: Pick<Offer, 'state' | 'recipientKey' | 'lapsesAt' | 'input'>,
  claimant: Claimant | undefined,
  asked: Assurance,
  now: Date,
): Standing {
  if (isPast(offer.input.validUntil, now)) return 'ended';
  if (offer.state === 'declined') return 'declined';
  // The timer comes by once a minute; the day on which an offer lapses does not wait for it.
  if (offer.state === 'lapsed' || isPast(offer.lapsesAt, now)) return 'lapsed';
  if (!claimant) return 'sign-in';
  if (!claimant.keys.has(offer.recipientKey)) return 'not-the-recipient';
  return claimant.levels.includes(asked) ? 'ready' : 'assurance-too-low';
}

const isPast = (time: string | null | undefined, now: Date) => !!time && Date.parse(time) <= now.getTime();
