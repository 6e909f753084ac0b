import { type OpenInvitation, roleName } from '../../institutions/index.ts';
import { Emblem } from '../art.tsx';
import { moment } from '../format.ts';
import type { View } from '../view.ts';

interface InvitationProps {
  view: View;
  invitation: OpenInvitation;
  token: string;
  signedIn: boolean;
  /** How the person recognises the account that they are signed in with. */
  as?: string;
  problem?: 'not-the-recipient' | 'member-exists';
}

/** Who invites to what, and one button. */
export function InvitationPage({ view, invitation, token, signedIn, as, problem }: InvitationProps) {
  const t = view.t.console.invitation;
  const { institution, role, hint } = invitation;
  const { profile, slug } = institution;
  const login = `/login?return=${encodeURIComponent(`/invitation/${token}`)}`;
  return (
    <>
      {problem && (
        <p class="notice warn" role="alert">
          {problem === 'member-exists' ? t.memberAlready : t.wrongAccount(hint)}
        </p>
      )}
      <article class="certificate institution" aria-labelledby="title">
        <Emblem seed={slug} issuer={profile.name} title={slug} />
        <div>
          <h1 id="title">{t.title(profile.name)}</h1>
          <p class="lead">{t.role(roleName(view.language, profile.kind, role))}</p>
          {invitation.inPart && <p class="apart">{t.inPart}</p>}
          <p class="note apart">
            {t.for(hint)} {t.until(moment(invitation.expiresAt, view.language))}
          </p>
        </div>
      </article>
      {!signedIn && (
        <>
          <p class="actions">
            <a class="button" href={login}>
              {t.signIn}
            </a>
          </p>
          <p class="note apart">{t.signInWhy}</p>
        </>
      )}
      {signedIn && problem === 'member-exists' && (
        <p class="actions">
          <a class="button" href={`/console/${slug}`}>
            {t.toConsole}
          </a>
        </p>
      )}
      {signedIn && problem !== 'member-exists' && (
        <>
          {as && <p class="apart">{t.as(as)}</p>}
          <form class="actions" method="post" action={`/invitation/${token}`}>
            <button class="button" type="submit">
              {t.accept}
            </button>
            <a href={login}>{t.other}</a>
            {invitation.addressKind === 'eppn' && <a href="/account">{t.link}</a>}
          </form>
        </>
      )}
    </>
  );
}

/** There is nothing to accept, whatever the reason. */
export function InvitationGone({ view }: { view: View }) {
  const t = view.t.console.invitation;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{t.gone}</h1>
      <p class="lead">{t.goneMeans}</p>
      <p class="apart">{t.goneTodo}</p>
    </section>
  );
}
