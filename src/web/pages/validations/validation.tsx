import type { MyBadge } from '../../../credentials/index.ts';
import { isDecided, type Look, phases, type Told } from '../../../dossiers/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import type { Experience, Portfolio } from '../../../portfolio/index.ts';
import { day } from '../../format.ts';
import type { Form } from '../../form.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Told as Done } from '../notebook/parts.tsx';
import { Decisions } from './decision.tsx';
import { Hidden, Judgement, Plan, Report, ReportLink, Ring, Say, type Seen, Steps, Talk, wordFor } from './parts.tsx';
import { turnWords } from './turn.ts';

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

/** A validation: whose turn it is and what to do, then the talk, the judgement, the decision, what is shown, and the plan. */
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
      {look.came && look.came.answer === null && learner && <Came {...seen} />}
      <Decisions
        {...seen}
        badges={props.badges}
        learner={learner}
        papers={learner ? `/validations/${dossier.id}` : undefined}
      />
      <Judgement {...seen} />
      {learner && <Reply {...props} seen={seen} />}
      <Talk
        {...seen}
        answers={event => open && answersAs(role, event)}
        confirms={event => open && (event.role === 'learner') !== learner}
      />
      {open && (
        <>
          <Say {...seen} />
          {dossier.state.accepted && <Report {...seen} />}
        </>
      )}
      {learner && open && <Shown {...props} seen={seen} />}
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

function Reply({ view, look, seen, sent }: ValidationProps & { seen: Seen }) {
  const words = view.t.validations.reply;
  const { state } = look.dossier;
  if (!state.judgement || isDecided(state) || look.dossier.closedAt) return null;
  const before = look.events.findLast(event => event.data.type === 'reply' && event.seq > state.judgement!.seq);
  return (
    <section id="reply" aria-labelledby="reply-title">
      <h2 id="reply-title">{words.title}</h2>
      {before && <p class="note">{words.again}</p>}
      <form class="talk" method="post" action={seen.action}>
        <Hidden move="reply" form={seen.form} on={state.version} />
        <div class="field">
          <label for="reply-text">{words.label}</label>
          <textarea id="reply-text" name="text" rows={4} maxlength={20000}>
            {sent?.get('text') ?? String(before?.words?.text ?? '')}
          </textarea>
        </div>
        <div class="field">
          <label for="own-words">{words.own}</label>
          <span class="hint" id="own-hint">
            {words.ownHint}
          </span>
          <textarea id="own-words" name="ownWords" rows={3} maxlength={5000} aria-describedby="own-hint">
            {sent?.get('ownWords') ?? String(before?.words?.ownWords ?? '')}
          </textarea>
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </section>
  );
}

/** What this learner shows here: each experience with who sees it, on or off. */
function Shown({ view, look, experiences, seen }: ValidationProps & { seen: Seen }) {
  const words = view.t.validations.shown;
  const shared = new Map(look.shared.map(each => [each.id, each]));
  return (
    <section id="shown" aria-labelledby="shown-title">
      <h2 id="shown-title">{words.title}</h2>
      <p class="soft">{words.lead}</p>
      {experiences.length === 0 ? (
        <div class="empty apart">
          <p>{words.none}</p>
          <p class="actions">
            <a class="button" href="/portfolio/new">
              {words.add}
            </a>
          </p>
        </div>
      ) : (
        <ul class="lines">
          {experiences.map(experience => {
            const now = shared.get(experience.id);
            return (
              <li class="toggles">
                <div>
                  <p>
                    <a href={`/portfolio/experiences/${experience.id}`}>
                      <Visible text={experience.title} t={view.t} />
                    </a>
                  </p>
                  <p class="note">{now ? (now.partners ? words.partners : words.staff) : words.nothing}</p>
                </div>
                <form method="post" action={seen.action}>
                  <input type="hidden" name="experience" value={experience.id} />
                  {now ? (
                    <button class="button quiet" type="submit" name="move" value="take-back">
                      {words.back}
                      <span class="visually-hidden">: {experience.title}</span>
                    </button>
                  ) : (
                    <>
                      <label class="tick">
                        <input type="checkbox" name="partners" /> <span>{words.partnersToo}</span>
                      </label>
                      <button class="button quiet" type="submit" name="move" value="share">
                        {words.share}
                        <span class="visually-hidden">: {experience.title}</span>
                      </button>
                    </>
                  )}
                </form>
              </li>
            );
          })}
        </ul>
      )}
      {experiences.length > 1 && look.shared.length < experiences.length && (
        <form class="actions" method="post" action={seen.action}>
          <input type="hidden" name="move" value="share" />
          {experiences
            .filter(e => !shared.has(e.id))
            .map(e => (
              <input type="hidden" name="experience" value={e.id} />
            ))}
          <button class="button quiet" type="submit">
            {words.shareAll}
          </button>
        </form>
      )}
    </section>
  );
}

function SharedWithGuide({ view, look }: { view: View; look: Look }) {
  const words = view.t.validations.shown;
  return (
    <section aria-labelledby="audience">
      <h2 id="audience">{words.audience}</h2>
      <SharedList view={view} look={look} files={`/validations/${look.dossier.id}/files`} />
    </section>
  );
}

