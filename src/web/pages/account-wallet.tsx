import type { Challenge, Identity } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import { moment } from '../format.ts';
import type { View } from '../view.ts';
import { FreshProof } from './fresh-proof.tsx';

interface WalletProps {
  view: View;
  identities: readonly Identity[];
  providers: readonly ProviderConfig[];
  /** Absent where a fresh proof comes first. */
  challenge?: Challenge | undefined;
  /** What was wrong with an answer, as the checks tell it. */
  refused?: string | undefined;
}

/** A question for a wallet, and a place for its answer. */
export function WalletPage({ view, identities, providers, challenge, refused }: WalletProps) {
  const { wallet } = view.t.people.account;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{wallet.title}</h1>
        <p class="lead">{wallet.lead}</p>
        {refused && (
          <p class="notice wrong" role="alert">
            {wallet.refused} {refused}
          </p>
        )}
      </section>
      {!challenge && <FreshProof view={view} identities={identities} providers={providers} then="/account/wallet" />}
      {challenge && (
        <>
          <section aria-labelledby="ask">
            <h2 id="ask">{wallet.step1}</h2>
            <p class="label">{wallet.challenge}</p>
            <code class="copy">{challenge.challenge}</code>
            <p class="label apart">{wallet.domain}</p>
            <code class="copy">{challenge.domain}</code>
            <p class="note apart">{wallet.until(moment(challenge.expires, view.language))}</p>
          </section>
          <section aria-labelledby="answer">
            <h2 id="answer">{wallet.step2}</h2>
            <form method="post" action="/account/wallet">
              <input type="hidden" name="challenge" value={challenge.challenge} />
              <div class="field">
                <label for="text">{wallet.label}</label>
                <span class="hint" id="text-hint">
                  {wallet.hint}
                </span>
                <textarea id="text" name="answer" required spellcheck={false} aria-describedby="text-hint" />
              </div>
              <p class="actions">
                <button class="button" type="submit">
                  {wallet.button}
                </button>
              </p>
            </form>
          </section>
        </>
      )}
    </>
  );
}
