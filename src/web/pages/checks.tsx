import { type Code, codes, remedyOf } from '../../verifier/index.ts';
import type { Report } from '../report.ts';
import { Sign } from '../signs.tsx';
import { type Again, checkAddress } from './further.tsx';
import type { View } from '../view.ts';
import { parts, Visible } from '../visible.tsx';

/** Each check by sign, word and sentence, with its code for who needs it; then what was not checked. */
export function Checks({ view, report }: { view: View; report: Report }) {
  const { check } = view.t;
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{check.heading}</h2>
      <CheckList view={view} report={report} />
      {report.notChecked.length > 0 && (
        <>
          <h3 class="apart">{check.notChecked}</h3>
          <ul class="plain">
            {report.notChecked.map(item => (
              <li>{parts(item.message[view.language], view.t)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CheckList({ view, report }: { view: View; report: Report }) {
  const { check } = view.t;
  const ids: Record<string, string> = check.ids;
  const outcomes: Record<string, string> = check.outcomes;
  const toDo = remediesOf(view, report);
  return (
    <ol class="checks">
      {report.checks.map((one, i) => (
        <li class={one.outcome}>
          <Sign outcome={one.outcome} />
          <span>
            <span class="name">{ids[one.id] ?? one.id} </span>
            <span class="word">{outcomes[one.outcome] ?? one.outcome}</span>
          </span>
          <p>
            {parts(one.message[view.language], view.t)} <code class="code-name">{one.code}</code>
          </p>
          {toDo[i] && (
            <p class="remedy">
              <strong>{view.t.counter.further.remedy}</strong> {toDo[i]}
            </p>
          )}
          <Endorsements view={view} evidence={one.evidence} />
        </li>
      ))}
    </ol>
  );
}

/**
 * What can be done about each check; what was said already, beside the verdict or at another check, is not said again.
 */
function remediesOf({ language }: View, report: Report): (string | undefined)[] {
  const said = new Set(report.verdict === 'valid' ? [] : [remedyOf(report.code)]);
  return report.checks.map(({ code }) => {
    const remedy = remedyOf(code);
    if (!remedy || said.has(remedy)) return undefined;
    said.add(remedy);
    return remedy[language];
  });
}

/** Each endorsement in a badge: by whom, known by which list, and what its own short check said. */
function Endorsements({ view, evidence }: { view: View; evidence: Record<string, unknown> }) {
  const told = (Array.isArray(evidence.endorsements) ? evidence.endorsements : []) as {
    issuer?: string;
    knownBy?: string;
    code: Code;
  }[];
  if (told.length === 0) return null;
  return (
    <ul class="plain">
      {told.map(({ issuer, knownBy, code }) => (
        <li>
          {issuer && (
            <code>
              <Visible text={issuer} t={view.t} />
            </code>
          )}{' '}
          {codes[code][view.language]}
          {knownBy && (
            <span class="note">
              <Visible text={view.t.badge.knownFrom(knownBy, undefined)} t={view.t} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The whole report for whoever looks for the cause, folded away. */
export function Technical({ view, report, again }: { view: View; report: Report; again?: Again }) {
  const { check } = view.t;
  const { credential, ...rest } = report;
  const more = again?.text !== undefined && !report.technical;
  return (
    <details class="no-print" open={report.technical !== undefined}>
      <summary>{check.technical}</summary>
      <p class="note">{check.technicalHint}</p>
      <Json label={check.report} value={rest} />
      {more ? <MoreTechnical view={view} again={again} /> : <Json label={check.document} value={credential} />}
    </details>
  );
}

/** What was read, hashed and fetched is larger than all the rest of the page, so it comes when it is asked for. */
function MoreTechnical({ view, again: { link } }: { view: View; again: Again }) {
  const { technicalMore } = view.t.counter.further;
  if (link)
    return (
      <p>
        <a href={`${checkAddress(link)}&technical=1`}>{technicalMore}</a>
      </p>
    );
  return (
    <p>
      <button class="button second" type="submit" form="again" name="technical" value="1">
        {technicalMore}
      </button>
    </p>
  );
}

/** JSON as text; a region that scrolls takes the keyboard too. */
export function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <div>
      <p class="label">{label}</p>
      <section class="scroll" tabindex={0} aria-label={label}>
        <pre>{JSON.stringify(value, null, 1)}</pre>
      </section>
    </div>
  );
}
