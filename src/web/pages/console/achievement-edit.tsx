import { type AchievementState, vocabulary } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import { assurances } from '../../../people/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { Choices, type Filled, Select, TextField, Tick } from './fields.tsx';

/** Kinds that a form offers; a file can bring others, and they stay as they are. */
const kinds = ['MicroCredential', 'Badge', 'Course', 'Certificate', 'CertificateOfCompletion', 'Competency'] as const;

export interface EditProps {
  view: View;
  place: ConsolePlace;
  /** Absent for something new. */
  state?: AchievementState;
  form: Filled;
}

/** The main fields of an achievement, with what publishing still asks beside them. */
export function EditPage({ view, place, state, form }: EditProps) {
  const t = view.t.console.achievement;
  const { actor } = place.ctx;
  const target = state ? { achievement: state.id } : { whole: true as const };
  const mayEdit = mayDo(actor, 'achievement.edit', target);
  const at = `${place.base}/achievements/${state?.id ?? 'new'}`;
  return (
    <>
      {state?.published && (
        <p class="actions">
          <a href={`/i/${place.institution.slug}/achievements/${state.id}`}>{t.see}</a>
          {mayDo(actor, 'award.make', { achievement: state.id }) && (
            <a href={`${place.base}/awards/new?achievement=${state.id}`}>{t.award}</a>
          )}
        </p>
      )}
      {!mayEdit && <p class="notice">{t.readOnly}</p>}
      <div class="side">
        <section>
          <form class="panel" method="post" action={at}>
            <Fields view={view} form={form} state={state} />
            {mayEdit && (
              <p class="actions">
                <button class="button" type="submit">
                  {t.save}
                </button>
              </p>
            )}
          </form>
        </section>
        {state && <Publishing view={view} place={place} state={state} />}
      </div>
    </>
  );
}

function Fields({ view, form, state }: Pick<EditProps, 'view' | 'form' | 'state'>) {
  const t = view.t.console.achievement;
  const of = { view, form };
  const words: Record<string, string> = view.t.kinds;
  const now = (state?.draft ?? state?.published?.content)?.type;
  const shown = [...new Set<string>([...kinds, ...(now ? [now] : [])])];
  const concepts = (table: Record<string, { nl: string; en: string }>) =>
    Object.entries(table).map(([value, word]) => ({ value, label: word[view.language] }));
  const levels = (values: string[]) => [{ value: '', label: t.noLevel }, ...values.map(v => ({ value: v, label: v }))];
  return (
    <>
      <Select
        {...of}
        name="type"
        label={t.type}
        choices={shown.map(value => ({ value, label: words[value] ?? value }))}
      />
      <TextField {...of} name="name" label={t.name} max={300} />
      <TextField
        {...of}
        name="description"
        label={t.description}
        hint={t.descriptionHint}
        rows={4}
        optional
        max={10_000}
      />
      <TextField {...of} name="criteria" label={t.criteria} rows={4} optional max={20_000} />
      <Select
        {...of}
        name="language"
        label={t.language}
        choices={(['nl', 'en'] as const).map(value => ({ value, label: t.languages[value] }))}
      />
      <TextField {...of} name="outcomes" label={t.outcomes} hint={t.outcomesHint} rows={6} optional />
      <Select {...of} name="eqf" label={t.eqf} choices={levels(['1', '2', '3', '4', '5', '6', '7', '8'])} />
      <Select
        {...of}
        name="nlqf"
        label={t.nlqf}
        choices={levels(['entry', '1', '2', '3', '4', '4+', '5', '6', '7', '8'])}
      />
      <TextField {...of} name="ects" label={t.ects} optional />
      <TextField {...of} name="sbu" label={t.sbu} optional />
      <Choices
        {...of}
        name="assessment"
        label={t.assessment}
        choices={concepts(vocabulary.assessmentTypes)}
        optional
        many
      />
      <Choices
        {...of}
        name="participation"
        label={t.participation}
        choices={concepts(vocabulary.participationForms)}
        optional
        many
      />
      <h2 class="apart">{t.handing}</h2>
      <Choices
        {...of}
        name="claim"
        label={t.claim}
        choices={(['none', ...assurances] as const).map(value => ({ value, label: t.claims[value] }))}
      />
      <TextField {...of} name="undoMinutes" label={t.undo} hint={t.undoHint} optional />
      <Tick {...of} name="suspendable" label={t.suspendable} hint={t.suspendableHint} />
    </>
  );
}

function Publishing({ view, place, state }: { view: View; place: ConsolePlace; state: AchievementState }) {
  const t = view.t.console.achievement;
  const { missing, warnings, elements } = state.completeness;
  const names: Record<string, string> = { ...view.t.achievement.names, ...t.more };
  const mayPublish = mayDo(place.ctx.actor, 'achievement.publish', { achievement: state.id });
  const sources = { achievement: '', institution: t.institutionSide, award: t.fromAward };
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{t.publish}</h2>
      {!state.draft && <p>{t.nothingNew}</p>}
      {state.draft && missing.length > 0 && (
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
      {state.draft && missing.length === 0 && mayPublish && (
        <form method="post" action={`${place.base}/achievements/${state.id}/publication`}>
          <p>
            {t.complete} {t.publishLead}
          </p>
          <p class="actions">
            <button class="button" type="submit">
              {t.publish}
            </button>
          </p>
        </form>
      )}
      <h3 class="apart">{t.elements}</h3>
      <ul class="plain">
        {elements.map(({ element, present, from }) => (
          <li class={present ? undefined : 'missing'}>
            {names[element] ?? element}
            {present ? (sources[from] ? ` (${sources[from]})` : '') : `: ${view.t.achievement.missing}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
