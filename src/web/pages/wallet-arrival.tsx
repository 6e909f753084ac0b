import type { MyBadge } from '../../credentials/index.ts';
import type { Arrival } from '../../wallets/index.ts';
import { moment } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Back } from './wallet.tsx';

interface WalletArrivalProps {
  view: View;
  badge: Pick<MyBadge, 'id' | 'achievement'>;
  arrival: Arrival;
}

/** Whether the badge is in the wallet by now. Looking again is a link: the page does nothing by itself. */
export function WalletArrivalPage({ view, badge, arrival }: WalletArrivalProps) {
  const words = view.t.people.badges.wallet.arrival;
  return (
    <>
      <h1>{words.title[arrival.state]}</h1>
      <p class="lead">
        <Visible text={badge.achievement.name} t={view.t} />
      </p>
      <p class="apart">
        {arrival.state === 'arrived' && words.arrived(moment(arrival.at, view.language))}
        {arrival.state === 'waiting' && words.waiting(moment(arrival.until, view.language))}
        {arrival.state === 'nothing' && words.nothing}
      </p>
      <p class="actions">
        {arrival.state === 'waiting' && (
          <a class="button" href={`/badges/${badge.id}/wallet/arrived`}>
            {words.again}
          </a>
        )}
        {arrival.state === 'nothing' && (
          <a class="button" href={`/badges/${badge.id}/wallet`}>
            {words.begin}
          </a>
        )}
      </p>
      <Back view={view} badge={badge} />
    </>
  );
}
