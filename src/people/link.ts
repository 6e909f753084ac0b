import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { requireFresh } from './fresh.ts';
import {
  findIdentity,
  hasLapsed,
  type Identity,
  identitiesOf,
  newPerson,
  type Proven,
  renew,
  tie,
} from './identities.ts';
import type { Language } from '../platform/language.ts';
import { canDoWithout, cut } from './unlink.ts';
import { wasSpent } from './spend.ts';

/** What a link or a login leads to. */
export interface Tied {
  personId: string;
  identityId: string;
  /** Whether the tie is new; false where it was proven once more. */
  made: boolean;
}

interface LinkOptions {
  /** Whether the proof of the signed-in side was fresh when the other side was asked for; else it is looked at now. */
  asked?: 'fresh';
  /** What has to happen with it, such as using up the link. In a function, so that a new try has new statements. */
  also?: () => Promise<Statement[]>;
}

/**
 * Ties what was proven just now to the person who is signed in. Both sides are fresh: the session by a proof of the last
 * minutes, the other side by its own login, followed link or signature. An equal e-mail address plays no part in it.
 * @throws DomainError `proof-needed`; `identity-taken` when it belongs to another account, which is left as it was
 */
export async function linkIdentity(
  deps: Deps,
  session: SignedIn,
  proven: Proven,
  { asked, also = async () => [] }: LinkOptions = {},
): Promise<Tied> {
  if (asked !== 'fresh') requireFresh(deps, session);
  return settle(async () => {
    const now = deps.clock();
    const found = await findIdentity(deps, proven);
    const freed = found && found.personId !== session.person ? await freeLapsed(deps, found) : [];
    if (!freed) throw taken();
    const mine = found?.personId === session.person ? found : undefined;
    const made = mine ? undefined : tie(deps, session.person, proven, now);
    await commit(
      deps.db,
      [...(await also()), ...freed, made?.statement ?? renew(deps, mine!.id, proven, now)],
      [entry(session.person, made ? 'identity.link' : 'identity.renew', now, { kind: proven.kind })],
    );
    return { personId: session.person, identityId: made?.id ?? mine!.id, made: made !== undefined };
  });
}

/**
 * The account that an identity opens: the one that it is tied to, or a new one. Nothing but (kind, issuer, subject)
 * leads to an account, so an address that someone else wrote down earlier leads nowhere.
 * @param also makes what has to happen with it, such as the session
 */
export async function enterBy(
  deps: Deps,
  proven: Proven,
  language: Language,
  also: (tied: Tied) => Promise<Statement[]>,
): Promise<Tied> {
  return settle(async () => {
    const now = deps.clock();
    const found = await findIdentity(deps, proven);
    const freed = found && (await freeLapsed(deps, found));
    const known = freed ? undefined : found;
    const person = known ? undefined : newPerson(deps, language, now);
    const made = person && tie(deps, person.id, proven, now);
    const tied: Tied = {
      personId: known?.personId ?? person!.id,
      identityId: known?.id ?? made!.id,
      made: made !== undefined,
    };
    const statements = made
      ? [...(freed ?? []), person!.statement, made.statement]
      : [renew(deps, tied.identityId, proven, now)];
    await commit(
      deps.db,
      [...statements, ...(await also(tied))],
      [entry(tied.personId, made ? 'person.create' : 'identity.renew', now, { kind: proven.kind })],
    );
    return tied;
  });
}

/**
 * An address that lapsed may be another person's by now: who proves it today takes it over, if whoever had it can come
 * in by another way. Nothing else of that account is touched. Undefined where it stays with whoever has it; an account at
 * a provider always does, since providers give a subject to nobody else.
 */
async function freeLapsed(deps: Deps, identity: Identity): Promise<Statement[] | undefined> {
  if (identity.kind !== 'email' || !hasLapsed(identity, deps.clock())) return undefined;
  const all = await identitiesOf(deps, identity.personId);
  return canDoWithout(deps, all, [identity.id]) ? cut(deps, all, identity.id) : undefined;
}

/** Whether whoever follows a link to this identity begins a new account although it is tied to one: it lapsed there. */
export async function wouldBeFreed(deps: Deps, identity: Identity | undefined): Promise<boolean> {
  return identity !== undefined && (await freeLapsed(deps, identity)) !== undefined;
}

/** Decides again when someone else tied or cut in the same moment. */
async function settle(decide: () => Promise<Tied>): Promise<Tied> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await decide();
    } catch (error) {
      const again = violatedKey(error)?.startsWith('identities.') || (wasSpent(error) && attempt < 3);
      if (!again || attempt >= 20) throw error;
    }
  }
}

const taken = () =>
  new DomainError(
    'identity-taken',
    'This belongs to another account. Sign in there and cut the tie, if that account is yours too; then add it here.',
  );

const entry = (personId: string, action: string, at: Date, details: Record<string, unknown>): AuditEntry => ({
  institution: OPERATOR,
  actor: { kind: 'person', person: personId },
  action,
  subject: personId,
  at,
  details,
});
