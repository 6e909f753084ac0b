import type { MyBadge } from '../../credentials/index.ts';
import type { WalletRequest } from '../../wallets/index.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

interface WalletAsksProps {
  view: View;
  institution: { slug: string; name: string };
  request: WalletRequest;
  requestUri: string;
  /** Those that it could be. */
  badges: readonly MyBadge[];
}

/** Where the answer goes: a host, or what opens an app. Nobody vouches for more than that. */
const whereTo = ({ redirectUri }: WalletRequest): string => {
  const { protocol, host } = new URL(redirectUri);
  return /^https?:$/.test(protocol) ? host : protocol;
};

/** A wallet asks for a badge of whoever is signed in: which one, where it goes, and the two answers. */
export function WalletAsksPage({ view, institution, request, requestUri, badges }: WalletAsksProps) {
  const words = view.t.people.badges.wallet.asks;
  const [only, ...more] = badges;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">
        {words.lead} <strong>{whereTo(request)}</strong>
      </p>
      <p class="notice warn apart">{words.unknown}</p>
      <form method="post" action={`/i/${institution.slug}/authorize`} class="apart">
        <input type="hidden" name="client_id" value={request.clientId} />
        <input type="hidden" name="request_uri" value={requestUri} />
        {!only && <p class="apart">{request.awardId ? words.notYours : words.none(institution.name)}</p>}
        {only && more.length === 0 && (
          <p>
            {words.one}{' '}
            <strong>
              <Visible text={only.achievement.name} t={view.t} />
            </strong>
            , {institution.name}
            <input type="hidden" name="badge" value={only.id} />
          </p>
        )}
        {more.length > 0 && (
          <fieldset class="field">
            <legend class="label">{words.which(institution.name)}</legend>
            <div class="choices">
              {badges.map(({ id, achievement }) => (
                <label class="choice">
                  <input type="radio" name="badge" value={id} required />
                  <span>
                    <Visible text={achievement.name} t={view.t} />
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <p class="actions">
          {only && (
            <button class="button" type="submit" name="decision" value="allow">
              {words.allow}
            </button>
          )}
          <button class="button quiet" type="submit" name="decision" value="deny" formnovalidate>
            {words.deny}
          </button>
        </p>
        {only && <p class="note apart">{words.then}</p>}
      </form>
    </section>
  );
}
