import { z } from 'zod';

const days = (standard: number) => z.int().min(1).max(36_500).default(standard);

/**
 * For how many days what is no longer needed is kept. `RETENTION` is a JSON object of these; what it leaves out has the
 * number that stands here. The audit log, status lists and what was signed are kept for good: others rely on them.
 */
export const retention = z.strictObject({
  /** Offers that lapsed or were declined. */
  lapsedOffers: days(90),
  /** That a letter was sent or given up; its words went at that moment. */
  sentLetters: days(30),
  /** Answers to writes with an Idempotency-Key. */
  idempotencyKeys: days(30),
  /** Invitations that nobody took up, after they lapsed. */
  lapsedInvitations: days(30),
  /** Links to a badge that ended or were withdrawn, and how often they were used. */
  endedShareLinks: days(90),
  /** Connections that can do nothing any more, and the services that had one. */
  unusedConnections: days(90),
  /** Services that registered and that nobody let in: anybody may register. */
  unusedServices: days(1),
  /** What was told without a login, from the day on which it was begun. */
  drafts: days(30),
  /** Words of dossiers, after they were closed: as long as an institution may have to account for a decision. */
  closedDossiers: days(7 * 365),
  /** How long a one-time link proves an e-mail address: institutions give addresses to others after a while. */
  emailProof: days(365),
});
export type Retention = z.infer<typeof retention>;

/** What the environment asks for; what is wrong with it goes to `wrong`. */
export function readRetention(text: string | undefined, wrong: string[]): Retention {
  let asked: unknown = {};
  try {
    if (text) asked = JSON.parse(text);
  } catch {
    asked = undefined;
  }
  const read = retention.safeParse(asked);
  if (read.success) return read.data;
  wrong.push(`RETENTION is not a JSON object of days: ${Object.keys(retention.shape).join(', ')}`);
  return retention.parse({});
}
