import { remedyOf } from '../../verifier/index.ts';
import { type BadgeView, readBadgeView } from '../badge-view.ts';
import { age, day, moment } from '../format.ts';
import { checkOf, type Report, shownVerdict } from '../report.ts';
import { Seal, Sign } from '../signs.tsx';
import type { View } from '../view.ts';
import { parts, safeHref } from '../visible.tsx';
import { AskHolder } from './ask-holder.tsx';
import { BadgeCard } from './badge.tsx';
import { Checks, Technical } from './checks.tsx';
import { type Again, checkAddress, Further } from './further.tsx';
import { ReportForm } from './report-form.tsx';

interface AnswerProps {
  view: View;
  report: Report;
}

/** The title of an answer: `Geldig: Samenwerken in de wijk`. */
export function answerTitle(view: View, report: Report): string {
  const { title } = readBadgeView(report.credential, view.language);
  const { short, noBadge } = view.t.verdict;
  return `${isNoBadge(report) ? noBadge.short : short[shownVerdict(report)]}: ${title ?? view.t.badge.untitled}`;
}

/** Another kind of credential, or an endorsement by itself: it may be as good as it says, but it is no badge. */
const isNoBadge = (report: Report): boolean =>
  checkOf(report, 'form')?.code === 'form-other-credential' || checkOf(report, 'schema')?.code === 'schema-not-asked';

/** The first line of an answer. */
function headline({ t, language }: View, report: Report): string {
  const shown = shownVerdict(report);
  const plain = shown === 'valid' || shown === 'invalid';
  if (isNoBadge(report) && plain) return t.verdict.noBadge[shown];
  return plain && report.at && isPast(report) ? t.counter.past[shown](day(report.at, language)) : t.verdict[shown];
}

/** Whether an answer is about a day that has been, and all that it rests on is known of that day. */
const isPast = ({ at, checkedAt, notChecked, code }: Report): boolean =>
  at !== undefined &&
  at < checkedAt &&
  (code === 'expired' ||
    code === 'not-yet-valid' ||
    !notChecked.some(({ id }) => id === 'status-then' || id === 'status-before'));

/** The answer to a check: the verdict, the badge as it was signed, each check, and what was not checked. */
export function AnswerPage({ view, report, again }: AnswerProps & { again?: Again }) {
  const { t } = view;
  const badge = readBadgeView(report.credential, view.language);
  const doubtful = checkOf(report, 'signature')?.outcome !== 'ok';
  return (
    <>
      <Verdict view={view} report={report} badge={badge} level={1} />
      {report.credential === null && <p class="notice warn">{t.badge.notShown}</p>}
      {report.credential !== null && (
        <>
          {doubtful && <p class="notice warn">{t.badge.asReadWarning}</p>}
          <BadgeCard view={view} badge={badge} doubtful={doubtful} known={knownIssuer(view, report)} />
        </>
      )}
      <Checks view={view} report={report} />
      {report.verdict !== 'invalid' && <AskHolder view={view} credential={report.credential} badge={badge} />}
      {again && <Further view={view} report={report} again={again} />}
      {again && <ReportForm view={view} report={report} again={again} />}
      <p class="actions">
        <a class="button" href="/verify">
          {t.verify.another}
        </a>
        {again?.link && <a href={checkAddress(again.link, report.at)}>{t.counter.further.keep}</a>}
      </p>
      <Technical view={view} report={report} again={again} />
    </>
  );
}

/** Which list the issuer is on, in words; nothing when it is on none. */
export function knownIssuer(view: View, report: Report): string | undefined {
  const issuer = checkOf(report, 'issuer');
  if (issuer?.outcome !== 'ok' || typeof issuer.evidence.list !== 'string') return undefined;
  const { list: name, owner, since } = issuer.evidence;
  const list = typeof owner === 'string' && owner !== name ? `${name} (${owner})` : name;
  return view.t.badge.knownFrom(list, typeof since === 'string' ? day(since, view.language) : undefined);
}

interface VerdictProps extends AnswerProps {
  badge: BadgeView;
  level: 1 | 2;
}