/** What is shared, for who may see it: the story, and what shows it. */
export function SharedList({ view, look, files }: { view: View; look: Look; files: string }) {
  const words = view.t.validations.shown;
  if (!look.shared.length) return <p>{words.audienceNone}</p>;
  return (
    <ul class="lines">
      {look.shared.map(experience => (
        <li id={`x${experience.id}`}>
          <h3>
            <Visible text={experience.title} t={view.t} />
          </h3>
          <p class="spoke">
            <Visible text={experience.story} t={view.t} />
          </p>
          <ul class="plain">
            {experience.evidence.map(each => (
              <li>
                {each.fileId ? (
                  <a href={`${files}/${each.fileId}`}>
                    <Visible text={each.title} t={view.t} />
                  </a>
                ) : (
                  <a href={each.url ?? '#'} rel="noreferrer noopener nofollow">
                    <Visible text={each.title || (each.url ?? '')} t={view.t} />
                  </a>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function HandIn({ view, action, form }: Seen) {
  const words = view.t.validations.handIn;
  return (
    <section id="hand-in" class="question" aria-labelledby="hand-in-title">
      <h2 id="hand-in-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form class="actions" method="post" action={action}>
        <Hidden move="hand-in" form={form} />
        <button class="button" type="submit">
          {words.send}
        </button>
      </form>
    </section>
  );
}

function People({ view, look, institution, action, form }: Seen) {
  const words = view.t.validations.people;
  const { staff } = look.dossier.state;
  const assigned = (['guide', 'assessor', 'examiner'] as const).flatMap(role => staff[role].map(id => ({ role, id })));
  return (
    <section id="people" aria-labelledby="people-title">
      <h2 id="people-title">{words.title}</h2>
      {assigned.length + look.partners.length === 0 && <p>{words.none}</p>}
      <ul class="lines">
        {assigned.map(({ role, id }) => (
          <li>
            {look.names.get(id) ?? words.staff} · {wordFor(view, institution, role)}
          </li>
        ))}
        {look.partners.map(partner => (
          <li class="toggles">
            <div>
              <p>
                <Visible text={partner.name} t={view.t} />
              </p>
              <p class="note">
                {words.kinds[partner.kind]} · {words.until(day(partner.expiresAt, view.language))}
              </p>
            </div>
            <form method="post" action={action}>
              <input type="hidden" name="move" value="end-partner" />
              <input type="hidden" name="partner" value={partner.id} />
              <button class="button quiet" type="submit">
                {words.end}
                <span class="visually-hidden">: {partner.name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {!look.dossier.closedAt && (
        <details>
          <summary>{words.invite}</summary>
          <p class="apart">{words.inviteLead}</p>
          <form class="talk" method="post" action={action}>
            <Hidden move="invite" form={form} />
            <div class="field">
              <label for="partner-name">{words.name}</label>
              <input id="partner-name" name="name" type="text" required maxlength={200} />
            </div>
            <div class="field">
              <label for="partner-kind">{words.kind}</label>
              <select id="partner-kind" name="kind">
                {Object.entries(words.kinds).map(([value, label]) => (
                  <option value={value}>{label}</option>
                ))}
              </select>
            </div>
            <p class="actions">
              <button class="button" type="submit">
                {words.send}
              </button>
            </p>
          </form>
        </details>
      )}
    </section>
  );
}

function Came({ view, action }: Seen) {
  const words = view.t.validations.came;
  return (
    <section class="question" aria-labelledby="came-title">
      <h2 id="came-title">{words.title}</h2>
      <p>{words.lead}</p>
      <form class="talk" method="post" action={action}>
        <input type="hidden" name="move" value="came" />
        <label class="visually-hidden" for="came">
          {words.title}
        </label>
        <select id="came" name="answer">
          {Object.entries(words.answers).map(([value, label]) => (
            <option value={value}>{label}</option>
          ))}
        </select>
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </section>
  );
}

/** Stepping back, a next round, and stopping: always there, never in the way. */
function More({ view, look, action, form }: Seen) {
  const words = view.t.validations.more;
  const { state } = look.dossier;
  const decided = isDecided(state);
  const ended = (decided || (!state.recognise && state.reply !== null)) && state.reconsidering === null;
  return (
    <details>
      <summary>{words.title}</summary>
      {!decided && (
        <form class="talk" method="post" action={action}>
          <Hidden move="step" form={form} />
          <label for="phase">{words.step}</label>
          <p class="hint">{words.stepLead}</p>
          <select id="phase" name="phase">
            {phases.map(phase => (
              <option value={phase} selected={phase === look.dossier.phase}>
                {view.t.validations.phases[phase]}
              </option>
            ))}
          </select>
          <p class="actions">
            <button class="button quiet" type="submit">
              {words.step}
            </button>
          </p>
        </form>
      )}
      {ended && (
        <>
          <Act view={view} action={action} form={form} move="next-cycle" label={words.next} lead={words.nextLead} />
          <Act view={view} action={action} form={form} move="finish" label={words.finish} lead={words.finishLead} />
        </>
      )}
      {!decided && (
        <Act
          view={view}
          action={action}
          form={form}
          move="withdraw"
          label={words.withdraw}
          lead={words.withdrawLead}
          sure
        />
      )}
    </details>
  );
}

function Act(
  props: Pick<Seen, 'view' | 'action' | 'form'> & { move: string; label: string; lead: string; sure?: boolean },
) {
  const { view, action, form, move, label, lead, sure } = props;
  const words = view.t.validations.more;
  return (
    <form class="talk" method="post" action={action}>
      <Hidden move={move} form={form} />
      <p>{lead}</p>
      {sure && (
        <label class="tick">
          <input type="checkbox" required /> <span>{words.sure}</span>
        </label>
      )}
      <p class="actions">
        <button class={sure ? 'button danger' : 'button quiet'} type="submit">
          {label}
        </button>
      </p>
    </form>
  );
}
