import type { MyBadge } from '../../../credentials/index.ts';
import { isDecided, type Look, type Told } from '../../../dossiers/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import type { Experience, Portfolio } from '../../../portfolio/index.ts';
import type { Form } from '../../form.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Told as Done } from '../notebook/parts.tsx';
import { Decisions } from './decision.tsx';
import { Came, HandIn, More } from './onward.tsx';
import { Judgement, ReportLink, Ring, type Seen, Steps } from './parts.tsx';
import { People } from './people.tsx';
import { Plan } from './plan.tsx';
import { Reply } from './reply.tsx';
import { SharedWithGuide, Shown } from './shown.tsx';
import { Report, Say, Talk } from './talk.tsx';
import { turnWords, type TurnWords } from './turn.ts';

export interface ValidationProps {
  view: View;
  look: Look;
  role: 'learner' | 'guide';
  self: string;
  institution: Institution;
  experiences: Experience[];
  help: Portfolio['help'];
  badges: MyBadge[];
  done: string | undefined;
  form: string;
  /** Someone else moved in between: what was sent is shown again, and nothing of it is lost. */
  stale?: boolean;
  sent?: Form;
  link?: { name: string; url: string };
}

/**
 * A validation: whose turn it is and what to do, then the talk, the judgement, the decision, what is shown, and the
 * plan.
 */
export function ValidationPage(props: ValidationProps) {
  const { view, look, role, institution, self, done, form, stale, link } = props;
  const words = view.t.validations;
  const { dossier } = look;
  const turn = turnWords(view, look, institution, role);
  const title = [...look.titles.values()].join(', ') || words.free;
  const seen: Seen = { view, look, institution, self, action: `/validations/${dossier.id}`, form };
  const open = !dossier.closedAt;
  const learner = role === 'learner';
  return (
    <>
      <Done words={stale ? words.stale : words.done[done as keyof typeof words.done]} />
      {link && <Invited view={view} link={link} />}
      <h1>
        <Visible text={title} t={view.t} />
      </h1>
      <p class="soft">{institution.profile.name}</p>
      {!learner && <p class="note">{words.guideView}</p>}
      <Turn view={view} look={look} turn={turn} />
      {look.came && look.came.answer === null && learner && <Came {...seen} />}
      <Decisions
        {...seen}
        badges={props.badges}
        learner={learner}
        papers={learner ? `/validations/${dossier.id}` : undefined}
      />
      <div id="judged">
        <Judgement {...seen} />
        {learner && <Reply {...seen} sent={props.sent} />}
      </div>
      <Talk
        {...seen}
        answers={event => open && answersAs(role, event)}
        confirms={event => open && (event.role === 'learner') !== learner}
        recordings={`/validations/${dossier.id}/recordings`}
      />
      {open && (
        <>
          <Say {...seen} />
          {dossier.state.accepted && <Report {...seen} />}
        </>
      )}
      {learner && open && <Shown {...seen} experiences={props.experiences} />}
      {!learner && <SharedWithGuide view={view} look={look} />}
      {learner && open && dossier.state.accepted && !dossier.state.handedIn && !isDecided(dossier.state) && (
        <HandIn {...seen} />
      )}
      <Plan {...seen} side={learner ? 'learner' : 'institution'} />
      {learner && <People {...seen} />}
      {learner && open && <More {...seen} />}
      <Steps {...seen} />
      {learner && <ReportLink view={view} base={`/validations/${dossier.id}`} />}
    </>
  );
}

function Turn({ view, look, turn }: { view: View; look: Look; turn: TurnWords }) {
  return (
    <section class="turn" aria-labelledby="next">
      <Ring view={view} look={look} />
      <div>
        <h2 id="next">{turn.title}</h2>
        {turn.text && <p>{turn.text}</p>}
        {turn.act && (
          <p class="actions">
            <a class="button big" href={turn.act.href}>
              {turn.act.label}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

/** A question to the learner is theirs to answer; one to the institution is for whoever is on that side. */
const answersAs = (role: 'learner' | 'guide', event: Told) =>
  event.data.type === 'ask' && (event.data.to === 'learner') === (role === 'learner');

function Invited({ view, link }: { view: View; link: { name: string; url: string } }) {
  const words = view.t.validations.people;
  return (
    <div class="notice done" role="status">
      <p>
        <strong>{words.linkFor(link.name)}</strong>
      </p>
      <p>{words.link}</p>
      <p>
        <code>{link.url}</code>
      </p>
    </div>
  );
}
