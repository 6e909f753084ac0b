import type { Unpacked } from '../../../privacy/index.ts';
import type { View } from '../../view.ts';
import { SendFiles, Told } from './parts.tsx';

interface PackProps {
  view: View;
  /** Whether there is something to take along. */
  some: boolean;
  /** What came of putting back. */
  unpacked?: Pick<Unpacked, 'experiences' | 'known'> | undefined;
  alert?: string | undefined;
}

/** All of it out as one file, and back in. */
export function PackPage({ view, some, unpacked, alert }: PackProps) {
  const { pack: words } = view.t;
  return (
    <>
      {unpacked && <Told words={words.done(unpacked.experiences, unpacked.known)} />}
      {alert && (
        <p class="notice warn" role="alert">
          {alert} {words.nothing}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {some ? (
          <>
            <p class="apart">{words.takeLead}</p>
            <p class="actions">
              <a class="button big" href="/portfolio/portfolio.zip" download>
                {words.take}
              </a>
            </p>
          </>
        ) : (
          <p class="empty apart">{words.none}</p>
        )}
      </section>
      <section aria-labelledby="bring">
        <h2 id="bring">{words.bring}</h2>
        <p>{words.bringLead}</p>
        <form class="talk" method="post" action="/portfolio/pack" enctype="multipart/form-data" data-busy={words.busy}>
          <div class="field">
            <label for="zip">{words.file}</label>
            <input id="zip" name="zip" type="file" accept=".zip,application/zip" />
          </div>
          <SendFiles quiet>{words.submit}</SendFiles>
        </form>
      </section>
      <p class="actions">
        <a href="/portfolio">{view.t.portfolio.entry.back}</a>
      </p>
    </>
  );
}
