import type { Claim } from '../../credentials/index.ts';
import { Emblem } from '../art.tsx';
import { readBadgeView } from '../badge-view.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Outcomes } from './badge.tsx';
import { foreign, kicker } from './badge-facts.tsx';

interface ClaimProps {
  view: View;
  claim: Claim;
  token: string;
  /** The OB 3.0 form of what is offered. */
  achievement: object;
  signedIn: boolean;
}

const isGone = (claim: Claim) => ['revoked', 'suspended', 'superseded', 'expired'].includes(claim.award.state);

/** What the page says first: waiting, picked up, or gone. */
export function claimTitle({ t }: View, claim: Claim): string {
  if (claim.claimed) return t.claim.titleClaimed;
  return isGone(claim) ? t.claim.titleGone : t.claim.title;
}

/** A badge for whoever has its link. Looking changes nothing; one button picks it up. */
export function ClaimPage({ view, claim, token, achievement, signedIn }: ClaimProps) {
  const { t } = view;
  const badge = readBadgeView({ credentialSubject: { achievement } }, view.language);
  const open = claim.award.state === 'released' && !claim.claimed;
  const gone = isGone(claim);
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{claimTitle(view, claim)}</h1>
        <p class="lead">{t.claim.from(claim.institution.profile.name)}</p>
      </section>
      <article class="badge" aria-labelledby="offer">
        <header>
          <Emblem seed={claim.institution.slug} issuer={claim.institution.profile.name} title={badge.title ?? ''} />
          <div>
            <p class="kicker">{kicker(badge, view)}</p>
            <h2 id="offer" lang={foreign(badge.language, view)}>
              <Visible text={badge.title ?? t.badge.untitled} t={t} />
            </h2>
            <p class="who">
              {claim.recipientName ? <Visible text={t.claim.forName(claim.recipientName)} t={t} /> : t.claim.noName}
            </p>
          </div>
        </header>
        {gone && !claim.claimed && <p class="notice warn apart">{t.claim.withdrawn}</p>}
        {!open && !gone && !claim.claimed && <p class="notice warn apart">{t.claim.notReady}</p>}
        {claim.claimed && <p class="apart">{t.claim.claimedLead}</p>}
        {claim.shareToken && (
          <p class="actions">
            <a class="button" href={`/c/${claim.shareToken}`}>
              {t.claim.see}
            </a>
          </p>
        )}
        {open && <PickUp view={view} token={token} keep={signedIn && !claim.kept} />}
        {claim.award.state !== 'reserved' && <Keep view={view} claim={claim} token={token} signedIn={signedIn} />}
        <Outcomes
          view={view}
          outcomes={badge.outcomes}
          heading={t.badge.outcomes}
          lang={foreign(badge.language, view)}
        />
      </article>
      {open && (
        <section aria-labelledby="what">
          <h2 id="what">{t.claim.what}</h2>
          <ul class="steps">
            {t.claim.steps.map(step => (
              <li>{step}</li>
            ))}
          </ul>
          <p class="notice apart">{t.claim.bearer}</p>
        </section>
      )}
    </>
  );
}

/** One button picks it up; who is signed in keeps it in their account with the same press. */
function PickUp({ view, token, keep }: { view: View; token: string; keep: boolean }) {
  const { t } = view;
  const words = t.people.badges.keep;
  return (
    <form class="actions" method="post" action={`/claim/${token}`}>
      {keep && (
        <button class="button" type="submit" name="keep" value="yes">
          {words.withClaim}
        </button>
      )}
      <button class={keep ? 'button quiet' : 'button'} type="submit">
        {keep ? words.onlyClaim : t.claim.button}
      </button>
    </form>
  );
}

/** A badge that came with a link can be taken into an account, once. */
function Keep({ view, claim, token, signedIn }: Omit<ClaimProps, 'achievement'>) {
  const words = view.t.people.badges.keep;
  if (claim.mine)
    return (
      <p class="notice apart">
        {words.mine} <a href={`/badges/${claim.award.id}`}>{words.see}</a>
      </p>
    );
  if (claim.kept) return signedIn ? <p class="notice warn apart">{words.other}</p> : null;
  if (!signedIn)
    return (
      <p class="note apart">
        <a href={`/login?return=${encodeURIComponent(`/claim/${token}`)}`}>{words.signIn}</a>
      </p>
    );
  if (!claim.claimed) return null;
  return (
    <>
      <h3>{words.heading}</h3>
      <p>{words.lead}</p>
      <form class="actions" method="post" action={`/claim/${token}/keep`}>
        <button class="button quiet" type="submit">
          {words.button}
        </button>
      </form>
    </>
  );
}
