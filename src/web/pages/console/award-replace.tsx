import type { AwardRecord } from '../../../credentials/index.ts';
import { replacementKinds } from '../../../credentials/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { DecisionFields } from './award-new.tsx';
import { nameOf } from './awards.tsx';
import { Choices, type Filled, TextField } from './fields.tsx';

interface ReplaceProps {
  view: View;
  place: ConsolePlace;
  record: AwardRecord;
  form: Filled;
}

/** A correction or a renewal, as a form that begins with what stands on the badge. */
export function ReplacePage({ view, place, record, form }: ReplaceProps) {
  const { replace: t, award: words, oneAward } = view.t.console;
  const of = { view, form };
  const fixed = record.signed?.award.identified?.nameBy;
  return (
    <>
      <p class="lead">{t.lead(record.achievement.content.name, nameOf(view, record.award.input.recipient))}</p>
      <form class="panel" method="post" action={`${place.base}/awards/${record.award.id}/replacement`}>
        <Choices
          {...of}
          name="why"
          label={t.kind}
          choices={replacementKinds.map(value => ({
            value,
            label: t.kinds[value],
            ...(value === 'renewal' ? { hint: t.renewalHint } : {}),
          }))}
        />
        <h2 class="apart">{words.badge}</h2>
        {fixed ? (
          <p class="note">{t.nameFixed}</p>
        ) : (
          <TextField {...of} name="name" label={words.name} hint={words.nameHint} optional max={200} />
        )}
        <TextField
          {...of}
          name="narrative"
          label={words.narrative}
          hint={words.narrativeHint}
          rows={4}
          optional
          max={10_000}
        />
        <TextField {...of} name="validUntil" label={words.validUntil} type="date" optional />
        <DecisionFields {...of} />
        <TextField {...of} name="text" label={oneAward.text} hint={oneAward.textHint} rows={3} optional max={5000} />
        <p class="note apart">{t.lastChance}</p>
        <p class="actions">
          <button class="button" type="submit">
            {t.submit}
          </button>
          <a href={`${place.base}/awards/${record.award.id}`}>{view.t.console.forms.back}</a>
        </p>
      </form>
    </>
  );
}
