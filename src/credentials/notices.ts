/** What the learner is told when something happens to a badge that they have, in Dutch and English. */
import { readVersion } from '../catalogue/index.ts';
import { readInstitution } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { composeLetter } from '../platform/letter.ts';
import { letter, type LetterKind } from '../platform/outbox.ts';
import type { RevocationReason } from './change.ts';
import { holderOf } from './holder.ts';
import type { ReplacementKind } from './replacement-evidence.ts';
import type { awards } from './schema.ts';
import { setsOf } from './stack.ts';

/** What happened. `text` is what the institution says to the learner. */
export type Notice =
  | { kind: 'revocation'; reason: RevocationReason; text?: string }
  | { kind: 'suspension'; text?: string }
  | { kind: 'lifting' }
  | { kind: 'replacement'; why: ReplacementKind; text?: string };

const words = {
  nl: {
    hello: (name?: string) => (name ? `Hallo ${name}` : 'Hallo'),
    subject: {
      revocation: (title: string) => `Je badge is ingetrokken: ${title}`,
      suspension: (title: string) => `Je badge geldt tijdelijk niet: ${title}`,
      lifting: (title: string) => `Je badge geldt weer: ${title}`,
      replacement: (title: string) => `Je hebt een nieuwe versie van je badge: ${title}`,
    },
    what: {
      revocation: (from: string, title: string) =>
        `${from} heeft je badge ‘${title}’ ingetrokken. Wie de badge controleert, ziet dat hij niet meer geldt. Dit kan niet worden teruggedraaid.`,
      suspension: (from: string, title: string) =>
        `${from} heeft je badge ‘${title}’ tijdelijk ongeldig gemaakt. Wie de badge controleert, ziet dat hij nu niet geldt. Later kan hij weer gelden.`,
      lifting: (from: string, title: string) =>
        `${from} heeft je badge ‘${title}’ weer geldig gemaakt. Wie de badge controleert, ziet dat hij geldt.`,
      correction: (from: string, title: string) =>
        `${from} heeft iets verbeterd in je badge ‘${title}’. Je hebt nu een nieuwe badge, die de oude vervangt. Je link is dezelfde gebleven en laat de nieuwe zien.`,
      renewal: (from: string, title: string) =>
        `${from} heeft je badge ‘${title}’ vernieuwd. Je hebt nu een nieuwe badge, die de oude vervangt. Je link is dezelfde gebleven en laat de nieuwe zien.`,
    },
    reason: (why: string) => `De reden die iedereen kan zien: ${why}.`,
    reasons: {
      error: 'een fout bij het uitgeven',
      fraud: 'fraude',
      'withdrawn-by-learner': 'je wilde het zelf',
      'decision-annulled': 'het besluit is vernietigd',
      duplicate: 'de badge was dubbel',
      other: 'anders',
    },
    text: (from: string, text: string) => `${from} schrijft erbij:\n${text}`,
    set: (from: string, title: string) =>
      `Deze badge telde mee voor je badge ‘${title}’. Die geldt nu nog. ${from} bekijkt of dat zo blijft. Verandert er iets, dan hoor je het.`,
    download: 'Had je de oude badge als bestand opgeslagen? Haal dan het nieuwe bestand op.',
    replyHere: 'Ben je het er niet mee eens, of klopt er iets niet? Je kunt antwoorden op de pagina van je badge.',
    replyThere: (email: string) => `Ben je het er niet mee eens, of klopt er iets niet? Schrijf dan naar ${email}.`,
    replyBack: (from: string) => `Ben je het er niet mee eens, of klopt er iets niet? Neem dan contact op met ${from}.`,
    action: 'Bekijk je badge',
    footer: (from: string) => `Je krijgt deze mail omdat je deze badge hebt van ${from}.`,
  },
  en: {
    hello: (name?: string) => (name ? `Hello ${name}` : 'Hello'),
    subject: {
      revocation: (title: string) => `Your badge was revoked: ${title}`,
      suspension: (title: string) => `Your badge is suspended: ${title}`,
      lifting: (title: string) => `Your badge counts again: ${title}`,
      replacement: (title: string) => `There is a new version of your badge: ${title}`,
    },
    what: {
      revocation: (from: string, title: string) =>
        `${from} has revoked your badge “${title}”. Whoever checks the badge sees that it no longer counts. This cannot be undone.`,
      suspension: (from: string, title: string) =>
        `${from} has suspended your badge “${title}”. Whoever checks the badge sees that it does not count now. It may count again later.`,
      lifting: (from: string, title: string) =>
        `${from} has ended the suspension of your badge “${title}”. Whoever checks the badge sees that it counts.`,
      correction: (from: string, title: string) =>
        `${from} has corrected something in your badge “${title}”. You now have a new badge, which replaces the old one. Your link has stayed the same and shows the new one.`,
      renewal: (from: string, title: string) =>
        `${from} has renewed your badge “${title}”. You now have a new badge, which replaces the old one. Your link has stayed the same and shows the new one.`,
    },
    reason: (why: string) => `The reason that everyone can see: ${why}.`,
    reasons: {
      error: 'a mistake in issuing',
      fraud: 'fraud',
      'withdrawn-by-learner': 'you wanted it',
      'decision-annulled': 'the decision was annulled',
      duplicate: 'the badge was a duplicate',
      other: 'other',
    },
    text: (from: string, text: string) => `${from} adds:\n${text}`,
    set: (from: string, title: string) =>
      `This badge counted towards your badge “${title}”. That one still counts. ${from} looks at whether it stays so. You will hear when something changes.`,
    download: 'Did you keep the old badge as a file? Then download the new one.',
    replyHere: 'Do you disagree, or is something wrong? You can reply on the page of your badge.',
    replyThere: (email: string) => `Do you disagree, or is something wrong? Then write to ${email}.`,
    replyBack: (from: string) => `Do you disagree, or is something wrong? Then contact ${from}.`,
    action: 'See your badge',
    footer: (from: string) => `You receive this mail because you have this badge from ${from}.`,
  },
} as const;

