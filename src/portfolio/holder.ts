import { and, eq, gt } from 'drizzle-orm';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { macOf } from '../platform/mac.ts';
import { portfolioAccess, portfolios } from './schema.ts';

export type Portfolio = typeof portfolios.$inferSelect;

/**
 * Whose portfolio a request is about, and in what way it is theirs: the guard finds out, every verb works within it, and
 * nothing else leads to a portfolio.
 */
export interface Holder {
  /** Empty for a person who has told nothing yet: nothing belongs to it. */
  portfolio: string;
  by: 'person' | 'draft' | 'helper';
  person?: string;
  /** When a helper's look ends. */
  until?: string;
}

const actorOf = ({ by, person }: Holder): Actor =>
  by === 'person' ? { kind: 'person', person: person! } : { kind: 'bearer' };

/** The portfolio of who is signed in; they may not have one yet. */
export async function holdOwn(deps: Deps, { person }: SignedIn): Promise<Holder> {
  const [row] = await deps.db.query
    .select({ id: portfolios.id })
    .from(portfolios)
    .where(eq(portfolios.personId, person));
  return { portfolio: row?.id ?? '', by: 'person', person };
}

/** The same, for a change: the portfolio comes to be with the first thing that is told. */
export async function openOwn(deps: Deps, session: SignedIn): Promise<Holder> {
  const found = await holdOwn(deps, session);
  if (found.portfolio) return found;
  const holder = { ...found, portfolio: newId(deps.clock()) };
  const row = { id: holder.portfolio, personId: session.person, language: session.language, ...emptyPortfolio(deps) };
  try {
    await change(deps, holder, 'portfolio.open', [deps.db.query.insert(portfolios).values(row)]);
  } catch (error) {
    if (violatedKey(error) !== 'portfolios.person_id') throw error;
    return holdOwn(deps, session);
  }
  return holder;
}

export const emptyPortfolio = ({ clock }: Deps) => {
  const at = clock().toISOString();
  return { help: 'some' as const, standard: {}, createdAt: at, changedAt: at };
};

/** A draft is known by its code alone. Undefined when there is none, or its time is over. */
export async function holdDraft(deps: Deps, code: string): Promise<Holder | undefined> {
  const [row] = await deps.db.query
    .select({ id: portfolios.id })
    .from(portfolios)
    .where(and(eq(portfolios.codeHash, await codeHash(deps, code)), gt(portfolios.expiresAt, now(deps))));
  return row && { portfolio: row.id, by: 'draft' };
}

/** Who fills in together with the owner, for as long as that lasts. */
export async function holdHelped(deps: Deps, secret: string): Promise<Holder | undefined> {
  const [row] = await deps.db.query
    .select({ portfolio: portfolioAccess.portfolioId, until: portfolioAccess.expiresAt })
    .from(portfolioAccess)
    .where(
      and(
        eq(portfolioAccess.id, await helperHash(deps, secret)),
        eq(portfolioAccess.kind, 'helper'),
        gt(portfolioAccess.expiresAt, now(deps)),
      ),
    );
  return row && { ...row, by: 'helper' };
}

const now = ({ clock }: Deps) => clock().toISOString();

/** How codes stand in the database: keyed, since those that people type can be guessed from a copy of it. */
export const codeHash = (deps: Deps, code: string) => macOf(deps, 'portfolio-draft', code);
export const helperHash = (deps: Deps, secret: string) => macOf(deps, 'portfolio-helper', secret);

/** Undefined for a person who has told nothing yet. */
export async function readPortfolio(deps: Deps, holder: Holder): Promise<Portfolio | undefined> {
  const [row] = await deps.db.query.select().from(portfolios).where(eq(portfolios.id, holder.portfolio));
  return row;
}

/** What a helper does not do: to take away, to let others in, to take along. @throws DomainError `not-found` */
export function requireOwner(holder: Holder): void {
  if (holder.by === 'helper') throw notFound('page for a helper');
}

/** What has a name in it is for who is signed in, and not for a draft or a helper. @throws DomainError `not-found` */
export function requirePerson(holder: Holder): asserts holder is Holder & { person: string } {
  if (holder.by !== 'person') throw notFound('page');
}

/** One commit of a change in a portfolio, with its row in the operator's log: random numbers and no words. */
export const change = (deps: Deps, holder: Holder, action: string, statements: Statement[]): Promise<void> =>
  changeAs(deps, actorOf(holder), holder.portfolio, action, statements);

/** The same by someone else than its holder: who was asked for words. */
export async function changeAs(
  deps: Deps,
  actor: Actor,
  portfolio: string,
  action: string,
  statements: Statement[],
): Promise<void> {
  const entry: AuditEntry = { institution: OPERATOR, actor, action, subject: portfolio, at: deps.clock(), details: {} };
  try {
    await commit(deps.db, statements, [entry]);
  } catch (error) {
    // Taken into another portfolio, or erased, in the same moment.
    if (pointsNowhere(error)) throw notFound('portfolio');
    throw error;
  }
}

function pointsNowhere(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/FOREIGN KEY constraint/.test(e.message)) return true;
  return false;
}

/** So much fits; told before it is too late to type less. */
export function requireRoom(count: number, most: number, what: string): void {
  if (count >= most) throw new DomainError('limit-broken', `There is room for ${most} ${what}.`);
}
