import { identitySentences, type MyBadgeInFull } from '../../credentials/index.ts';
import { Picture } from '../art.tsx';
import { ownDownloadsOf } from '../downloads.ts';
import { day, moment } from '../format.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { confirmedLine } from './holder.tsx';
import { StateWord } from './state-word.tsx';

interface MyBadgeProps {
  view: View;
  badge: MyBadgeInFull;
  /** How many links it is shared by now. */
  live: number;
  /** What was just done. */
  done: string | undefined;
  /** A reply that could not be taken as it was. */
  refused?: { words: string } | undefined;
}

/** One badge of who is signed in: what it is, what happened to it, who can see it. */
export function MyBadgePage(props: MyBadgeProps) {
  const { view, badge, done } = props;
  const { t } = view;
  const words = t.people.badges.badge;
  const told = { claimed: words.fresh, replied: words.repliedDone, withdrawn: words.withdrawn }[done ?? ''];
  const kinds: Record<string, string> = t.kinds;
  const kind = kinds[badge.achievement.type] ?? t.kinds.other;
  const ended = !['released', 'claimed', 'reserved'].includes(badge.state);
  return (
    <>
      {told && (
        <p class="notice done" role="status">
          {told}
        </p>
      )}
      <section class={ended ? 'certificate ended' : 'certificate'} aria-labelledby="title">
        <Picture
          seed={badge.institution.slug}
          issuer={badge.institution.name}
          title={badge.achievement.name}
          kind={kind}
          label={t.share.picture(badge.achievement.name)}
        />
        <div>
          <p class="kicker">{kind}</p>
          <h1 id="title" lang={badge.achievement.language}>
            <Visible text={badge.achievement.name} t={t} />
          </h1>
          <p class="from">
            <a href={`/i/${badge.institution.slug}`}>{badge.institution.name}</a>
          </p>
          <p class="apart">
            <StateWord view={view} state={badge.state} />
          </p>
        </div>
      </section>
      <Happened {...props} />
      <Sharing view={view} badge={badge} live={props.live} />
      <Facts view={view} badge={badge} />
      {badge.shareToken && <Confirmed view={view} badge={badge} />}
      <p class="apart">
        <a href="/badges">{words.back}</a>
      </p>
    </>
  );
}

type Part = Pick<MyBadgeProps, 'view' | 'badge'>;

/** Suspended, revoked, replaced or ended: when, why, and the right to reply. */
function Happened({ view, badge, refused }: Omit<MyBadgeProps, 'live'>) {
  const words = view.t.people.badges.badge;
  const { state, since } = badge;
  const when = day(since.at, view.language);
  const reasons: Record<string, string> = words.reasons;
  const lead = {
    suspended: words.suspendedLead(when),
    revoked: words.revokedLead(when),
    superseded: words.supersededLead(when),
    expired: words.expiredLead(day(badge.validUntil ?? since.at, view.language)),
  }[state as string];
  if (!lead) return null;
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{view.t.people.badges.states[state]}</h2>
      <p>{lead}</p>
      {badge.successor && (
        <p class="actions">
          <a class="button" href={`/badges/${badge.successor}`}>
            {words.successor}
          </a>
        </p>
      )}
      {state !== 'expired' && (
        <>
          <dl class="facts">
            {since.reason && (
              <div>
                <dt>{words.reason}</dt>
                <dd>{reasons[since.reason] ?? since.reason}</dd>
              </div>
            )}
            {since.words && (
              <div class="wide">
                <dt>{words.words}</dt>
                <dd class="said">
                  <Visible text={since.words} t={view.t} />
                </dd>
              </div>
            )}
          </dl>
          <Reply view={view} badge={badge} refused={refused} />
        </>
      )}
    </section>
  );
}

function Reply({ view, badge, refused }: Omit<MyBadgeProps, 'done' | 'live'>) {
  const words = view.t.people.badges.badge;
  return (
    <>
      <h3 id="reply" class="apart">
        {words.replyHeading}
      </h3>
      {badge.replies.map(({ words: said, at }) => (
        <div class="said apart">
          <p class="note">{words.replied(moment(at, view.language))}</p>
          <p>{said === null ? words.erased : <Visible text={said} t={view.t} />}</p>
        </div>
      ))}
      <form method="post" action={`/badges/${badge.id}/reply`}>
        <p class="apart" id="reply-lead">
          {words.replyLead}
        </p>
        <div class="field">
          <label for="words">{words.replyLabel}</label>
          {refused && (
            <p class="notice warn" id="refused" role="alert">
              {words.replyTooLong}
            </p>
          )}
          <textarea
            id="words"
            name="words"
            required
            maxlength={5000}
            aria-describedby={refused ? 'refused reply-lead' : 'reply-lead'}
            aria-invalid={refused ? 'true' : undefined}
          >
            {refused?.words ?? ''}
          </textarea>
        </div>
        <p class="actions">
          <button class="button quiet" type="submit">
            {words.replyButton}
          </button>
        </p>
      </form>
    </>
  );
}

