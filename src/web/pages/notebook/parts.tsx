import type { Child } from 'hono/jsx';
import type { Experience, Shown, Standing } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { safeHref, Visible } from '../../visible.tsx';

/** Which notebook a page is of: one's own, a draft without a login, or that of whom one helps. */
export type Base = '/portfolio' | '/begin' | '/together';

/** What every page of a notebook knows beside the request. */
export interface Book {
  base: Base;
  /** Where it all is. */
  home: string;
  /** When a helper's look ends. */
  until?: string;
}

/** Reads the page aloud, where the browser can. */
export const Aloud = ({ view }: { view: View }) => (
  <p class="no-print">
    <button class="button quiet aloud" type="button" data-aloud data-stop={view.t.portfolio.silent} hidden>
      {view.t.portfolio.aloud}
    </button>
  </p>
);

export const Told = ({ words }: { words: string | undefined }) =>
  words ? (
    <p class="notice done" role="status">
      {words}
    </p>
  ) : null;

/** The way back to where it all is. */
export const Back = ({ view, book }: { view: View; book: Book }) => (
  <p class="actions">
    <a href={book.home}>{view.t.portfolio.entry.back}</a>
  </p>
);

/** Who stands behind something: a sign and words, no medal. */
export const StandingLine = ({ view, standing }: { view: View; standing: Standing }) => (
  <span class={`standing ${standing === 'told' ? '' : 'backed'}`}>{view.t.portfolio.standing[standing]}</span>
);

/** A group of choices with room for a thumb. */
export function Choices(props: {
  name: string;
  legend: string;
  chosen: string;
  choices: readonly (readonly [string, string])[];
}) {
  return (
    <fieldset class="field choose">
      <legend class="label">{props.legend}</legend>
      <div>
        {props.choices.map(([value, label]) => (
          <label class="pick">
            <input type="radio" name={props.name} value={value} checked={value === props.chosen} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TellProps {
  view: View;
  /** The label of the text, which is the question. */
  ask: string;
  hint?: string | undefined;
  story?: string;
  error?: string | undefined;
  big?: boolean;
}

/** Writing, speaking or a photo: three ways to tell the same. */
export function TellFields({ view, ask, hint, story = '', error, big }: TellProps) {
  const { tell } = view.t.portfolio;
  const described = [error && 'story-error', hint && 'story-hint'].filter(Boolean).join(' ') || undefined;
  return (
    <>
      <div class="field">
        <label for="story" class={big ? 'ask' : undefined}>
          {ask}
        </label>
        {hint && (
          <span class="hint" id="story-hint">
            {hint}
          </span>
        )}
        <textarea id="story" name="story" rows={4} maxlength={20000} aria-describedby={described}>
          {story}
        </textarea>
        {error && (
          <p class="error" id="story-error" role="alert">
            {error}
          </p>
        )}
      </div>
      <div class="ways-to-tell">
        <Recorder view={view} label={tell.speak} name="verhaal" />
        <div class="field way">
          <label for="photo">{tell.photo}</label>
          <input
            id="photo"
            name="photo"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            aria-describedby="photo-hint"
          />
          <span class="hint" id="photo-hint">
            {tell.photoHint}
          </span>
        </div>
      </div>
    </>
  );
}

/** Speaking, with scripts; else a recording is chosen as a file. `name`: what its file is called. */
export function Recorder({ view, label, name }: { view: View; label: string; name: string }) {
  const { tell } = view.t.portfolio;
  return (
    <div class="field way">
      <label for="voice">{label}</label>
      <div
        class="recorder"
        data-record="voice"
        data-name={name}
        data-recording={tell.recording}
        data-recorded={tell.recorded}
        data-again={tell.again}
        data-none={tell.microphone}
        data-full={tell.tooLong}
        hidden
      >
        <button class="button quiet big" type="button" data-start>
          {tell.record}
        </button>
        <button class="button big danger" type="button" data-stop hidden>
          {tell.stop}
        </button>
        <p role="status"></p>
        <audio controls hidden></audio>
      </div>
      <input id="voice" name="voice" type="file" accept="audio/*" capture="user" />
    </div>
  );
}

/** The button of a form that brings files, with what is told while it is under way. */
export const SendFiles = ({ quiet, children }: { quiet?: boolean; children?: Child }) => (
  <div class="actions">
    <button class={quiet ? 'button quiet big' : 'button big'} type="submit">
      {children}
    </button>
    <p role="status" data-sent></p>
  </div>
);

/** Text of someone's own, line by line. */
export const Story = ({ view, text }: { view: View; text: string }) => (
  <div class="story prose">
    {text
      .split(/\n{2,}/)
      .filter(Boolean)
      .map(part => (
        <p>
          <Visible text={part} t={view.t} />
        </p>
      ))}
  </div>
);

interface ShownProps {
  view: View;
  /** Where its files are. */
  book: { base: string };
  shown: Shown;
  plain?: boolean;
}

/** A file or a link that shows an experience: heard, seen, or opened. */
export function ShownItem({ view, book, shown, plain }: ShownProps) {
  const { entry, card } = view.t.portfolio;
  const { file } = shown;
  const title = <Visible text={shown.title} t={view.t} />;
  if (!file) {
    const href = safeHref(shown.url ?? undefined);
    return href ? (
      <a href={href} rel="noopener noreferrer nofollow" target="_blank">
        {title}
      </a>
    ) : (
      title
    );
  }
  const address = `${book.base}/files/${file.id}`;
  if (file.mediaType.startsWith('image/'))
    return (
      <figure class="photo">
        <img src={address} alt={shown.use === 'story' ? card.photo : shown.title} loading={plain ? 'eager' : 'lazy'} />
        {shown.use === 'evidence' && <figcaption>{title}</figcaption>}
      </figure>
    );
  if (file.mediaType.startsWith('audio/')) {
    if (plain) return <p class="spoken">{card.spoken}</p>;
    return <audio class="player" controls preload="none" src={address} aria-label={entry.listen(shown.title)}></audio>;
  }
  if (file.mediaType.startsWith('video/'))
    return <video class="player" controls preload="none" src={address} aria-label={entry.listen(shown.title)}></video>;
  return (
    <a href={address} download>
      {title}
    </a>
  );
}

/** An experience on a shelf. */
export function ExperienceCard({ view, book, experience: e }: { view: View; book: Book; experience: Experience }) {
  const { t } = view;
  const picture = e.evidence.find(shown => shown.file?.mediaType.startsWith('image/'))?.file;
  const about = [e.context && t.portfolio.contexts[e.context], period(e)].filter(Boolean).join(' · ');
  return (
    <li class="card memory">
      {picture && <img class="thumb" src={`${book.base}/files/${picture.id}`} alt="" loading="lazy" />}
      <div>
        <a href={`${book.base}/experiences/${e.id}`}>
          <Visible text={e.title} t={t} />
        </a>
        {about && <span class="note">{about}</span>}
        <StandingLine view={view} standing={e.standing} />
      </div>
    </li>
  );
}

export const period = (e: Pick<Experience, 'periodFrom' | 'periodTo'>): string =>
  e.periodFrom === e.periodTo ? (e.periodFrom ?? '') : [e.periodFrom ?? '', e.periodTo ?? ''].join(' – ').trim();
