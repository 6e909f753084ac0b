import { type Framework, lintOutcome, nameOf, type Outcome, outcomeKinds, wordsOf } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { type Filled, Select, TextField } from './fields.tsx';

interface OutcomeProps {
  view: View;
  place: ConsolePlace;
  framework: Framework;
  /** Absent for a new one. */
  outcome?: Outcome;
  form: Filled;
}

/** The words of an outcome, with advice beside them that stops nothing. */
export function OutcomeForm({ view, place, framework, outcome, form }: OutcomeProps) {
  const t = view.t.console.outcome;
  const own = framework.owner === place.institution.id && mayDo(place.ctx.actor, 'framework.edit', { whole: true });
  const at = outcome ? `${place.base}/outcomes/${outcome.id}` : `${place.base}/frameworks/${framework.id}/outcomes/new`;
  return (
    <>
      <p>
        {t.of} <a href={`${place.base}/frameworks/${framework.id}`}>{nameOf(framework.names, view.language)}</a>
      </p>
      {outcome?.retiredAt && <p class="notice warn">{t.retired}</p>}
      {!own && outcome && <OutcomeText view={view} outcome={outcome} />}
      {own && (
        <div class="side">
          <section>
            <form class="panel" method="post" action={at}>
              <OutcomeFields view={view} form={form} />
              <p class="actions">
                <button class="button" type="submit" name="step" value="save">
                  {t.save}
                </button>
                <button class="button quiet" type="submit" name="step" value="look" formnovalidate>
                  {t.look}
                </button>
              </p>
            </form>
          </section>
          <Advice view={view} form={form} />
        </div>
      )}
      {own && outcome && !outcome.retiredAt && (
        <form method="post" action={`${at}/retirement`}>
          <p class="apart">{t.retireLead}</p>
          <p class="actions">
            <button class="quiet" type="submit">
              {t.retire}
            </button>
          </p>
        </form>
      )}
    </>
  );
}

function OutcomeFields({ view, form }: { view: View; form: Filled }) {
  const t = view.t.console.outcome;
  const of = { view, form };
  const kinds = view.t.console.frameworks.kinds;
  return (
    <>
      <TextField {...of} name="nameNl" label={t.nameNl} hint={t.nameHint} rows={3} optional max={2_000} />
      <TextField {...of} name="plainNl" label={t.plainNl} hint={t.plainHint} rows={3} optional max={1_000} />
      <TextField {...of} name="nameEn" label={t.nameEn} rows={3} optional max={2_000} />
      <TextField {...of} name="plainEn" label={t.plainEn} rows={3} optional max={1_000} />
      <TextField {...of} name="alsoNl" label={t.alsoNl} hint={t.alsoHint} rows={2} optional />
      <TextField {...of} name="alsoEn" label={t.alsoEn} rows={2} optional />
      <Select
        {...of}
        name="kind"
        label={t.kind}
        choices={outcomeKinds.map(value => ({ value, label: kinds[value] }))}
      />
      <TextField {...of} name="code" label={t.code} max={200} optional />
      <TextField {...of} name="level" label={t.level} max={50} optional />
    </>
  );
}

function Advice({ view, form }: { view: View; form: Filled }) {
  const t = view.t.console.outcome;
  const told = (['nl', 'en'] as const).flatMap(language => {
    const ending = language === 'nl' ? 'Nl' : 'En';
    const name = form.get(`name${ending}`);
    if (!name) return [];
    return [{ language, hints: lintOutcome({ name, plain: form.get(`plain${ending}`) }, language) }];
  });
  return (
    <section aria-labelledby="advice">
      <h2 id="advice">{t.advice}</h2>
      {told.length === 0 && <p class="soft">{t.adviceLead}</p>}
      {told.map(({ language, hints }) => (
        <>
          <h3>{t.languages[language]}</h3>
          {hints.length === 0 ? (
            <p>{t.fine}</p>
          ) : (
            <ul class="plain">
              {hints.map(hint => (
                <li>{t.hints[hint]}</li>
              ))}
            </ul>
          )}
        </>
      ))}
      <p class="note">{t.adviceNote}</p>
    </section>
  );
}

function OutcomeText({ view, outcome }: { view: View; outcome: Outcome }) {
  const t = view.t.console.outcome;
  const { name, description, plain, also } = wordsOf(outcome, view.language);
  return (
    <section aria-labelledby="words">
      <h2 id="words">{name}</h2>
      {plain && <p class="lead">{plain}</p>}
      {description && <p>{description}</p>}
      {also && (
        <p class="note">
          {t.also}: {also.join(', ')}
        </p>
      )}
      <p class="note">
        {view.t.console.frameworks.kinds[outcome.kind]}
        {outcome.code ? ` · ${outcome.code}` : ''}
        {outcome.level ? ` · ${outcome.level}` : ''} · <code>{outcome.uri}</code>
      </p>
    </section>
  );
}
