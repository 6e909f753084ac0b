import { DAY_MS } from '../../platform/clock.ts';
import type { Report } from '../report.ts';
import type { View } from '../view.ts';
import { Known } from './verify-form.tsx';

/** What was checked, to ask more about it: a link, or a text that is not too large to be sent again. */
export interface Again {
  text?: string;
  /** Set when it was a link: then the answer has an address. */
  link?: string;
}

/** The address of the check of a link, as of a day if one was asked for. */
export function checkAddress(link: string, at?: string): string {
  const query = new URLSearchParams({ url: link, ...(at ? { at: at.slice(0, 10) } : {}) });
  return `/verify?${query}`;
}

/** The two questions that a checker has beside the verdict: on another day, and of this person. */
export function Further({ view, report, again }: { view: View; report: Report; again: Again }) {
  const { further } = view.t.counter;
  return (
    <section class="no-print" aria-labelledby="further">
      <h2 id="further">{further.title}</h2>
      {again.text === undefined ? (
        <p>{further.tooLarge}</p>
      ) : (
        <>
          <OtherDay view={view} report={report} again={again} />
          <ThisPerson view={view} report={report} again={again} />
        </>
      )}
      <p class="note apart">{further.address(new URL(view.origin).host)}</p>
    </section>
  );
}

interface FurtherProps {
  view: View;
  report: Report;
  again: Again;
}

function OtherDay({ view, report, again }: FurtherProps) {
  const { further } = view.t.counter;
  const { link } = again;
  const day = report.at?.slice(0, 10);
  const form = link ? 'ask-day' : 'again';
  return (
    <details open={Boolean(report.at)}>
      <summary>{further.day}</summary>
      <div class="ask">
        {link && (
          <form id={form} method="get" action="/verify">
            <input type="hidden" name="url" value={link} />
          </form>
        )}
        <p class="hint">{further.dayHint}</p>
        <Known id="at" label={further.dayLabel} type="date" value={day} max={tomorrow(view)} form={form} />
        <p class="actions">
          <button class="button second" type="submit" form={form}>
            {further.dayAsk}
          </button>
          {link && day && <a href={checkAddress(link)}>{further.today}</a>}
        </p>
      </div>
    </details>
  );
}

/** A day that is still to come has no answer yet; it is already tomorrow somewhere. */
const tomorrow = ({ now }: View) => new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);

function ThisPerson({ view, report, again }: FurtherProps) {
  const { further } = view.t.counter;
  const { form: labels } = view.t;
  const { link } = again;
  const form = link ? 'ask-person' : 'again';
  const asked = report.checks.some(({ id, code }) => id === 'recipient' && code !== 'recipient-not-asked');
  return (
    <details open={asked} id="person">
      <summary>{further.person}</summary>
      <div class="ask">
        {link && (
          <form id={form} method="post" action="/verify" enctype="multipart/form-data">
            <input type="hidden" name="text" value={link} />
            {report.at && <input type="hidden" name="at" value={report.at.slice(0, 10)} />}
          </form>
        )}
        <p class="hint">{further.personHint}</p>
        <Known id="name" label={labels.personName} form={form} />
        <Known id="email" label={labels.personEmail} type="email" form={form} />
        <Known id="eduid" label={further.eduid} form={form} />
        <p class="actions">
          <button class="button second" type="submit" form={form}>
            {further.personAsk}
          </button>
        </p>
      </div>
    </details>
  );
}
