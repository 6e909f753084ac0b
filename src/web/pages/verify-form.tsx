import type { View } from '../view.ts';

export interface VerifyFormProps {
  view: View;
  /** What was asked before, to start from. */
  text?: string;
  /** Why nothing was checked. */
  error?: string;
}

/** The one handle of the service: a link, a text or a file. It works without any script. */
export function VerifyForm({ view, text = '', error }: VerifyFormProps) {
  const { form } = view.t;
  return (
    <form class="panel" method="post" action="/verify" enctype="multipart/form-data">
      <div class="field">
        <label for="text">{form.text}</label>
        <span class="hint" id="text-hint">
          {form.textHint}
        </span>
        <textarea
          id="text"
          name="text"
          rows={4}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="none"
          aria-describedby={error ? 'text-error text-hint' : 'text-hint'}
          aria-invalid={error ? 'true' : undefined}
        >
          {text}
        </textarea>
        {error && (
          <p class="error" id="text-error">
            {form.errorPrefix} {error}
          </p>
        )}
      </div>
      <p class="or">{form.or}</p>
      <div class="field">
        <label for="file">{form.file}</label>
        <span class="hint" id="file-hint">
          {form.fileHint}
        </span>
        <input
          id="file"
          name="file"
          type="file"
          accept=".json,.jsonld,.jwt,.txt,.png,.svg,.pdf,.jpg,.jpeg,application/json,application/ld+json,application/vc,image/png,image/svg+xml,image/jpeg,application/pdf"
          aria-describedby="file-hint"
        />
      </div>
      <details>
        <summary>{form.person}</summary>
        <p class="hint">{form.personHint}</p>
        <Known id="email" label={form.personEmail} type="email" />
        <Known id="name" label={form.personName} />
        <Known id="identifier" label={form.personIdentifier} />
        <Known id="at" label={form.at} type="date" />
      </details>
      <p class="actions">
        <button class="button" type="submit">
          {form.submit}
        </button>
      </p>
    </form>
  );
}

/** What a checker knows beside the badge. It is compared, and never comes back in the page. */
const Known = ({ id, label, type = 'text' }: { id: string; label: string; type?: string }) => (
  <div class="field">
    <label for={id}>{label}</label>
    <input id={id} name={id} type={type} autocomplete="off" maxlength={320} />
  </div>
);
