import type { Experience, GoalCard } from '../../../portfolio/index.ts';
import { day } from '../../format.ts';
import { QrCode } from '../../qr.tsx';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Aloud, type Book, ShownItem, StandingLine, Story } from './parts.tsx';

interface CardProps {
  view: View;
  book: Book;
  told: Experience[];
  goal: string | null;
  /** Where it goes on, on any device. */
  address: string;
  until: string;
}

/** What someone takes away, on paper or on their telephone. */
export function CardPage({ view, book, told, goal, address, until }: CardProps) {
  const { card, begin, helpers } = view.t.portfolio;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{card.title}</h1>
        <p class="lead no-print">{told.length ? card.lead : card.none}</p>
        <Aloud view={view} />
        {goal && goal in begin.goals && <p class="apart kicker">{begin.goals[goal as GoalCard]}</p>}
        <ol class="sheet">
          {told.map(e => (
            <li>
              <h2>
                <Visible text={e.title} t={view.t} />
              </h2>
              {e.story && <Story view={view} text={e.story} />}
              {e.evidence.map(shown => (
                <ShownItem view={view} book={book} shown={shown} plain />
              ))}
              <StandingLine view={view} standing={e.standing} />
            </li>
          ))}
        </ol>
      </section>
      <section class="take" aria-labelledby="further">
        <QrCode text={address} label={card.qr} />
        <div>
          <h2 id="further">{card.further}</h2>
          <p>{card.scan}</p>
          <p>
            <span class="copy">{address}</span>
          </p>
          <p class="note apart">{card.until(day(until, view.language))}</p>
          <p class="note">{card.secret}</p>
        </div>
      </section>
      <section class="no-print" aria-labelledby="keep">
        <h2 id="keep">{card.keep}</h2>
        <p>{card.keepLead}</p>
        <p class="actions">
          <a class="button big" href="/begin/keep">
            {card.keep}
          </a>
          <button class="button quiet" type="button" data-print hidden>
            {card.print}
          </button>
        </p>
        <p class="actions">
          <a href="/begin/story">{told.length ? card.more : card.tell}</a>
          <a href="/begin/helpers">{helpers.title}</a>
        </p>
      </section>
      <details class="no-print">
        <summary>{card.erase}</summary>
        <p>{card.eraseLead}</p>
        <form class="actions" method="post" action="/begin/erase">
          <button class="button danger" type="submit">
            {card.erase}
          </button>
        </form>
      </details>
    </>
  );
}

/** Whoever scanned the code: is it theirs? Nothing is taken up before they say so. */
export function ResumePage({ view, code, told }: { view: View; code: string; told: Experience[] }) {
  const { resume } = view.t.portfolio;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{resume.title}</h1>
      <p class="lead">{resume.lead}</p>
      <Aloud view={view} />
      <ul class="told">
        {told.map(({ title }) => (
          <li>
            <Visible text={title} t={view.t} />
          </li>
        ))}
      </ul>
      <form class="actions" method="post" action={`/begin/go/${code}`}>
        <button class="button big" type="submit">
          {resume.yes}
        </button>
        <a href="/begin">{resume.no}</a>
      </form>
    </section>
  );
}

export function GonePage({ view }: { view: View }) {
  const { resume, begin } = view.t.portfolio;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{begin.title}</h1>
      <p class="lead">{resume.gone}</p>
      <p class="actions">
        <a class="button big" href="/begin">
          {begin.submit}
        </a>
        <a href="/portfolio">{begin.own}</a>
      </p>
    </section>
  );
}

/** After the login: what goes into the portfolio of who is signed in now, who may be another one than who told it. */
export function KeepPage({ view, told }: { view: View; told: Experience[] | undefined }) {
  const { keep, book } = view.t.portfolio;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{keep.title}</h1>
      <p class="lead">{told ? keep.lead(told.length) : keep.none}</p>
      {told ? (
        <>
          <ul class="told">
            {told.map(({ title }) => (
              <li>
                <Visible text={title} t={view.t} />
              </li>
            ))}
          </ul>
          <p class="apart">{keep.adds}</p>
          <form class="actions" method="post" action="/begin/keep">
            <button class="button big" type="submit">
              {keep.submit}
            </button>
          </form>
          <p class="note apart">{keep.other}</p>
        </>
      ) : (
        <p class="actions">
          <a class="button" href="/portfolio">
            {book.title}
          </a>
        </p>
      )}
    </section>
  );
}
