import { type Framework, nameOf, type Outcome, type Unit, type UnitState, wordsOf } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';

interface FrameworksProps {
  view: View;
  place: ConsolePlace;
  frameworks: Framework[];
  units: UnitState[];
  shared: Unit[];
  /** What was searched for, and what was found. */
  text: string;
  found: Outcome[];
}

/** Standards, units, and a search over all outcomes that the institution may refer to. */
export function FrameworksPage(props: FrameworksProps) {
  const { view, place, text, found } = props;
  const t = view.t.console.frameworks;
  const mayEdit = mayDo(place.ctx.actor, 'framework.edit', { whole: true });
  return (
    <>
      <p class="lead">{t.lead}</p>
      {mayEdit && (
        <p class="actions">
          <a class="button" href={`${place.base}/imports`}>
            {t.toImport}
          </a>
          <a href={`${place.base}/frameworks/new`}>{t.create}</a>
          <a href={`${place.base}/units/new`}>{t.createUnit}</a>
        </p>
      )}
      <section aria-labelledby="find">
        <h2 id="find">{t.find}</h2>
        <form class="panel" method="get" action={`${place.base}/frameworks`} role="search">
          <div class="field">
            <label for="text">{t.text}</label>
            <input id="text" name="text" type="search" value={text} maxlength={200} autocomplete="off" />
          </div>
          <p class="actions">
            <button class="button" type="submit">
              {t.search}
            </button>
          </p>
        </form>
        {text && <p role="status">{t.count(found.length)}</p>}
        {found.length > 0 && <OutcomeTable view={view} place={place} items={found} />}
      </section>
      <Standards {...props} />
      <Units {...props} />
    </>
  );
}

/** Outcomes with their standard, each with a way to its page. */
export function OutcomeTable({ view, place, items }: { view: View; place: ConsolePlace; items: Outcome[] }) {
  const t = view.t.console.frameworks;
  return (
    <table class="stack apart">
      <thead>
        <tr>
          <th scope="col">{t.outcome}</th>
          <th scope="col">{t.kind}</th>
          <th scope="col">{t.code}</th>
          <th scope="col">{t.from}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(o => (
          <tr>
            <th scope="row">
              <a href={`${place.base}/outcomes/${o.id}`}>{wordsOf(o, view.language).name}</a>
              {o.retiredAt && <span class="tag"> {t.retired}</span>}
            </th>
            <td>{t.kinds[o.kind]}</td>
            <td>{o.code ?? '–'}</td>
            <td>{nameOf(o.framework.names, view.language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Standards({ view, place, frameworks }: FrameworksProps) {
  const t = view.t.console.frameworks;
  const whose = (f: Framework) =>
    f.owner === place.institution.id ? (f.shared ? t.ownShared : t.own) : f.owner === 'service' ? t.ofAll : t.ofOthers;
  return (
    <section aria-labelledby="standards">
      <h2 id="standards">{t.standards}</h2>
      {frameworks.length === 0 && <p class="empty">{t.none}</p>}
      {frameworks.length > 0 && (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.kind}</th>
              <th scope="col">{t.version}</th>
              <th scope="col">{t.whose}</th>
            </tr>
          </thead>
          <tbody>
            {frameworks.map(f => (
              <tr>
                <th scope="row">
                  <a href={`${place.base}/frameworks/${f.id}`}>{nameOf(f.names, view.language)}</a>
                </th>
                <td>{t.frameworkKinds[f.kind]}</td>
                <td>{f.version ?? '–'}</td>
                <td>{whose(f)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Units({ view, place, units, shared }: FrameworksProps) {
  const t = view.t.console.frameworks;
  return (
    <section aria-labelledby="units">
      <h2 id="units">{t.units}</h2>
      {units.length + shared.length === 0 && <p class="empty">{t.noUnits}</p>}
      {units.length + shared.length > 0 && (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.version}</th>
              <th scope="col">{t.adopted}</th>
              <th scope="col">{t.whose}</th>
            </tr>
          </thead>
          <tbody>
            {units.map(({ id, draft, published }) => (
              <tr>
                <th scope="row">
                  <a href={`${place.base}/units/${id}`}>{(draft ?? published!.content).name}</a>
                </th>
                <td>{[published && t.nth(published.version), draft && t.draft].filter(Boolean).join(', ')}</td>
                <td>{published?.establishedBy ?? '–'}</td>
                <td>{t.own}</td>
              </tr>
            ))}
            {shared.map(u => (
              <tr>
                <th scope="row">{u.content.name}</th>
                <td>{t.nth(u.version)}</td>
                <td>{u.establishedBy}</td>
                <td>{t.ofOthers}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
