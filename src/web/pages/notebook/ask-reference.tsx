import { type Experience, REFERENCE_DAYS, relations } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Aloud, Choices } from './parts.tsx';

export interface AskForm {
  get(name: string): string;
  /** Fields that are not right yet. */
  wrong: string[];
}

interface AskProps {
  view: View;
  experiences: Pick<Experience, 'id' | 'title'>[];
  form: AskForm;
  mails: boolean;
  full: boolean;
}

/** Whom to ask, about what, and by which name one is known. */
export function AskReferencePage({ view, experiences, form, mails, full }: AskProps) {
  const { form: words, relations: names } = view.t.references;
  const field = (name: string, label: string, hint?: string, kind = 'text', auto?: string) => (
    <Field {...{ view, form, name, label, hint, kind, auto }} />
  );
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
        <form class="talk" method="post" action="/portfolio/references/new">
          {field('name', words.name)}
          <Choices
            name="relation"
            legend={words.relation}
            chosen={form.get('relation')}
            choices={relations.map(value => [value, names[value]] as const)}
          />
          {form.wrong.includes('relation') && (
            <p class="error" role="alert">
              {words.wrong.relation}
            </p>
          )}
          <div class="field">
            <label for="about">{words.about}</label>
            <span class="hint" id="about-hint">
              {words.titleShown}
            </span>
            <select id="about" name="experience" aria-describedby="about-hint">
              <option value="">{words.aboutAll}</option>
              {experiences.map(({ id, title }) => (
                <option value={id} selected={form.get('experience') === id}>
                  <Visible text={title} t={view.t} />
                </option>
              ))}
            </select>
          </div>
          {field('as', words.as, words.asHint, 'text', 'given-name')}
          <div class="field">
            <label for="message">{words.message}</label>
            <span class="hint" id="message-hint">
              {words.messageHint}
            </span>
            <textarea id="message" name="message" rows={3} maxlength={1000} aria-describedby="message-hint">
              {form.get('message')}
            </textarea>
          </div>
          {mails && field('email', words.email, words.emailHint, 'email')}
          <p class="actions">
            <button class="button big" type="submit">
              {words.submit}
            </button>
          </p>
        </form>
      </section>
      <p class="actions">
        <a href="/portfolio/references">{view.t.references.made.back}</a>
      </p>
    </>
  );
}

interface FieldProps {
  view: View;
  form: AskForm;
  name: string;
  label: string;
  hint: string | undefined;
  kind: string;
  auto: string | undefined;
}

function Field({ view, form, name, label, hint, kind, auto }: FieldProps) {
  const wrong = form.wrong.includes(name) ? view.t.references.form.wrong[name] : undefined;
  const described = [wrong && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={name}
        name={name}
        type={kind}
        maxlength={kind === 'email' ? 254 : 80}
        value={form.get(name)}
        autocomplete={auto}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={described}
      />
      {wrong && (
        <p class="error" id={`${name}-error`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

/** The link, the only time that it is seen. */
export function AskedPage({ view, name, link, mailed }: { view: View; name: string; link: string; mailed: boolean }) {
  const { made: words } = view.t.references;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">{mailed ? words.mailed : words.lead(name)}</p>
      <div class="field">
        <label for="link">{words.link}</label>
        <input id="link" type="text" readonly value={link} />
      </div>
      <p class="note">{words.until(REFERENCE_DAYS)}</p>
      <p class="actions">
        <a class="button" href="/portfolio/references">
          {words.back}
        </a>
      </p>
    </section>
  );
}
