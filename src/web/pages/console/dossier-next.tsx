import { day } from '../../format.ts';
import { Ring } from '../validations/parts.tsx';
import type { StaffPageProps } from './dossier.tsx';
import { TakeUp } from './dossier-team.tsx';
import type { Step } from './dossier-turn.ts';
import { whoseTurn } from './dossier-work.tsx';

/** Whose turn it is, and the one thing to do. */
export function NextStep(props: StaffPageProps) {
  const { view, look, institution, step } = props;
  const { turn: words } = view.t.dossiers;
  const { dossier } = look;
  const place = { institution };
  return (
    <section class="turn" aria-labelledby="next">
      <Ring view={view} look={look} />
      <div>
        <h2 id="next">{step ? words.mine : whoseTurn(view, place, dossier)}</h2>
        <p>{step ? sentenceOf(props, step) : waitingWords(props)}</p>
        {step && dossier.dueAt && step.name !== 'sample' && (
          <p class="note">{words.due(day(dossier.dueAt, view.language))}</p>
        )}
        {step?.name === 'takeUp' ? (
          <TakeUp {...props} role={step.role as 'assessor' | 'examiner'} label={words.act.takeUp} />
        ) : (
          step &&
          // Once someone is about to agree, that is the one thing to do.
          !props.agreeing && (
            <p class="actions">
              <a class="button big" href={hrefOf(props, step)}>
                {step.name === 'decide' && canAgree(props) ? words.act.agree : words.act[step.name]}
              </a>
            </p>
          )
        )}
      </div>
    </section>
  );
}

function sentenceOf({ view }: StaffPageProps, step: Step): string {
  const { turn: words } = view.t.dossiers;
  switch (step.name) {
    case 'intake':
      return words.coordinator;
    case 'takeUp':
      return words.free;
    case 'judge':
      return words.assessor;
    default:
      return words[step.name];
  }
}

function waitingWords({ view, look }: StaffPageProps): string {
  const { turn: words, page } = view.t.dossiers;
  const { turn, state } = look.dossier;
  if (turn === 'closed') return page.closed[state.closed ?? 'finished'];
  return turn === 'awaiting-learner' || turn === 'awaiting-reply' ? words.learner : words.nothing;
}

const canAgree = ({ grounds, results }: StaffPageProps) =>
  grounds.length > 0 && results.length > 0 && results.every(r => r.outcome === 'awarded' || r.ways > 0);

function hrefOf(props: StaffPageProps, step: Step): string {
  if (step.name === 'answer' || step.name === 'confirm') return `#e${step.seq}`;
  if (step.name === 'decide' && canAgree(props))
    return `${props.place.base}/dossiers/${props.look.dossier.id}?agree=1#decide`;
  return step.name === 'assign' ? '#team' : `#${step.name}`;
}
