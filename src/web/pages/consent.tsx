import type { Consent } from '../../wallets/index.ts';
import type { View } from '../view.ts';
import { safeHref, Visible } from '../visible.tsx';
import { scopeWord } from './connections.tsx';

interface ConsentProps {
  view: View;
  consent: Consent;
  /** Where the decision goes. */
  action: string;
  /** As what the person is signed in. */
  label: string | undefined;
}

/** Who asks, what for, and the two answers. What the service says of itself is shown as its own words. */
export function ConsentPage({ view, consent, action, label }: ConsentProps) {
  const { t } = view;
  const words = t.people.connections.ask;
  const { name, host, scopes } = consent;
  const said = [
    [words.policy, safeHref(consent.policyUri)],
    [words.terms, safeHref(consent.termsUri)],
  ] as const;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{words.title(host)}</h1>
        <p class="lead">
          {words.lead}{' '}
          <strong>
            ‘<Visible text={name} t={t} />’
          </strong>
        </p>
        <p class="notice warn apart">{words.unknown}</p>
        <h2 class="apart">{words.wants}</h2>
        <ul>
          {scopes.map(scope => (
            <li>{scopeWord(words.scopes, scope)}</li>
          ))}
        </ul>
        {!scopes.includes('offline_access') && <p>{words.once}</p>}
        <p class="apart">
          {label !== undefined && words.as(label)} {words.then(host)} {words.stop}
        </p>
        <form class="actions" method="post" action={action}>
          <button class="button" type="submit" name="decision" value="allow">
            {words.allow}
          </button>
          <button class="button quiet" type="submit" name="decision" value="deny">
            {words.deny}
          </button>
        </form>
      </section>
      <details>
        <summary>{words.rules}</summary>
        <ul class="plain">
          {said.map(
            ([what, href]) =>
              href && (
                <li>
                  <a href={href} rel="noopener noreferrer nofollow">
                    {what}
                  </a>{' '}
                  <span class="note">{host}</span>
                </li>
              ),
          )}
        </ul>
      </details>
    </>
  );
}
