import {
  type Experience,
  nextSet,
  type PromptSet,
  promptSetNames,
  promptSets,
  type Reference,
} from '../../../portfolio/index.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { EditForm, type EntryForm } from './entry-form.tsx';
import { Aloud, type Book, period, SendFiles, ShownItem, StandingLine, Story, Told } from './parts.tsx';
import { ReferenceList } from './references.tsx';

export interface EntryProps {
  view: View;
  book: Book;
  experience: Experience;
  /** The set of questions that was asked for. */
  asked?: PromptSet | undefined;
  /** A form that could not be taken as it was. */
  form?: EntryForm | undefined;
  /** It was opened before another one was saved. */
  stale?: boolean;
  /** What others said of it. */
  references?: Reference[];
  notice?: string | undefined;
  alert?: string | undefined;
}

/** One experience: what was told, what shows it, and the next three questions. */
export function EntryPage(props: EntryProps) {
  const { view, book, experience: e, form, stale, notice, alert } = props;
  const { entry, contexts, kinds } = view.t.portfolio;
  const path = `${book.base}/experiences/${e.id}`;
  const stories = e.evidence.filter(shown => shown.use === 'story');
  const about = [kinds[e.kind], e.context && contexts[e.context], period(e)].filter(Boolean).join(' · ');
  return (
    <>
      <Told words={notice} />
      {alert && (
        <p class="notice warn" role="alert">
          {alert}
        </p>
      )}
      {stale && form && <Stale view={view} experience={e} form={form} />}
      <section aria-labelledby="title">
        <p class="kicker">{about}</p>
        <h1 id="title">
          <Visible text={e.title} t={view.t} />
        </h1>
        <StandingLine view={view} standing={e.standing} />
        <Aloud view={view} />
        {e.story && <Story view={view} text={e.story} />}
        {stories.map(shown => (
          <div class="apart">
            <ShownItem view={view} book={book} shown={shown} />
            <RemoveShown view={view} path={path} shown={shown} />
          </div>
        ))}
      </section>
      {!stale && <Questions {...props} path={path} />}
      <Evidence {...props} path={path} />
      {book.base === '/portfolio' && <Said {...props} />}
      <details open={Boolean(form)}>
        <summary>{entry.edit}</summary>
        <EditForm {...props} path={path} />
      </details>
      {book.base !== '/together' && (
        <details>
          <summary>{entry.remove}</summary>
          <p>{entry.removeLead}</p>
          <form class="actions" method="post" action={`${path}/remove`}>
            <button class="button danger" type="submit">
              {entry.remove}
            </button>
          </form>
        </details>
      )}
      <p class="actions">
        <a href={book.home}>{entry.back}</a>
      </p>
    </>
  );
}

/** Both texts, so that whoever wrote can choose. */
function Stale({ view, experience: e, form }: { view: View; experience: Experience; form: EntryForm }) {
  const { entry, prompts } = view.t.portfolio;
  const answers = (Object.keys(prompts) as (keyof typeof prompts)[]).filter(
    key => form.get(key) && form.get(key) !== (e.answers[key] ?? ''),
  );
  return (
    <section class="notice warn" aria-labelledby="stale" role="alert">
      <h2 id="stale">{entry.stale}</h2>
      <p>{entry.staleLead}</p>
      <div class="side">
        <div>
          <h3>{entry.staleNow}</h3>
          <p>
            <Visible text={e.title} t={view.t} />
          </p>
          <Story view={view} text={e.story} />
          {answers.map(key => (
            <Story view={view} text={`${prompts[key]}\n\n${e.answers[key] ?? ''}`} />
          ))}
        </div>
        <div>
          <h3>{entry.staleYours}</h3>
          <p>
            <Visible text={form.get('title')} t={view.t} />
          </p>
          <Story view={view} text={form.get('story')} />
          {answers.map(key => (
            <Story view={view} text={`${prompts[key]}\n\n${form.get(key)}`} />
          ))}
        </div>
      </div>
    </section>
  );
}

