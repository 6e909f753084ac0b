import { type Outcome, Seal, type Shown, Sign } from '../signs.tsx';
import type { View } from '../view.ts';
import type { PageWords } from '../without-network.ts';
import { PhotoFields, Viewfinder } from './scan-parts.tsx';

const outcomes: Outcome[] = ['ok', 'failed', 'unknown', 'not-applicable', 'skipped'];
const verdicts: Shown[] = ['valid', 'invalid', 'indeterminate', 'replaced'];

/**
 * The check without a network: its script keeps this page on a device when someone asks for that, and answers here.
 * `brings` are the addresses of what the page needs beside itself.
 */
export function OfflineCheckPage({ view, brings }: { view: View; brings: string[] }) {
  const { t } = view;
  const words = t.withoutNetwork;
  return (
    <div class="kept" data-brings={brings.join(' ')} data-words={JSON.stringify(pageWords(view))}>
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <noscript>
          <p class="notice">{words.noScript}</p>
        </noscript>
        <p class="told" role="status" data-told></p>
        <p class="actions">
          <button class="button" type="button" data-install hidden>
            {words.install}
          </button>
          <a href="/verify/camera">{words.withNetwork}</a>
        </p>
      </section>
      <Answer view={view} />
      <div class="no-print" data-ready hidden>
        <section aria-labelledby="scan-title">
          <h2 id="scan-title">{words.scan}</h2>
          <Viewfinder view={view} />
        </section>
        <section aria-labelledby="photo-title">
          <h2 id="photo-title">{t.counter.camera.photo}</h2>
          <form class="panel" data-photo>
            <PhotoFields view={view} />
          </form>
        </section>
      </div>
      <section class="no-print" aria-labelledby="device-title" data-device hidden>
        <h2 id="device-title">{words.device.heading}</h2>
        <p data-since></p>
        <p data-lasts></p>
        <p class="actions">
          <button class="button second" type="button" data-renew>
            {words.device.renew}
          </button>
          <button class="button second" type="button" data-remove>
            {words.device.remove}
          </button>
        </p>
      </section>
      <section class="no-print" aria-labelledby="about-title">
        <h2 id="about-title">{words.about.heading}</h2>
        <ul class="plain">
          <li>{words.about.page}</li>
          <li>{words.about.lists(new URL(view.origin).host)}</li>
          <li>{words.about.nothing}</li>
          <li>{words.about.lasts}</li>
        </ul>
      </section>
    </div>
  );
}

/** The places of an answer, which the script fills with text; and the signs that it may need. */
function Answer({ view: { t } }: { view: View }) {
  const { answer } = t.withoutNetwork;
  return (
    <div data-told-of hidden>
      <section class="answer" aria-labelledby="verdict" data-answer>
        <p class="seal" aria-hidden="true" data-seal></p>
        <div>
          <h2 class="verdict" id="verdict" tabindex={-1} data-verdict></h2>
          <p class="cause" data-cause></p>
          <p data-unsure></p>
          <p class="todo" data-todo>
            <strong>{t.verdict.what}</strong> <span></span>
          </p>
          <p data-known></p>
          <p data-later></p>
          <p class="soft" data-when></p>
        </div>
      </section>
      <section aria-labelledby="facts-title" data-facts>
        <h2 id="facts-title">{answer.badge}</h2>
        <p class="notice warn" data-doubtful>
          {t.badge.asReadWarning}
        </p>
        <dl class="facts">
          {(['title', 'recipient', 'issuer', 'awarded', 'until'] as const).map(fact => (
            <div {...{ [`data-${fact}`]: '' }}>
              <dt>{answer[fact]}</dt>
              <dd>
                <span dir="auto"></span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="checks-title">
        <h2 id="checks-title">{t.check.heading}</h2>
        <ol class="checks" data-checks></ol>
        <h3 class="apart">{t.check.notChecked}</h3>
        <ul class="plain" data-not-checked></ul>
        <p class="actions">
          <button class="button" type="button" data-again>
            {answer.another}
          </button>
        </p>
      </section>
      {verdicts.map(shown => (
        <template data-sign={shown}>
          <Seal shown={shown} />
        </template>
      ))}
      {outcomes.map(outcome => (
        <template data-sign={outcome}>
          <Sign outcome={outcome} />
        </template>
      ))}
      <template data-check>
        <li>
          <span>
            <span class="name"></span> <span class="word"></span>
          </span>
          <p>
            <span class="sentence"></span> <code class="code-name"></code>
          </p>
        </li>
      </template>
    </div>
  );
}

/** The words of the page for its script, in the language of the reader. */
function pageWords({ t, language }: View): PageWords {
  const { withoutNetwork: words, verdict, check } = t;
  const { valid, invalid, indeterminate, replaced } = verdict;
  const { told } = words;
  return {
    language,
    verdict: { valid, invalid, indeterminate, replaced },
    checks: check.ids,
    outcomes: check.outcomes,
    unknownMeans: verdict.unknownMeans,
    again: words.answer.again,
    known: words.answer.known('{age}', '{when}'),
    later: words.answer.later,
    assessedOn: verdict.assessedOn('{day}'),
    checkedAt: verdict.checkedAt('{when}'),
    told: { ...told, ready: told.ready('{age}'), cut: told.cut('{age}'), old: told.old('{age}') },
    since: words.device.since('{when}'),
    until: words.device.until('{when}'),
    nothing: words.device.nothing,
    reading: t.counter.camera.reading,
    noCode: words.noCode,
    noShort: words.noShort,
  };
}
