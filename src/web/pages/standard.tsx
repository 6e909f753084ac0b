import { type Framework, nameOf, type Outcome, wordsOf } from '../../catalogue/index.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

interface StandardProps {
  view: View;
  framework: Framework;
  items: Outcome[];
  next?: string;
}

/** A standard that an institution shares, with its outcomes. */
export function StandardPage({ view, framework, items, next }: StandardProps) {
  const words = view.t.console.frameworks;
  return (
    <section aria-labelledby="title">
      <p class="kicker">{words.frameworkKinds[framework.kind]}</p>
      <h1 id="title">
        <Visible text={nameOf(framework.names, view.language)} t={view.t} />
      </h1>
      {framework.version && (
        <p class="soft">
          {words.version} {framework.version}
        </p>
      )}
      {items.length === 0 && <p class="apart">{words.noOutcomes}</p>}
      <ul class="plain apart">
        {items.map(outcome => (
          <li>
            <a href={`/outcomes/${outcome.id}`}>
              <Visible text={wordsOf(outcome, view.language).name} t={view.t} />
            </a>
            {outcome.retiredAt && <span class="note"> ({words.retired})</span>}
          </li>
        ))}
      </ul>
      {next && (
        <p class="actions">
          <a class="button quiet" href={`/frameworks/${framework.id}?cursor=${next}`}>
            {view.t.shop.more}
          </a>
        </p>
      )}
    </section>
  );
}

/** One outcome: what someone can, in plain words as well, and where it comes from. */
export function OutcomePage({ view, outcome }: { view: View; outcome: Outcome }) {
  const words = view.t.console.frameworks;
  const { name, plain, description } = wordsOf(outcome, view.language);
  const facts: [string, string | null][] = [
    [words.kind, words.kinds[outcome.kind]],
    [words.code, outcome.code],
    [view.t.console.outcome.level, outcome.level],
  ];
  return (
    <section aria-labelledby="title">
      <p class="kicker">{words.outcome}</p>
      <h1 id="title">
        <Visible text={name} t={view.t} />
      </h1>
      {plain && (
        <p class="lead">
          <Visible text={plain} t={view.t} />
        </p>
      )}
      {description && (
        <p class="apart">
          <Visible text={description} t={view.t} />
        </p>
      )}
      {outcome.retiredAt && <p class="note apart">{words.retired}</p>}
      <dl class="facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        <div>
          <dt>{words.from}</dt>
          <dd>
            <a href={`/frameworks/${outcome.framework.id}`}>
              <Visible text={nameOf(outcome.framework.names, view.language)} t={view.t} />
            </a>
          </dd>
        </div>
      </dl>
    </section>
  );
}
