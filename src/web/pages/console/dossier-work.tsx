import type { Dossier, Work } from '../../../dossiers/index.ts';
import { roleName } from '../../../institutions/index.ts';
import { DAY_MS } from '../../../platform/clock.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { wordFor } from '../validations/parts.tsx';
import { DossierRooms } from './dossier-rooms.tsx';

interface WaitingProps {
  view: View;
  place: ConsolePlace;
  work: Work[];
  underWay: Dossier[];
  /** Names of learners, and of achievements, by id. */
  names: Map<string, string>;
  titles: Map<string, string>;
  /** Makes a form count once. */
  form: string;
  /** Something else waits, and stands below. */
  more?: boolean;
}

/** "Wat op mij wacht": in each of my roles, soonest due first. */
export function WaitingPage(props: WaitingProps) {
  const { view, place, work, underWay, more } = props;
  const words = view.t.dossiers.work;
  const [first] = work;
  const others = underWay.filter(dossier => !work.some(each => each.dossier.id === dossier.id));
  return (
    <>
      <DossierRooms view={view} place={place} />
      {first ? (
        <>
          <p class="lead">{words.lead}</p>
          <p class="actions">
            <a class="button" href={`${place.base}/dossiers/${first.dossier.id}`}>
              {words.first}
            </a>
          </p>
          <WorkTable {...props} />
        </>
      ) : more ? null : (
        <div class="empty apart">
          <p>
            <strong>{words.none}</strong>
          </p>
          <p>{words.noneLead}</p>
        </div>
      )}
      <section aria-labelledby="under-way">
        <h2 id="under-way">{words.underWay}</h2>
        {others.length === 0 && <p>{words.underWayNone}</p>}
        <ul class="rooms-list">
          {others.map(dossier => (
            <li>
              <a href={`${place.base}/dossiers/${dossier.id}`}>
                <Visible text={titleOf(props, dossier)} t={view.t} />
              </a>
              <p class="note">
                {whoseTurn(view, place, dossier)} · {words.since(day(dossier.turnAt, view.language))}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function WorkTable(props: WaitingProps) {
  const { view, place, work, form } = props;
  const words = view.t.dossiers.work;
  return (
    <table class="stack apart">
      <caption class="visually-hidden">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.due}</th>
        </tr>
      </thead>
      <tbody>
        {work.map(each => {
          const { dossier, role, free, sample } = each;
          return (
            <tr>
              <th scope="row">
                <a href={`${place.base}/dossiers/${dossier.id}`}>
                  <Visible text={titleOf(props, dossier)} t={view.t} />
                </a>
              </th>
              <td data-label={words.what}>
                {words.todo[todoOf(each)]} <span class="tag">{roleOf(view, place, role)}</span>
                {free && (
                  <form method="post" action={`${place.base}/dossiers/${dossier.id}/${role}`}>
                    <input type="hidden" name="move" value="take-up" />
                    <input type="hidden" name="form" value={`${form}.${dossier.id}`} />
                    <span class="note">{words.free}</span>{' '}
                    <button class="quiet" type="submit">
                      {words.takeUp}
                      <span class="visually-hidden">: {titleOf(props, dossier)}</span>
                    </button>
                  </form>
                )}
              </td>
              <td data-label={words.due}>{sample ? words.noTerm : dueIn(view, dossier.dueAt)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const roleOf = (view: View, { institution }: ConsolePlace, role: Work['role']) =>
  roleName(view.language, institution.profile.kind, role);

function todoOf({ dossier: { state }, role, sample }: Work) {
  if (sample) return 'sample';
  if (role === 'assessor' && (state.questions.length || state.reports.length)) return 'answer';
  return role === 'board' && state.reconsidering !== null ? 'reconsider' : role;
}

function titleOf({ view, names, titles }: WaitingProps, { state }: Dossier): string {
  const words = view.t.dossiers.work;
  const what = state.achievements.map(a => titles.get(a.id) ?? a.id).join(', ') || words.freeChoice;
  return view.t.dossiers.page.title(names.get(state.learner) ?? words.someone, what);
}

/** When it is due, in words: too late says so. */
export function dueIn(view: View, dueAt: string | null): string {
  const words = view.t.dossiers.work;
  if (!dueAt) return words.noTerm;
  const days = (Date.parse(dueAt) - view.now.getTime()) / DAY_MS;
  return days < 0 ? words.over(Math.ceil(-days)) : words.within(Math.ceil(days));
}

/** Whose turn it is, in the words of the institution. */
export function whoseTurn(view: View, { institution }: Pick<ConsolePlace, 'institution'>, { turn }: Dossier): string {
  const words = view.t.dossiers;
  if (turn === 'closed') return words.turn.closed;
  const who = (
    {
      'awaiting-coordinator': 'coordinator',
      'awaiting-assessor': 'assessor',
      'awaiting-examiner': 'examiner',
      'awaiting-board': 'board',
      'awaiting-learner': 'learner',
      'awaiting-reply': 'learner',
    } as const
  )[turn];
  return words.turn.waits(capital(wordFor(view, institution, who)));
}

/** At the beginning of a sentence. */
export const capital = (word: string): string => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;
