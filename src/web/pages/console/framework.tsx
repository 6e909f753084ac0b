import { type Framework, frameworkKinds, type Outcome } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { type Filled, Select, TextField, Tick } from './fields.tsx';
import { OutcomeTable } from './frameworks.tsx';

interface FrameworkProps {
  view: View;
  place: ConsolePlace;
  framework: Framework;
  form: Filled;
  items: Outcome[];
  next?: string;
}

/** One standard: what stands in it, and for who keeps it what it is called and who may refer to it. */
export function FrameworkPage({ view, place, framework, form, items, next }: FrameworkProps) {
  const t = view.t.console.frameworks;
  const own = framework.owner === place.institution.id;
  const mayEdit = own && mayDo(place.ctx.actor, 'framework.edit', { whole: true });
  const at = `${place.base}/frameworks/${framework.id}`;
  return (
    <>
      <p class="note">
        <code>{framework.uri}</code>
      </p>
      {!own && <p class="notice">{t.notYours}</p>}
      {mayEdit && (
        <p class="actions">
          <a class="button" href={`${at}/outcomes/new`}>
            {t.add}
          </a>
        </p>
      )}
      <section aria-labelledby="outcomes">
        <h2 id="outcomes">{t.outcomes}</h2>
        {items.length === 0 && <p class="empty">{t.noOutcomes}</p>}
        {items.length > 0 && <OutcomeTable view={view} place={place} items={items} />}
        {next && (
          <p class="actions">
            <a href={`${at}?cursor=${encodeURIComponent(next)}`}>{view.t.console.members.more}</a>
          </p>
        )}
      </section>
      {mayEdit && (
        <section aria-labelledby="edit">
          <h2 id="edit">{t.edit}</h2>
          <FrameworkForm view={view} at={at} form={form} />
        </section>
      )}
    </>
  );
}

/** What a standard is called, and who may refer to it. */
export function FrameworkForm({ view, at, form }: { view: View; at: string; form: Filled }) {
  const t = view.t.console.frameworks;
  const of = { view, form };
  return (
    <form class="panel" method="post" action={at}>
      <TextField {...of} name="nameNl" label={t.nameNl} max={300} optional />
      <TextField {...of} name="nameEn" label={t.nameEn} max={300} optional />
      <Select
        {...of}
        name="kind"
        label={t.kind}
        choices={frameworkKinds.map(value => ({ value, label: t.frameworkKinds[value] }))}
      />
      <TextField {...of} name="version" label={t.version} max={50} optional />
      <TextField {...of} name="uri" label={t.uri} hint={t.uriHint} type="url" optional />
      <Tick {...of} name="shared" label={t.share} hint={t.shareHint} />
      <p class="actions">
        <button class="button" type="submit">
          {t.save}
        </button>
      </p>
    </form>
  );
}
