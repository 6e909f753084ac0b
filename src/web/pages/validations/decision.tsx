import type { MyBadge } from '../../../credentials/index.ts';
import { type Decision, recourseOf } from '../../../dossiers/index.ts';
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

/** What was decided, newest first: what stands, how the rest can be shown, what it rests on, and what is open after it. */
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

function OneDecision(props: DecisionsProps & { decision: Decision }) {
  const { view, look, institution, decision, badges, learner, papers, action, form } = props;
  const words = view.t.validations.decision;
  const event = look.events.find(each => each.seq === decision.seq);
  const { kind } = institution.profile;
  const ways = (event?.words?.ways ?? {}) as Record<string, string>;
  const motive = event?.words?.motive ?? event?.words?.text;
  const recourse = recourseOf(view.language, kind, decision);
  const { state } = look.dossier;
  const upheld = look.events.some(
    each => each.data.type === 'reconsider' && each.data.upheld && each.seq > decision.seq,
  );
  const canAsk =
    learner &&
    !look.dossier.closedAt &&
    recourse.reconsideration &&
    state.reconsidering === null &&
    !upheld &&
    view.now.toISOString() <= decision.reconsiderUntil;
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
        {decision.results.map(result => {
          const made = look.awards.find(a => a.decision === decision.seq && a.achievementId === result.achievement);
          const badge = made?.awardId && badges.find(each => each.id === made.awardId);
          return (
            <li>
              <p>
                <strong>{look.titles.get(result.achievement)}</strong>{' '}
                <span class={result.outcome === 'awarded' ? 'state valid' : 'state'}>
                  {result.outcome === 'awarded' ? words.awarded : words.notYet}
                </span>
              </p>
              {result.outcome === 'not-yet' && (
                <>
                  <p class="note">{words.notYetLead}</p>
                  {result.stands.length > 0 && (
                    <p>
                      {words.stands} {result.stands.map(unit => look.units.get(unit) ?? unit).join(', ')}
                    </p>
                  )}
                  {ways[result.achievement] && (
                    <p>
                      {words.ways} <Visible text={ways[result.achievement]!} t={view.t} />
                    </p>
                  )}
                </>
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
        })}
      </ul>
      {typeof motive === 'string' && motive && (
        <p>
          {words.motive}: <Visible text={motive} t={view.t} />
        </p>
      )}
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
      {canAsk && (
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
      )}
    </article>
  );
}