function Sharing({ view, badge, live }: Part & { live: number }) {
  const { t } = view;
  const words = t.people.badges.badge;
  const signed = badge.state !== 'reserved';
  const inForce = badge.state === 'released' || badge.state === 'claimed';
  return (
    <section aria-labelledby="sharing">
      <h2 id="sharing">{t.share.take}</h2>
      {badge.shareToken ? (
        <>
          <p class="actions">
            <a class="button" href={`/badges/${badge.id}/share`}>
              {t.people.badges.links.to}
            </a>
            <a href={`/c/${badge.shareToken}`}>{words.page}</a>
          </p>
          <p class="note apart">
            {live > 0 && t.people.badges.links.live(live)} {words.pageHint} {words.link}:{' '}
            <code>{`${view.origin}/c/${badge.shareToken}`}</code>
          </p>
        </>
      ) : (
        <>
          {badge.claimToken && signed && <p>{words.notPicked}</p>}
          <p class="actions">
            {badge.claimToken && (
              <a class="button" href={`/claim/${badge.claimToken}`}>
                {signed ? t.claim.button : t.people.badges.claim.signingButton}
              </a>
            )}
          </p>
        </>
      )}
      {signed && <Downloads view={view} badge={badge} />}
      {inForce && (
        <ul class="plain apart">
          <li>
            <a href={`/badges/${badge.id}/wallet`}>{t.people.badges.wallet.link}</a>
          </li>
          <li>
            <a href={`/badges/${badge.id}/offline`}>{t.files.offline.link}</a>
          </li>
        </ul>
      )}
    </section>
  );
}

/** The files that it can be taken along as. */
function Downloads({ view, badge }: Part) {
  return (
    <>
      <ul class="plain apart">
        {ownDownloadsOf(view.t, badge).map(({ href, file, label }) => (
          <li>
            <a href={href} download={file}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      <p class="note">{view.t.files.elmHint}</p>
    </>
  );
}

function Facts({ view, badge }: Part) {
  const { language } = view;
  const words = view.t.people.badges.badge;
  const { identified, validUntil } = badge;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{words.facts}</h2>
      <dl class="facts">
        {badge.name && (
          <div>
            <dt>{view.t.people.badges.claim.ready.name}</dt>
            <dd>
              <Visible text={badge.name} t={view.t} />
            </dd>
          </div>
        )}
        <div>
          <dt>{words.awarded}</dt>
          <dd>{day(badge.awardedOn, language)}</dd>
        </div>
        {validUntil && (
          <div>
            <dt>{words.until}</dt>
            <dd>{day(validUntil, language)}</dd>
          </div>
        )}
        <div class="wide">
          <dt>{words.known}</dt>
          <dd>{identified ? identitySentences(identified, language, badge.name !== null) : words.bearer}</dd>
        </div>
      </dl>
    </section>
  );
}

/** "This is the holder", as their page tells it, and taking that back. */
function Confirmed({ view, badge }: Part) {
  const words = view.t.people.badges.badge;
  const standing = badge.confirmations.filter(c => !c.withdrawnAt);
  return (
    <section aria-labelledby="confirmed">
      <h2 id="confirmed">{words.confirmedHeading}</h2>
      <p>{standing.length ? words.confirmedLead : words.confirmNone}</p>
      <ul class="plain apart">
        {badge.confirmations.map(confirmation => (
          <li>
            {confirmedLine(view, confirmation)}
            {confirmation.withdrawnAt && ` (${words.withdrawnOn(moment(confirmation.withdrawnAt, view.language))})`}
          </li>
        ))}
      </ul>
      <div class="actions">
        <a class="button quiet" href={`/c/${badge.shareToken}/confirm`}>
          {words.confirm}
        </a>
        {standing.length > 0 && (
          <form method="post" action={`/badges/${badge.id}/confirmations/withdraw`}>
            <button class="button quiet" type="submit">
              {words.withdraw}
            </button>
          </form>
        )}
      </div>
    </section>
  );
}
