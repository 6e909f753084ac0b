import { type AchievementState, lintOutcome } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import type { EditProps } from './achievement-fields.tsx';
import { startWith, TextField } from './fields.tsx';

/** What the form comes to as it stands: the European elements, and advice about outcomes. */
export function CompletenessPanel({ view, around, looked }: EditProps) {
  const t = view.t.console.achievement;
  const names: Record<string, string> = { ...view.t.achievement.names, ...t.more };
  const sources = { achievement: '', institution: t.institutionSide, award: t.fromAward };
  const { elements = [], missing = [], warnings = [] } = around.completeness ?? {};
  const there = elements.filter(e => e.present).length;
  const advice = (around.outcomes ?? [])
    .map(({ name, plain }) => ({ name, hints: lintOutcome({ name, plain }, around.language) }))
    .filter(({ hints }) => hints.length);
  return (
    <section aria-labelledby="elements" id="completeness">
      <h2 id="elements">{t.elements}</h2>
      {looked && <p class="notice">{t.looked}</p>}
      {elements.length === 0 && <p class="soft">{t.nothingYet}</p>}
      {elements.length > 0 && (
        <>
          <p>{t.count(there, elements.length)}</p>
          <progress max={elements.length} value={there} aria-label={t.elements} />
          <ul class="plain">
            {elements.map(({ element, present, from }) => (
              <li class={present ? undefined : 'missing'}>
                {present ? '✓ ' : ''}
                {names[element] ?? element}
                {present ? (sources[from] ? ` (${sources[from]})` : '') : `: ${view.t.achievement.missing}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.length > 0 && (
        <div class="notice warn">
          <h3>{t.missing}</h3>
          <ul class="plain">
            {missing.map(element => (
              <li>{names[element] ?? element}</li>
            ))}
          </ul>
          <p>{t.missingLead}</p>
        </div>
      )}
      {warnings.map(warning => (
        <p class="notice">{t.warnings[warning]}</p>
      ))}
      {advice.length > 0 && (
        <details>
          <summary>{t.advice(advice.length)}</summary>
          <ul class="plain">
            {advice.map(({ name, hints }) => (
              <li>
                <strong>{name}</strong>
                <br />
                {hints.map(hint => view.t.console.outcome.hints[hint]).join(' ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** What is kept and not published yet, and who adopts it. */
export function Publishing({ view, place, state }: { view: View; place: ConsolePlace; state: AchievementState }) {
  const t = view.t.console.achievement;
  const mayPublish = mayDo(place.ctx.actor, 'achievement.publish', { achievement: state.id });
  const { published } = state;
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{t.publish}</h2>
      {published?.establishedBy && <p class="note">{t.adoptedBy(published.version, published.establishedBy)}</p>}
      {!state.draft && <p>{t.nothingNew}</p>}
      {state.draft && state.completeness.missing.length > 0 && <p>{t.notComplete}</p>}
      {state.draft && state.completeness.missing.length === 0 && mayPublish && (
        <form method="post" action={`${place.base}/achievements/${state.id}/publication`}>
          <p>
            {t.complete} {t.publishLead}
          </p>
          <TextField
            view={view}
            form={startWith()}
            name="establishedBy"
            label={view.t.console.unit.establishedBy}
            hint={view.t.console.unit.establishedByHint}
            optional
            max={200}
          />
          <p class="actions">
            <button class="button" type="submit">
              {t.publish}
            </button>
          </p>
        </form>
      )}
    </section>
  );
}
