import type { Confirmation, ShareLink } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { readBadgeView } from '../badge-view.ts';
import { downloadsOf, shortDownloadsOf } from '../downloads.ts';
import { moment } from '../format.ts';
import { leaveOut, withoutSuccessor } from '../left-out.ts';
import type { Report } from '../report.ts';
import type { View } from '../view.ts';
import { knownIssuer, Verdict } from './answer.tsx';
import { BadgeBody } from './badge.tsx';
import { Checks, Technical } from './checks.tsx';
import { confirmedLine } from './holder.tsx';
import { Certificate } from './share.tsx';

interface SharedByLinkProps {
  view: View;
  link: ShareLink;
  report: Report;
  institution: Institution;
  credential: object;
  confirmation: Confirmation | undefined;
  /** The viewer made this link. */
  mine: boolean;
}

/** A badge behind a link of its holder: checked as always, and shown without what they leave out. */
export function SharedByLinkPage(props: SharedByLinkProps) {
  const { view, link, institution, credential, confirmation, mine } = props;
  const { t } = view;
  const { page } = t.people.badges.links;
  const badge = leaveOut(readBadgeView(credential, view.language), link.without);
  const whole = link.without.length === 0;
  const report = whole ? props.report : withoutSuccessor(props.report);
  return (
    <>
      <Certificate view={view} badge={badge} institution={institution} ended={report.verdict === 'invalid'} />
      <Verdict view={view} report={report} badge={badge} level={2} />
      {!whole && <p class="notice">{page.without}</p>}
      {confirmation && (
        <p class="notice">
          <strong>{confirmedLine(view, confirmation)}.</strong>{' '}
          <span class="note">{t.people.badges.confirm.notVerdict}</span>
        </p>
      )}
      <article class="badge" aria-label={badge.title}>
        <BadgeBody view={view} badge={badge} known={knownIssuer(view, report)} />
      </article>
      <Checks view={view} report={report} />
      {whole && <Technical view={view} report={report} />}
      <p class="note apart">
        {page.fromHolder} {link.expiresAt && page.ends(moment(link.expiresAt, view.language))} {!whole && page.noFile}
      </p>
      <ul class="plain no-print">
        {(whole ? downloadsOf : shortDownloadsOf)(t, `/c/${link.token}`).map(({ href, file, label }) => (
          <li>
            <a href={href} download={file}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      {mine && (
        <p class="no-print">
          <a href={`/badges/${link.awardId}/share`}>{page.mine}</a>
        </p>
      )}
    </>
  );
}

/** Before a link for one reader is used: nothing is shown, so that a preview of it neither tells nor uses anything. */
export function OpenLinkPage({ view, token }: { view: View; token: string }) {
  const { open } = view.t.people.badges.links;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{open.title}</h1>
      <p class="lead">{open.lead}</p>
      <p>{open.hint}</p>
      <form class="actions" method="post" action={`/c/${token}/open`}>
        <button class="button" type="submit">
          {open.button}
        </button>
      </form>
    </section>
  );
}
