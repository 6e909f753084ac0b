import type { ProviderConfig } from '../../platform/config.ts';
import { backTo, Decline, type OfferProps } from './offer-parts.tsx';

/** Signed in, and not as the one it was offered to. Says no more of that one than their own hint. */
export function OtherAccount({ view, look, token, letter, providers }: OfferProps) {
  const { other } = view.t.people.badges.claim;
  const { recipient, institution, known } = look;
  const back = backTo({ token, letter });
  const eduid = stepUpAt(providers, known?.identified.provider ?? null);
  const linkable = recipient.kind === 'eppn' && eduid;
  return (
    <>
      <p class="apart">
        <bdi>{other.as(known?.label ?? '')}</bdi> {recipient.hint && other.forAddress(recipient.hint)}
        {recipient.kind === 'eduid' && other.forEduid}
        {recipient.kind === 'did' && other.forWallet}
      </p>
      <h3>{other.heading}</h3>
      {recipient.mail && recipient.hint && (
        <>
          <p>{other.mail(recipient.hint)}</p>
          <form class="actions" method="post" action={`/claim/${token}/link`}>
            <button class="button" type="submit">
              {other.mailButton(recipient.hint)}
            </button>
          </form>
        </>
      )}
      {linkable && (
        <>
          <p>{other.eppn}</p>
          <p class="actions">
            <a class="button" href={`/login/${eduid.id}?level=linked-institution&return=${back}`}>
              {other.eppnButton}
            </a>
          </p>
        </>
      )}
      <ul class="steps apart">
        <li>
          <a href={`/login?return=${back}`}>{other.another}</a>
        </li>
        {recipient.kind !== 'eppn' && (
          <li>
            <a href="/account/add">{other.add}</a>
          </li>
        )}
        <li>
          <a href={`/i/${institution.slug}`}>{other.ask(institution.profile.name)}</a>
        </li>
      </ul>
    </>
  );
}

/** Theirs, but too little is known of who they are: what is missing, why it is asked, how long it takes. */
export function StepUp({ view, look, token, letter, providers, short }: OfferProps) {
  const { stepUp } = view.t.people.badges.claim;
  const { asked, institution, known } = look;
  const provider = stepUpAt(providers, known?.identified.provider ?? null);
  const back = backTo({ token, letter });
  // A login that is not tied to this account would open another account, in which the badge is not.
  const tied = !provider || !!letter || known!.issuers.includes(provider.issuer);
  return (
    <>
      {short && (
        <p class="notice warn apart" role="status">
          {stepUp.short}
        </p>
      )}
      <p class="apart">{stepUp.lead(institution.profile.name)}</p>
      <h3>{stepUp.missing}</h3>
      <p>{stepUp.asked[asked]}</p>
      {provider ? (
        <>
          <h3>{stepUp.how}</h3>
          <ol class="steps">
            {stepUp.steps[asked].map(step => (
              <li>{step}</li>
            ))}
          </ol>
          {!tied && <p class="apart">{stepUp.addFirst(provider.name)}</p>}
          <p class="actions">
            {tied ? (
              <a class="button" href={`/login/${provider.id}?level=${asked}&return=${back}`}>
                {stepUp.button(provider.name)}
              </a>
            ) : (
              <a class="button" href={`/account/add?return=${back}`}>
                {stepUp.addButton(provider.name)}
              </a>
            )}
          </p>
        </>
      ) : (
        <p class="notice warn apart">{stepUp.none}</p>
      )}
      <p class="note apart">{stepUp.waits}</p>
      <Decline view={view} token={token} letter={letter} />
    </>
  );
}

/** The provider that can tell more: the one they are signed in with, if it can, else the first that can. */
const stepUpAt = (providers: readonly ProviderConfig[], here: string | null): ProviderConfig | undefined => {
  const able = providers.filter(provider => provider.profile === 'surfconext');
  return able.find(({ issuer }) => new URL(issuer).host === here) ?? able[0];
};
