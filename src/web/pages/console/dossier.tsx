import type { Basis } from '../../../catalogue/index.ts';
import {
  type ActingRole,
  type Look,
  moves,
  type Open,
  type QuestionTemplate,
  type Result,
} from '../../../dossiers/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { Decisions } from '../validations/decision.tsx';
import { Judgement, ReportLink, type Seen, Steps } from '../validations/parts.tsx';
import { Plan } from '../validations/plan.tsx';
import { SharedList } from '../validations/shown.tsx';
import { Report, Say, Talk } from '../validations/talk.tsx';
import { Add, Appeal, Intake, Ready } from './dossier-acts.tsx';
import { Decide, Reconsider } from './dossier-decide.tsx';
import { Judge } from './dossier-judge.tsx';
import { NextStep } from './dossier-next.tsx';
import { Sample, Samples } from './dossier-sample.tsx';
import { Team } from './dossier-team.tsx';
import { Aim, Kept, Newer } from './dossier-told.tsx';
import { roleFor, type Standing, type Step } from './dossier-turn.ts';
import type { Filled } from './fields.tsx';

export interface StaffPageProps {
  view: View;
  place: ConsolePlace;
  institution: Institution;
  look: Look;
  standing: Standing;
  step: Step | undefined;
  open: Open[];
  questions: QuestionTemplate[];
  /** Achievements that can be laid beside it, newest version. */
  addable: { id: string; name: string }[];
  /** Where the forms of a role go. */
  actionOf: (role: ActingRole) => string;
  /** Makes each form count once. */
  nonce: string;
  /** The fields of a form, as they were sent or as they begin. */
  filled: (move: string, begin?: Record<string, string | string[]>) => Filled;
  /** The move of a form that was refused, and what was written in it. */
  refused?: { move: string; texts: string[] };
  grounds: Basis[];
  results: Result[];
  ways: Record<string, string>;
  agreeing: boolean;
}

/** A dossier for staff: what waits for me and the one thing to do, then all that is needed for it. */
export function StaffPage(props: StaffPageProps) {
  const { view, place, look, institution, standing, step, nonce } = props;
  const words = view.t.dossiers;
  const { dossier } = look;
  const role = roleFor(props.standing, 'comment');
  const seen: Seen = {
    view,
    look,
    institution,
    self: standing.self,
    action: role ? props.actionOf(role) : '',
    form: nonce,
  };
  const open = !dossier.closedAt;
  const answer = roleFor(props.standing, 'answer');
  return (
    <>
      <p>
        <a href={`${place.base}/work`}>{words.page.back}</a>
      </p>
      <NextStep {...props} />
      <Kept {...props} />
      <Newer {...props} />
      <Aim {...props} />
      {step?.name === 'intake' && <Intake {...props} />}
      {step?.name === 'decide' && <Decide {...props} role={step.role} />}
      {step?.name === 'reconsider' && <Reconsider {...props} />}
      {step?.name === 'sample' && <Sample {...props} />}
      <Decisions
        {...seen}
        badges={[]}
        learner={false}
        papers={dossier.personId ? `${place.base}/dossiers/${dossier.id}` : undefined}
      />
      <Samples {...props} />
      <Judgement {...seen} title={words.page.judgement} />
      <div class={step?.name === 'judge' ? 'side' : undefined}>
        {open && (
          <section id="shown" aria-labelledby="shown-title">
            <h2 id="shown-title">{words.page.shared}</h2>
            <p class="soft">{words.page.sharedLead}</p>
            <SharedList view={view} look={look} files={`${place.base}/dossiers/${dossier.id}/files`} />
          </section>
        )}
        <Judge {...props} />
      </div>
      {open && (
        <Talk
          {...seen}
          answers={event => !!answer && event.data.type === 'ask' && event.data.to === 'staff'}
          confirms={event => event.role === 'learner' && !!role && moves['confirm-report'].by.includes(role)}
          recordings={`${place.base}/dossiers/${dossier.id}/recordings`}
        />
      )}
      {open && role && (
        <>
          <Say {...seen} text={props.filled('ask').get('text') || props.filled('comment').get('text')} />
          {dossier.state.accepted && <Ready {...props} action={props.actionOf(role)} />}
          {dossier.state.accepted && moves.report.by.includes(role) && <Report {...seen} />}
        </>
      )}
      <Team {...props} />
      {roleFor(props.standing, 'plan') && open && dossier.state.accepted && (
        <Plan {...seen} action={props.actionOf(roleFor(props.standing, 'plan')!)} side="institution" />
      )}
      <Add {...props} />
      <Appeal {...props} />
      <Steps {...seen} />
      <ReportLink view={view} base={`${place.base}/dossiers/${dossier.id}`} />
    </>
  );
}
