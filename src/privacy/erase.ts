import { eq, or, sql } from 'drizzle-orm';
import * as credentials from '../credentials/index.ts';
import * as dossiers from '../dossiers/index.ts';
import * as institutions from '../institutions/index.ts';
import * as people from '../people/index.ts';
import * as portfolio from '../portfolio/index.ts';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { dropBytes } from '../platform/files.ts';
import { idempotencyKeys, outbox, outboxLeases } from '../platform/schema.ts';
import { connections, grantTries, importedBadges, walletGrants } from '../wallets/schema.ts';
import { addressedTo } from './hold.ts';

/** What someone types to show that they mean it. */
export const CONFIRMATIONS = ['wissen', 'erase'];

/**
 * Erases who is signed in, on their own word: after a fresh proof, and with the word that shows they mean it.
 * @throws DomainError `proof-needed`, `request-invalid` for another word, and what `erasePerson` throws
 */
export async function eraseMyself(deps: Deps, session: SignedIn, word: string): Promise<void> {
  people.requireFresh(deps, session);
  if (!CONFIRMATIONS.includes(word.trim().toLowerCase()))
    throw new DomainError('request-invalid', `Type ${CONFIRMATIONS.join(' or ')} to confirm.`);
  await erasePerson(deps, session.person, { kind: 'person', person: session.person });
}

/**
 * Erases a person: who they are, what they have, what was said about it. What others rely on stays, and says nothing
 * about anyone: of each award its id, list, index, key, times and a salted hash; of what they did at an institution, a
 * row under a random number that now leads to nobody. Lists are not touched, so a copy of a badge checks as it did.
 *
 * What was cut off by a crash is gone on with by doing it again.
 * @throws DomainError `not-found`, `award-state` while a badge of theirs is being signed
 */
export async function erasePerson(deps: Deps, personId: string, actor: Actor): Promise<void> {
  await people.requirePerson(deps, personId);
  const recordings = await dossiers.filesOfPerson(deps, personId);
  const files = [...(await portfolio.filesOfPerson(deps, personId)), ...recordings.map(file => file.id)];
  for (let attempt = 0; ; attempt++) {
    await eraseAwards(deps, personId, actor);
    try {
      await eraseRest(deps, personId, actor);
      break;
    } catch (error) {
      // An award or a role came to them in the same moment: that goes too.
      if (!stillPointedAt(error) || attempt >= 5) throw error;
    }
  }
  await dropBytes(deps, files);
  if (!(await deps.db.scrub())) deps.log.warn('erase.scrub-later');
}

async function eraseAwards(deps: Deps, personId: string, actor: Actor): Promise<void> {
  for (;;) {
    const { statements, entries } = await credentials.eraseSome(deps, personId, actor);
    const [first, ...more] = entries;
    if (!first) return;
    await commit(deps.db, statements, [first, ...more]);
  }
}

async function eraseRest(deps: Deps, personId: string, actor: Actor): Promise<void> {
  const { emails, eppns, eduids } = people.addressesIn(await people.identitiesOf(deps, personId));
  const statements: Statement[] = [
    ...(await credentials.eraseStatements(deps, personId)),
    ...(await institutions.eraseStatements(deps, personId)),
    ...forgetWallets(deps, personId),
    ...forgetLetters(deps, emails),
    ...forgetAnswers(deps, [...emails, ...eppns, ...eduids]),
    ...dossiers.eraseStatements(deps, personId),
    ...(await portfolio.eraseStatements(deps, personId)),
    ...(await people.eraseStatements(deps, personId)),
  ];
  const entry: AuditEntry = {
    institution: OPERATOR,
    actor,
    action: 'person.erase',
    subject: personId,
    at: deps.clock(),
    details: {},
  };
  await commit(deps.db, statements, [entry]);
}

/** What wallets and services may do for them, and badges from elsewhere that they keep here. */
function forgetWallets({ db: { query } }: Deps, personId: string): Statement[] {
  const theirs = query.select({ id: walletGrants.id }).from(walletGrants).where(eq(walletGrants.personId, personId));
  return [
    query.delete(grantTries).where(sql`${grantTries.grantId} in ${theirs}`),
    ...[walletGrants, connections, importedBadges].map(table =>
      query.delete(table).where(eq(table.personId, personId)),
    ),
  ];
}

function forgetLetters(deps: Deps, emails: readonly string[]): Statement[] {
  if (!emails.length) return [];
  const { query } = deps.db;
  const theirs = query.select({ id: outbox.id }).from(outbox).where(addressedTo(emails));
  return [
    query.delete(outboxLeases).where(sql`${outboxLeases.letterId} in ${theirs}`),
    query.delete(outbox).where(addressedTo(emails)),
  ];
}

/** Answers to writes that name them: invitations of a group, for one, answer with its addresses. */
function forgetAnswers(deps: Deps, addresses: readonly string[]): Statement[] {
  const named = addresses
    .slice(0, 40)
    .map(address => sql`instr(lower(${idempotencyKeys.body}), ${address.toLowerCase()})`);
  if (!named.length) return [];
  return [
    deps.db.query
      .update(idempotencyKeys)
      .set({ request: 'erased', body: null })
      .where(or(...named)),
  ];
}

function stillPointedAt(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/FOREIGN KEY constraint/.test(e.message)) return true;
  return false;
}
