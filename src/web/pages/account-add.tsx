import type { Identity } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import type { View } from '../view.ts';
import { EmailForm } from './email.tsx';
import { FreshProof } from './fresh-proof.tsx';

interface AddProps {
  view: View;
  identities: readonly Identity[];
  providers: readonly ProviderConfig[];
  fresh: boolean;
  /** Whether letters can be sent. */
  mail: boolean;
  /** By what they are signed in: whoever came here by a link of another sees whose account this is. */
  here: string | undefined;
  /** Shows that a link was pressed on this page. */
  press: string;
  /** Where to go on when it was added. */
  then: string;
  /** What was typed and is no address. */
  wrong?: string | undefined;
}

/** Adds a way in or an address. Both sides are proven: who is here first, then what is added. */
export function AddPage({ view, identities, providers, fresh, mail, here, press, then, wrong }: AddProps) {
  const { add } = view.t.people.account;
  const query = new URLSearchParams({ purpose: 'link', fresh: '1', return: then, press });
  const again = `/account/add?${new URLSearchParams({ return: then })}`;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{add.title}</h1>
        <p class="lead">{add.lead}</p>
        {here && <p>{add.to(here)}</p>}
      </section>
      {!fresh && <FreshProof view={view} identities={identities} providers={providers} then={again} />}
      {fresh && providers.length > 0 && (
        <section aria-labelledby="provider">
          <h2 id="provider">{add.provider.heading}</h2>
          <p>{add.provider.lead}</p>
          <p class="actions">
            {providers.map(({ id, name }) => (
              <a class="button quiet" href={`/login/${id}?${query}`}>
                {add.provider.with(name)}
              </a>
            ))}
          </p>
        </section>
      )}
      {fresh && mail && (
        <section aria-labelledby="email-heading">
          <h2 id="email-heading">{add.email.heading}</h2>
          <p>{add.email.lead}</p>
          <EmailForm view={view} action="/account/email" words={add.email} wrong={wrong} />
        </section>
      )}
      {fresh && (
        <section aria-labelledby="wallet">
          <h2 id="wallet">{add.wallet.heading}</h2>
          <p>{add.wallet.lead}</p>
          <p class="actions">
            <a href="/account/wallet">{add.wallet.link}</a>
          </p>
        </section>
      )}
      <p class="note apart">{add.never}</p>
    </>
  );
}
