import type { Assurance, ProviderState } from '../../people/index.ts';
import type { View } from '../view.ts';
import { EmailForm } from './email.tsx';

export interface SignInProps {
  view: View;
  providers: ProviderState[];
  /** Whether a link can be sent by e-mail. */
  mail: boolean;
  /** What goes along to the provider: where to come back to, and what is asked. */
  query: string;
  then: string;
  level: Assurance;
  fresh: boolean;
}

/** The ways in. A provider that is down is said to be, and the others work. */
export function SignInPage({ view, providers, mail, query, then, level, fresh }: SignInProps) {
  const words = view.t.people.signIn;
  const up = providers.filter(provider => provider.reachable);
  const lead = fresh && level === 'login' ? words.freshLead : words.levelLead[level];
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{lead}</p>
        {view.signedIn && level === 'login' && !fresh && (
          <p class="notice apart">
            {words.already} <a href="/badges">{words.toBadges}</a>
          </p>
        )}
        {providers
          .filter(provider => !provider.reachable)
          .map(({ name }) => (
            <div class="notice warn apart" role="status">
              <p>
                <strong>{words.down(name)}</strong>
              </p>
              <p>{words.downTodo}</p>
            </div>
          ))}
        {providers.length === 0 && !mail && <p class="empty apart">{words.none}</p>}
        <ul class="ways">
          {up.map(({ id, name, local }, i) => (
            <li>
              <a class={i === 0 ? 'button' : 'button quiet'} href={`/login/${id}${query}`}>
                {words.with(name)}
              </a>
              {local && <span class="note">{words.trial}</span>}
            </li>
          ))}
        </ul>
        {up.some(({ eduid }) => eduid) && (
          <p class="note apart">
            <a href="https://eduid.nl/">{words.noEduid}</a>
          </p>
        )}
      </section>
      {/* A mailbox proves no level. */}
      {mail && level === 'login' && (
        <section aria-labelledby="email-way">
          <h2 id="email-way">{words.byEmail}</h2>
          <p class="soft">{words.emailLead}</p>
          <EmailForm
            view={view}
            action="/login/email"
            words={view.t.people.account.email}
            then={then}
            quiet={up.length > 0}
          />
        </section>
      )}
    </>
  );
}

export interface SignedOutProps {
  view: View;
  /** Where one may still be signed in, and how to sign out there. */
  provider?: { name: string; url?: string } | undefined;
}

export function SignedOutPage({ view, provider }: SignedOutProps) {
  const words = view.t.people.signIn.out;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {provider && <p class="notice apart">{words.still(provider.name)}</p>}
      <p class="apart">{words.closing}</p>
      <p class="actions">
        {provider?.url ? (
          <a class="button" href={provider.url}>
            {words.there(provider.name)}
          </a>
        ) : (
          <a class="button" href="/login">
            {words.again}
          </a>
        )}
        {provider?.url && <a href="/login">{words.again}</a>}
      </p>
    </section>
  );
}
