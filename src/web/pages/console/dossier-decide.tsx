import type { Basis } from '../../../catalogue/index.ts';
import type { ActingRole, Look, Open, Result, Told } from '../../../dossiers/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Hidden } from '../validations/parts.tsx';
import type { StaffPageProps } from './dossier.tsx';
import { Choices, type Filled, TextField } from './fields.tsx';

interface DecideProps {
  view: View;
  look: Look;
  open: Open[];
  action: string;
  nonce: string;
  form: Filled;
  /** Grounds on which this role can decide here, the usual one first. */
  grounds: Basis[];
  /** What the judgement comes to. */
  results: Result[];
  /** How the rest can be shown, as the assessor wrote it. */
  ways: Record<string, string>;
  /** Someone asked to agree, and has yet to confirm it. */
  agreeing: boolean;
}

/** The decision that waits for someone. */
export function Decide(props: StaffPageProps & { role: ActingRole }) {
  return (
    <section id="decide" aria-labelledby="decide-title">
      <h2 id="decide-title">{props.view.t.dossiers.decide.title}</h2>
      <DecideForm {...props} action={props.actionOf(props.role)} form={decideBegin(props)} />
    </section>
  );
}

/** A decision that the board looks at again because the learner asked. */
export function Reconsider(props: StaffPageProps) {
  return (
    <section id="reconsider" aria-labelledby="reconsider-title">
      <h2 id="reconsider-title">{props.view.t.dossiers.reconsider.title}</h2>
      <ReconsiderForm
        {...props}
        action={props.actionOf('board')}
        form={reconsiderBegin(props)}
        why={whyAgain(props.look)}
      />
    </section>
  );
}

/** A decision that was not made yet begins with what the judgement comes to. */
const decideBegin = ({ filled, results, ways, grounds }: StaffPageProps): Filled =>
  filled('decide', {
    basis: grounds[0] ?? '',
    ...Object.fromEntries(
      results.flatMap(r => [
        [`outcome-${r.achievement}`, r.outcome],
        [`stands-${r.achievement}`, r.stands],
        [`ways-${r.achievement}`, ways[r.achievement] ?? ''],
      ]),
    ),
  });

const reconsiderBegin = ({ filled, open }: StaffPageProps): Filled =>
  filled('reconsider', Object.fromEntries(open.map(a => [`outcome-${a.id}`, 'not-yet'])));

const whyAgain = ({ events }: Look): string =>
  String(events.findLast((event: Told) => event.data.type === 'ask-reconsideration')?.words?.text ?? '');

/** The decision: agreeing with the advice is one question; deciding otherwise says it for each achievement. */
function DecideForm(props: DecideProps) {
  const { view, grounds, agreeing, results } = props;
  const words = view.t.dossiers.decide;
  if (!grounds.length) return <p class="note">{words.noGround}</p>;
  const complete = results.every(result => result.outcome === 'awarded' || result.ways > 0);
  return (
    <>
      {agreeing && complete && <Agree {...props} />}
      {!complete && <p class="note">{words.cannotAgree}</p>}
      <details open={!agreeing || !complete}>
        <summary>{words.other}</summary>
        <OtherForm {...props} />
      </details>
    </>
  );
}

function Agree({ view, look, open, action, nonce, grounds, results, ways }: DecideProps) {
  const words = view.t.dossiers.decide;
  const { basis } = view.t.validations.decision;
  return (
    <form class="panel" method="post" action={action}>
      <Hidden move="agree" form={nonce} on={look.dossier.state.version} />
      <h3 class="apart">{words.agreeTitle}</h3>
      <p>{words.agreeLead}</p>
      <ul class="told">
        {results.map(result => (
          <li>
            <strong>{open.find(a => a.id === result.achievement)?.title}</strong>:{' '}
            {result.outcome === 'awarded' ? words.awarded : words.notYet}
            {result.outcome === 'not-yet' && (
              <p class="note said">
                {words.ways} <Visible text={ways[result.achievement] ?? ''} t={view.t} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="note">{basis[grounds[0]!]}</p>
      <p class="actions">
        <button class="button" type="submit">
          {words.agree}
        </button>
      </p>
    </form>
  );
}

function OtherForm(props: DecideProps) {
  const { view, look, action, nonce, form, grounds } = props;
  const words = view.t.dossiers.decide;
  const { basis } = view.t.validations.decision;
  return (
    <form class="panel" method="post" action={action}>
      <Hidden move="decide" form={nonce} on={look.dossier.state.version} />
      <ResultFields {...props} />
      <Choices
        view={view}
        form={form}
        name="basis"
        label={words.basis}
        choices={grounds.map(value => ({ value, label: basis[value] }))}
      />
      <TextField view={view} form={form} name="motive" label={words.motive} rows={3} max={20000} optional />
      <p class="actions">
        <button class="button quiet" type="submit">
          {words.send}
        </button>
      </p>
    </form>
  );
}

/** What is decided on each achievement that is still open. */
function ResultFields({ view, open, form }: Pick<DecideProps, 'view' | 'open' | 'form'>) {
  const words = view.t.dossiers.decide;
  return (
    <>
      {open.map(({ id, title, parts }) => (
        <fieldset class="part">
          <legend>
            <h3>
              <Visible text={title} t={view.t} />
            </h3>
          </legend>
          <Choices
            view={view}
            form={form}
            name={`outcome-${id}`}
            label={words.outcome(title)}
            choices={[
              { value: 'awarded', label: words.awarded },
              { value: 'not-yet', label: words.notYet },
            ]}
          />
          {parts.some(part => part.id !== id) && (
            <Choices
              view={view}
              form={form}
              name={`stands-${id}`}
              label={words.stands}
              many
              choices={parts.map(part => ({ value: part.id, label: part.title }))}
            />
          )}
          <TextField
            view={view}
            form={form}
            name={`ways-${id}`}
            label={words.ways}
            hint={words.waysHint}
            rows={2}
            max={5000}
            optional
          />
        </fieldset>
      ))}
    </>
  );
}

interface ReconsiderProps extends Pick<DecideProps, 'view' | 'look' | 'open' | 'action' | 'nonce' | 'form'> {
  /** What the learner wrote. */
  why: string;
}

/** The board looks at a decision again: it stands, or it changes. */
function ReconsiderForm(props: ReconsiderProps) {
  const { view, look, action, nonce, form, why, open } = props;
  const words = view.t.dossiers.reconsider;
  return (
    <form class="panel" method="post" action={action}>
      <Hidden move="reconsider" form={nonce} on={look.dossier.state.version} />
      {why && (
        <>
          <p class="apart">{words.why}</p>
          <p class="said">
            <Visible text={why} t={view.t} />
          </p>
        </>
      )}
      <Choices
        view={view}
        form={form}
        name="upheld"
        label={words.choice}
        choices={[
          { value: 'yes', label: words.upheld },
          ...(open.length ? [{ value: 'no', label: words.revised }] : []),
        ]}
      />
      <TextField view={view} form={form} name="why" label={words.text} rows={4} max={20000} />
      {open.length > 0 && (
        <details open={form.get('upheld') === 'no'}>
          <summary>{words.results}</summary>
          <ResultFields view={view} open={open} form={form} />
        </details>
      )}
      <p class="actions">
        <button class="button" type="submit">
          {words.send}
        </button>
      </p>
    </form>
  );
}
