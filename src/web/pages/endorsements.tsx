import type { Child } from 'hono/jsx';
import type { Endorsement } from '../../credentials/index.ts';
import { domainOf } from '../../vc/domain.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { foreign } from './badge-facts.tsx';
import { Story, Told } from './notebook/parts.tsx';

interface ItemProps {
  view: View;
  one: Endorsement;
  /** What it is about, where a page tells of several things. */
  about?: boolean;
  children?: Child;
}

/** What was said, by whom, and how that is known. */
export function EndorsementItem({ view, one, about, children }: ItemProps) {
  const { endorse: t } = view.t;
  const lang = foreign(one.language, view);
  const host = new URL(view.origin).host;
  return (
    <li>
      {about && (
        <p class="note">
          <Visible text={t.aboutAchievement(one.about.name)} t={view.t} />
        </p>
      )}
      <div lang={lang}>
        <Story view={view} text={one.words} />
      </div>
      <p>
        <strong>
          <Visible text={one.by} t={view.t} />
        </strong>
        {one.onBehalfOf && (
          <>
            , <Visible text={t.onBehalfOf(one.onBehalfOf)} t={view.t} />
          </>
        )}
      </p>
      <p class="note">
        {one.way === 'login' && t.ways.login(host)}
        {one.way === 'institution' && t.ways.institution}
        {one.way === 'elsewhere' && (
          <Visible text={t.ways.elsewhere(domainOf(one.issuer ?? '') ?? one.issuer ?? '')} t={view.t} />
        )}{' '}
        {one.told && <span lang={lang}>{one.told}</span>} {one.version !== undefined && t.aboutVersion(one.version)}{' '}
        {one.checked && t.checked(day(one.checked.at, view.language))}
      </p>
      {children}
    </li>
  );
}

interface SectionProps {
  view: View;
  endorsements: Endorsement[];
  /** The page that they stand on. */
  path: string;
  /** The same for programs. */
  data: string;
}

/** What others say, for everyone: each can be taken along and checked. */
export function Endorsements({ view, endorsements, path, data }: SectionProps) {
  const { endorse: t } = view.t;
  return (
    <section aria-labelledby="endorsements">
      <h2 id="endorsements">{t.heading}</h2>
      <p class="soft">{endorsements.length ? t.intro : t.none}</p>
      {endorsements.length > 0 && (
        <ul class="shown apart">
          {endorsements.map(one => (
            <EndorsementItem view={view} one={one}>
              <p class="note">
                <a href={documentPath(one)} aria-label={`${t.document}: ${one.by}`}>
                  {t.document}
                </a>{' '}
                ·{' '}
                <a
                  href={`/verify?url=${encodeURIComponent(view.origin + documentPath(one))}`}
                  aria-label={`${t.check}: ${one.by}`}
                >
                  {t.check}
                </a>
              </p>
            </EndorsementItem>
          ))}
        </ul>
      )}
      <p class="actions">
        <a href={`${path}/endorse`}>{t.give}</a>
      </p>
      {endorsements.length > 0 && (
        <p class="note apart">
          {t.state} {t.data}{' '}
          <a href={data} aria-label={`JSON: ${t.heading}`}>
            JSON
          </a>
        </p>
      )}
    </section>
  );
}

const documentPath = ({ about, id }: Endorsement) => `/i/${about.slug}/endorsements/${id}`;

interface GivenProps {
  view: View;
  given: Endorsement[];
  done?: string | undefined;
}

/** What someone endorsed, with the way back. */
export function EndorsedByMePage({ view, given, done }: GivenProps) {
  const { account: t } = view.t.endorse;
  return (
    <>
      <Told words={Object.hasOwn(t.done, done ?? '') ? t.done[done as keyof typeof t.done] : undefined} />
      <section aria-labelledby="title">
        <h1 id="title">{t.title}</h1>
        <p class="lead">{given.length ? t.lead : t.none}</p>
        <ul class="shown apart">
          {given.map(one => (
            <EndorsementItem view={view} one={one} about>
              <p class="note">{one.acceptedAt ? t.shown : t.waits}</p>
              <form class="actions" method="post" action={`/account/endorsements/${one.id}/withdraw`}>
                <button class="button quiet" type="submit" aria-label={`${t.withdraw}: ${one.about.name}`}>
                  {t.withdraw}
                </button>
              </form>
            </EndorsementItem>
          ))}
        </ul>
      </section>
      <p class="actions">
        <a href="/account">{view.t.people.account.title}</a>
      </p>
    </>
  );
}

/** The same among all that is kept about them. */
export function HeldEndorsements({
  view,
  given,
}: {
  view: View;
  given: Pick<Endorsement, 'about' | 'words' | 'createdAt'>[];
}) {
  if (!given.length) return null;
  return (
    <section aria-labelledby="endorsements">
      <h2 id="endorsements">{view.t.endorse.account.title}</h2>
      <ul class="plain">
        {given.map(({ about, words, createdAt }) => (
          <li>
            <Visible text={`${about.name}: ${words}`} t={view.t} />{' '}
            <span class="note">{day(createdAt, view.language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
