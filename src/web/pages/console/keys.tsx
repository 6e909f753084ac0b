import type { JoseKeyRow, KeyRow } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { stamp } from '../../format.ts';
import type { View } from '../../view.ts';
import { Choices, type Filled, Tick } from './fields.tsx';

interface KeysProps {
  view: View;
  place: ConsolePlace;
  keys: KeyRow[];
  /** Those for tokens, which wallets ask for. */
  forTokens: JoseKeyRow[];
  /** The form that withdraws a key. */
  form: Filled;
}

/** The keys that badges are signed with, and what can be done with them, each with what it means. */
export function KeysPage({ view, place, keys, forTokens, form }: KeysProps) {
  const t = view.t.console.keys;
  const at = `${place.base}/keys`;
  const waiting = keys.some(k => k.state === 'published');
  const all = [...forTokens, ...keys];
  const live = all.filter(k => k.state !== 'compromised');
  return (
    <>
      <p class="lead">{t.lead}</p>
      <table class="stack apart">
        <thead>
          <tr>
            <th scope="col">{t.id}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.created}</th>
            <th scope="col">{t.ended}</th>
          </tr>
        </thead>
        <tbody>
          {all.toReversed().map(key => (
            <tr>
              <th scope="row" class="code-cell">
                <code>{key.id}</code>
              </th>
              <td>{t.states[key.state]}</td>
              <td data-label={t.created}>{stamp(key.createdAt, view.language)}</td>
              <td data-label={t.ended}>{key.endedAt ? stamp(key.endedAt, view.language) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="side">
        <section aria-labelledby="publish">
          <h2 id="publish">{t.publish}</h2>
          <p>{t.publishWhy}</p>
          <p>{t.kinds}</p>
          <form class="actions" method="post" action={`${at}/publication`}>
            <button class="button" type="submit">
              {t.publishButton}
            </button>
            <button class="button quiet" type="submit" name="kind" value="ES256">
              {t.publishTokens}
            </button>
          </form>
        </section>
        <section aria-labelledby="rotate">
          <h2 id="rotate">{t.rotate}</h2>
          <p>{t.rotateWhy}</p>
          {!waiting && <p class="notice warn apart">{t.rotateNone}</p>}
          <form class="actions" method="post" action={`${at}/rotation`}>
            <button class="button" type="submit">
              {t.rotateButton}
            </button>
            <button class="button quiet" type="submit" name="kind" value="ES256">
              {t.rotateTokens}
            </button>
          </form>
        </section>
      </div>
      <section aria-labelledby="compromise">
        <h2 id="compromise">{t.compromise}</h2>
        <p class="notice wrong">{t.compromiseWhy}</p>
        <details class="apart" open={Object.keys(form.errors).length > 0}>
          <summary>{t.compromiseOpen}</summary>
          <form class="panel" method="post" action={`${at}/compromise`}>
            <Choices
              view={view}
              form={form}
              name="key"
              label={t.compromiseWhich}
              choices={live.map(key => ({ value: key.id, label: key.id, hint: t.states[key.state] }))}
            />
            <Tick view={view} form={form} name="sure" label={t.compromiseSure} />
            <p class="actions">
              <button class="button danger" type="submit">
                {t.compromiseButton}
              </button>
            </p>
          </form>
        </details>
      </section>
    </>
  );
}
