import type { Identity } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import type { View } from '../view.ts';
import { Tie } from './tie.tsx';

interface CutProps {
  view: View;
  identity: Identity;
  providers: readonly ProviderConfig[];
  /** Whether the session was opened with it. */
  here: boolean;
  /** Whether it is the only way in that is left. */
  lastWay: boolean;
}

/** Asks once more, and says what it means. */
export function CutPage({ view, identity, providers, here, lastWay }: CutProps) {
  const { cut, ties } = view.t.people.account;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{cut.title}</h1>
        <p class="lead">{cut.lead}</p>
        <ul class="ties">
          <Tie view={view} identity={identity} providers={providers} alone />
        </ul>
      </section>
      {lastWay && <p class="notice warn">{ties.lastWay}</p>}
      {!lastWay && (
        <section aria-labelledby="means">
          <h2 id="means">{cut.means}</h2>
          <ul class="steps">
            {cut.points.map(point => (
              <li>{point}</li>
            ))}
          </ul>
          {here && <p class="notice warn apart">{cut.here}</p>}
        </section>
      )}
      <form class="actions" method="post" action={`/account/identities/${identity.id}/cut`}>
        {!lastWay && (
          <button class="button danger" type="submit">
            {cut.button}
          </button>
        )}
        <a href="/account">{cut.back}</a>
      </form>
    </>
  );
}
