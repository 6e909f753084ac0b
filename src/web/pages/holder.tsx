import type { Confirmation } from '../../credentials/index.ts';
import { moment } from '../format.ts';
import type { View } from '../view.ts';

export interface Holder {
  /** It stands in someone's account, so there is someone who can confirm. */
  owned: boolean;
  mine: boolean;
  awardId?: string;
  signedIn: boolean;
  confirmation?: Confirmation | undefined;
}

/** `Bevestigd door de houder op …; naam gecontroleerd door een instelling`. */
export const confirmedLine = ({ t, language }: View, { at, identified }: Confirmation): string => {
  const { confirmedBy, nameBy } = t.people.badges.confirm;
  return `${confirmedBy(moment(at, language))}; ${nameBy[identified.nameBy ?? 'none']}`;
};

/** What the page of a badge says of its holder: nothing, or that they confirmed; and the way there for the holder. */
export function HolderLine({ view, holder, path }: { view: View; holder: Holder; path: string }) {
  const { confirm, keep } = view.t.people.badges;
  const { owned, mine, awardId, signedIn, confirmation } = holder;
  return (
    <>
      {confirmation && (
        <p class="notice">
          <strong>{confirmedLine(view, confirmation)}.</strong> <span class="note">{confirm.notVerdict}</span>
        </p>
      )}
      <p class="note no-print apart">
        {mine && awardId && <a href={`/badges/${awardId}`}>{confirm.manage}</a>}
        {mine && ' · '}
        {owned && !(confirmation && !mine) && <a href={`${path}/confirm`}>{confirm.link}</a>}
        {!owned && signedIn && keep.onShare}
      </p>
    </>
  );
}
