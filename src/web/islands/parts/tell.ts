// Tells a report on the page: what stands in it goes into the places that the page has for it, as text and nothing else.
import { type Report, remedyOf } from '../../../verifier/in-browser.ts';
import { age, day, moment } from '../../format.ts';
import { checkOf, shownVerdict } from '../../report.ts';
import { withoutHidden } from '../../visible.tsx';
import type { TellWords } from '../../without-network.ts';

/** Fills the answer and shows it; `knownAt` is when this device last heard of anything. */
export function tell(place: HTMLElement, report: Report, words: TellWords, knownAt: string) {
  const { language } = words;
  const shown = shownVerdict(report);
  const find = <E extends HTMLElement>(name: string) => place.querySelector<E>(`[data-${name}]`)!;
  /** Puts a text in its place; a place for which there is none is not shown. */
  const say = (name: string, text = '') => {
    const at = find(name);
    (at.querySelector('span') ?? at).textContent = withoutHidden(text);
    at.hidden = text === '';
  };
  const sign = (name: string) => find<HTMLTemplateElement>(`sign="${name}"`).content.cloneNode(true);

  // 1. The verdict, why, and what to do.
  find('answer').className = `answer ${shown}`;
  find('seal').replaceChildren((sign(shown) as DocumentFragment).querySelector('svg')!);
  say('verdict', words.verdict[shown]);
  const cause = report.verdict === 'valid' ? undefined : report.checks.find(({ code }) => code === report.code);
  say('cause', cause?.message[language]);
  const isUnsure = report.verdict === 'indeterminate';
  say('unsure', isUnsure ? words.unknownMeans : '');
  say('todo', isUnsure ? words.again : cause && remedyOf(cause.code)?.[language]);
  say(
    'known',
    words.known
      .replace('{age}', age(knownAt, report.checkedAt, language)!)
      .replace('{when}', moment(knownAt, language)),
  );
  // What is false stays false.
  say('later', report.verdict === 'invalid' ? '' : words.later);

  // 2. What the code says, as far as that is known to be signed.
  const badge = report.credential as Short | null;
  const isSigned = checkOf(report, 'signature')?.outcome === 'ok';
  const assessed = badge && isSigned ? words.assessedOn.replace('{day}', day(badge.awardedDate, language)) : '';
  say('when', `${assessed} ${words.checkedAt.replace('{when}', moment(report.checkedAt, language))}`.trim());
  find('facts').hidden = !badge;
  find('doubtful').hidden = !badge || isSigned;
  say('title', badge?.name);
  say('recipient', badge?.credentialSubject.identifier?.[0]?.identityHash);
  say('issuer', badge?.issuer.id && nameOf(report, badge.issuer.id));
  say('awarded', (badge && day(badge.awardedDate, language)) || '');
  say('until', badge?.validUntil && day(badge.validUntil, language));

  // 3. Each check, and what was not checked.
  find('checks').replaceChildren(
    ...report.checks.map(({ id, outcome, code, message }) => {
      const line = find<HTMLTemplateElement>('check').content.cloneNode(true) as DocumentFragment;
      const [item, name, word, sentence, shortName] = ['li', '.name', '.word', '.sentence', 'code'].map(part =>
        line.querySelector(part)!,
      ) as [Element, Element, Element, Element, Element];
      item.className = outcome;
      item.prepend(sign(outcome));
      name.textContent = words.checks[id];
      word.textContent = words.outcomes[outcome];
      sentence.textContent = message[language];
      shortName.textContent = code;
      return line;
    }),
  );
  find('not-checked').replaceChildren(
    ...report.notChecked.map(({ message }) => {
      const item = document.createElement('li');
      item.textContent = message[language];
      return item;
    }),
  );
  place.hidden = false;
  // Whoever reads by ear, or goes by keyboard, goes on at the answer.
  find('verdict').focus();
}

/** What a list calls the issuer, and its domain; for one that is on none, all that there is of it. */
function nameOf(report: Report, id: string): string {
  const { name, domain } = checkOf(report, 'issuer')?.evidence ?? {};
  return typeof name === 'string' ? `${name} (${String(domain ?? id)})` : id;
}

/** The credential of a report on a short form (`verifyShort`). */
interface Short {
  name: string;
  issuer: { id: string };
  awardedDate: string;
  validUntil?: string;
  credentialSubject: { identifier?: { identityHash: string }[] };
}
