/** The letters of an offer, in Dutch and English. */
import { and, inArray, isNull, like, notExists, or, type SQLWrapper } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Database, Statement } from '../platform/database.ts';
import type { Language } from '../platform/language.ts';
import { composeLetter } from '../platform/letter.ts';
import { letter } from '../platform/outbox.ts';
import { outbox } from '../platform/schema.ts';
import { dayOf, writtenOut } from './dates.ts';
import { mailedLink } from './letter-secret.ts';
import type { Offered } from './read-offer.ts';

const words = {
  nl: {
    hello: (name?: string) => (name ? `Hallo ${name}` : 'Hallo'),
    claimSubject: (title: string) => `Er ligt een badge voor je klaar: ${title}`,
    reminderSubject: (title: string) => `Je badge ligt nog klaar: ${title}`,
    claim: (from: string, title: string) => `${from} heeft je de badge ‘${title}’ toegekend.`,
    reminder: (from: string, title: string) =>
      `${from} heeft je de badge ‘${title}’ toegekend. Je hebt hem nog niet opgehaald.`,
    how: 'Je haalt hem op door in te loggen. Daarna is de badge van jou, en bepaal jij wie hem ziet.',
    until: (day: string) => `Ophalen kan tot en met ${day}. Daarna kun je een nieuwe link vragen.`,
    mine: 'De link hieronder is alleen voor jou. Stuur deze mail niet door.',
    action: 'Haal je badge op',
    footer: (from: string) => [
      `Je krijgt deze mail omdat ${from} jouw adres aan deze badge heeft gekoppeld.`,
      'Niet voor jou? Dan hoef je niets te doen.',
    ],
  },
  en: {
    hello: (name?: string) => (name ? `Hello ${name}` : 'Hello'),
    claimSubject: (title: string) => `A badge is waiting for you: ${title}`,
    reminderSubject: (title: string) => `Your badge is still waiting: ${title}`,
    claim: (from: string, title: string) => `${from} has awarded you the badge “${title}”.`,
    reminder: (from: string, title: string) =>
      `${from} has awarded you the badge “${title}”. You have not claimed it yet.`,
    how: 'You claim it by signing in. From then on it is yours, and you decide who sees it.',
    until: (day: string) => `You can claim it up to and including ${day}. After that you can ask for a new link.`,
    mine: 'The link below is for you alone. Do not forward this mail.',
    action: 'Claim your badge',
    footer: (from: string) => [
      `You receive this mail because ${from} tied your address to this badge.`,
      'Not meant for you? Then there is nothing to do.',
    ],
  },
} as const;

/**
 * The letter that an offer is told with, for the commit of what it tells; none when no address is known or no mail
 * system is there. A reminder has a number; the same one again is the same letter.
 */
export async function offerLetter(deps: Deps, offered: Offered, now: Date, reminder?: number): Promise<Statement[]> {
  const { offer, institution, achievement } = offered;
  const { email, name } = offer.input.recipient;
  if (!email || !deps.mailer) return [];
  const language: Language = achievement.language.startsWith('nl') ? 'nl' : 'en';
  const t = words[language];
  const from = institution.profile.name;
  const kind = reminder === undefined ? ('claim' as const) : ('reminder' as const);
  const lastDay = offer.lapsesAt && writtenOut(dayOf(new Date(Date.parse(offer.lapsesAt) - 1)), language);
  const composed = composeLetter({
    language,
    to: email,
    subject: t[`${kind}Subject`](achievement.name),
    greeting: t.hello(name),
    paragraphs: [t[kind](from, achievement.name), t.how, ...(lastDay ? [t.until(lastDay)] : []), t.mine],
    action: { label: t.action, url: await mailedLink(deps, offer) },
    footer: [...t.footer(from)],
  });
  const key = reminder === undefined ? claimKey(offer) : `reminder:${offer.id}:${offer.links}:${reminder}`;
  return [letter(deps.db, { key, kind, institution: offer.institutionId, letter: composed, now })];
}

const claimKey = ({ id, links }: { id: string; links: number }) => `claim:${id}:${links}`;

const unsentOf = (offerId: string) =>
  and(
    isNull(outbox.sentAt),
    inArray(outbox.kind, ['claim', 'reminder']),
    or(like(outbox.key, `claim:${offerId}:%`), like(outbox.key, `reminder:${offerId}:%`)),
  );

/** Takes back the letters of an offer that were not sent yet: what they lead to is over. */
export const dropLetters = (db: Database, offerId: string): Statement =>
  db.query.delete(outbox).where(unsentOf(offerId));

/** The same, unless a question has an answer in the commit that this stands in. */
export const dropLettersUnless = (db: Database, offerId: string, question: SQLWrapper): Statement =>
  db.query.delete(outbox).where(and(unsentOf(offerId), notExists(question)));
