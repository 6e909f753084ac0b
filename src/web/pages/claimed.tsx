import type { Claim } from '../../credentials/index.ts';
import type { View } from '../view.ts';

interface ClaimedProps {
  view: View;
  claim: Claim;
  token: string;
  signedIn: boolean;
}

export function claimedTitle({ t }: View, { mine, award }: Claim): string {
  const words = t.people.badges.claim;
  if (!mine) return words.takenTitle;
  return award.state === 'reserved' ? words.signingTitle : words.mineTitle;
}

/** The link of a badge that was offered to someone and claimed: theirs, and nothing for anybody else. */
export function ClaimedPage({ view, claim, token, signedIn }: ClaimedProps) {
  const words = view.t.people.badges.claim;
  const from = claim.institution.profile.name;
  const signing = claim.award.state === 'reserved';
  return (
    <section aria-labelledby="title">
      <h1 id="title">{claimedTitle(view, claim)}</h1>
      <p class="lead">{view.t.claim.from(from)}</p>
      {claim.mine && !signing && (
        <>
          <p class="apart">{words.mineLead}</p>
          <p class="actions">
            <a class="button" href={`/badges/${claim.award.id}`}>
              {words.mineButton}
            </a>
          </p>
        </>
      )}
      {claim.mine && signing && (
        <>
          <p class="apart">{words.signingLead}</p>
          <form class="actions" method="post" action={`/claim/${token}`}>
            <button class="button" type="submit">
              {words.signingButton}
            </button>
          </form>
        </>
      )}
      {!claim.mine && (
        <>
          <p class="apart">{signedIn ? words.takenLead : words.takenAnonymous}</p>
          <p class="actions">
            <a class="button" href={`/login?return=${encodeURIComponent(`/claim/${token}`)}`}>
              {signedIn ? words.other.another : view.t.people.signIn.title}
            </a>
            <a href={`/i/${claim.institution.slug}`}>{words.takenAsk(from)}</a>
          </p>
        </>
      )}
    </section>
  );
}
