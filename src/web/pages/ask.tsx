import type { Institution } from '../../institutions/index.ts';
import type { BadgeAsked, RequestLinks, RequestState } from '../../wallets/index.ts';
import { readBadgeView } from '../badge-view.ts';
import { moment } from '../format.ts';
import { QrCode } from '../qr.tsx';
import type { Report } from '../report.ts';
import type { View } from '../view.ts';
import { parts } from '../visible.tsx';
import { knownIssuer, Verdict } from './answer.tsx';
import { BadgeCard } from './badge.tsx';
import { Checks } from './checks.tsx';

export interface AskProps {
  view: View;
  /** What was filled in before, or brought along from a badge. */
  asked: BadgeAsked;
  institutions: readonly Institution[];
  refused?: boolean;
}

/** Which badge somebody wants to be shown. */
export function AskPage({ view, asked, institutions, refused }: AskProps) {
  const { ask } = view.t;
  const exact = asked.badge !== undefined || asked.achievement !== undefined;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{ask.title}</h1>
      <p class="lead">{ask.lead}</p>
      {refused && (
        <p class="notice wrong" role="alert">
          {ask.refused}
        </p>
      )}
      <form class="panel" method="post" action="/verify/wallet">
        {exact ? (
          <ThisOne view={view} asked={asked} />
        ) : (
          <>
            <div class="field">
              <label for="issuer">{ask.issuer}</label>
              <select id="issuer" name="issuer">
                <option value="">{ask.anyIssuer}</option>
                {institutions.map(({ did, profile }) => (
                  <option value={did} selected={did === asked.issuer}>
                    {profile.name}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="named">{ask.named}</label>
              <span class="hint" id="named-hint">
                {ask.namedHint}
              </span>
              <input
                id="named"
                name="title"
                type="text"
                value={asked.title}
                maxlength={300}
                autocomplete="off"
                aria-describedby="named-hint"
              />
            </div>
          </>
        )}
        <p class="actions">
          <button class="button" type="submit">
            {ask.submit}
          </button>
          {exact && <a href="/verify/wallet">{ask.anyBadge}</a>}
        </p>
      </form>
    </section>
  );
}

/** One badge is asked for by what it is, and told by its name. */
function ThisOne({ view, asked }: Pick<AskProps, 'view' | 'asked'>) {
  const { title, ...exact } = asked;
  return (
    <>
      <p class="field">
        {view.t.ask.thisOne} <strong>{parts(title ?? view.t.badge.untitled, view.t)}</strong>
      </p>
      {title !== undefined && <input type="hidden" name="title" value={title} />}
      {Object.entries(exact).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** Waits for a wallet, without a script: the browser asks again by itself. */
export function WaitingPage({
  view,
  token,
  links,
  until,
}: {
  view: View;
  token: string;
  links: RequestLinks;
  until: Date;
}) {
  const { waiting } = view.t.ask;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{waiting.title}</h1>
        <p class="lead">{waiting.lead}</p>
        <div class="apart">
          <QrCode text={links.link} label={waiting.qr} />
        </div>
        <p class="actions">
          <a class="button" href={`/verify/wallet/${token}`}>
            {waiting.look}
          </a>
          <a href={links.link}>{waiting.open}</a>
        </p>
        <p class="note apart">{waiting.until(moment(until, view.language))}</p>
      </section>
      <details class="apart">
        <summary>{waiting.others}</summary>
        <p class="apart">
          <a href={links.sealed}>{waiting.sealed}</a>
        </p>
        <QrCode text={links.sealed} label={waiting.sealedQr} />
        <p class="apart">
          <a href={links.unsigned}>{waiting.unsigned}</a>
        </p>
      </details>
    </>
  );
}

/** What a wallet showed: the verdict of the check, and what it proves of whoever showed it. */
export function ShownPage({ view, answer }: { view: View; answer: RequestState & { state: 'answered' } }) {
  const { holder } = answer;
  const { shown, again } = view.t.ask;
  const report = withoutPerson(answer.report);
  const badge = readBadgeView(report.credential, view.language);
  return (
    <>
      <Verdict view={view} report={report} badge={badge} level={1} />
      <section aria-labelledby="proven">
        <h2 id="proven">{shown.title}</h2>
        <div class="notice">
          <p>
            <strong>{shown.proven}</strong> {shown.provenHow}
          </p>
          <p>{shown.not}</p>
          {report.verdict !== 'valid' && <p>{shown.ended}</p>}
        </div>
      </section>
      <BadgeCard view={view} badge={badge} doubtful={false} known={knownIssuer(view, report)} />
      <Checks view={view} report={report} />
      <details class="apart">
        <summary>{shown.key}</summary>
        <code class="copy">{holder}</code>
      </details>
      <p class="actions">
        <a class="button" href="/verify/wallet">
          {again}
        </a>
      </p>
      <p class="note apart">{shown.gone}</p>
    </>
  );
}

/** Whose badge it is has a place of its own on this page. */
const withoutPerson = (report: Report): Report => ({
  ...report,
  checks: report.checks.filter(({ id }) => id !== 'recipient'),
  notChecked: report.notChecked.filter(({ id }) => id !== 'recipient'),
});

/** Nothing was shown: the holder declined, or was too late. */
export function NotShownPage({ view, state }: { view: View; state: 'declined' | 'late' }) {
  const { [state]: words, again } = view.t.ask;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">{words.text}</p>
      <p class="actions">
        <a class="button" href="/verify/wallet">
          {again}
        </a>
      </p>
    </section>
  );
}
