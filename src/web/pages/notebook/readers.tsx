import { type Experience, type Reader, READER_WORDS, readerDays, type Reference } from '../../../portfolio/index.ts';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Aloud, Choices, Told } from './parts.tsx';

type Titled = Pick<Experience, 'id' | 'title'>;

interface ReadersProps {
  view: View;
  readers: Reader[];
  experiences: Titled[];
  ended: boolean;
}

/** Who reads along, what they read, and the way to stop it. */
export function ReadersPage({ view, readers, experiences, ended }: ReadersProps) {
  const words = view.t.readers;
  return (
    <>
      {ended && <Told words={words.ended} />}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        {!readers.length && <p class="empty apart">{words.none}</p>}
        <p class="actions">
          <a class="button big" href="/portfolio/readers/new">
            {words.make}
          </a>
        </p>
        <ul class="shown apart">
          {readers.map(reader => (
            <li>
              <h2>
                <Visible text={reader.label} t={view.t} />
              </h2>
              <p class="note">{words.until(day(reader.expiresAt, view.language))}</p>
              <p>
                {words.shows}: <Visible text={titlesOf(reader, experiences).join(', ')} t={view.t} />
                {reader.references.length > 0 && `, ${words.along(reader.references.length)}`}
              </p>
              <form class="actions" method="post" action={`/portfolio/readers/${reader.id}/end`}>
                <button class="button quiet" type="submit">
                  {words.end(reader.label)}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
      <p class="actions">
        <a href="/portfolio">{view.t.portfolio.entry.back}</a>
      </p>
    </>
  );
}

const titlesOf = (reader: Reader, experiences: Titled[]): string[] =>
  experiences.filter(e => reader.experiences.includes(e.id)).map(e => e.title);

export interface ReaderForm {
  get(name: string): string;
  all(name: string): string[];
  /** Fields that are not right yet. */
  wrong: string[];
}

interface ShareProps {
  view: View;
  experiences: Titled[];
  references: Reference[];
  form: ReaderForm;
  full: boolean;
}

/** What may be read, for whom, and for how long. */
export function ShareExperiencesPage(props: ShareProps) {
  const { view, experiences, form, full } = props;
  const { form: words } = view.t.readers;
  return (
    <>
      {full && (
        <p class="notice warn" role="alert">
          {words.full}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        {!experiences.length && (
          <p class="empty apart">
            <a href="/portfolio/new">{words.none}</a>
          </p>
        )}
        {experiences.length > 0 && (
          <form class="talk" method="post" action="/portfolio/readers/new">
            <Pick {...props} />
            <Label view={view} form={form} />
            <div class="field">
              <label for="words">{words.words}</label>
              <span class="hint" id="words-hint">
                {words.wordsHint}
              </span>
              <textarea id="words" name="words" rows={3} maxlength={READER_WORDS} aria-describedby="words-hint">
                {form.get('words')}
              </textarea>
            </div>
            <Choices
              name="days"
              legend={words.days}
              chosen={form.get('days')}
              choices={readerDays.map(days => [String(days), words.terms[days]] as const)}
            />
            <Wrong view={view} form={form} name="days" />
            <p class="actions">
              <button class="button big" type="submit">
                {words.submit}
              </button>
            </p>
          </form>
        )}
      </section>
      <p class="actions">
        <a href="/portfolio/readers">{view.t.readers.made.back}</a>
      </p>
    </>
  );
}

/** Each experience, and beneath it who said something of it. */
function Pick({ view, experiences, references, form }: ShareProps) {
  const { form: words } = view.t.readers;
  const tick = (name: 'experience' | 'reference', id: string, label: string) => (
    <label class="tick">
      <input type="checkbox" name={name} value={id} checked={form.all(name).includes(id)} />{' '}
      <Visible text={label} t={view.t} />
    </label>
  );
  const saidOf = (id: string | null) =>
    references.filter(r => r.experienceId === id && !r.hidden).map(r => tick('reference', r.id, words.said(r.name)));
  const general = saidOf(null);
  return (
    <>
      <fieldset class="field">
        <legend class="label">{words.experiences}</legend>
        {experiences.map(({ id, title }) => (
          <>
            {tick('experience', id, title)}
            <div class="under">{saidOf(id)}</div>
          </>
        ))}
        <Wrong view={view} form={form} name="experiences" />
      </fieldset>
      {general.length > 0 && (
        <fieldset class="field">
          <legend class="label">{words.general}</legend>
          {general}
        </fieldset>
      )}
    </>
  );
}

function Label({ view, form }: { view: View; form: ReaderForm }) {
  const { form: words } = view.t.readers;
  const wrong = form.wrong.includes('label');
  return (
    <div class="field">
      <label for="label">{words.label}</label>
      <span class="hint" id="label-hint">
        {words.labelHint}
      </span>
      <input
        id="label"
        name="label"
        type="text"
        maxlength={120}
        value={form.get('label')}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'label-error label-hint' : 'label-hint'}
      />
      <Wrong view={view} form={form} name="label" />
    </div>
  );
}

function Wrong({ view, form, name }: { view: View; form: ReaderForm; name: string }) {
  if (!form.wrong.includes(name)) return null;
  return (
    <p class="error" id={`${name}-error`} role="alert">
      {view.t.readers.form.wrong[name]}
    </p>
  );
}

/** The link, the only time that it is seen. */
export function SharedLinkPage({ view, link, until }: { view: View; link: string; until: string }) {
  const { made: words, until: works } = view.t.readers;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <div class="field">
        <label for="link">{words.link}</label>
        <input id="link" type="text" readonly value={link} />
      </div>
      <p class="note">{works(day(until, view.language))}</p>
      <p class="actions">
        <a class="button" href="/portfolio/readers">
          {words.back}
        </a>
      </p>
    </section>
  );
}