type Part = EntryProps & { path: string };

/** Three questions at a time; the others wait behind a word. */
function Questions({ view, experience: e, asked, path }: Part) {
  const { entry, sets, prompts, tell } = view.t.portfolio;
  const set = asked ?? nextSet(e.answers);
  const answered = promptSetNames.flatMap(name => promptSets[name]).filter(key => e.answers[key]);
  return (
    <section id="questions" aria-labelledby="questions-title">
      <h2 id="questions-title">{set ? sets[set] : entry.questions}</h2>
      {set && (
        <>
          <p class="soft">{entry.questionsLead}</p>
          <form class="talk" method="post" action={`${path}/answers`} data-busy={tell.busy}>
            <input type="hidden" name="version" value={String(e.version)} />
            {promptSets[set].map(key => (
              <div class="field">
                <label for={key}>{prompts[key]}</label>
                <textarea id={key} name={key} rows={2} maxlength={5000}>
                  {e.answers[key] ?? ''}
                </textarea>
              </div>
            ))}
            <SendFiles>{entry.save}</SendFiles>
          </form>
        </>
      )}
      {answered.length > 0 && (
        <dl class="terms apart" aria-label={entry.answered}>
          {answered.map(key => (
            <div>
              <dt>{prompts[key]}</dt>
              <dd>
                <Story view={view} text={e.answers[key]!} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="label apart" id="other-sets">
        {entry.otherSets}
      </p>
      <nav class="actions" aria-labelledby="other-sets">
        {promptSetNames
          .filter(name => name !== set)
          .map(name => (
            <a href={`${path}?set=${name}#questions`}>{sets[name]}</a>
          ))}
      </nav>
    </section>
  );
}

function RemoveShown({ view, path, shown }: { view: View; path: string; shown: Experience['evidence'][number] }) {
  return (
    <form class="no-print" method="post" action={`${path}/evidence/${shown.id}/remove`}>
      <button class="linklike" type="submit">
        {view.t.portfolio.entry.removeShown(shown.title)}
      </button>
    </form>
  );
}

function Evidence({ view, book, experience: e, path }: Part) {
  const { entry, tell } = view.t.portfolio;
  const shown = e.evidence.filter(item => item.use === 'evidence');
  return (
    <section aria-labelledby="shows">
      <h2 id="shows">{entry.shows}</h2>
      <p class="soft">{entry.showsLead}</p>
      {shown.length > 0 && (
        <ul class="shown">
          {shown.map(item => (
            <li>
              <ShownItem view={view} book={book} shown={item} />
              <RemoveShown view={view} path={path} shown={item} />
            </li>
          ))}
        </ul>
      )}
      <form class="talk" method="post" action={`${path}/evidence`} enctype="multipart/form-data" data-busy={tell.busy}>
        <div class="field">
          <label for="caption">{entry.caption}</label>
          <input id="caption" name="caption" type="text" maxlength={200} />
        </div>
        <div class="field">
          <label for="file">{entry.file}</label>
          <input id="file" name="file" type="file" />
        </div>
        <div class="field">
          <label for="url">{entry.link}</label>
          <input id="url" name="url" type="text" inputmode="url" maxlength={2000} autocapitalize="none" />
        </div>
        <SendFiles quiet>{entry.showAdd}</SendFiles>
      </form>
    </section>
  );
}

/** What others said of it, for its owner. */
function Said({ view, experience: e, references = [] }: EntryProps) {
  const words = view.t.references;
  return (
    <section aria-labelledby="said">
      <h2 id="said">{words.title}</h2>
      <ReferenceList view={view} references={references} />
      <p class="actions">
        <a href={`/portfolio/references/new?experience=${e.id}`}>{words.askAbout}</a>
        <a href={`/portfolio/readers/new?experience=${e.id}`}>{view.t.readers.share}</a>
      </p>
    </section>
  );
}
