import type { Claim } from '../../credentials/index.ts';
import { Emblem } from '../art.tsx';
import { readBadgeView } from '../badge-view.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { Outcomes } from './badge.tsx';
import { foreign, kicker } from './badge-facts.tsx';

export interface ClaimProps {
  view: View;
  claim: Claim;
  token: string;
  /** The OB 3.0 form of what is offered. */
  achievement: object;
}

const isGone = (claim: Claim) => ['revoked', 'suspended', 'superseded', 'expired'].includes(claim.award.state);

/** What the page says first: waiting, picked up, or gone. */
export function claimTitle({ t }: View, claim: Claim): string {
  if (claim.claimed) return t.claim.titleClaimed;
  return isGone(claim) ? t.claim.titleGone : t.claim.title;
}

/** An offered badge. Looking changes nothing; one button picks it up. */
export function ClaimPage({ view, claim, token, achievement }: ClaimProps) {
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
        {open && (
          <form class="actions" method="post" action={`/claim/${token}`}>
            <button class="button" type="submit">
              {t.claim.button}
            </button>
          </form>
        )}
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