type Row = typeof awards.$inferSelect & { claimToken: string | null };

/**
 * The letter that tells the learner what was done, for the commit that does it. None when nobody's address is known, or
 * nothing here sends mail. `seq` is the number of the change: the same change is one letter.
 */
export async function noticeOf(ctx: Ctx, award: Row, seq: number, notice: Notice): Promise<Statement[]> {
  const { deps } = ctx;
  const holder = deps.mailer ? await holderOf(deps, award) : undefined;
  if (!holder?.email) return [];
  const { profile } = await readInstitution(deps, ctx.institution.slug);
  const version = await readVersion(deps.db, award.institutionId, award.achievementId, award.achievementVersion);
  const content = version!.content;
  const language = holder.language ?? (content.language.startsWith('nl') ? 'nl' : 'en');
  const t = words[language];
  const what = notice.kind === 'replacement' ? notice.why : notice.kind;
  const text = 'text' in notice ? notice.text : undefined;
  const sets = notice.kind === 'revocation' ? await setsOf(ctx, award) : [];
  const url = holder.account ? `/badges/${award.id}` : award.claimToken && `/claim/${award.claimToken}`;
  const reply = holder.account ? t.replyHere : profile.email ? t.replyThere(profile.email) : t.replyBack(profile.name);
  const composed = composeLetter({
    language,
    to: holder.email,
    subject: t.subject[notice.kind](content.name),
    greeting: t.hello(holder.name),
    paragraphs: [
      t.what[what](profile.name, content.name),
      ...(notice.kind === 'revocation' ? [t.reason(t.reasons[notice.reason])] : []),
      ...(text ? [t.text(profile.name, text)] : []),
      ...sets.map(title => t.set(profile.name, title)),
      ...(notice.kind === 'replacement' ? [t.download] : []),
      ...(notice.kind === 'lifting' ? [] : [reply]),
    ],
    ...(url ? { action: { label: t.action, url: `${deps.config.origin}${url}` } } : {}),
    footer: t.footer(profile.name),
  });
  const kind: LetterKind = notice.kind;
  const key = `${kind}:${award.id}:${seq}`;
  return [letter(deps.db, { key, kind, institution: award.institutionId, letter: composed, now: ctx.now })];
}
