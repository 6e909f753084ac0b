import type { DecisionDocument } from '../credentials/index.ts';
import { utf8 } from '../vc/bytes.ts';
import type { Paper, Section } from '../wallets/index.ts';
import { rosette } from './art.tsx';
import { day } from './format.ts';
import { type Messages, messages } from './messages.ts';
import { paperLine, paperText } from './paper-text.ts';
import { qrPath } from './qr.tsx';

/**
 * A decision in the words of its paper. It is made from the signed document alone, so that the same document gives the
 * same bytes, by which a paper of ours can be told from one that was changed.
 */
export function decisionPaper(document: DecisionDocument): Paper {
  const { language, issuer, holder, decision, recourse } = document;
  const t = messages[language];
  const words = t.decisions;
  const { origin, pathname } = new URL(issuer.url);
  const check = `${origin}/verify`;
  const name = paperLine(issuer.name);
  const title = paperLine(words.title(document.results.map(r => r.title).join(', ')));
  return {
    language,
    kicker: words.kicker,
    title,
    issuer: name,
    mark: rosette({ radius: 54, seed: pathname.split('/').at(-1)!, issuer: name, title }),
    ...(holder ? { holder: { label: words.forWhom, name: paperLine(holder.name) } } : {}),
    sections: [
      { heading: words.results, facts: resultFacts(document, t) },
      {
        heading: words.about,
        facts: [
          { label: words.decidedOn, text: day(decision.decidedOn, language) },
          { label: words.decidedBy, text: `${decision.body}, ${name}` },
          { label: words.basis, text: words.bases[decision.basis] },
          ...decision.waived.map(rule => ({ label: words.waived, text: words.waivedRules[rule] })),
          ...(decision.motive ? [{ label: words.motive, text: paperText(decision.motive) }] : []),
          { label: words.number, text: `${decision.dossier} / ${decision.number}` },
        ],
      },
      { heading: words.assessed, facts: [{ text: words.assessedText }, ...shownFacts(document, t)] },
      {
        heading: words.recourse,
        facts: [
          ...(recourse.reconsideration ? [{ text: recourse.reconsideration }] : []),
          ...(recourse.reconsiderUntil ? [{ text: words.until(day(recourse.reconsiderUntil, language)) }] : []),
          { text: recourse.appeal },
        ],
      },
    ],
    check: {
      heading: words.checkHeading,
      lines: [words.checkLine, words.checkWhy],
      address: check,
      qr: qrPath(check),
    },
    pageOf: t.files.page,
    attached: {
      name: 'decision.json',
      type: 'application/json',
      description: words.attached,
      content: utf8(JSON.stringify(document)),
    },
    made: new Date(document.created),
  };
}

function resultFacts({ results, decision }: DecisionDocument, { decisions: words }: Messages): Section['facts'] {
  return results.map(({ title, outcome, stands, ways }) => ({
    label: words.outcomes[outcome === 'awarded' && decision.basis === 'exemption' ? 'exempted' : outcome],
    text: [
      paperLine(title),
      outcome === 'not-yet' && stands.length ? words.stands(stands.map(unit => paperLine(unit.title)).join(', ')) : '',
      ways ? `${words.ways}\n${paperText(ways)}` : '',
    ]
      .filter(Boolean)
      .join('\n'),
  }));
}

/** How many experiences of each kind; what they are stays the learner's. */
function shownFacts({ evidence }: DecisionDocument, { decisions: words }: Messages): Section['facts'] {
  if (!evidence.length) return [];
  const kinds = Object.keys(words.kinds)
    .map(kind => [kind, evidence.filter(e => e.kind === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${n} ${words.kinds[kind]}`);
  return [{ label: words.shown, text: `${words.experiences(evidence.length)} (${kinds.join(', ')})` }];
}
