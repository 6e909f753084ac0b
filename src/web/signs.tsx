/** Signs that stand beside a word, never instead of it; so each is hidden from readers aloud. */

export type Shown = 'valid' | 'invalid' | 'indeterminate' | 'replaced';

const seals = {
  valid: <path d="M19 33.5l9 9 17-20" />,
  invalid: <path d="M22 22l20 20M42 22L22 42" />,
  indeterminate: (
    <>
      <path d="M24 25.5c0-5 3.6-8 8-8s8 3 8 7.2c0 5.3-8 6.3-8 12.3" />
      <circle class="dot" cx="32" cy="45.5" r="3.4" />
    </>
  ),
  replaced: <path d="M19 32h25M35 22l10 10-10 10" />,
} as const;

/** The large sign of a verdict. */
export function Seal({ shown }: { shown: Shown }) {
  return (
    <p class="seal" aria-hidden="true">
      <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
        <circle class="disc" cx="32" cy="32" r="30" />
        {seals[shown]}
      </svg>
    </p>
  );
}

export type Outcome = 'ok' | 'failed' | 'unknown' | 'not-applicable' | 'skipped';

const marks = {
  ok: <path d="M6.5 12.5l3.8 3.8 7.2-8" />,
  failed: <path d="M8 8l8 8M16 8l-8 8" />,
  unknown: (
    <>
      <path d="M9 9.6c0-2 1.3-3.2 3-3.2s3 1.2 3 2.9c0 2.1-3 2.4-3 4.7" />
      <circle class="dot" cx="12" cy="17.2" r="1.5" />
    </>
  ),
  'not-applicable': <path d="M7.5 12h9" />,
  skipped: <path d="M7.5 12h9" />,
} as const;

/** The small sign of one check. */
export function Sign({ outcome }: { outcome: Outcome }) {
  return (
    <svg class={`sign ${outcome}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="11" />
      {marks[outcome]}
    </svg>
  );
}
