import { choicesOf, type Found, type Step } from '../../verifier/index.ts';
import type { Messages } from '../messages.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

export interface ChoiceProps {
  view: View;
  found: Found[];
  /** What the buttons send again, beside the place of the badge. */
  text: string;
  /** What was asked beside it: whom someone has in front of them, and the day. */
  beside: Record<string, string | undefined>;
}

/** Several badges in one thing: which one is meant? Nothing is judged yet, and nothing looks as if it were. */
export function ChoicePage({ view, found, text, beside }: ChoiceProps) {
  const { choice } = view.t;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{choice.title}</h1>
      <p class="lead">{choice.lead(found.length)}</p>
      <form class="choices" method="post" action="/verify" enctype="multipart/form-data">
        <input type="hidden" name="text" value={text} />
        {Object.entries(beside).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <ul class="cards">
          {choicesOf(found).map(({ index, title, where }) => (
            <li class="card choice">
              <div>
                <h2 id={`choice-${index}`}>
                  {title ? <Visible text={title} t={view.t} /> : choice.untitled(index + 1)}
                </h2>
                <p class="note">
                  <Where steps={where} t={view.t} />
                </p>
                <button class="button" type="submit" name="choice" value={index} aria-describedby={`choice-${index}`}>
                  {choice.check}
                </button>
              </div>
            </li>
          ))}
        </ul>
      </form>
      <p class="soft apart">{choice.notChecked}</p>
    </section>
  );
}

/** The way to a badge in words: `in the PDF, in the file badge.json`. */
function Where({ steps, t }: { steps: Step[]; t: Messages }) {
  if (steps.length === 0) return <>{t.choice.given}</>;
  return (
    <>
      {steps.map(({ kind, name }, i) => (
        <>
          {i > 0 && ', '}
          {t.choice.where[kind]}
          {name && ' '}
          {name && <Visible text={name} t={t} />}
        </>
      ))}
    </>
  );
}
