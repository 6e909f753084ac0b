import {
  type AchievementContent,
  type AchievementState,
  bases,
  type Completeness,
  type Outcome,
  type Unit,
  vocabulary,
} from '../../../catalogue/index.ts';
import { assurances } from '../../../people/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { Language } from '../../messages.ts';
import type { View } from '../../view.ts';
import { Choices, type Filled, Select, TextField, Tick } from './fields.tsx';
import { PickOutcomes } from './pick-outcomes.tsx';

/** Kinds that a form offers; a file can bring others, and they stay as they are. */
const kinds = ['MicroCredential', 'Badge', 'Course', 'Certificate', 'CertificateOfCompletion', 'Competency'] as const;

/** What the editor of an achievement is drawn with. */
export interface EditProps {
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

/** What an achievement says of itself, and how it is handed over. */
export function Fields({ view, form, state, around, mayEdit }: EditProps & { mayEdit: boolean }) {
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

/** Who may decide on it and how, and what it takes beside. */
export function PolicyFields({
  view,
  form,
  around,
  self,
}: Pick<EditProps, 'view' | 'form' | 'around'> & { self?: string }) {
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
