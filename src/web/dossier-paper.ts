import type { DossierRole, Look, Told } from '../dossiers/index.ts';
import { type Institution, roleName } from '../institutions/index.ts';
import type { Role } from '../platform/context.ts';
import { utf8 } from '../vc/bytes.ts';
import type { Paper, Section } from '../wallets/index.ts';
import { rosette } from './art.tsx';
import { day, moment } from './format.ts';
import { type Language, type Messages, messages } from './messages.ts';
import { paperLine, paperText } from './paper-text.ts';
import { qrPath } from './qr.tsx';

export interface DossierPaperFacts {
  look: Look;
  institution: Institution;
  language: Language;
  /** The page that it is an abridgement of. */
  address: string;
  hashes: { seq: number; hash: string; wordsHash: string | null }[];
  now: Date;
}

/** A validation on paper, as the side sees it that asks for it: an abridgement, which nobody signed. */
export function dossierPaper(facts: DossierPaperFacts): Paper {
  const { look, institution, language, address, now } = facts;
  const t = messages[language];
  const words = t.decisions.report;
  const issuer = paperLine(institution.profile.name);
  const title = paperLine([...look.titles.values()].join(', ') || t.validations.free);
  const learner = look.names.get(look.dossier.state.learner);
  return {
    language,
    kicker: words.kicker,
    title,
    issuer,
    mark: rosette({ radius: 54, seed: institution.slug, issuer, title }),
    ...(learner ? { holder: { label: t.decisions.forWhom, name: paperLine(learner) } } : {}),
    sections: sectionsOf(facts, t).filter(section => section.facts.length > 0),
    check: {
      heading: words.checkHeading,
      lines: [words.checkLine, words.checkFile],
      address,
      qr: qrPath(address),
    },
    pageOf: t.files.page,
    attached: {
      name: 'steps.json',
      type: 'application/json',
      description: words.attached,
      content: utf8(JSON.stringify(stepsOf(facts))),
    },
    made: now,
  };
}

function sectionsOf(facts: DossierPaperFacts, t: Messages): Section[] {
  const { look } = facts;
  const words = t.decisions.report;
  const said = (type: Told['data']['type'], field: string) =>
    look.events
      .filter(event => event.data.type === type)
      .flatMap(event => {
        const text = event.words?.[field];
        return typeof text === 'string' && text ? [{ label: whoAndWhen(facts, event), text: paperText(text) }] : [];
      });
  const lapsed = look.events.filter(event => event.data.type === 'lapse-reply');
  return [
    { heading: words.aim, facts: said('request', 'aim') },
    { heading: words.agreed, facts: said('accept', 'text') },
    { heading: words.talks, facts: said('report', 'text') },
    { heading: words.judgement, facts: judged(facts, t) },
    {
      heading: words.reply,
      facts: [
        ...said('reply', 'text'),
        ...lapsed.map(event => ({ label: day(event.at, facts.language), text: words.lapsed })),
      ],
    },
    ...decided(facts, t),
    {
      heading: words.plan,
      facts: look.plan.map(line => ({
        label: t.validations.plan.ownersOf[line.owner],
        text: [paperText(line.words), line.nextOn ? t.validations.plan.nextOn(day(line.nextOn, facts.language)) : '']
          .filter(Boolean)
          .join('\n'),
      })),
    },
    {
      heading: words.steps,
      facts: look.events.map(event => ({
        label: moment(event.at, facts.language),
        text: `${who(facts, event)}: ${t.validations.moves[event.data.type]}`,
      })),
    },
  ];
}

function judged({ look }: DossierPaperFacts, t: Messages): Section['facts'] {
  const words = t.decisions.report;
  const event = look.events.findLast(each => each.data.type === 'judge');
  const { overall, units, advice, sees } = (event?.words ?? {}) as Record<string, unknown>;
  const texts: [string, unknown][] = [
    [words.overall, overall],
    ...Object.entries((units as Record<string, string> | undefined) ?? {}).map(([id, text]): [string, unknown] => [
      look.units.get(id) ?? look.titles.get(id) ?? id,
      text,
    ]),
    [words.advice, advice],
    [words.sees, sees],
  ];
  return texts.flatMap(([label, text]) =>
    typeof text === 'string' && text ? [{ label: paperLine(label), text: paperText(text) }] : [],
  );
}

function decided({ look, institution, language }: DossierPaperFacts, t: Messages): Section[] {
  const words = t.decisions;
  return look.dossier.state.decisions.map(decision => {
    const event = look.events.find(each => each.seq === decision.seq);
    const ways = (event?.words?.ways ?? {}) as Record<string, string>;
    const exempts = decision.basis === 'exemption';
    return {
      heading: words.about,
      facts: [
        ...(event ? [{ label: words.decidedOn, text: day(event.at, language) }] : []),
        { label: words.decidedBy, text: roleName(language, institution.profile.kind, decision.role) },
        { label: words.basis, text: words.bases[decision.basis] },
        ...decision.results.map(({ achievement, outcome }) => ({
          label: words.outcomes[outcome === 'awarded' && exempts ? 'exempted' : outcome],
          text: [
            paperLine(look.titles.get(achievement) ?? achievement),
            ways[achievement] ? `${words.ways}\n${paperText(ways[achievement])}` : '',
          ]
            .filter(Boolean)
            .join('\n'),
        })),
      ],
    };
  });
}

/** What the attached file holds: ids, choices and hashes, and no words. */
const stepsOf = ({ look, hashes }: DossierPaperFacts) => ({
  dossier: look.dossier.id,
  steps: look.events.map(({ seq, at, role, data: { type } }) => {
    const { hash, wordsHash } = hashes.find(each => each.seq === seq) ?? {};
    return { seq, at, role, type, wordsHash: wordsHash ?? null, hash };
  }),
});

const whoAndWhen = (facts: DossierPaperFacts, event: Told) => `${who(facts, event)}, ${day(event.at, facts.language)}`;

function who({ look, institution, language }: DossierPaperFacts, { actor, role }: Told): string {
  const name = look.names.get(actor);
  const called = roleWord(messages[language], language, institution, role);
  return name && role !== 'timer' ? `${paperLine(name)} (${called})` : called;
}

function roleWord(t: Messages, language: Language, { profile }: Institution, role: DossierRole): string {
  const words = t.validations.who;
  if (role === 'learner') return words.theLearner;
  return role === 'partner' || role === 'timer' ? words[role] : roleName(language, profile.kind, role as Role);
}
