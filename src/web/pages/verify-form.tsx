import type { View } from '../view.ts';

interface VerifyFormProps {
  view: View;
  /** What was asked before, to start from. */
  text?: string;
  /** Why nothing was checked. */
  error?: string;
}

/** Pictures and documents that can hold a badge. */
const KINDS =
  '.json,.jsonld,.jwt,.txt,.png,.svg,.pdf,.jpg,.jpeg,application/json,application/ld+json,application/vc,image/png,image/svg+xml,image/jpeg,application/pdf';

/** The one handle of the service: a link, a text, a file or the camera. It works without any script. */
export function VerifyForm({ view, text = '', error }: VerifyFormProps) {
  const { form, counter } = view.t;
  return (
    <form
      class="panel"
      method="post"
      action="/verify"
      enctype="multipart/form-data"
      data-drop
      data-busy={counter.busy}
      data-offline={counter.offline}
    >
      <div class="field">
        <label for="text">{form.text}</label>
        <span class="hint" id="text-hint">
          {form.textHint}
        </span>
        <div class="drop">
          <textarea
            id="text"
            name="text"
            rows={3}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="none"
            autofocus={Boolean(error)}
            aria-describedby={error ? 'text-error text-hint' : 'text-hint'}
            aria-invalid={error ? 'true' : undefined}
          >
            {text}
          </textarea>
          <label for="file">{counter.drop}</label>
          <input id="file" name="file" type="file" multiple accept={KINDS} aria-describedby="file-hint" />
        </div>
        <span class="hint" id="file-hint">
          {form.fileHint}
        </span>
        {error && (
          <p class="error" id="text-error">
            {form.errorPrefix} {error}
          </p>
        )}
      </div>
      <p class="actions">
        <button class="button" type="submit">
          {form.submit}
        </button>
        <a class="button second" href="/verify/camera">
          <CameraSign /> {counter.camera.open}
        </a>
      </p>
      <p class="told" role="status"></p>
      <details>
        <summary>{form.person}</summary>
        <p class="hint">{form.personHint}</p>
        <Known id="email" label={form.personEmail} type="email" />
        <Known id="name" label={form.personName} />
        <Known id="identifier" label={form.personIdentifier} />
        <Known id="at" label={form.at} type="date" />
      </details>
    </form>
  );
}

const CameraSign = () => (
  <svg class="camera-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M4 8h3.5l1.5-2.5h6L16.5 8H20v11H4z" />
    <circle cx="12" cy="13" r="3.4" />
  </svg>
);

/** What a checker knows beside the badge. It is compared, and never comes back in the page. */
export const Known = ({
  id,
  label,
  type = 'text',
  value,
  max,
  form,
}: {
  id: string;
  label: string;
  type?: string;
  value?: string;
  max?: string;
  /** The form that it belongs to, where it stands in none. */
  form?: string;
}) => (
  <div class="field">
    <label for={id}>{label}</label>
    <input id={id} name={id} type={type} value={value} max={max} form={form} autocomplete="off" maxlength={320} />
  </div>
);
