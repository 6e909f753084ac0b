import type { Look } from '../../credentials/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';

export interface OfferProps {
  view: View;
  look: Look;
  /** The OB 3.0 form of what is offered. */
  achievement: object;
  token: string;
  /** The second half of a mailed link, when they came by one. */
  letter?: string | undefined;
  providers: readonly ProviderConfig[];
  /** They came back from a login that did not give what was asked. */
  short: boolean;
}

/** This very page, for coming back to after a login. */
export const backTo = ({ token, letter }: Pick<OfferProps, 'token' | 'letter'>): string =>
  encodeURIComponent(`/claim/${token}${letter ? `?letter=${letter}` : ''}`);

/** Carries the proof of a mailed link along with a form. */
export const Letter = ({ letter }: Pick<OfferProps, 'letter'>) =>
  letter ? <input type="hidden" name="letter" value={letter} /> : null;

/** The last day on which an offer can be claimed. */
export const lastDay = (lapsesAt: string, { language }: View): string =>
  day(new Date(Date.parse(lapsesAt) - 1), language);

/** A way out that nobody takes by accident. */
export function Decline({ view, token, letter }: Pick<OfferProps, 'view' | 'token' | 'letter'>) {
  const { decline } = view.t.people.badges.claim;
  return (
    <details class="apart">
      <summary>{decline.summary}</summary>
      <p>{decline.lead}</p>
      <form class="actions" method="post" action={`/claim/${token}/decline`}>
        <Letter letter={letter} />
        <button class="button quiet" type="submit">
          {decline.button}
        </button>
      </form>
    </details>
  );
}
