import { roleName } from '../../../institutions/index.ts';
import { day } from '../../format.ts';
import { Visible } from '../../visible.tsx';
import { Hidden } from '../validations/parts.tsx';
import type { StaffPageProps } from './dossier.tsx';
import { Choices, TextField } from './fields.tsx';

/** The board looks at a decision afterwards. */
export function Sample({ view, actionOf, nonce, filled }: StaffPageProps) {
  const words = view.t.dossiers.sample;
  const form = filled('sample');
  return (
    <section id="sample" aria-labelledby="sample-title">
      <h2 id="sample-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form class="panel" method="post" action={actionOf('board')}>
        <Hidden move="sample" form={nonce} />
        <Choices
          view={view}
          form={form}
          name="reading"
          label={words.reading}
          choices={[
            { value: 'same', label: words.same },
            { value: 'different', label: words.different },
          ]}
        />
        <TextField view={view} form={form} name="feedback" label={words.feedback} rows={4} max={20000} />
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </section>
  );
}

/** What the board told of decisions that it looked at again: a talk among staff. */
export function Samples({ view, look, institution }: StaffPageProps) {
  const words = view.t.dossiers.sample;
  const told = look.events.filter(event => event.data.type === 'sample');
  if (!told.length) return null;
  return (
    <section aria-labelledby="samples">
      <h2 id="samples">{words.told}</h2>
      <ul class="told">
        {told.map(event => (
          <li>
            <p class="soft">
              {roleName(view.language, institution.profile.kind, 'board')}, {day(event.at, view.language)} ·{' '}
              {event.data.type === 'sample' && words[event.data.reading]}
            </p>
            {typeof event.words?.feedback === 'string' && (
              <p class="said">
                <Visible text={event.words.feedback} t={view.t} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
