import { identitySentences, type Look } from '../../credentials/index.ts';
import { Emblem } from '../art.tsx';
import { readBadgeView } from '../badge-view.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Outcomes } from './badge.tsx';
import { foreign, kicker } from './badge-facts.tsx';
import { backTo, Decline, lastDay, Letter, type OfferProps } from './offer-parts.tsx';
import { OtherAccount, StepUp } from './offer-ways.tsx';

export const offerTitle = ({ t }: View, { standing }: Look): string => t.people.badges.claim.titles[standing];

/** A badge that waits for its owner. Looking changes nothing; what there is to do depends on who looks. */
export function OfferPage(props: OfferProps) {
  const { view, look, achievement } = props;
  const badge = readBadgeView({ credentialSubject: { achievement } }, view.language);
  const lang = foreign(badge.language, view);
  // The name is for its owner; who only has the link reads the title and no more.
  const proven = look.standing === 'ready' || look.standing === 'assurance-too-low';
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{offerTitle(view, look)}</h1>
        <p class="lead">{view.t.claim.from(look.institution.profile.name)}</p>
      </section>
      <article class="badge" aria-labelledby="offer">
        <header>
          <Emblem seed={look.institution.slug} issuer={look.institution.profile.name} title={badge.title ?? ''} />
          <div>
            <p class="kicker">{kicker(badge, view)}</p>
            <h2 id="offer" lang={lang}>
              <Visible text={badge.title ?? view.t.badge.untitled} t={view.t} />
            </h2>
            {proven && look.name && (
              <p class="who">
                <Visible text={view.t.claim.forName(look.name)} t={view.t} />
              </p>
            )}
          </div>
        </header>
        <Turn {...props} />
        <Outcomes view={view} outcomes={badge.outcomes} heading={view.t.badge.outcomes} lang={lang} />
      </article>
    </>
  );
}

function Turn(props: OfferProps) {
  switch (props.look.standing) {
    case 'ready':
      return <Ready {...props} />;
    case 'sign-in':
      return <SignIn {...props} />;
    case 'not-the-recipient':
      return <OtherAccount {...props} />;
    case 'assurance-too-low':
      return <StepUp {...props} />;
    case 'lapsed':
    case 'declined':
      return <Over {...props} />;
    case 'ended':
      return <p class="notice warn apart">{props.view.t.people.badges.claim.ended.lead}</p>;
  }
}

/** What the badge will say about them, before the one button that makes it theirs. */
function Ready({ view, look, token, letter }: OfferProps) {
  const { claim } = view.t.people.badges;
  const { ready } = claim;
  const { known, name, offer } = look;
  return (
    <>
      <p class="apart">
        <bdi>{ready.as(known!.label)}</bdi>
      </p>
      <h3>{ready.heading}</h3>
      <dl class="facts">
        <div>
          <dt>{ready.name}</dt>
          <dd>
            {name ? <Visible text={name} t={view.t} /> : ready.noName}
            {name && look.nameChanges && <span class="note">{ready.changed(offer.input.recipient.name!)}</span>}
            {name && !look.nameChanges && known!.validatedName && <span class="note">{ready.validated}</span>}
          </dd>
        </div>
        <div>
          <dt>{ready.known}</dt>
          <dd>{identitySentences(known!.identified, view.language, !!name)}</dd>
        </div>
      </dl>
      <form class="actions" method="post" action={`/claim/${token}`}>
        <Letter letter={letter} />
        <button class="button" type="submit">
          {ready.button}
        </button>
      </form>
      <p class="note apart">
        {ready.never} {offer.lapsesAt && ready.until(lastDay(offer.lapsesAt, view))}
      </p>
      <Decline view={view} token={token} letter={letter} />
    </>
  );
}

function SignIn({ view, ...rest }: OfferProps) {
  const { signIn } = view.t.people.badges.claim;
  return (
    <>
      <p class="apart">{signIn.lead}</p>
      <p class="actions">
        <a class="button" href={`/login?return=${backTo(rest)}`}>
          {signIn.button}
        </a>
      </p>
      <h3>{signIn.heading}</h3>
      <ol class="steps">
        {signIn.steps.map(step => (
          <li>{step}</li>
        ))}
      </ol>
    </>
  );
}

/** Lapsed or declined: the decision stands, and a new link brings it back. */
function Over({ view, look, token }: OfferProps) {
  const { claim } = view.t.people.badges;
  const { recipient, institution, mine, offer } = look;
  const lead = look.standing === 'declined' ? claim.declined.lead : claim.lapsed.lead;
  return (
    <>
      <p class="notice warn apart">{lead}</p>
      {mine ? (
        <form class="actions" method="post" action={`/badges/offers/${offer.id}/again`}>
          <button class="button" type="submit">
            {claim.again}
          </button>
        </form>
      ) : recipient.mail && recipient.hint ? (
        <>
          <p class="apart">{claim.lapsed.mail(recipient.hint)}</p>
          <form class="actions" method="post" action={`/claim/${token}/link`}>
            <button class="button" type="submit">
              {claim.lapsed.button}
            </button>
          </form>
        </>
      ) : (
        <>
          <p class="apart">{claim.lapsed.ask(institution.profile.name)}</p>
          <p class="actions">
            <a class="button" href={`/login?return=${backTo({ token })}`}>
              {claim.lapsed.signIn}
            </a>
          </p>
        </>
      )}
    </>
  );
}
