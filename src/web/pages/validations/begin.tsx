import type { AchievementContent } from '../../../catalogue/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import type { Experience } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Choices } from '../notebook/parts.tsx';

export interface BeginProps {
  view: View;
  institution: Institution;
  content: AchievementContent;
  experiences: Experience[];
  form: string;
  /** Where the form goes; the page itself when left out. */
  action?: string | undefined;
}

/** "Ik kan dit al": what someone wants, and what may be seen of it. */
export function BeginPage({ view, institution, content, experiences, form, action }: BeginProps) {
  const words = view.t.validations.begin;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">
        <Visible text={words.lead(content.name, institution.profile.name)} t={view.t} />
      </p>
      <BeginForm view={view} content={content} experiences={experiences} form={form} action={action} />
    </section>
  );
}

interface BeginFormProps extends Pick<BeginProps, 'view' | 'experiences' | 'form' | 'action'> {
  content: AchievementContent | undefined;
  /** What can be chosen, where that is not given. */
  choices?: { id: string; name: string }[];
}

/** What it takes, and the form that begins it. */
export function BeginForm({ view, content, experiences, form, action, choices = [] }: BeginFormProps) {
  const words = view.t.validations.begin;
  const { join } = view.t.dossiers;
  const { cost, duration } = content?.offer ?? {};
  return (
    <>
      {(cost || duration) && (
        <dl class="facts">
          {duration && (
            <div>
              <dt>{words.duration}</dt>
              <dd>{duration}</dd>
            </div>
          )}
          {cost && (
            <div>
              <dt>{words.cost}</dt>
              <dd>{cost}</dd>
            </div>
          )}
        </dl>
      )}
      <form class="talk" method="post" action={action ?? view.path}>
        <input type="hidden" name="form" value={form} />
        {choices.length > 0 && (
          <div class="field">
            <label for="achievement">{join.choose}</label>
            <select id="achievement" name="achievement">
              <option value="">{join.none}</option>
              {choices.map(({ id, name }) => (
                <option value={id}>{name}</option>
              ))}
            </select>
          </div>
        )}
        <div class="field">
          <label for="aim" class="ask">
            {words.aim}
          </label>
          <span class="hint" id="aim-hint">
            {words.aimHint}
          </span>
          <textarea id="aim" name="aim" rows={3} maxlength={2000} aria-describedby="aim-hint"></textarea>
        </div>
        <Choices
          name="recognise"
          legend={words.recognise}
          chosen="yes"
          choices={Object.entries(words.recogniseChoices)}
        />
        <fieldset class="field">
          <legend class="label">{words.share}</legend>
          <span class="hint">{experiences.length ? words.shareHint : words.shareNone}</span>
          {experiences.map(({ id, title }) => (
            <label class="tick">
              <input type="checkbox" name="experience" value={id} />
              <span>
                <Visible text={title} t={view.t} />
              </span>
            </label>
          ))}
        </fieldset>
        <p class="actions">
          <button class="button big" type="submit">
            {words.send}
          </button>
        </p>
        <p class="note">{words.next}</p>
      </form>
    </>
  );
}
