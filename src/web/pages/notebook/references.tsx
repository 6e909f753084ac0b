import { type Experience, type listAsked, type Reference, referenceQuestions } from '../../../portfolio/index.ts';
import { didWebOfHost } from '../../../vc/did.ts';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Aloud, Story, Told } from './parts.tsx';

type Asked = Awaited<ReturnType<typeof listAsked>>;

interface ReferencesProps {
  view: View;
  references: Reference[];
  asked: Asked;
  experiences: Pick<Experience, 'id' | 'title'>[];
  done: string | undefined;
}

/** All that others said of someone, and whom they asked. */
export function ReferencesPage({ view, references, asked, experiences, done }: ReferencesProps) {
  const words = view.t.references;
  const general = references.filter(r => r.experienceId === null);
  const titles = new Map(experiences.map(e => [e.id, e.title]));
  return (
    <>
      <Told words={done ? words.done[done] : undefined} />
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Aloud view={view} />
        {!references.length && !asked.length && <p class="empty apart">{words.none}</p>}
        <p class="actions">
          <a class="button big" href="/portfolio/references/new">
            {words.ask}
          </a>
        </p>
      </section>
      {general.length > 0 && (
        <section aria-labelledby="about-you">
          <h2 id="about-you">{words.aboutYou}</h2>
          <ReferenceList view={view} references={general} />
          <SideBySide view={view} references={general.filter(r => !r.hidden)} />
        </section>
      )}
      {[...titles].map(([id, title]) => {
        const said = references.filter(r => r.experienceId === id);
        return said.length ? (
          <section aria-labelledby={`about-${id}`}>
            <h2 id={`about-${id}`}>
              <Visible text={words.aboutEntry(title)} t={view.t} />
            </h2>
            <ReferenceList view={view} references={said} />
          </section>
        ) : null;
      })}
      {asked.length > 0 && (
        <section aria-labelledby="asked">
          <h2 id="asked">{words.asked}</h2>
          <ul class="shown">
            {asked.map(({ id, name, relation, expiresAt }) => (
              <li>
                <Visible text={name} t={view.t} />{' '}
                <span class="note">
                  {words.relations[relation]} · {words.until(day(expiresAt, view.language))}
                </span>
                <form method="post" action={`/portfolio/references/asked/${id}/take-back`}>
                  <button class="linklike" type="submit">
                    {words.takeBack(name)}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="actions">
        <a href="/portfolio">{view.t.portfolio.entry.back}</a>
      </p>
    </>
  );
}

/** Each with its words, who said it, and how surely we know that. */
export function ReferenceList({ view, references }: { view: View; references: Reference[] }) {
  const words = view.t.references;
  return (
    <ul class="shown">
      {references.map(r => (
        <li>
          <WhoSaid view={view} reference={r} />
          <Story view={view} text={r.words} />
          {r.fileId && (
            <audio
              class="player"
              controls
              preload="none"
              src={`/portfolio/files/${r.fileId}`}
              aria-label={words.spoken(r.name)}
            ></audio>
          )}
          {r.document && (
            <p>
              <a href={`/portfolio/references/${r.id}/document`} download>
                {words.document}
              </a>
            </p>
          )}
          <form method="post" action={`/portfolio/references/${r.id}/${r.hidden ? 'show' : 'hide'}`}>
            <button class="linklike" type="submit">
              {r.hidden ? words.show(r.name) : words.hide(r.name)}
            </button>
          </form>
          <form method="post" action={`/portfolio/references/${r.id}/remove`}>
            <button class="linklike" type="submit">
              {words.remove(r.name)}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}

/** Who said it, what they are to each other, and how surely we know that. */
export function WhoSaid({ view, reference: r }: { view: View; reference: Reference }) {
  const words = view.t.references;
  return (
    <>
      <p>
        <strong>
          <Visible text={r.name} t={view.t} />
        </strong>{' '}
        <span class="note">{words.relations[r.relation as keyof typeof words.relations]}</span>
      </p>
      <span class={`standing ${r.hidden ? '' : 'backed'}`}>
        {r.hidden ? words.hidden : words.standings[r.standing]}
      </span>
      <SignedBy view={view} reference={r} />
    </>
  );
}

/** Whose key it was, where it was not that of this service. */
export function SignedBy({ view, reference: { signer } }: { view: View; reference: Pick<Reference, 'signer'> }) {
  if (signer === null || signer === didWebOfHost(view.origin)) return null;
  return (
    <p class="note">
      {view.t.references.give.signedBy} <span class="copy">{signer}</span>
    </p>
  );
}

/** A view from several sides: what each answered to the same question. */
function SideBySide({ view, references }: { view: View; references: Reference[] }) {
  const words = view.t.references;
  const asked = referenceQuestions.filter(key => references.some(r => r.answers[key]));
  if (!asked.length) return null;
  return (
    <>
      <h3>{words.sideBySide}</h3>
      {asked.map(key => (
        <div class="apart">
          <h4>{words.questions[key]}</h4>
          <dl class="sides">
            {references
              .filter(r => r.answers[key])
              .map(r => (
                <div>
                  <dt>
                    <Visible text={r.name} t={view.t} />
                  </dt>
                  <dd>
                    <Story view={view} text={r.answers[key]!} />
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      ))}
    </>
  );
}
