import type { Child } from 'hono/jsx';
import type { Form } from '../../form.ts';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';

/** What stands in a form now: what was kept before or what was just sent, and what is wrong with it. */
export interface Filled {
  get(name: string): string;
  all(name: string): string[];
  /** A sentence for each field that is not right. */
  errors: Record<string, string>;
}

/** A form as it stands before anyone has sent it. */
export const startWith = (values: Record<string, string | string[] | undefined> = {}): Filled => ({
  get: name => [values[name] ?? ''].flat()[0] ?? '',
  all: name => [values[name] ?? []].flat(),
  errors: {},
});

/** A form as it was sent, with what is wrong. */
export const sentWith = (form: Form, errors: Record<string, string>): Filled => ({
  get: name => form.get(name),
  all: name => form.all(name),
  errors,
});

interface FieldProps {
  view: View;
  form: Filled;
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

const described = ({ form, name, hint }: FieldProps) =>
  [form.errors[name] && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ') || undefined;

function Around({ field, children, group }: { field: FieldProps; children?: Child; group?: boolean }) {
  const { view, form, name, label, hint, optional } = field;
  const error = form.errors[name];
  const words = (
    <>
      {label}
      {optional && <span class="optional"> ({view.t.console.forms.optional})</span>}
    </>
  );
  const more = (
    <>
      {hint && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {children}
      {error && (
        <p class="error" id={`${name}-error`}>
          {view.t.form.errorPrefix} {error}
        </p>
      )}
    </>
  );
  if (group)
    return (
      <fieldset class="field" id={name} aria-describedby={described(field)}>
        <legend class="label">{words}</legend>
        {more}
      </fieldset>
    );
  return (
    <div class="field">
      <label for={name}>{words}</label>
      {more}
    </div>
  );
}

type TextProps = FieldProps & {
  type?: 'text' | 'email' | 'url' | 'number' | 'date';
  rows?: number;
  autocomplete?: string;
  max?: number;
};

/** One line, or several with `rows`. */
export function TextField(props: TextProps) {
  const { form, name, type = 'text', rows, optional, autocomplete = 'off', max } = props;
  const shared = {
    id: name,
    name,
    autocomplete,
    spellcheck: false,
    required: !optional,
    maxlength: max,
    'aria-describedby': described(props),
    'aria-invalid': form.errors[name] ? ('true' as const) : undefined,
  };
  return (
    <Around field={props}>
      {rows ? (
        <textarea {...shared} rows={rows}>
          {form.get(name)}
        </textarea>
      ) : (
        <input {...shared} type={type} value={form.get(name)} />
      )}
    </Around>
  );
}

interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** One of a few, all in sight; or any number of them with `many`. */
export function Choices(props: FieldProps & { choices: Choice[]; many?: boolean }) {
  const { form, name, choices, many } = props;
  const chosen = form.all(name);
  return (
    <Around field={props} group>
      <div class="choices">
        {choices.map(({ value, label, hint }, i) => (
          <label class="choice">
            <input
              type={many ? 'checkbox' : 'radio'}
              id={`${name}-${i}`}
              name={name}
              value={value}
              checked={chosen.includes(value)}
              required={!many && !props.optional}
            />
            <span>
              {label}
              {hint && <span class="hint">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </Around>
  );
}

/** One of many, folded away. */
export function Select(props: FieldProps & { choices: Choice[] }) {
  const { form, name, choices } = props;
  return (
    <Around field={props}>
      <select id={name} name={name} aria-describedby={described(props)}>
        {choices.map(({ value, label }) => (
          <option value={value} selected={form.get(name) === value}>
            {label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** One thing that is so or not. */
export function Tick(props: FieldProps) {
  const { form, name, label, hint, view } = props;
  const error = form.errors[name];
  return (
    <div class="field">
      <label class="choice" for={name}>
        <input
          type="checkbox"
          id={name}
          name={name}
          value="yes"
          checked={form.get(name) === 'yes'}
          aria-describedby={described(props)}
          aria-invalid={error ? 'true' : undefined}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <p class="error" id={`${name}-error`}>
          {view.t.form.errorPrefix} {error}
        </p>
      )}
    </div>
  );
}

/** What is wrong, on top of the page, each with a way to its field. */
export function WrongFields({ view, form }: { view: View; form: Filled }) {
  return (
    <>
      <p>{view.t.console.forms.wrong}</p>
      <ul class="plain">
        {Object.entries(form.errors).map(([name, sentence]) => (
          <li>
            <a href={`#${name}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A form that makes something new, below what there is. */
export function MakeForm({ title, action, children }: { title: string; action: string; children?: Child }) {
  return (
    <section aria-labelledby="make">
      <h2 id="make">{title}</h2>
      <form class="panel" method="post" action={action}>
        {children}
        <p class="actions">
          <button class="button" type="submit">
            {title}
          </button>
        </p>
      </form>
    </section>
  );
}

/** Until when something is open, with a way to end it today; or that it has ended. */
export function Ends(props: { view: View; until: string | undefined; ended: string; stop: string; action: string }) {
  const { view, until, ended, stop, action } = props;
  if (!until) return <>{ended}</>;
  return (
    <>
      {day(until, view.language)}
      <form method="post" action={action}>
        <button class="linklike" type="submit">
          {stop}
        </button>
      </form>
    </>
  );
}
