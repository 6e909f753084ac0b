import type { MyBadge } from '../../../credentials/index.ts';
import {
  type Experience,
  goalCards,
  type GoalCard,
  nextSet,
  type Portfolio,
  standingOf,
} from '../../../portfolio/index.ts';
import type { ImportedBadge } from '../../../wallets/index.ts';
import { readBadgeView } from '../../badge-view.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { ThenWord } from '../elsewhere.tsx';
import { Aloud, type Book, ExperienceCard, StandingLine, Story, Told } from './parts.tsx';

export interface BookProps {
  view: View;
  book: Book;
  portfolio: Portfolio | undefined;
  experiences: Experience[];
  goals: { id: string; words: string }[];
  /** How many outcomes something was said of. */
  assessed: number;
  badges: MyBadge[];
  elsewhere: ImportedBadge[];
  done: string | undefined;
}

/** The notebook: what there is, one question more, and all that can be laid beside it. */
export function BookPage(props: BookProps) {
  const { view, book, experiences, done } = props;
  const words = view.t.portfolio.book;
  const helping = book.base === '/together';
  return (
    <>
      <Told words={done ? words.done[done] : undefined} />
      {helping && <Helping view={view} book={book} />}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {!helping && <p class="note apart">{view.t.portfolio.private}</p>}
        <Aloud view={view} />
        {experiences.length === 0 && (
          <div class="empty apart">
            <p>
              <strong>{words.empty}</strong>
            </p>
            <p>{words.emptyLead}</p>
          </div>
        )}
        <p class="actions">
          <a class="button big" href={`${book.base}/new`}>
            {words.add}
          </a>
        </p>
      </section>
      <Next view={view} book={book} experiences={experiences} />
      {experiences.length > 0 && (
        <section aria-labelledby="experiences">
          <h2 id="experiences">{words.experiences}</h2>
          <ul class="cards">
            {experiences.map(experience => (
              <ExperienceCard view={view} book={book} experience={experience} />
            ))}
          </ul>
        </section>
      )}
      <Compass {...props} />
      <Goals {...props} />
      <Beside {...props} />
      {!helping && <Badges {...props} />}
      {book.base === '/portfolio' && (
        <>
          <Room
            title={view.t.references.title}
            lead={view.t.references.lead}
            id="references"
            href="/portfolio/references"
          />
          <Room title={view.t.readers.title} lead={view.t.readers.lead} id="readers" href="/portfolio/readers" />
          <Room title={view.t.teams.title} lead={view.t.teams.lead} id="teams" href="/teams" />
          <Room title={view.t.pack.title} lead={view.t.pack.lead} id="pack" href="/portfolio/pack" />
        </>
      )}
      {!helping && (
        <Room title={words.together} lead={words.togetherLead} id="together" href={`${book.base}/helpers`} />
      )}
    </>
  );
}

/** The way to a page of its own, with what it is for. */
const Room = ({ id, title, lead, href }: Record<'id' | 'title' | 'lead' | 'href', string>) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <p>{lead}</p>
    <p class="actions">
      <a href={href}>{title}</a>
    </p>
  </section>
);

function Helping({ view, book }: { view: View; book: Book }) {
  const words = view.t.portfolio.book;
  return (
    <div class="notice">
      <p>
        <strong>{words.helping}</strong> {book.until && words.helpingUntil(clock(view, book.until))}
      </p>
      <form class="actions" method="post" action="/together/leave">
        <button class="button quiet" type="submit">
          {words.leave}
        </button>
      </form>
    </div>
  );
}

/** The hour, for what ends today. */
export const clock = ({ language }: View, time: string): string =>
  new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Amsterdam',
  }).format(new Date(time));