/** The verdict: sign, word and colour, why, when it was checked, and what to do about it. */
export function Verdict({ view, report, badge, level }: VerdictProps) {
  const { t } = view;
  const shown = shownVerdict(report);
  const Heading = level === 1 ? 'h1' : 'h2';
  const cause = report.verdict === 'valid' ? undefined : report.checks.find(c => c.code === report.code);
  const successor = safeHref(text(cause?.evidence.successor));
  const todo = report.verdict === 'valid' ? undefined : remedyOf(report.code);
  const issuer = checkOf(report, 'issuer');
  const unknownIssuer = issuer?.outcome === 'unknown' && report.verdict === 'valid';
  return (
    <section class={`answer ${shown}`} aria-labelledby="verdict">
      <Seal shown={shown} />
      <div>
        {/* Whoever reads by ear, or goes by keyboard, begins at the answer. */}
        <Heading class="verdict" id="verdict" tabindex={level === 1 ? -1 : undefined} autofocus={level === 1}>
          {headline(view, report)}
        </Heading>
        {unknownIssuer && (
          <UnknownIssuer
            view={view}
            domain={badge.issuer.domain}
            said={issuer.code === 'issuer-unknown' ? t.verdict.unknownIssuer : issuer.message[view.language]}
          />
        )}
        {cause && (
          <p class="cause">{parts([cause.message[view.language], ...why(view, cause.evidence)].join(' '), t)}</p>
        )}
        {namedContexts(cause?.evidence) && <p>{parts(t.verdict.contexts(namedContexts(cause?.evidence)), t)}</p>}
        {report.refresh && <p>{parts(report.refresh.message[view.language], t)}</p>}
        {report.verdict === 'indeterminate' && <p>{t.verdict.unknownMeans}</p>}
        {todo && (
          <p class="todo">
            <strong>{t.verdict.what}</strong> {todo[view.language]}
          </p>
        )}
        {successor && (
          <p>
            <a href={successor}>{t.verdict.toSuccessor}</a>
          </p>
        )}
        <Compared view={view} report={report} />
        <p class="soft">{when(view, report, badge).join(' ')}</p>
      </div>
    </section>
  );
}

/** A green sign for nobody in particular is how people are fooled; so who signed is said before anything else. */
const UnknownIssuer = ({ view: { t }, domain, said }: { view: View; domain?: string; said: string }) => (
  <p class="who-signed">
    <Sign outcome="unknown" />
    <span>
      <strong>{said}</strong> {domain ? parts(t.verdict.unknownDomain(domain), t) : t.verdict.unknownKey}
    </span>
  </p>
);

/** What came of comparing the person, where that was asked. */
function Compared({ view, report }: AnswerProps) {
  const recipient = checkOf(report, 'recipient');
  if (!recipient || recipient.code === 'recipient-not-asked' || recipient.outcome === 'skipped') return null;
  return (
    <p class="who-signed compared">
      <Sign outcome={recipient.outcome} />
      <span>
        <strong>{view.t.counter.compared}</strong> {recipient.message[view.language]}
      </span>
    </p>
  );
}

/** When and why the issuer ended it, for a list of our own that knows. */
function why({ t, language }: View, evidence: Record<string, unknown>): string[] {
  const reasons: Record<string, string> = t.verdict.reasons;
  const [at, reason] = [text(evidence.at), text(evidence.reason)];
  if (!at) return [];
  return [
    t.verdict.since(day(at, language)),
    ...(reason && reasons[reason] ? [t.verdict.reason(reasons[reason])] : []),
  ];
}

/** The addresses of lists of words that nobody here knows. */
const namedContexts = (evidence: Record<string, unknown> = {}): string =>
  Array.isArray(evidence.contexts) ? evidence.contexts.join(', ') : '';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** When it was assessed, when it was checked, and how fresh the knowledge is. */
function when(view: View, report: Report, badge: BadgeView): string[] {
  const { t, language } = view;
  const status = checkOf(report, 'status');
  const listFrom = text(status?.evidence.listValidFrom);
  const old = listFrom && age(listFrom, report.checkedAt, language);
  const signed = checkOf(report, 'signature')?.outcome === 'ok';
  return [
    // What nobody is known to have signed is not told beside the verdict.
    signed && badge.awardedDate && t.verdict.assessedOn(day(badge.awardedDate, language)),
    t.verdict.checkedAt(moment(report.checkedAt, language)),
    report.at && t.verdict.asOf(moment(report.at, language)),
    old && t.verdict.listAge(old),
    signed && status?.outcome === 'not-applicable' && t.verdict.noList,
  ].filter(line => typeof line === 'string' && line !== '') as string[];
}
