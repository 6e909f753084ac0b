import { type ApiKey, apiKeyRoles, type NewApiKey } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { moment, stamp } from '../../format.ts';
import type { View } from '../../view.ts';
import { TableHead } from '../table-head.tsx';
import { Choices, type Filled, TextField } from './fields.tsx';

interface ApiKeysProps {
  view: View;
  place: ConsolePlace;
  keys: ApiKey[];
  form: Filled;
}

/** Keys for programs: which there are, and a form that makes one. */
export function ApiKeysPage({ view, place, keys, form }: ApiKeysProps) {
  const t = view.t.console.apiKeys;
  const choices = apiKeyRoles.toReversed().map(value => ({ value, label: t.roles[value] }));
  return (
    <>
      <p class="lead">{t.lead}</p>
      {keys.length === 0 && <p class="empty apart">{t.none}</p>}
      {keys.length > 0 && <KeyTable view={view} place={place} keys={keys} />}
      <section aria-labelledby="make">
        <h2 id="make">{t.make}</h2>
        <form class="panel" method="post" action={`${place.base}/api-keys`}>
          <TextField view={view} form={form} name="label" label={t.label} hint={t.labelHint} max={200} />
          <Choices view={view} form={form} name="role" label={t.role} choices={choices} />
          <TextField
            view={view}
            form={form}
            name="expires"
            type="date"
            label={t.expires}
            hint={t.expiresHint}
            optional
          />
          <p class="actions">
            <button class="button" type="submit">
              {t.makeButton}
            </button>
          </p>
        </form>
      </section>
    </>
  );
}

/** Where a key stands now, in words; and whether it still works. */
export function stateOf(view: View, { revokedAt, expiresAt, replacedBy }: ApiKey): { works: boolean; words: string } {
  const t = view.t.console.apiKeys;
  const ended = revokedAt ?? (expiresAt && Date.parse(expiresAt) <= view.now.getTime() ? expiresAt : undefined);
  if (ended) return { works: false, words: t.ended(moment(ended, view.language)) };
  if (!expiresAt) return { works: true, words: t.inUse };
  const until = moment(expiresAt, view.language);
  return { works: true, words: replacedBy ? t.replaced(until) : t.ends(until) };
}

function KeyTable({ view, place, keys }: { view: View; place: ConsolePlace; keys: ApiKey[] }) {
  const t = view.t.console.apiKeys;
  return (
    <table class="stack apart">
      <TableHead columns={[t.label, t.prefix, t.role, t.used, t.state]} doing={t.actions} />
      <tbody>
        {keys.toReversed().map(key => {
          const { works, words } = stateOf(view, key);
          return (
            <tr class={works ? undefined : 'over'}>
              <th scope="row">{key.label ?? t.noLabel}</th>
              <td class="code-cell">
                <code>{`wmk_${key.id}_`}</code>
              </td>
              <td data-label={t.role}>{t.roles[key.role]}</td>
              <td data-label={t.used}>{key.lastUsedAt ? stamp(key.lastUsedAt, view.language) : t.never}</td>
              <td data-label={t.state}>{words}</td>
              <td class="does">{works && <KeyActions view={view} place={place} apiKey={key} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function KeyActions({ view, place, apiKey }: { view: View; place: ConsolePlace; apiKey: ApiKey }) {
  const t = view.t.console.apiKeys;
  const at = `${place.base}/api-keys/${apiKey.id}`;
  const which = <span class="visually-hidden">: {apiKey.label ?? apiKey.id}</span>;
  return (
    <>
      {!apiKey.replacedBy && (
        <details>
          <summary>
            {t.rotate}
            {which}
          </summary>
          <form method="post" action={`${at}/rotation`}>
            <p class="note">{t.rotateWhy}</p>
            <label class="apart" for={`overlap-${apiKey.id}`}>
              {t.overlap}
            </label>
            <select id={`overlap-${apiKey.id}`} name="overlap">
              {Object.entries(t.overlaps).map(([hours, words]) => (
                <option value={hours} selected={hours === '24'}>
                  {words}
                </option>
              ))}
            </select>
            <button class="button small" type="submit">
              {t.rotateButton}
            </button>
          </form>
        </details>
      )}
      <details>
        <summary>
          {t.revoke}
          {which}
        </summary>
        <form method="post" action={`${at}/revocation`}>
          <p class="note">{t.revokeWhy}</p>
          <button class="button small danger" type="submit">
            {t.revokeButton}
          </button>
        </form>
      </details>
    </>
  );
}

/** A key that was made just now, this once. */
export function ApiKeyMade(props: { view: View; place: ConsolePlace; made: NewApiKey; overlapHours?: number }) {
  const { view, place, made, overlapHours } = props;
  const t = view.t.console.apiKeys;
  return (
    <>
      <p class="lead">{t.madeLead}</p>
      <code class="secret">{made.key}</code>
      {overlapHours !== undefined && <p class="apart">{t.madeNext(overlapHours)}</p>}
      <p class="actions">
        <a class="button" href={`${place.base}/api-keys`}>
          {t.toKeys}
        </a>
      </p>
    </>
  );
}
