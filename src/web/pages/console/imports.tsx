import type { ImportState, ImportSummary } from '../../../catalogue/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { Messages } from '../../messages.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';

export type ImportWrong = keyof Messages['console']['imports']['wrong'];

interface ImportsProps {
  view: View;
  place: ConsolePlace;
  earlier: ImportState[];
}

/** What can be imported, and what was imported lately. */
export function ImportsPage({ view, place, earlier }: ImportsProps) {
  const t = view.t.console.imports;
  const at = `${place.base}/imports`;
  return (
    <>
      <p class="lead">{t.lead}</p>
      <form class="panel" method="post" action={at} enctype="multipart/form-data">
        <div class="field">
          <label for="file">{t.file}</label>
          <span class="hint" id="file-hint">
            {t.fileHint}
          </span>
          <input
            id="file"
            name="file"
            type="file"
            multiple
            accept=".csv,.json,text/csv,application/json"
            aria-describedby="file-hint"
          />
        </div>
        <div class="field">
          <label for="language">{t.language}</label>
          <select id="language" name="language">
            <option value="">{t.noLanguage}</option>
            <option value="nl">{view.t.console.outcome.languages.nl}</option>
            <option value="en">{view.t.console.outcome.languages.en}</option>
          </select>
        </div>
        <div class="field">
          <label for="address">{t.address}</label>
          <span class="hint" id="address-hint">
            {t.addressHint}
          </span>
          <input id="address" name="address" type="url" autocomplete="off" aria-describedby="address-hint" />
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {t.look}
          </button>
        </p>
      </form>
      <section aria-labelledby="kinds">
        <h2 id="kinds">{t.kinds}</h2>
        <ul>
          {t.kindList.map(kind => (
            <li>{kind}</li>
          ))}
        </ul>
      </section>
      {earlier.length > 0 && (
        <section aria-labelledby="earlier">
          <h2 id="earlier">{t.earlier}</h2>
          <ul class="plain">
            {earlier.map(({ id, source, createdAt, doneAt }) => (
              <li>
                <a href={`${at}/${id}`}>{source}</a>{' '}
                <span class="note">
                  {day(createdAt, view.language)}, {doneAt ? t.done : t.waiting}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What an import changes, or changed. */
export function ImportPage({ view, place, state }: { view: View; place: ConsolePlace; state: ImportState }) {
  const t = view.t.console.imports;
  const { summary, source, doneAt } = state;
  const { outcomes, links, achievements } = summary;
  const changes =
    outcomes.added + outcomes.changed + outcomes.retired + links.added + links.removed + achievements.items.length > 0;
  return (
    <>
      <p>
        {t.from} <strong>{source}</strong>
      </p>
      <Counts view={view} summary={summary} />
      {!changes && <p class="notice">{t.same}</p>}
      {!doneAt && changes && (
        <form method="post" action={`${place.base}/imports/${state.id}/do`}>
          <p class="actions">
            <button class="button" type="submit">
              {t.do}
            </button>
          </p>
        </form>
      )}
      <Refusals view={view} summary={summary} />
      <Details view={view} summary={summary} />
    </>
  );
}

function Counts({ view, summary }: { view: View; summary: ImportSummary }) {
  const t = view.t.console.imports;
  const { outcomes, links, achievements } = summary;
  const rows = [
    { name: t.outcomes, ...outcomes },
    { name: t.links, added: links.added, changed: undefined, unchanged: undefined, retired: links.removed },
    { name: t.achievements, ...achievements, retired: undefined },
  ].filter(row => (row.added ?? 0) + (row.changed ?? 0) + (row.unchanged ?? 0) + (row.retired ?? 0) > 0);
  if (!rows.length) return null;
  const columns = ['added', 'changed', 'unchanged', 'retired'] as const;
  return (
    <table class="stack">
      <caption>{t.counts}</caption>
      <thead>
        <tr>
          <td></td>
          {columns.map(column => (
            <th scope="col">{t[column]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr>
            <th scope="row">{row.name}</th>
            {columns.map(column => (
              <td data-label={t[column]}>{row[column]?.toLocaleString(view.language) ?? '–'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Refusals({ view, summary: { refused, refusedCount } }: { view: View; summary: ImportSummary }) {
  const t = view.t.console.imports;
  if (!refusedCount) return null;
  return (
    <section aria-labelledby="refused">
      <h2 id="refused">{t.refused(refusedCount)}</h2>
      <p>{t.refusedLead}</p>
      <ul class="plain">
        {refused.map(({ at, why }) => (
          <li>
            <code>{at}</code>: {t.why[why]}
          </li>
        ))}
      </ul>
      {refusedCount > refused.length && <p>{t.more(refusedCount - refused.length)}</p>}
    </section>
  );
}

function Details({ view, summary }: { view: View; summary: ImportSummary }) {
  const { samples, changes, achievements, notes } = summary;
  const t = view.t.console.imports;
  const remarks = [...notes, ...achievements.items.flatMap(i => i.notes.map(note => `${i.name}: ${note}`))];
  const say = (text: string) => <Visible text={text} t={view.t} />;
  return (
    <>
      {samples.added.length + changes.length + achievements.items.length > 0 && (
        <section aria-labelledby="samples">
          <h2 id="samples">{t.samples}</h2>
          <ul class="plain">
            {changes.map(({ name, was, parts }) => (
              <li>
                {say(name)} <span class="tag">{t.changed}</span>
                <span class="note">
                  {' '}
                  {was !== undefined && <>{say(t.was(was))}; </>}
                  {parts.map(part => t.parts[part]).join(', ')}
                </span>
              </li>
            ))}
            {samples.added.map(name => (
              <li>
                {say(name)} <span class="tag">{t.added}</span>
              </li>
            ))}
            {achievements.items.slice(0, 100).map(({ name, was, change, overDraft }) => (
              <li>
                {say(name)} <span class="tag">{t[change]}</span>
                {was !== undefined && <span class="note"> {say(t.was(was))}</span>}
                {overDraft && <span class="note"> {t.overDraft}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {remarks.length > 0 && (
        <section aria-labelledby="notes">
          <h2 id="notes">{t.notes}</h2>
          <ul class="plain" lang="en">
            {remarks.slice(0, 50).map(note => (
              <li>{note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
