import { ENDORSEMENT_WORDS, type Endorsed } from '../../credentials/index.ts';
import type { View } from '../view.ts';
import { foreign } from './badge-facts.tsx';

export interface EndorseProps {
  view: View;
  subject: Endorsed;
  /** Where the form goes: `/i/SLUG/endorse`. */
  path: string;
  /** By which id a file of one’s own names it. */
  about: string;
  nonce: string;
  /** Institutions that this person may speak for. */
  speaksFor: { slug: string; name: string }[];
  /** They work here, so it is not for them to say. */
  own: boolean;
  form?: { get(name: string): string };
  alert?: string | undefined;
}

/** Words about an institution or an achievement, signed after a login; or a file that was signed elsewhere. */
export function EndorsePage(props: EndorseProps) {
  const { view, subject, own, alert } = props;
  const { form: t } = view.t.endorse;
  const { institution, achievement } = subject;
  const name = achievement?.name ?? institution.profile.name;
  return (
    <>
      {(alert || own) && (
        <p class="notice warn" role="alert">
          {alert ?? t.own}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{t.title(name)}</h1>
        {achievement && (
          <p class="lead">
            <a
              href={`/i/${institution.slug}/achievements/${achievement.id}`}
              lang={foreign(achievement.language, view)}
            >
              {name}
            </a>
            , {institution.profile.name}
          </p>
        )}
        {!own && <SayForm {...props} />}
      </section>
      {!own && <SignedForm {...props} />}
    </>
  );
}

function SayForm({ view, path, nonce, speaksFor, form = { get: () => '' } }: EndorseProps) {
  const { form: t } = view.t.endorse;
  return (
    <>
      <p>{t.lead}</p>
      <form class="panel" method="post" action={path}>
        <input type="hidden" name="nonce" value={nonce} />
        <div class="field">
          <label for="words">{t.words}</label>
          <span class="hint" id="words-hint">
            {t.wordsHint}
          </span>
          <textarea id="words" name="words" rows={5} maxlength={ENDORSEMENT_WORDS} aria-describedby="words-hint">
            {form.get('words')}
          </textarea>
        </div>
        {speaksFor.length > 0 && (
          <div class="field">
            <label for="as">{t.as}</label>
            <select id="as" name="as">
              <option value="">{t.asMyself}</option>
              {speaksFor.map(({ slug, name }) => (
                <option value={slug} selected={form.get('as') === slug}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <Line name="name" label={t.name} hint={t.nameHint} value={form.get('name')} auto="name" max={80} />
        <Line
          name="onBehalfOf"
          label={`${t.onBehalfOf} (${view.t.console.forms.optional})`}
          hint={t.onBehalfOfHint}
          value={form.get('onBehalfOf')}
          auto="organization"
          max={200}
        />
        <p class="note apart">{t.signedHow}</p>
        <p class="actions">
          <button class="button" type="submit">
            {t.submit}
          </button>
        </p>
      </form>
    </>
  );
}

interface LineProps {
  name: string;
  label: string;
  hint: string;
  value: string;
  auto: string;
  max: number;
}

const Line = ({ name, label, hint, value, auto, max }: LineProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    <span class="hint" id={`${name}-hint`}>
      {hint}
    </span>
    <input
      id={name}
      name={name}
      type="text"
      maxlength={max}
      autocomplete={auto}
      value={value}
      aria-describedby={`${name}-hint`}
    />
  </div>
);

function SignedForm({ view, path, about, form }: EndorseProps) {
  const { signed: t } = view.t.endorse;
  const sent = form?.get('document') ?? '';
  return (
    <details class="apart" open={sent !== ''}>
      <summary>{t.summary}</summary>
      <p class="breaks">{t.lead(about)}</p>
      <form class="panel" method="post" action={`${path}/signed`} enctype="multipart/form-data">
        <div class="field">
          <label for="document">{t.text}</label>
          <textarea id="document" name="text" rows={4} spellcheck={false}>
            {sent}
          </textarea>
        </div>
        <div class="field">
          <label for="file">{t.file}</label>
          <input id="file" name="file" type="file" accept=".json,.jwt,.txt,application/json" />
        </div>
        <p class="actions">
          <button class="button quiet" type="submit">
            {t.submit}
          </button>
        </p>
      </form>
    </details>
  );
}
