import type { Dossier, Look } from '../../../dossiers/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { turnWords, type TurnWords } from './turn.ts';

export interface ValidationsProps {
  view: View;
  looks: Look[];
  guided: Dossier[];
  /** Names of those whom they guide, by id. */
  learners: Map<string, string>;
  institutions: Map<string, Institution>;
  grown: { experiences: number; badges: number };
}

/** The learner's own view: what grows, and what runs. */
export function ValidationsPage({ view, looks, guided, learners, institutions, grown }: ValidationsProps) {
  const words = view.t.validations;
  const institutionOf = ({ dossier }: Look) => institutions.get(dossier.institutionId);
  const turns = new Map(
    looks.flatMap(look => {
      const institution = institutionOf(look);
      return institution ? [[look, turnWords(view, look, institution, 'learner')] as const] : [];
    }),
  );
  const first = looks.find(look => turns.get(look)?.act);
  const running = looks.filter(look => !look.dossier.closedAt).length;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {looks.length === 0 && (
          <div class="empty apart">
            <p>
              <strong>{words.none}</strong>
            </p>
            <p>{words.noneLead}</p>
          </div>
        )}
        <ul class="running">
          {looks.map(look => (
            <Card
              view={view}
              look={look}
              turn={turns.get(look)}
              institution={institutionOf(look)}
              first={look === first}
            />
          ))}
        </ul>
        <p class="actions">
          <a class={looks.length ? 'button quiet' : 'button big'} href="/catalogue">
            {words.find}
          </a>
        </p>
      </section>
      <section aria-labelledby="grown">
        <h2 id="grown">{words.grown.title}</h2>
        <ul class="plain">
          <li>
            <a href="/portfolio">{words.grown.experiences(grown.experiences)}</a>
          </li>
          <li>
            <a href="/badges">{words.grown.badges(grown.badges)}</a>
          </li>
          <li>{words.grown.running(running)}</li>
        </ul>
      </section>
      {guided.length > 0 && (
        <section aria-labelledby="guided">
          <h2 id="guided">{words.guideView}</h2>
          <ul class="lines">
            {guided.map(dossier => (
              <li>
                <a href={`/validations/${dossier.id}`}>
                  <Visible text={learners.get(dossier.state.learner) ?? words.who.theLearner} t={view.t} /> ·{' '}
                  {institutions.get(dossier.institutionId)?.profile.name} · {words.phases[dossier.phase]}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface CardProps {
  view: View;
  look: Look;
  turn: TurnWords | undefined;
  institution: Institution | undefined;
  /** The first that waits for them: what to do now. */
  first: boolean;
}

function Card({ view, look, turn, institution, first }: CardProps) {
  const words = view.t.validations;
  const { dossier, titles } = look;
  const title = [...titles.values()].join(', ') || words.free;
  return (
    <li>
      <h2>
        <a href={`/validations/${dossier.id}`}>
          <Visible text={title} t={view.t} />
        </a>
      </h2>
      <p class="soft">
        {institution?.profile.name} · {words.phases[dossier.phase]} · {words.cycle(dossier.cycle)}
      </p>
      {turn && <p>{turn.mine ? <strong>{turn.title}</strong> : turn.title}</p>}
      {first && turn?.act && (
        <p class="actions">
          <a class="button" href={`/validations/${dossier.id}${turn.act.href}`}>
            {turn.act.label}
          </a>
        </p>
      )}
    </li>
  );
}
