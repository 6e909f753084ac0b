import { type Experience, experienceContexts, experienceKinds } from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Aloud, type Book, Choices, SendFiles, TellFields } from './parts.tsx';

/** What stands in the form of an entry: as it is kept, or as it was sent. */
export interface EntryForm {
  get(name: string): string;
  /** By field: what is not right yet. */
  errors: Record<string, string>;
}

const started: EntryForm = { get: name => (name === 'kind' ? 'informal' : ''), errors: {} };

/** Something new: three short questions. */
export function NewEntryPage({
  view,
  book,
  next,
  form = started,
}: {
  view: View;
  book: Book;
  next: string;
  form?: EntryForm;
}) {
  const { entry, tell } = view.t.portfolio;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{entry.newTitle}</h1>
      <p class="lead">{entry.newLead}</p>
      <Aloud view={view} />
      <form class="talk" method="post" action={`${book.base}/new`} enctype="multipart/form-data" data-busy={tell.busy}>
        <input type="hidden" name="id" value={next} />
        <TitleField view={view} form={form} />
        <ContextField view={view} form={form} />
        <TellFields view={view} ask={entry.story} story={form.get('story')} />
        <details class="apart">
          <summary>{entry.period}</summary>
          <PeriodFields view={view} form={form} />
          <KindField view={view} form={form} />
        </details>
        <SendFiles>{entry.save}</SendFiles>
      </form>
      <p class="actions">
        <a href={book.base}>{entry.back}</a>
      </p>
    </section>
  );
}

function TitleField({ view, form }: { view: View; form: EntryForm }) {
  const { entry } = view.t.portfolio;
  const wrong = form.errors.title;
  return (
    <div class="field">
      <label for="what">{entry.title}</label>
      <span class="hint" id="what-hint">
        {entry.titleHint}
      </span>
      <input
        id="what"
        name="title"
        type="text"
        maxlength={200}
        value={form.get('title')}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'what-error what-hint' : 'what-hint'}
      />
      {wrong && (
        <p class="error" id="what-error" role="alert">
          {entry.titleWrong}
        </p>
      )}
    </div>
  );
}

function ContextField({ view, form }: { view: View; form: EntryForm }) {
  const { entry, contexts } = view.t.portfolio;
  const choices = experienceContexts.map(context => [context, contexts[context]] as const);
  return (
    <Choices
      name="context"
      legend={entry.context}
      chosen={form.get('context')}
      choices={[...choices, ['', entry.noContext]]}
    />
  );
}

function KindField({ view, form }: { view: View; form: EntryForm }) {
  const { entry, kinds } = view.t.portfolio;
  const choices = experienceKinds.map(kind => [kind, kinds[kind]] as const);
  return <Choices name="kind" legend={entry.kind} chosen={form.get('kind')} choices={choices} />;
}

function PeriodFields({ view, form }: { view: View; form: EntryForm }) {
  const { entry } = view.t.portfolio;
  const wrong = form.errors.periodFrom ?? form.errors.periodTo;
  return (
    <fieldset class="field periods">
      <legend class="label">{entry.period}</legend>
      <span class="hint" id="period-hint">
        {entry.periodHint}
      </span>
      {(['From', 'To'] as const).map(end => (
        <label>
          {end === 'From' ? entry.from : entry.to}
          <input
            name={`period${end}`}
            type="text"
            inputmode="numeric"
            maxlength={10}
            value={form.get(`period${end}`)}
            aria-describedby={wrong ? 'period-error period-hint' : 'period-hint'}
          />
        </label>
      ))}
      {wrong && (
        <p class="error" id="period-error" role="alert">
          {entry.periodWrong}
        </p>
      )}
    </fieldset>
  );
}

interface EditProps {
  view: View;
  experience: Experience;
  /** A form that could not be taken as it was. */
  form?: EntryForm | undefined;
  path: string;
}

/** The words of an experience, to be changed. */
export function EditForm({ view, experience: e, form, path }: EditProps) {
  const { entry, tell } = view.t.portfolio;
  const kept: Record<string, string | null> = { ...e, version: null } as never;
  const filled = form ?? { get: (name: string) => kept[name] ?? '', errors: {} };
  return (
    <form class="talk" method="post" action={path} data-busy={tell.busy}>
      <input type="hidden" name="version" value={String(e.version)} />
      <TitleField view={view} form={filled} />
      <div class="field">
        <label for="story">{entry.story}</label>
        <textarea id="story" name="story" rows={6} maxlength={20000}>
          {filled.get('story')}
        </textarea>
      </div>
      <ContextField view={view} form={filled} />
      <KindField view={view} form={filled} />
      <PeriodFields view={view} form={filled} />
      <SendFiles>{entry.save}</SendFiles>
    </form>
  );
}
