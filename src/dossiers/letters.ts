/** The letter that tells a learner that it is their turn, in Dutch and English. */
import { eq } from 'drizzle-orm';
import { institutions } from '../institutions/schema.ts';
import { identitiesOf } from '../people/index.ts';
import { people } from '../people/schema.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { composeLetter } from '../platform/letter.ts';
import { letter } from '../platform/outbox.ts';
import type { Turn } from './dossier.ts';
import type { Dossier } from './read.ts';

const words = {
  nl: {
    subject: (from: string) => `Jij bent aan zet bij ${from}`,
    turn: (from: string) => `Er is nieuws in je traject bij ${from}. Jij kunt nu verder.`,
    reply: (from: string) =>
      `${from} heeft opgeschreven wat er in je portfolio te zien is. Lees het, en zeg wat jij ervan vindt.`,
    calm: 'Er is geen haast: kijk wanneer het jou uitkomt.',
    until: 'Reageer je niet, dan gaat het na een tijd zonder jouw reactie verder. De datum staat op de pagina.',
    action: 'Ga naar je traject',
    footer: (from: string) => [`Je krijgt deze mail omdat je bij ${from} een traject bent begonnen.`],
  },
  en: {
    subject: (from: string) => `It is your turn at ${from}`,
    turn: (from: string) => `There is news in your validation at ${from}. You can go on now.`,
    reply: (from: string) =>
      `${from} has written down what your portfolio shows. Read it, and say what you think of it.`,
    calm: 'There is no hurry: look when it suits you.',
    until: 'If you do not reply, it goes on without your reply after a while. The date stands on the page.',
    action: 'Go to your validation',
    footer: (from: string) => [`You receive this mail because you began a validation at ${from}.`],
  },
} as const;

const TOLD: readonly Turn[] = ['awaiting-learner', 'awaiting-reply'];

/**
 * The statements that tell the learner, when a move of someone else made it their turn; none where no mail can be sent.
 */
export async function turnLetter(deps: Deps, before: Dossier, after: Dossier, actor: string): Promise<Statement[]> {
  const { personId } = after;
  if (!deps.mailer || !personId || actor === personId) return [];
  if (after.turn === before.turn || !TOLD.includes(after.turn)) return [];
  const to = (await identitiesOf(deps, personId)).find(identity => identity.email)?.email;
  if (!to) return [];
  const [person] = await deps.db.query.select().from(people).where(eq(people.id, personId));
  const language = person?.language ?? 'nl';
  const t = words[language];
  const [institution] = await deps.db.query.select().from(institutions).where(eq(institutions.id, after.institutionId));
  const from = institution!.profile.name;
  const reply = after.turn === 'awaiting-reply';
  const composed = composeLetter({
    language,
    to,
    subject: t.subject(from),
    paragraphs: reply ? [t.reply(from), t.until] : [t.turn(from), t.calm],
    action: { label: t.action, url: `${deps.config.origin}/validations/${after.id}` },
    footer: [...t.footer(from)],
  });
  const key = `turn:${after.id}:${after.state.version}`;
  return [
    letter(deps.db, { key, kind: 'turn', institution: after.institutionId, letter: composed, now: deps.clock() }),
  ];
}
