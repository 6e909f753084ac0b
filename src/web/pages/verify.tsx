import type { View } from '../view.ts';
import { CheckedPoints } from './home.tsx';
import { VerifyForm } from './verify-form.tsx';

/** The check before anything was asked, or when nothing was given. */
export function VerifyPage({ view, error, text }: { view: View; error?: string; text?: string }) {
  const { verify } = view.t;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{verify.title}</h1>
        <p class="lead">{verify.lead}</p>
        <VerifyForm view={view} error={error} text={text} />
        <p class="apart">
          <a href="/verify/wallet">{view.t.ask.link}</a> <span class="note">{view.t.ask.linkHint}</span>
        </p>
        <p class="apart">
          <a href="/verify/many">{view.t.many.toMany}</a>
        </p>
        <p class="apart">
          <a href="/verify/offline">{view.t.withoutNetwork.link}</a>{' '}
          <span class="note">{view.t.withoutNetwork.linkHint}</span>
        </p>
      </section>
      <CheckedPoints view={view} />
    </>
  );
}

export interface UnreadProps {
  view: View;
  /** Which of the designed states this is. */
  kind: string;
  /** The safe sentence of the error, in English. */
  detail?: string;
  text?: string;
}

/** Nothing could be read: what happened, what to do, and the form again. Never looks like a verdict. */
export function UnreadPage({ view, kind, detail, text }: UnreadProps) {
  const { unread, error } = view.t;
  const codes: Record<string, { what: string; todo: string }> = unread.codes;
  const { what, todo } = codes[kind] ?? unread.codes.other;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{unread.title}</h1>
        <div class="notice warn apart">
          <p>
            <strong>{what}</strong> {unread.notAVerdict}
          </p>
          <p>{todo}</p>
          {/* Of words that were never meant as data there is nothing technical to tell. */}
          {detail && kind !== 'other' && (
            <p class="note">
              {error.detail}: <span lang="en">{detail}</span>
            </p>
          )}
        </div>
      </section>
      <section aria-labelledby="again">
        <h2 id="again">{unread.tryAgain}</h2>
        <VerifyForm view={view} text={text} />
      </section>
    </>
  );
}
