import type { OneTimeLink } from '../../people/index.ts';
import type { View } from '../view.ts';

export interface EmailFormProps {
  view: View;
  action: string;
  words: { label: string; button: string; wrong: string };
  /** What was typed and is no address. */
  wrong?: string | undefined;
  /** A path of ours to go on to. */
  then?: string;
  /** Beside another way that comes first. */
  quiet?: boolean;
}

/** One field for an address. */
export function EmailForm({ view, action, words, wrong, then, quiet }: EmailFormProps) {
  return (
    <form method="post" action={action}>
      {then && <input type="hidden" name="return" value={then} />}
      <div class="field">
        <label for="email">{words.label}</label>
        <input
          id="email"
          type="email"
          name="email"
          required
          maxlength={254}
          autocomplete="email"
          value={wrong}
          aria-invalid={wrong === undefined ? undefined : 'true'}
          aria-describedby={wrong === undefined ? undefined : 'email-wrong'}
        />
        {wrong !== undefined && (
          <p class="error" id="email-wrong" role="alert">
            {view.t.form.errorPrefix} {words.wrong}
          </p>
        )}
      </div>
      <p class="actions">
        <button class={quiet ? 'button quiet' : 'button'} type="submit">
          {words.button}
        </button>
      </p>
    </form>
  );
}

/** Asks for the address to send a link to. */
export function EmailPage({ view, wrong, then }: { view: View; wrong?: string; then: string }) {
  const { email } = view.t.people.account;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{email.title}</h1>
      <p class="lead">{email.lead}</p>
      <EmailForm view={view} action="/login/email" words={email} wrong={wrong} then={then} />
    </section>
  );
}

/** The same for an address that we know, one that we do not, and one that was mistyped. */
export function EmailSentPage({ view, then }: { view: View; then: string }) {
  const { email } = view.t.people.account;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{email.sentTitle}</h1>
        <p class="lead">{email.sent}</p>
      </section>
      <section aria-labelledby="not-there">
        <h2 id="not-there">{email.notThere}</h2>
        <ul class="steps">
          {email.notThereSteps.map(step => (
            <li>{step}</li>
          ))}
        </ul>
        <p class="actions">
          <a href={`/login/email?return=${encodeURIComponent(then)}`}>{email.again}</a>
        </p>
      </section>
    </>
  );
}

export interface FollowProps {
  view: View;
  link: OneTimeLink;
  token: string;
  signedIn: boolean;
}

/** What a link leads to: a button, since mail scanners open links and a person presses buttons. */
export function FollowPage({ view, link, token, signedIn }: FollowProps) {
  const { follow } = view.t.people.account;
  const adds = link.purpose === 'link';
  return (
    <section aria-labelledby="title">
      <h1 id="title">{adds ? follow.link : follow.signIn}</h1>
      <p class="lead">{adds ? follow.linkLead(link.email) : follow.signInLead(link.email)}</p>
      {link.lapsed && <p class="notice warn apart">{follow.lapsed}</p>}
      {adds && !signedIn && <p class="notice warn apart">{follow.linkSignIn}</p>}
      {(!adds || signedIn) && (
        <form class="actions" method="post" action="/login/link">
          <input type="hidden" name="token" value={token} />
          <button class={link.lapsed ? 'button quiet' : 'button'} type="submit">
            {adds ? follow.linkButton : link.lapsed ? follow.lapsedButton : follow.signInButton}
          </button>
          {link.lapsed && (
            <a class="button" href="/login">
              {follow.other}
            </a>
          )}
        </form>
      )}
      <p class="note apart">{follow.notYou}</p>
    </section>
  );
}

export const followTitle = ({ t }: View, { purpose }: OneTimeLink): string =>
  purpose === 'link' ? t.people.account.follow.link : t.people.account.follow.signIn;
