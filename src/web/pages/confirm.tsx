import type { Identity } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { FreshProof } from './fresh-proof.tsx';

interface Who {
  signedIn: boolean;
  /** The badge stands in the account of whoever looks. */
  mine: boolean;
  /** They proved who they are a moment ago. */
  fresh: boolean;
  identities: readonly Identity[];
  providers: readonly ProviderConfig[];
}

interface ConfirmProps extends Who {
  view: View;
  token: string;
  badge: string;
}

export const confirmTitle = ({ t }: View, { signedIn, mine }: Who): string =>
  signedIn && !mine ? t.people.badges.confirm.stranger : t.people.badges.confirm.title;

/** "This is the holder": by a login of a moment ago, and by nobody but the owner. */
export function ConfirmPage(props: ConfirmProps) {
  const { view, token, badge, signedIn, mine, fresh, identities, providers } = props;
  const { confirm } = view.t.people.badges;
  const then = `/c/${token}/confirm`;
  const back = encodeURIComponent(then);
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{confirmTitle(view, props)}</h1>
        <p class="lead">
          <Visible text={confirm.lead(badge)} t={view.t} />
        </p>
        {(!signedIn || mine) && <p class="apart">{confirm.what}</p>}
        {!signedIn && (
          <p class="actions">
            <a class="button" href={`/login?return=${back}`}>
              {confirm.signIn}
            </a>
          </p>
        )}
        {signedIn && !mine && (
          <>
            <p class="apart">{confirm.strangerLead}</p>
            <p class="actions">
              <a class="button" href={`/login?return=${back}`}>
                {confirm.another}
              </a>
            </p>
          </>
        )}
        {mine && fresh && (
          <form class="actions" method="post" action={then}>
            <button class="button" type="submit">
              {confirm.button}
            </button>
          </form>
        )}
      </section>
      {mine && !fresh && <FreshProof view={view} identities={identities} providers={providers} then={then} />}
      <p class="apart">
        <a href={`/c/${token}`}>{confirm.back}</a>
      </p>
    </>
  );
}
