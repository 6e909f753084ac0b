import { eq } from 'drizzle-orm';
import { hasLapsed, identitiesOf } from '../people/index.ts';
import { people } from '../people/schema.ts';
import { emailKey } from '../platform/addresses.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import type { Language } from '../platform/language.ts';
import type { AwardInput } from './award-input.ts';
import { recipientKeysOf } from './claimant.ts';
import { recipientKey } from './prepare.ts';
import type { awards } from './schema.ts';

type Row = Pick<typeof awards.$inferSelect, 'personId' | 'input'>;

/** How whoever has a badge can be written to: in their own language when that is known. */
export interface Holder {
  email?: string;
  /** They have an account here, so their page of the badge is theirs alone. */
  account: boolean;
  language?: Language;
  name?: string;
}

/**
 * Who is told what happens to an award. Once it stands in an account only addresses count that its owner proved: the
 * one that it was given to may be someone else's by now. Before that there is no other than that one.
 */
export async function holderOf(deps: Deps, { personId, input }: Row): Promise<Holder> {
  const { email, name } = input.recipient;
  if (!personId) return { account: false, ...(email ? { email } : {}), ...(name ? { name } : {}) };
  const now = deps.clock();
  const proven = (await identitiesOf(deps, personId))
    .filter(identity => identity.email && !hasLapsed(identity, now))
    .sort((a, b) => b.provenAt.localeCompare(a.provenAt))
    .map(identity => identity.email!);
  const given = email && emailKey(email);
  const to = proven.find(address => address === given) ?? proven[0];
  const [person] = await deps.db.query.select().from(people).where(eq(people.id, personId));
  return {
    account: true,
    ...(to ? { email: to } : {}),
    ...(person ? { language: person.language } : {}),
    ...(name ? { name } : {}),
  };
}

/**
 * The member who acts, when the award is their own, also while it stands in nobody's account: acting on that is never
 * allowed (domain.md, Roles).
 */
export const ownAward = async (ctx: Ctx, { personId, input }: Row): Promise<string | null> =>
  personId ?? ownRecipient(ctx, input);

/** The member who acts, when they are the recipient. */
export const ownRecipient = async (ctx: Ctx, input: AwardInput): Promise<string | null> =>
  ownAmong(ctx, [recipientKey(input)]);

/** The member who acts, when they are one of several recipients, spelled as `recipientKey` spells them. */
export async function ownAmong(ctx: Ctx, keys: readonly string[]): Promise<string | null> {
  if (ctx.actor.kind !== 'member') return null;
  const mine = await recipientKeysOf(ctx.deps, ctx.actor.person);
  return keys.some(key => mine.has(key)) ? ctx.actor.person : null;
}
