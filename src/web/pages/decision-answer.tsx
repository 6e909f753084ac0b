import type { CheckedDecision } from '../../verifier/index.ts';
import { day } from '../format.ts';
import { Seal } from '../signs.tsx';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

interface DecisionAnswerProps {
  view: View;
  checked: CheckedDecision;
  /** Whether the pages around the signed part are not those that we make of it. */
  otherPages: boolean;
}

/** What is said of a decision that was handed in. */
export function decisionWords(view: View, { checked, otherPages }: Omit<DecisionAnswerProps, 'view'>) {
  const key = checked.code === 'decision-ours' && otherPages ? 'decision-pages' : checked.code;
  const { title, what } = view.t.decisions.answer[key];
  return {
    title: title(checked.decision?.issuer.name ?? ''),
    what,
    verdict: key === 'decision-pages' ? ('indeterminate' as const) : checked.verdict,
  };
}

/**
 * Whether a decision is of its institution and unchanged, and what it says, out of the signed part alone. It is no
 * badge.
 */
export function DecisionAnswerPage(props: DecisionAnswerProps) {
  const { view, checked } = props;
  const { title, what, verdict } = decisionWords(view, props);
  return (
    <>
      <section class={`answer ${verdict}`} aria-labelledby="verdict">
        <Seal shown={verdict} />
        <div>
          <h1 class="verdict" id="verdict" tabindex={-1} autofocus>
            {title}
          </h1>
          <p>{what}</p>
        </div>
      </section>
      {checked.decision && <Contents view={view} decision={checked.decision} />}
      <p class="actions">
        <a class="button" href="/verify">
          {view.t.verify.another}
        </a>
      </p>
    </>
  );
}

function Contents({ view, decision: signed }: { view: View; decision: NonNullable<CheckedDecision['decision']> }) {
  const words = view.t.decisions;
  const { holder, decision, results, issuer } = signed;
  const facts: [string, string][] = [
    ...(holder ? [[words.forWhom, holder.name] as [string, string]] : []),
    ...results.map(({ title, outcome }): [string, string] => [
      words.outcomes[outcome === 'awarded' && decision.basis === 'exemption' ? 'exempted' : outcome],
      title,
    ]),
    [words.decidedOn, day(decision.decidedOn, view.language)],
    [words.decidedBy, `${decision.body}, ${issuer.name}`],
    [words.basis, words.bases[decision.basis]],
  ];
  return (
    <section aria-labelledby="says">
      <h2 id="says">{words.about}</h2>
      <dl class="facts">
        {facts.map(([label, text]) => (
          <div>
            <dt>{label}</dt>
            <dd>
              <Visible text={text} t={view.t} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
