import type { MyBadge, Offered } from '../../credentials/index.ts';
import { Emblem } from '../art.tsx';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { lastDay } from './offer-parts.tsx';
import { StateWord } from './state-word.tsx';

export interface MyBadgesProps {
  view: View;
  badges: MyBadge[];
  offers: Offered[];
}

/** A shelf: first what waits, then what one has. */
export function MyBadgesPage({ view, badges, offers }: MyBadgesProps) {
  const { mine } = view.t.people.badges;
  const empty = !badges.length && !offers.length;
  const standing = offers.map(offered => ({ offered, state: stateOf(offered, view.now) }));
  const waiting = standing.filter(({ state }) => state === 'offered');
  const missed = standing.filter(({ state }) => state !== 'offered');
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{mine.title}</h1>
        {!empty && <p class="lead">{mine.lead}</p>}
        {empty && (
          <div class="empty apart">
            <p>
              <strong>{mine.empty}</strong>
            </p>
            <p>{mine.emptyLead}</p>
            <p class="actions">
              <a class="button" href="/account/add">
                {mine.emptyButton}
              </a>
            </p>
            <p class="note apart">{mine.emptyLink}</p>
          </div>
        )}
      </section>
      {waiting.length > 0 && (
        <section aria-labelledby="waiting">
          <h2 id="waiting">{mine.waiting}</h2>
          <ul class="shelf">
            {waiting.map(offer => (
              <Waiting view={view} {...offer} />
            ))}
          </ul>
        </section>
      )}
      {badges.length > 0 && (
        <section aria-labelledby="shelf">
          <h2 id="shelf">{mine.shelf}</h2>
          <ul class="cards">
            {badges.map(badge => (
              <Card view={view} badge={badge} />
            ))}
          </ul>
        </section>
      )}
      {missed.length > 0 && (
        <section aria-labelledby="missed">
          <h2 id="missed">{mine.missed}</h2>
          <ul class="shelf">
            {missed.map(offer => (
              <Waiting view={view} {...offer} />
            ))}
          </ul>
        </section>
      )}
      {!empty && (
        <section aria-labelledby="missing">
          <h2 id="missing">{mine.missing}</h2>
          <p>
            {mine.missingLead} <a href="/account/add">{mine.emptyButton}</a>
          </p>
        </section>
      )}
    </>
  );
}

/** The day on which an offer lapses does not wait for the timer. */
function stateOf({ offer }: Offered, now: Date): OfferState {
  const past = offer.lapsesAt !== null && Date.parse(offer.lapsesAt) <= now.getTime();
  return offer.state === 'offered' && past ? 'lapsed' : offer.state;
}

type OfferState = Offered['offer']['state'];

/** What waits for them, with the one thing to do. */
function Waiting({ view, offered, state }: { view: View; offered: Offered; state: OfferState }) {
  const { mine } = view.t.people.badges;
  const { offer, institution, achievement } = offered;
  const { name } = achievement;
  const from = institution.profile.name;
  return (
    <li class={state === 'offered' ? 'waits' : 'waits missed'}>
      <Emblem seed={institution.slug} issuer={from} title={name} />
      <div>
        <h3 lang={achievement.language}>
          <Visible text={name} t={view.t} />
        </h3>
        <p class="soft">{mine.from(from)}</p>
        <p class="note">
          {state === 'lapsed' && mine.lapsed}
          {state === 'declined' && mine.declined}
          {state === 'offered' && offer.lapsesAt && mine.waitsUntil(lastDay(offer.lapsesAt, view))}
        </p>
      </div>
      {state === 'offered' ? (
        <a class="button" href={`/claim/${offer.token}`}>
          {mine.claim}
          <span class="visually-hidden">: {name}</span>
        </a>
      ) : (
        <form method="post" action={`/badges/offers/${offer.id}/again`}>
          <button class="button quiet" type="submit">
            {mine.again}
            <span class="visually-hidden">: {name}</span>
          </button>
        </form>
      )}
    </li>
  );
}

function Card({ view, badge }: { view: View; badge: MyBadge }) {
  const { mine } = view.t.people.badges;
  const ended = !['released', 'claimed', 'reserved'].includes(badge.state);
  return (
    <li>
      <div class={ended ? 'card ended' : 'card'}>
        <Emblem seed={badge.institution.slug} issuer={badge.institution.name} title={badge.achievement.name} />
        <div>
          <a href={`/badges/${badge.id}`} lang={badge.achievement.language}>
            <Visible text={badge.achievement.name} t={view.t} />
          </a>
          <span class="note">{mine.from(badge.institution.name)}</span>
          <span class="note">
            <StateWord view={view} state={badge.state} />
          </span>
          <span class="note">{day(badge.awardedOn, view.language)}</span>
        </div>
      </div>
    </li>
  );
}
