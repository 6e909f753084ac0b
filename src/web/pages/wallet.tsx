import type { Child } from 'hono/jsx';
import type { MyBadge } from '../../credentials/index.ts';
import type { OfferLink, StartedExchange, WalletOffer } from '../../wallets/index.ts';
import { moment } from '../format.ts';
import { QrCode } from '../qr.tsx';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

/** The ways to a wallet that begin with an offer. */
export const offerWays = ['code', 'learner', 'sign-in'] as const;
export type OfferWay = (typeof offerWays)[number];

/** Wallets by the names that people know them by, under the way that they say they take. */
const KNOWN: Record<OfferWay, readonly string[]> = {
  code: ['eduwallet', 'EUDI-wallet', 'Paradym', 'Sphereon Wallet', 'Lissi', 'walt.id', 'Veres Wallet'],
  learner: ['Learner Credential Wallet', 'LearnCard', 'ASU Pocket', 'My Skills Pocket'],
  'sign-in': [],
};

interface Part {
  view: View;
  badge: Pick<MyBadge, 'id' | 'achievement'>;
}

/** Which wallet somebody has, and what this badge can do for it. */
export function WalletPage({ view, badge }: Part) {
  const words = view.t.people.badges.wallet;
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">
        <Visible text={words.lead(badge.achievement.name)} t={view.t} />
      </p>
      <section aria-labelledby="which">
        <h2 id="which">{words.which}</h2>
        <ul class="ties">
          {offerWays.map(way => (
            <Way title={words.ways[way].name} hint={words.ways[way].hint} names={KNOWN[way]} like={words.like}>
              <form method="post" action={`/badges/${badge.id}/wallet`}>
                <button class={way === 'code' ? 'button' : 'button quiet'} type="submit" name="way" value={way}>
                  {words.ways[way].button}
                </button>
              </form>
            </Way>
          ))}
          <Way title={words.openbadges.name} hint={words.openbadges.hint} names={[]} like={words.like}>
            <p>
              {words.openbadges.address} <code>{view.origin}</code>
            </p>
          </Way>
          <Way title={words.files.name} hint={words.files.hint} names={[]} like={words.like}>
            <p class="actions">
              <a href={`/badges/${badge.id}/badge.png`} download="badge.png">
                {words.files.picture}
              </a>
              <a href={`/badges/${badge.id}/badge.json`} download="badge.json">
                {words.files.json}
              </a>
              <a href={`/badges/${badge.id}/badge.pdf`} download="badge.pdf">
                {words.files.paper}
              </a>
            </p>
          </Way>
        </ul>
        <p class="note apart">{words.unsure}</p>
      </section>
      <Back view={view} badge={badge} />
    </>
  );
}

interface WayProps {
  title: string;
  hint: string;
  names: readonly string[];
  like: string;
  children?: Child;
}

function Way({ title, hint, names, like, children }: WayProps) {
  return (
    <li class="tie">
      <h3>{title}</h3>
      <p class="apart">{hint}</p>
      {names.length > 0 && (
        <p class="note">
          {like} {names.join(', ')}
        </p>
      )}
      <div class="apart">{children}</div>
    </li>
  );
}

export type Made =
  | { way: 'code'; offer: WalletOffer }
  | { way: 'sign-in'; offer: OfferLink }
  | { way: 'learner'; offer: StartedExchange };

/** What was made for a wallet: shown once, in the answer to the form. */
export function WalletOfferPage({ view, badge, made }: Part & { made: Made }) {
  const words = view.t.people.badges.wallet;
  const { way, offer } = made;
  const text = way === 'learner' ? offer.interactionUrl : offer.link;
  const txCode = way === 'code' ? offer.txCode : way === 'learner' ? offer.offer.txCode : undefined;
  return (
    <>
      <h1>{words.steps}</h1>
      <p class="lead">
        <Visible text={badge.achievement.name} t={view.t} />
      </p>
      <ol class="plain apart">
        <li>
          {words.scan}
          <QrCode text={text} label={words.qr} />
          <p class="apart">{words.here}</p>
          <ul class="plain">
            {linksFor(made, words.open).map(({ href, name }) => (
              <li>
                <a href={href}>{name}</a>
              </li>
            ))}
          </ul>
        </li>
        {txCode && (
          <li class="apart">
            {way === 'learner' ? words.typeMaybe : words.type} <strong>{txCode}</strong>
          </li>
        )}
        {way === 'sign-in' && <li class="apart">{words.thenSignIn}</li>}
      </ol>
      <p class="note apart">
        {words.secret} {words.until(moment(offer.expires, view.language))}
      </p>
      <p class="actions">
        <a class="button" href={`/badges/${badge.id}/wallet/arrived`} target="_blank">
          {words.look}
        </a>
        <a href={`/badges/${badge.id}/wallet`}>{words.other}</a>
      </p>
      {way !== 'learner' && (
        <details class="apart">
          <summary>{words.paste}</summary>
          <p class="apart">
            <code>{offer.byValue}</code>
          </p>
        </details>
      )}
      <Back view={view} badge={badge} />
    </>
  );
}

/** What opens a wallet on this very device. */
function linksFor({ way, offer }: Made, open: string): { href: string; name: string }[] {
  if (way !== 'learner') return [{ href: offer.link, name: open }];
  const { learnCard, asuPocket, mySkillsPocket } = offer.others;
  return [
    { href: offer.lcw, name: 'Learner Credential Wallet' },
    { href: learnCard, name: 'LearnCard' },
    { href: asuPocket, name: 'ASU Pocket' },
    { href: mySkillsPocket, name: 'My Skills Pocket' },
  ];
}

export const Back = ({ view, badge }: { view: View; badge: { id: string } }) => (
  <p class="apart">
    <a href={`/badges/${badge.id}`}>{view.t.people.badges.wallet.back}</a>
  </p>
);
