import type { MyBadge } from '../../../credentials/index.ts';
import { type Decision, recourseOf, type Result } from '../../../dossiers/index.ts';
import { roleName } from '../../../institutions/index.ts';
import { day } from '../../format.ts';
import { Visible } from '../../visible.tsx';
import { Hidden, type Seen } from './parts.tsx';

interface DecisionsProps extends Seen {
  badges: MyBadge[];
  /** The learner can ask for a reconsideration here. */
  learner: boolean;
  /** Where the signed document of each decision is, for whom it is for. */
  papers?: string | undefined;
}

/**
 * What was decided, newest first: what stands, how the rest can be shown, what it rests on, and what is open after it.
 */
export function Decisions(props: DecisionsProps) {
  const { look } = props;
  const { decisions } = look.dossier.state;
  if (!decisions.length) return null;
  return (
    <section id="decision" aria-labelledby="decision-title">
      <h2 id="decision-title">{props.view.t.validations.decision.title}</h2>
      {[...decisions].reverse().map(decision => (
        <OneDecision {...props} decision={decision} />
      ))}
    </section>
  );
}

type OneProps = DecisionsProps & { decision: Decision };

function OneDecision(props: OneProps) {
  const { view, look, institution, decision } = props;
  const words = view.t.validations.decision;
  const event = look.events.find(each => each.seq === decision.seq);
  const { kind } = institution.profile;
  const ways = (event?.words?.ways ?? {}) as Record<string, string>;
  const motive = event?.words?.motive ?? event?.words?.text;
  return (
    <article class="decided">
      <p class="soft">
        {words.by(
          roleName(view.language, kind, decision.role),
          day(event?.at ?? decision.reconsiderUntil, view.language),
        )}{' '}
        {words.basis[decision.basis]}
      </p>
      {(event?.data.waived ?? []).map(rule => (
        <p class="note">{words.waived[rule]}</p>
      ))}
      <ul class="lines">
        {decision.results.map(result => (
          <OneResult {...props} result={result} way={ways[result.achievement]} />
        ))}
      </ul>
      {typeof motive === 'string' && motive && (
        <p>
          {words.motive}: <Visible text={motive} t={view.t} />
        </p>
      )}
      <After {...props} />
    </article>
  );
}

/** What stands for one achievement, how the rest can be shown, and the badge that it led to. */
function OneResult(props: OneProps & { result: Result; way: string | undefined }) {
  const { view, look, decision, badges, learner, result, way } = props;
  const words = view.t.validations.decision;
  const made = look.awards.find(a => a.decision === decision.seq && a.achievementId === result.achievement);
  const badge = made?.awardId && badges.find(each => each.id === made.awardId);
  const awarded = result.outcome === 'awarded';
  return (
    <li>
      <p>
        <strong>{look.titles.get(result.achievement)}</strong>{' '}
        <span class={awarded ? 'state valid' : 'state'}>{awarded ? words.awarded : words.notYet}</span>
      </p>
      {!awarded && <p class="note">{words.notYetLead}</p>}
      {!awarded && result.stands.length > 0 && (
        <p>
          {words.stands} {result.stands.map(unit => look.units.get(unit) ?? unit).join(', ')}
        </p>
      )}
      {!awarded && way && (
        <p>
          {words.ways} <Visible text={way} t={view.t} />
        </p>
      )}
      {badge && (
        <p class="actions">
          <a class="button" href={`/badges/${badge.id}`}>
            {words.badge}
          </a>
        </p>
      )}
      {learner && made && !badge && <p class="note">{words.waits}</p>}
    </li>
  );
}

/** What is open after a decision: looking at it again, appeal elsewhere, and its papers. */
function After(props: OneProps) {
  const { view, look, institution, decision, learner, papers } = props;
  const words = view.t.validations.decision;
  const { state, closedAt } = look.dossier;
  const recourse = recourseOf(view.language, institution.profile.kind, decision);
  const upheld = look.events.some(
    each => each.data.type === 'reconsider' && each.data.upheld && each.seq > decision.seq,
  );
  const still = !closedAt && !upheld && view.now.toISOString() <= decision.reconsiderUntil;
  return (
    <>
      {upheld && <p>{words.upheld}</p>}
      {state.reconsidering === decision.seq && <p class="note">{words.again}</p>}
      <p class="note apart">
        {recourse.reconsideration} {recourse.appeal}
      </p>
      {papers && (
        <p class="note">
          <a href={`${papers}/decisions/${decision.seq}.pdf`} download>
            {view.t.decisions.pdf}
          </a>{' '}
          ·{' '}
          <a href={`${papers}/decisions/${decision.seq}.json`} download>
            {view.t.decisions.json}
          </a>
        </p>
      )}
      {learner && still && recourse.reconsideration && state.reconsidering === null && <AskAgain {...props} />}
    </>
  );
}

function AskAgain({ view, decision, action, form }: OneProps) {
  const words = view.t.validations.decision;
  return (
    <details>
      <summary>{words.reconsider}</summary>
      <form class="talk" method="post" action={action}>
        <Hidden move="ask-reconsideration" form={form} seq={decision.seq} />
        <label for={`again-${decision.seq}`}>{words.reconsiderLabel}</label>
        <textarea id={`again-${decision.seq}`} name="text" rows={4} required maxlength={20000}></textarea>
        <span class="hint">{words.reconsiderUntil(day(decision.reconsiderUntil, view.language))}</span>
        <p class="actions">
          <button class="button" type="submit">
            {words.reconsider}
          </button>
        </p>
      </form>
    </details>
  );
}
