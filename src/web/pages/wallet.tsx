import type { MyBadge } from '../../credentials/index.ts';
import { type WalletOffer, OFFER_MS } from '../../wallets/index.ts';
import { QrCode } from '../qr.tsx';
import type { View } from '../view.ts';

export interface WalletPageProps {
  view: View;
  badge: Pick<MyBadge, 'id' | 'achievement'>;
  /** Shown once, where one was just made. */
  offer?: WalletOffer;
}

/** Takes a badge of whoever is signed in to a wallet of theirs. */
export function WalletPage({ view, badge, offer }: WalletPageProps) {
  const words = view.t.people.badges.wallet;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead(badge.achievement.name)}</p>
      {offer ? <Offered view={view} offer={offer} /> : <p>{words.works}</p>}
      <form method="post" action={`/badges/${badge.id}/wallet`} class="apart">
        <button class={offer ? 'button quiet' : 'button'} type="submit">
          {offer ? words.again : words.button}
        </button>
      </form>
      <p class="apart">
        <a href={`/badges/${badge.id}`}>{words.back}</a>
      </p>
    </>
  );
}

function Offered({ view, offer }: { view: View; offer: WalletOffer }) {
  const words = view.t.people.badges.wallet;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{words.steps}</h2>
      <ol>
        <li>
          {words.scan} <a href={offer.link}>{words.open}</a>.
          <QrCode text={offer.link} label={words.qr} />
        </li>
        <li>
          {words.type} <strong>{offer.txCode}</strong>
        </li>
      </ol>
      <p class="note apart">
        {words.secret} {words.until(OFFER_MS / 60_000)}
      </p>
    </section>
  );
}
