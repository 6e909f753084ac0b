import {
  type AchievementContent,
  type AchievementState,
  bases,
  type Completeness,
  lintOutcome,
  type Outcome,
  type Unit,
  vocabulary,
} from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import { assurances } from '../../../people/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { Language } from '../../messages.ts';
import type { View } from '../../view.ts';
import { Choices, type Filled, Select, startWith, TextField, Tick } from './fields.tsx';
import { PickOutcomes } from './pick-outcomes.tsx';

/** Kinds that a form offers; a file can bring others, and they stay as they are. */
const kinds = ['MicroCredential', 'Badge', 'Course', 'Certificate', 'CertificateOfCompletion', 'Competency'] as const;

interface EditProps {
  view: View;
  place: ConsolePlace;
  /** Absent for something new. */
  state?: AchievementState;
  form: Filled;
  /** What the form asks for from elsewhere, and what it comes to as it stands now. */
  around: {
    picked: Outcome[];
    found: Outcome[];
    units: Unit[];
    others: { id: string; content: AchievementContent }[];
    completeness?: Completeness;
    outcomes?: AchievementContent['outcomes'];
    language: Language;
  };
  /** The form was sent to be looked at: what stands in it is not kept yet. */
  looked: boolean;
}

/** The main fields of an achievement, with what publishing still asks beside them. */
export function EditPage(props: EditProps) {
  const { view, place, state, form } = props;
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
          <form class="panel" method="post" action={at} data-look>
            {/* What the Enter key does within a field. */}
            <button type="submit" name="step" value="look" formnovalidate hidden></button>
            <Fields {...props} mayEdit={mayEdit} />
            <PolicyFields view={view} form={form} around={props.around} self={state?.id} />
            {mayEdit && (
              <p class="actions">
                <button class="button" type="submit" name="step" value="save">
                  {t.save}
                </button>
                <button class="button quiet" type="submit" name="step" value="look" formnovalidate>
                  {t.look}
                </button>
              </p>
            )}
          </form>
        </section>
        <div>
          <CompletenessPanel {...props} />
          {state && <Publishing view={view} place={place} state={state} />}
        </div>
      </div>
    </>
  );
}

function Fields({ view, form, state, around, mayEdit }: EditProps & { mayEdit: boolean }) {
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
      {around.picked.map(o => (
        <input type="hidden" name="picked" value={o.id} />
      ))}
      {mayEdit && <PickOutcomes view={view} form={form} found={around.found} />}
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
      <TextField {...of} name="prerequisites" label={t.prerequisites} rows={2} optional max={5_000} />
      <h2 class="apart">{t.offer}</h2>
      <TextField {...of} name="cost" label={t.cost} optional max={200} />
      <TextField {...of} name="duration" label={t.duration} optional max={200} />
      <TextField {...of} name="countsFor" label={t.countsFor} rows={2} optional max={500} />
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

function PolicyFields({ view, form, around, self }: Pick<EditProps, 'view' | 'form' | 'around'> & { self?: string }) {
  const t = view.t.console.achievement;
  const of = { view, form };
  const yesNo = [
    { value: '', label: t.asInstitution },
    { value: 'yes', label: t.yes },
    { value: 'no', label: t.no },
  ];
  const required = [
    ...around.units.map(u => ({ value: `unit:${u.id}:${u.version}`, label: t.unit(u.content.name, u.version) })),
    ...around.others.filter(a => a.id !== self).map(a => ({ value: `achievement:${a.id}`, label: a.content.name })),
  ];
  // What was chosen before stays to be chosen: an older version of a unit, or one that is no longer shared.
  const known = new Set(required.map(r => r.value));
  const older = form.all('requires').filter(value => !known.has(value));
  return (
    <>
      <h2 class="apart">{t.deciding}</h2>
      <Choices
        {...of}
        name="bases"
        label={t.bases}
        hint={t.basesHint}
        choices={bases.map(value => ({ value, label: t.basisNames[value] }))}
        optional
        many
      />
      <Select {...of} name="examinerApart" label={t.examinerApart} choices={yesNo} />
      <Select {...of} name="guideApart" label={t.guideApart} choices={yesNo} />
      <TextField {...of} name="validMonths" label={t.validMonths} hint={t.validMonthsHint} optional />
      {required.length + older.length > 0 && (
        <>
          <Choices
            {...of}
            name="requires"
            label={t.requires}
            hint={t.requiresHint}
            choices={[
              ...required,
              ...older.map(value => ({ value, label: t.olderVersion(value.split(':')[2] ?? '') })),
            ]}
            optional
            many
          />
          <Select
            {...of}
            name="whenComplete"
            label={t.whenComplete}
            choices={[
              { value: '', label: t.whenNothing },
              { value: 'propose', label: t.whenPropose },
              { value: 'award', label: t.whenAward },
            ]}
          />
        </>
      )}
    </>
  );
}

/** What the form comes to as it stands: the European elements, and advice about outcomes. */
function CompletenessPanel({ view, around, looked }: EditProps) {
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
function Publishing({ view, place, state }: { view: View; place: ConsolePlace; state: AchievementState }) {
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
