import type { AchievementContent, PublishedVersion } from '../../../catalogue/index.ts';
import { bases } from '../../../catalogue/index.ts';
import type { DryRun } from '../../../credentials/index.ts';
import { awardFields, resultField } from '../../award-form.ts';
import { readBadgeView } from '../../badge-view.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { BadgeCard } from '../badge.tsx';
import { Choices, type Filled, TextField } from './fields.tsx';

/** What can be awarded. `page` is where the choice leads. */
export function ChoosePage({
  view,
  place,
  page,
  offered,
}: {
  view: View;
  place: ConsolePlace;
  page: 'new' | 'many';
  offered: (PublishedVersion & { id: string })[];
}) {
  const t = view.t.console.award;
  if (!offered.length) return <p class="empty">{t.nothing}</p>;
  const kinds: Record<string, string> = view.t.kinds;
  return (
    <ul class="rooms-list apart">
      {offered.map(({ id, content }) => (
        <li>
          <a href={`${place.base}/awards/${page}?achievement=${id}`}>{content.name}</a>
          <p class="note">{kinds[content.type] ?? view.t.kinds.other}</p>
        </li>
      ))}
    </ul>
  );
}

export interface FormProps {
  view: View;
  place: ConsolePlace;
  achievement: string;
  content: AchievementContent;
  form: Filled;
}

/** One award, as a form. */
export function AwardForm({ view, place, achievement, content, form }: FormProps) {
  const t = view.t.console.award;
  const of = { view, form };
  return (
    <>
      <About view={view} place={place} page="new" content={content} />
      <form class="panel" method="post" action={`${place.base}/awards/new?achievement=${achievement}`}>
        <h2 class="apart">{t.who}</h2>
        <KindField {...of} />
        <TextField {...of} name="address" label={t.address} hint={t.addressHint} max={254} />
        <TextField {...of} name="name" label={t.name} hint={t.nameHint} optional max={200} />
        <DecisionFields {...of} />
        <h2 class="apart">{t.badge}</h2>
        {content.results.map((result, i) => (
          <TextField {...of} name={resultField(i)} label={t.result(result.name)} optional max={100} />
        ))}
        <TextField {...of} name="narrative" label={t.narrative} hint={t.narrativeHint} rows={4} optional max={10_000} />
        <TextField {...of} name="validUntil" label={t.validUntil} type="date" optional />
        <p class="actions">
          <button class="button" type="submit" name="step" value="check">
            {t.check}
          </button>
        </p>
      </form>
    </>
  );
}

/** What is being awarded, and the way to something else. */
export function About({
  view,
  place,
  page,
  content,
}: {
  view: View;
  place: ConsolePlace;
  page: 'new' | 'many';
  content: AchievementContent;
}) {
  const t = view.t.console.award;
  return (
    <p class="lead">
      {t.about(content.name)} <a href={`${place.base}/awards/${page}`}>{t.another}</a>
    </p>
  );
}

interface Part {
  view: View;
  form: Filled;
}

export function KindField({ view, form }: Part) {
  const t = view.t.console.award;
  const choices = (['email', 'eppn', 'eduid'] as const).map(value => ({ value, label: t.kinds[value] }));
  return <Choices view={view} form={form} name="kind" label={t.kind} choices={choices} />;
}

export function DecisionFields({ view, form }: Part) {
  const t = view.t.console.award;
  const of = { view, form };
  return (
    <>
      <h2 class="apart">{t.decision}</h2>
      <p class="note">{t.decisionLead}</p>
      <Choices {...of} name="basis" label={t.basis} choices={bases.map(value => ({ value, label: t.bases[value] }))} />
      <TextField {...of} name="decidedBy" label={t.decidedBy} max={200} />
      <TextField {...of} name="decidedOn" label={t.decidedOn} type="date" />
      <TextField {...of} name="reference" label={t.reference} hint={t.referenceHint} optional max={200} />
    </>
  );
}

/** The badge as it would be; one press awards it, another leads back to the form. */
export function PreviewPage({ view, place, achievement, content, form, run }: FormProps & { run: DryRun }) {
  const t = view.t.console.award;
  const names = [...awardFields, ...content.results.map((_, i) => resultField(i))];
  return (
    <>
      <p class="lead">{t.previewLead}</p>
      {run.exists && (
        <p class="notice warn">
          {t.exists} <a href={`${place.base}/awards/${run.exists}`}>{t.seeFirst}</a>
        </p>
      )}
      <BadgeCard view={view} badge={readBadgeView(run.badge, view.language)} />
      <p class="apart">{content.claim ? t.how.claim : t.how.bearer}</p>
      {content.undoMinutes && <p>{t.how.held(content.undoMinutes)}</p>}
      <form class="actions" method="post" action={`${place.base}/awards/new?achievement=${achievement}`}>
        {names.map(name => form.get(name) && <input type="hidden" name={name} value={form.get(name)} />)}
        {!run.exists && (
          <button class="button" type="submit" name="step" value="make">
            {t.make}
          </button>
        )}
        <button class="quiet" type="submit" name="step" value="edit">
          {t.edit}
        </button>
      </form>
    </>
  );
}
