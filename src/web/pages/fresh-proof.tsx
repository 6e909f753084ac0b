import type { Identity } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import type { View } from '../view.ts';

interface FreshProofProps {
  view: View;
  identities: readonly Identity[];
  providers: readonly ProviderConfig[];
  /** Where to come back to. */
  then: string;
}

/** Asks someone to prove once more who they are, by a way in that is theirs already. */
export function FreshProof({ view, identities, providers, then }: FreshProofProps) {
  const { fresh } = view.t.people.account.add;
  const mine = providers.filter(provider => identities.some(identity => identity.issuer === provider.issuer));
  const addresses = identities.filter(identity => identity.kind === 'email');
  return (
    <section aria-labelledby="fresh">
      <h2 id="fresh">{fresh.heading}</h2>
      <p>{fresh.why}</p>
      <div class="actions">
        {mine.map(({ id, name }, i) => (
          <a class={i ? 'button quiet' : 'button'} href={`/login/${id}?fresh=1&return=${encodeURIComponent(then)}`}>
            {fresh.with(name)}
          </a>
        ))}
        {addresses.map(({ subject }) => (
          <form method="post" action="/login/email">
            <input type="hidden" name="email" value={subject} />
            <input type="hidden" name="return" value={then} />
            <button class={mine.length ? 'button quiet' : 'button'} type="submit">
              {fresh.email(subject)}
            </button>
          </form>
        ))}
      </div>
    </section>
  );
}
