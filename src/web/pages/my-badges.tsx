import type { Child } from 'hono/jsx';
import type { MyBadge, Offered } from '../../credentials/index.ts';
import type { ImportedBadge } from '../../wallets/index.ts';
import { Emblem, seedOf } from '../art.tsx';
import { readBadgeView } from '../badge-view.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { ThenWord } from './elsewhere.tsx';
import { lastDay } from './offer-parts.tsx';
import { StateWord } from './state-word.tsx';

/** What someone has, from here and from elsewhere, and what waits for them. */
export interface Shelf {
  badges: MyBadge[];
  offers: Offered[];
  elsewhere: ImportedBadge[];
}

interface MyBadgesProps extends Shelf {
  view: View;
  /** Links that show each badge now. */
  links: Map<string, number>;
  /** What is looked for; empty for all. */
  sought: string;
  done: string | undefined;
}

/** As many as are found by looking, without a search. */
const SEEN_AT_ONCE = 5;

const INVALID: MyBadge['state'][] = ['revoked', 'superseded', 'expired'];

const sizeOf = ({ badges, offers, elsewhere }: Shelf) => badges.length + offers.length + elsewhere.length;

/** Whether nothing stands on a shelf, and nothing waits. */
export const isBare = (shelf: Shelf): boolean => sizeOf(shelf) === 0;

/** A shelf: first what waits, then what one has, then what one had. */
export function MyBadgesPage(props: MyBadgesProps) {
  const { view, sought, links, done } = props;
  const { mine, elsewhere: words } = view.t.people.badges;
  const found = seek(props);
  const standing = found.offers.map(offered => ({ offered, state: stateOf(offered, view.now) }));
  const offer = (each: (typeof standing)[number]) => <Waiting view={view} {...each} />;
  const card = (badge: MyBadge) => <Card view={view} badge={badge} links={links.get(badge.id) ?? 0} />;
  return (
    <>
      {done === 'removed' && (
        <p class="notice done" role="status">
          {words.removed}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{mine.title}</h1>
        {!isBare(props) && <p class="lead">{mine.lead}</p>}
        {(sought || sizeOf(props) > SEEN_AT_ONCE) && <Search view={view} sought={sought} />}
        {!isBare(props) && isBare(found) && <p class="apart">{mine.notFound}</p>}
        {isBare(props) && <Bare view={view} />}
      </section>
      <Row id="waiting" name={mine.waiting} items={standing.filter(({ state }) => state === 'offered').map(offer)} />
      <Row id="shelf" cards name={mine.shelf} items={found.badges.filter(b => !INVALID.includes(b.state)).map(card)} />
      <Row
        id="elsewhere"
        cards
        name={words.heading}
        items={found.elsewhere.map(badge => (
          <Elsewhere view={view} badge={badge} />
        ))}
      />
      <Row id="ended" cards name={mine.ended} items={found.badges.filter(b => INVALID.includes(b.state)).map(card)} />
      <Row id="missed" name={mine.missed} items={standing.filter(({ state }) => state !== 'offered').map(offer)} />
      <p class="actions">
        <a href="/badges/add">{words.add}</a>
      </p>
      {!isBare(props) && (
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

/** Nothing yet, and what to do; who works at an institution is shown to their work first. */
function Bare({ view }: { view: View }) {
  const { mine } = view.t.people.badges;
  const member = view.signedIn?.member;
  return (
    <div class="empty apart">
      {member && (
        <p class="actions">
          <a class="button" href="/console">
            {mine.toConsole}
          </a>
        </p>
      )}
      <p class={member ? 'apart' : undefined}>
        <strong>{mine.empty}</strong>
      </p>
      <p>{mine.emptyLead}</p>
      <p class="actions">
        <a class={member ? 'button quiet' : 'button'} href="/account/add">
          {mine.emptyButton}
        </a>
      </p>
      <p class="note apart">{mine.emptyLink}</p>
    </div>
  );
}

/** A part of the shelf under its heading; nothing where it is empty. */
function Row({ id, name, cards, items }: { id: string; name: string; cards?: boolean; items: Child[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <ul class={cards ? 'cards' : 'shelf'}>{items}</ul>
    </section>
  );
}

/** What holds each word that is looked for, in its title or in the name of who gave it. */
function seek({ view, badges, offers, elsewhere, sought }: MyBadgesProps) {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (...texts: (string | undefined)[]) => {
    const text = texts.join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  };
  return {
    badges: badges.filter(({ achievement, institution }) => holds(achievement.name, institution.name)),
    offers: offers.filter(({ achievement, institution }) => holds(achievement.name, institution.profile.name)),
    elsewhere: elsewhere.filter(({ content }) => {
      const { title, issuer } = readBadgeView(content, view.language);
      return holds(title, issuer.name, issuer.domain);
    }),
  };
}

function Search({ view, sought }: { view: View; sought: string }) {
  const { mine } = view.t.people.badges;
  return (
    <form class="seek" method="get" action="/badges" role="search">
      <label for="q">{mine.seek}</label>
      <input id="q" name="q" type="text" maxlength={100} autocomplete="off" value={sought} />
      <button class="button quiet" type="submit">
        {mine.seekButton}
      </button>
      {sought && <a href="/badges">{mine.seekAll}</a>}
    </form>
  );
}

/** A badge of somebody else's making: whose domain it is comes before what it calls itself. */
function Elsewhere({ view, badge }: { view: View; badge: ImportedBadge }) {
  const { t, language } = view;
  const { issuer, title = t.badge.untitled } = readBadgeView(badge.content, language);
  return (
    <li>
      <div class={badge.verdict === 'invalid' ? 'card ended' : 'card'}>
        <Emblem seed={seedOf(issuer.id)} issuer={issuer.name ?? ''} title={title} />
        <div>
          <span class="note">
            <bdi>{issuer.domain ?? t.badge.noDomain}</bdi>
          </span>
          <a href={`/badges/elsewhere/${badge.id}`}>
            <Visible text={title} t={t} />
          </a>
          <span class="note">
            <ThenWord view={view} badge={badge} />
          </span>
          <span class="note">{day(badge.checkedAt, language)}</span>
        </div>
      </div>
    </li>
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

function Card({ view, badge, links }: { view: View; badge: MyBadge; links: number }) {
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
          {links > 0 && <span class="note">{view.t.people.badges.links.live(links)}</span>}
        </div>
      </div>
    </li>
  );
}
