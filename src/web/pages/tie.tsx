import { hasLapsed, type Identity, proofOf, strongest } from '../../people/index.ts';
import type { ProviderConfig } from '../../platform/config.ts';
import { day, moment } from '../format.ts';
import type { View } from '../view.ts';

interface TieProps {
  view: View;
  identity: Identity;
  providers: readonly ProviderConfig[];
  /** Left out where nothing can be done about it from here. */
  cut?: 'offered' | 'last-way';
  /** Where it stands alone under the title of the page. */
  alone?: true;
}

/** What a tie is called: `eduID · sam@example.org`. */
const tieName = ({ t }: View, identity: Identity): string =>
  `${t.people.account.ties.kind[identity.kind]} · ${identity.label}`;

/** One tie in words: what it is, who vouches for it, how sure that is, since when and until when. */
export function Tie({ view, identity, providers, cut, alone }: TieProps) {
  const { t, language, now } = view;
  const { ties } = t.people.account;
  const lapsed = hasLapsed(identity, now);
  const Heading = alone ? 'h2' : 'h3';
  const institutions = identity.links.map(link => link.home ?? link.eppn).filter(Boolean);
  return (
    <li class="tie">
      <Heading>
        <small>{ties.kind[identity.kind]}</small>
        <bdi>{identity.label}</bdi>
      </Heading>
      {lapsed && (
        <p class="notice warn apart">
          {ties.lapsed[identity.kind === 'email' ? 'address' : 'login'](day(identity.lapsesAt!, language))}
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>{ties.vouches}</dt>
          <dd>{voucher(view, identity, providers)}</dd>
        </div>
        <div>
          <dt>{ties.sure}</dt>
          <dd>{certainty(view, identity)}</dd>
        </div>
        {identity.name && (
          <div>
            <dt>{ties.name}</dt>
            <dd>
              <bdi>{identity.name}</bdi>
              <span class="note">{ties.nameBy[identity.nameSource ?? 'self']}</span>
            </dd>
          </div>
        )}
        {institutions.length > 0 && (
          <div>
            <dt>{ties.institutions}</dt>
            <dd>{institutions.join(', ')}</dd>
          </div>
        )}
        <div>
          <dt>{ties.proven}</dt>
          <dd>{moment(identity.provenAt, language)}</dd>
        </div>
        {!lapsed && (
          <div>
            <dt>{ties.until}</dt>
            <dd>{identity.lapsesAt ? day(identity.lapsesAt, language) : ties.always}</dd>
          </div>
        )}
      </dl>
      {cut === 'offered' && (
        <p class="actions">
          <a href={`/account/identities/${identity.id}`} aria-label={ties.cutWhat(tieName(view, identity))}>
            {ties.cut}
          </a>
        </p>
      )}
      {cut === 'last-way' && <p class="note apart">{ties.lastWay}</p>}
    </li>
  );
}

function voucher({ t }: View, { kind, issuer }: Identity, providers: readonly ProviderConfig[]): string {
  const { by } = t.people.account.ties;
  if (kind === 'email') return by.email;
  if (kind === 'did') return by.did;
  const known = providers.find(provider => provider.issuer === issuer);
  return by.provider(known?.name ?? (URL.canParse(issuer) ? new URL(issuer).hostname : issuer));
}

function certainty({ t }: View, identity: Identity): string {
  const { ties } = t.people.account;
  if (identity.kind === 'email') return ties.address;
  if (identity.kind === 'did') return ties.key;
  return ties.level[strongest(proofOf(identity))];
}
