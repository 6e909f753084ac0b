import { type Outcome, type UnitState, wordsOf } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { type Filled, Select, startWith, TextField, Tick } from './fields.tsx';
import { PickOutcomes } from './pick-outcomes.tsx';

interface UnitProps {
  view: View;
  place: ConsolePlace;
  state?: UnitState | undefined;
  form: Filled;
  picked: Outcome[];
  found: Outcome[];
}

/** A unit: outcomes that are judged together, picked by search, published with who adopted it. */
export function UnitForm({ view, place, state, form, picked, found }: UnitProps) {
  const t = view.t.console.unit;
  const of = { view, form };
  const mayEdit = mayDo(place.ctx.actor, 'framework.edit', { whole: true });
  const at = `${place.base}/units/${state?.id ?? 'new'}`;
  return (
    <>
      {state?.published && (
        <p class="note">
          {t.now(state.published.version, day(state.published.publishedAt, view.language))}{' '}
          {t.by(state.published.establishedBy)}
        </p>
      )}
      <form class="panel" method="post" action={at}>
        {/* What the Enter key does within a field: look, and take nothing away. */}
        <button type="submit" name="step" value="look" formnovalidate hidden></button>
        <TextField {...of} name="name" label={t.name} max={300} />
        <TextField {...of} name="description" label={t.description} rows={3} optional max={10_000} />
        <Select
          {...of}
          name="language"
          label={t.language}
          choices={(['nl', 'en'] as const).map(value => ({
            value,
            label: view.t.console.achievement.languages[value],
          }))}
        />
        <TextField {...of} name="level" label={t.level} max={50} optional />
        <h2 class="apart">{t.outcomes}</h2>
        {picked.length === 0 && <p class="soft">{t.noOutcomes}</p>}
        <ul class="plain">
          {picked.map(o => (
            <li>
              <input type="hidden" name="outcomes" value={o.id} />
              {wordsOf(o, view.language).name}{' '}
              {mayEdit && (
                <button class="quiet" type="submit" name="remove" value={o.id} formnovalidate>
                  {t.remove}
                  <span class="visually-hidden">: {wordsOf(o, view.language).name}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
        {mayEdit && <PickOutcomes view={view} form={form} found={found} />}
        <Tick {...of} name="shared" label={t.share} hint={t.shareHint} />
        {mayEdit && (
          <p class="actions">
            <button class="button" type="submit" name="step" value="save">
              {t.save}
            </button>
          </p>
        )}
      </form>
      {mayEdit && state?.draft && state.draft.outcomes.length > 0 && (
        <section aria-labelledby="publish">
          <h2 id="publish">{t.publish}</h2>
          <p>{t.publishLead}</p>
          <form class="panel" method="post" action={`${at}/publication`}>
            <TextField
              view={view}
              form={startWith()}
              name="establishedBy"
              label={t.establishedBy}
              hint={t.establishedByHint}
              max={200}
            />
            <p class="actions">
              <button class="button" type="submit">
                {t.publish}
              </button>
            </p>
          </form>
        </section>
      )}
    </>
  );
}