/** One question, of the experience that was told last and has one left. */
function Next({ view, book, experiences }: { view: View; book: Book; experiences: Experience[] }) {
  const { book: words, prompts, sets } = view.t.portfolio;
  const open = experiences.find(e => nextSet(e.answers) === 'look-back') ?? experiences.find(e => nextSet(e.answers));
  const set = open && nextSet(open.answers);
  if (!open || !set) return null;
  const first = set === 'look-back' ? prompts.proud : sets[set];
  return (
    <section class="question" aria-labelledby="next">
      <p class="kicker">{words.next}</p>
      <h2 id="next">{first}</h2>
      <p>
        <Visible text={words.about(open.title)} t={view.t} />
      </p>
      <p class="actions">
        <a class="button quiet" href={`${book.base}/experiences/${open.id}#questions`}>
          {words.answer}
        </a>
      </p>
    </section>
  );
}

function Compass({ view, book, portfolio }: BookProps) {
  const { book: words, standard: labels } = view.t.portfolio;
  const standard = portfolio?.standard ?? {};
  const written = (['important', 'wants', 'made'] as const).filter(part => standard[part]);
  return (
    <section aria-labelledby="compass">
      <h2 id="compass">{words.compass}</h2>
      {written.length === 0 && <p>{words.compassNone}</p>}
      {written.length > 0 && (
        <dl class="terms">
          {written.map(part => (
            <div>
              <dt>{labels[part]}</dt>
              <dd>
                <Story view={view} text={standard[part]!} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="actions">
        <a href={`${book.base}/standard`}>{written.length ? words.compassEdit : words.compassOpen}</a>
      </p>
    </section>
  );
}

function Goals({ view, book, goals, portfolio }: BookProps) {
  const { book: words, begin } = view.t.portfolio;
  const card = goalCards.find(goal => goal === portfolio?.goal) as GoalCard | undefined;
  return (
    <section aria-labelledby="goals">
      <h2 id="goals">{words.goals}</h2>
      {!goals.length && !card && <p>{words.goalNone}</p>}
      <ul class="shown">
        {card && <li>{begin.goals[card]}</li>}
        {goals.map(goal => (
          <li>
            <Visible text={goal.words} t={view.t} />
            {book.base !== '/together' && (
              <form method="post" action={`${book.base}/goals/${goal.id}/remove`}>
                <button class="linklike" type="submit">
                  {words.goalRemove(goal.words)}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form class="talk" method="post" action={`${book.base}/goals`}>
        <div class="field">
          <label for="goal">{words.goalNew}</label>
          <input id="goal" name="words" type="text" maxlength={300} required />
        </div>
        <p class="actions">
          <button class="button quiet" type="submit">
            {words.goalAdd}
          </button>
        </p>
      </form>
    </section>
  );
}

function Beside({ view, book, assessed }: BookProps) {
  const words = view.t.portfolio.book;
  return (
    <section aria-labelledby="beside">
      <h2 id="beside">{words.outcomes}</h2>
      <p>{words.outcomesLead}</p>
      {assessed > 0 && <p class="note">{words.outcomesCount(assessed)}</p>}
      <p class="actions">
        <a href={`${book.base}/outcomes`}>{words.outcomes}</a>
      </p>
    </section>
  );
}

/** Badges come back by themselves, each with who stands behind it. */
function Badges({ view, badges, elsewhere }: BookProps) {
  const { t, language } = view;
  const words = t.portfolio.book;
  return (
    <section aria-labelledby="badges">
      <h2 id="badges">{words.badges}</h2>
      {!badges.length && !elsewhere.length && <p>{words.badgesLead}</p>}
      <ul class="cards">
        {badges.map(badge => (
          <li class="card memory">
            <div>
              <a href={`/badges/${badge.id}`}>
                <Visible text={badge.achievement.name} t={t} />
              </a>
              <StandingLine view={view} standing={standingOf({ decided: [badge.basis] })} />
            </div>
          </li>
        ))}
        {elsewhere.map(badge => (
          <li class="card memory">
            <div>
              <a href={`/badges/elsewhere/${badge.id}`}>
                <Visible text={readBadgeView(badge.content, language).title ?? t.badge.untitled} t={t} />
              </a>
              <ThenWord view={view} badge={badge} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
