import type { AwardState } from '../credentials/schema.ts';
import type { Paper, Section } from '../wallets/index.ts';
import { utf8 } from '../vc/bytes.ts';
import { rosette } from './art.tsx';
import type { AlignmentView } from './badge-alignments.ts';
import type { BadgeView } from './badge-view.ts';
import { country, day, number, ourWord } from './format.ts';
import type { Language, Messages } from './messages.ts';
import { kicker } from './pages/badge-facts.tsx';
import { paperLine, paperText } from './paper-text.ts';
import { qrPath } from './qr.tsx';

interface PaperFacts {
  badge: BadgeView;
  /** Byte for byte as it was signed; an SD-JWT where parts are left out, and then the whole has no number here. */
  document: string;
  credentialId?: string;
  institution: { slug: string; name: string };
  state: AwardState;
  /** The page of the badge under our own origin: what the QR code holds (threats P8, W8). */
  shareUrl: string;
  origin: string;
  /** What the QR code for where there is no network holds. */
  offline?: string;
  language: Language;
  t: Messages;
  now: Date;
}

/** Letters of one text, and texts of one kind: what goes beyond stands in the attached badge. */
const MOST_LETTERS = 1_500;
const MOST_ITEMS = 40;

type Fact = Section['facts'][number];

/** A badge in the words of its paper: what the European elements ask, who decided, and how to check it. */
export function paperOf(facts: PaperFacts): Paper {
  const { badge, institution, language, t, origin, shareUrl } = facts;
  const title = paperLine(badge.title ?? t.badge.untitled);
  const notice = noticeOf(facts);
  return {
    language: badge.language ?? language,
    kicker: paperLine(kicker(badge, facts)),
    title,
    issuer: paperLine(badge.issuer.name ?? institution.name),
    mark: rosette({ radius: 54, seed: institution.slug, issuer: paperLine(institution.name), title }),
    ...(badge.recipient ? { holder: { label: t.badge.forWhom, name: paperLine(badge.recipient) } } : {}),
    ...(notice ? { notice } : {}),
    sections: [
      outcomes(facts),
      assessed(facts),
      issued(facts),
      words(t.badge.description, badge.description, t),
      words(t.badge.criteria, badge.criteria, t),
      words(t.badge.narrative, badge.narrative, t),
    ].filter(section => section.facts.length > 0),
    check: {
      heading: t.files.heading,
      lines: facts.offline
        ? [t.files.offline.scan, t.files.why, t.files.offline.paper, t.files.attached(`${origin}/verify`)]
        : [t.files.scan, t.files.why, t.files.attached(`${origin}/verify`)],
      address: shareUrl,
      qr: qrPath(shareUrl),
      ...(facts.offline ? { dense: qrPath(facts.offline, 'L') } : {}),
    },
    pageOf: t.files.page,
    attached: {
      ...(facts.credentialId
        ? { name: 'badge.json', type: 'application/vc' }
        : { name: 'badge.sd-jwt', type: 'application/dc+sd-jwt' }),
      description: t.files.attachedName,
      content: utf8(facts.document),
    },
    made: new Date(badge.validFrom ?? 0),
  };
}

function noticeOf({ state, badge, now, t }: PaperFacts): string | undefined {
  const over = badge.validUntil !== undefined && Date.parse(badge.validUntil) <= now.getTime();
  return t.files.ended[state] ?? (over ? t.files.ended.expired : undefined);
}

function outcomes({ badge, t }: PaperFacts): Section {
  const { outcomes, recipient } = badge;
  return {
    heading: recipient ? paperLine(t.badge.outcomesOf(recipient)) : t.badge.outcomes,
    facts: [
      ...outcomes.slice(0, MOST_ITEMS).map(({ name, framework, code }) => {
        const source = [framework, code].filter(Boolean).join(' ');
        return { text: cut(`• ${name}${source ? ` (${source})` : ''}`, t) };
      }),
      ...(outcomes.length > MOST_ITEMS ? [{ text: t.files.more }] : []),
    ],
  };
}

function assessed({ badge, language, t }: PaperFacts): Section {
  const { period } = badge;
  const earned = badge.creditsEarned !== badge.ects ? badge.creditsEarned : undefined;
  const results = badge.results.slice(0, MOST_ITEMS).map(({ name, value, status }) => {
    const said = [value, status && ourWord(t.resultStatuses, status)].filter(Boolean).join(', ');
    return [name, said].filter(Boolean).join(': ');
  });
  const days = period && [period.from, period.to].map(time => (time ? day(time, language) : '…')).join(' – ');
  return {
    heading: t.badge.assessed,
    facts: said(t, [
      [t.badge.assessment, named(badge.assessment)],
      [t.badge.participation, named(badge.participation)],
      [t.badge.supervision, named(badge.supervision)],
      [t.badge.results, results.join('\n')],
      [t.badge.creditsEarned, earned === undefined ? undefined : t.badge.ects(number(earned, language))],
      [t.badge.period, days],
      [t.badge.quality, named(badge.quality)],
      [t.badge.decision, badge.decision?.narrative ?? badge.decision?.description],
      [t.badge.identity, badge.identity?.narrative ?? badge.identity?.description ?? t.badge.identityUnknown],
    ]),
  };
}

function issued({ badge, language, credentialId, t }: PaperFacts): Section {
  const { issuer, awardedDate, validFrom, validUntil, programmes } = badge;
  const place = [issuer.locality, issuer.countryCode && country(issuer.countryCode, language)].filter(Boolean);
  const until = validUntil ? `${t.badge.validUntil} ${day(validUntil, language)}` : t.badge.noEnd;
  return {
    heading: t.files.about,
    facts: said(t, [
      [t.badge.issuer, [issuer.name, ...place].filter(Boolean).join(', ')],
      [
        t.files.identifier,
        [issuer.id, ...issuer.identifiers.map(i => `${i.type.replace(/^ext:/, '')} ${i.identifier}`)].join(' · '),
      ],
      [t.badge.awarded, awardedDate && day(awardedDate, language)],
      [t.badge.signed, validFrom && `${day(validFrom, language)}, ${until.toLowerCase()}`],
      [t.badge.programmes, programmes?.join(', ')],
      [t.files.number, credentialId],
    ]),
  };
}

/** Text of Markdown as it was typed, but for the marks of emphasis. */
const words = (heading: string, text: string | undefined, t: Messages): Section => ({
  heading,
  facts: text ? [{ text: cut(text, t).replace(/(\*\*|__)(\S[^\n]*?)\1/g, '$2') }] : [],
});

const said = (t: Messages, pairs: [string, string | undefined][]): Fact[] =>
  pairs.flatMap(([label, text]) => (text ? [{ label, text: cut(text, t) }] : []));

const named = (items: AlignmentView[]): string =>
  items
    .slice(0, MOST_ITEMS)
    .map(({ name, description }) => (description ? `${name}: ${description}` : name))
    .join('\n');

const cut = (text: string, t: Messages): string => paperText(text, MOST_LETTERS, ` [${t.files.more}]`);
