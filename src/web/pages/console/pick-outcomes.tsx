import { nameOf, type Outcome, wordsOf } from '../../../catalogue/index.ts';
import type { View } from '../../view.ts';
import type { Filled } from './fields.tsx';

/**
 * Finds outcomes and adds them, within a larger form: a button looks, a button behind each adds it. With the script of
 * the editor what is found changes as one types.
 */
export function PickOutcomes({ view, form, found }: { view: View; form: Filled; found: Outcome[] }) {
  const t = view.t.console.pick;
  const text = form.get('search');
  return (
    <fieldset class="field find-outcome" id="pick">
      <legend class="label">{t.title}</legend>
      <label for="search" class="hint">
        {t.hint}
      </label>
      <input id="search" name="search" type="search" value={text} maxlength={200} autocomplete="off" />
      <p>
        <button class="button small quiet" type="submit" name="step" value="look" formnovalidate>
          {t.search}
        </button>
      </p>
      <div id="found" aria-live="polite">
        {text && found.length === 0 && <p>{t.none}</p>}
        <ul class="plain">
          {found.map(o => {
            const { name } = wordsOf(o, view.language);
            return (
              <li>
                {name}{' '}
                <span class="note">
                  {[nameOf(o.framework.names, view.language), o.code].filter(Boolean).join(' · ')}
                </span>{' '}
                <button class="quiet" type="submit" name="add" value={o.id} formnovalidate>
                  {t.add}
                  <span class="visually-hidden">: {name}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </fieldset>
  );
}
