import { isDecided, type Look, type Open, type Part } from '../../../dossiers/index.ts';
import { type Institution, roleName } from '../../../institutions/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Hidden } from '../validations/parts.tsx';
import type { StaffPageProps } from './dossier.tsx';
import { isAssigned } from './dossier-turn.ts';
import { Choices, type Filled, TextField } from './fields.tsx';

interface JudgeProps {
  view: View;
  look: Look;
  institution: Institution;
  open: Open[];
  action: string;
  nonce: string;
  form: Filled;
  /** Whether the form was sent before: then what it says holds, and not what the learner laid beside it. */
  sent: boolean;
}

/** Whether someone can judge here now. */
export const canJudge = ({ standing }: StaffPageProps): boolean => {
  const { state, closedAt } = standing.dossier;
  return isAssigned(standing, 'assessor') && !closedAt && state.handedIn && !isDecided(state);
};

/** The judgement to be written, or written again; folded away while something else waits. */
export function Judge(props: StaffPageProps) {
  const { view, look, step, actionOf, nonce, filled, refused } = props;
  const words = view.t.dossiers.judge;
  const { state } = look.dossier;
  if (!canJudge(props)) return null;
  const sent = refused?.move === 'judge';
  const form = filled('judge', { route: state.judgement?.route ?? 'examiner', ...(sent ? {} : writtenBefore(look)) });
  const page = (
    <>
      <p class="soft">{words.lead}</p>
      <JudgeForm {...props} action={actionOf('assessor')} nonce={nonce} form={form} sent={sent} />
    </>
  );
  return (
    <section id="judge" aria-labelledby="judge-title">
      <h2 id="judge-title">{words.title}</h2>
      {step?.name === 'judge' || sent ? (
        page
      ) : (
        <details>
          <summary>{view.t.dossiers.turn.act.judge}</summary>
          {page}
        </details>
      )}
    </section>
  );
}

/** The words of one's judgement in this cycle: a new one begins with them. */
function writtenBefore({ events, dossier: { state } }: Look): Record<string, string> {
  const before = state.judgement && events.find(event => event.seq === state.judgement!.seq);
  if (before?.data.type !== 'judge' || !before.words) return {};
  const { units, ways, advice, sees, overall } = before.words as Record<string, unknown>;
  const each = (list: unknown, name: string) =>
    Object.entries((list ?? {}) as Record<string, string>).map(([id, text]) => [`${name}-${id}`, text] as const);
  return Object.fromEntries([
    ...each(units, 'whole'),
    ...each(ways, 'ways'),
    ...before.data.units.map(id => [`stands-${id}`, 'yes'] as const),
    ...Object.entries({ advice, sees, overall }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  ]);
}

/**
 * The whole judgement on one page: for each part a view of the whole, whether it stands, and which experiences carry it.
 * What the learner laid beside it is ticked already, so that little is left to click.
 */
function JudgeForm(props: JudgeProps) {
  const { view, look, institution, open, action, nonce, form } = props;
  const words = view.t.dossiers.judge;
  const { state } = look.dossier;
  const { kind } = institution.profile;
  const name = (role: 'examiner' | 'board') => roleName(view.language, kind, role);
  const parts = open.flatMap(a => a.parts);
  return (
    <form class="panel" method="post" action={action}>
      <Hidden move="judge" form={nonce} on={state.version} />
      {state.judgement && <p class="note apart">{words.again}</p>}
      {parts.length === 0 && (
        <TextField view={view} form={form} name="overall" label={words.whole} rows={5} max={20000} optional />
      )}
      {open.map(achievement => (
        <>
          {achievement.parts.map(part => (
            <PartFields {...props} part={part} />
          ))}
          {state.recognise && (
            <TextField
              view={view}
              form={form}
              name={`ways-${achievement.id}`}
              label={words.ways(achievement.title)}
              hint={words.waysHint}
              rows={2}
              max={5000}
              optional
            />
          )}
        </>
      ))}
      <TextField view={view} form={form} name="advice" label={words.advice} rows={3} max={20000} />
      <TextField view={view} form={form} name="sees" label={words.sees} rows={3} max={20000} optional />
      {state.recognise && (
        <Choices
          view={view}
          form={form}
          name="route"
          label={words.route}
          choices={[
            { value: 'examiner', label: words.toExaminer(name('examiner')) },
            { value: 'board', label: words.toBoard(name('board')) },
          ]}
        />
      )}
      <p class="actions">
        <button class="button" type="submit">
          {words.send}
        </button>
      </p>
      <p class="note">{words.next}</p>
    </form>
  );
}

function PartFields({ view, look, form, part, sent }: JudgeProps & { part: Part }) {
  const words = view.t.dossiers.judge;
  const ticked = (id: string) => (sent ? form.all(`carry-${part.id}`).includes(id) : part.own.has(id));
  return (
    <fieldset class="part" id={`part-${part.id}`}>
      <legend>
        <h3>
          <Visible text={part.title} t={view.t} />
        </h3>
      </legend>
      {part.outcomes.length > 0 && (
        <details>
          <summary>{words.outcomes}</summary>
          <ul class="plain">
            {part.outcomes.map(outcome => (
              <li>
                <Visible text={outcome.name} t={view.t} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <TextField view={view} form={form} name={`whole-${part.id}`} label={words.whole} rows={4} max={20000} />
      {look.dossier.state.recognise && (
        <Choices
          view={view}
          form={form}
          name={`stands-${part.id}`}
          label={words.stands}
          choices={[
            { value: 'yes', label: words.yes },
            { value: 'no', label: words.no },
          ]}
        />
      )}
      <fieldset class="field">
        <legend class="label">{words.carried}</legend>
        {look.shared.length === 0 ? (
          <p class="note">{words.nothingShared}</p>
        ) : (
          <>
            <span class="hint">{words.carriedHint}</span>
            <div class="carried">
              {look.shared.map(({ id, title }) => (
                <label class="choice">
                  <input type="checkbox" name={`carry-${part.id}`} value={id} checked={ticked(id)} />
                  <span>
                    <Visible text={title} t={view.t} />
                  </span>
                </label>
              ))}
            </div>
            <label class="choice">
              <input
                type="checkbox"
                name={`all-${part.id}`}
                value="yes"
                checked={form.get(`all-${part.id}`) === 'yes'}
              />
              <span>{words.all}</span>
            </label>
          </>
        )}
      </fieldset>
    </fieldset>
  );
}
