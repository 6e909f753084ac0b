import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { linkSpent, spend, wasSpent } from '../people/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { dropBytes } from '../platform/files.ts';
import { newId, newToken } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { files } from '../platform/schema.ts';
import { erasePortfolio, filesIn } from './about-person.ts';
import { scopeOf } from './evidence.ts';
import { countBegun, findGroup } from './groups.ts';
import { change, codeHash, emptyPortfolio, type Holder, holdDraft, holdOwn, readPortfolio } from './holder.ts';
import {
  experiences,
  goals,
  portfolioAccess,
  portfolios,
  referenceRequests,
  references,
  selfAssessments,
} from './schema.ts';

/** How long what was told without a login is kept. */
export const draftDays = ({ config }: Deps) => config.retention.drafts;

interface Begin {
  language: Language;
  goal: string | null;
  /** The code of a library, an association or a works council: it is counted, and not kept. */
  group?: string;
}

/** Begins without a login. The code is all that leads back to it: 128 random bits. */
export async function beginDraft(
  deps: Deps,
  { language, goal, group }: Begin,
): Promise<{ code: string; holder: Holder }> {
  const now = deps.clock();
  const code = newToken();
  const holder: Holder = { portfolio: newId(now), by: 'draft' };
  const row = {
    id: holder.portfolio,
    codeHash: await codeHash(deps, code),
    expiresAt: new Date(now.getTime() + draftDays(deps) * DAY_MS).toISOString(),
    language,
    ...emptyPortfolio(deps),
    goal,
  };
  const found = group ? await findGroup(deps, group) : undefined;
  await change(deps, holder, 'draft.begin', [
    deps.db.query.insert(portfolios).values(row),
    ...(found ? countBegun(deps, found.id) : []),
  ]);
  return { code, holder };
}

/**
 * Takes a draft into the portfolio of who is signed in: it becomes theirs, or what it holds is added to what they have.
 * All of it or nothing, and once: of two at the same moment one goes through.
 * @throws DomainError `not-found`, `link-spent`
 */
export async function adoptDraft(deps: Deps, session: SignedIn, code: string): Promise<Holder> {
  const draft = await holdDraft(deps, code);
  if (!draft) throw notFound('draft');
  const until = new Date(deps.clock().getTime() + draftDays(deps) * DAY_MS);
  try {
    return await takeIn(deps, session, draft, 'draft.adopt', await spend(deps, 'draft', code, until));
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    throw error;
  }
}

/** What a draft holds becomes part of what they have, with what else belongs to that, in one commit. */
async function takeIn(
  deps: Deps,
  session: SignedIn,
  draft: Holder,
  action: string,
  more: Statement[],
): Promise<Holder> {
  for (let attempt = 0; ; attempt++) {
    const own = await holdOwn(deps, session);
    const holder: Holder = { portfolio: own.portfolio || draft.portfolio, by: 'person', person: session.person };
    const statements = own.portfolio ? await merge(deps, draft, own) : becomeTheirs(deps, draft, session.person);
    try {
      await change(deps, holder, action, [...more, ...statements]);
      return holder;
    } catch (error) {
      // They told their first thing elsewhere in the same moment.
      if (violatedKey(error) !== 'portfolios.person_id' || attempt) throw error;
    }
  }
}

/** Longer than the import of the largest package takes. */
const STAGED_MS = DAY_MS / 24;

/**
 * A draft that nobody has the code of: what is put together in it is nobody's until `adoptStaged` hands it over in one
 * commit, and goes with the drafts when that does not come.
 */
export async function openStaged(
  deps: Deps,
  portfolio: Pick<typeof portfolios.$inferInsert, 'language' | 'goal' | 'help' | 'standard' | 'createdAt'>,
): Promise<Holder> {
  const now = deps.clock();
  const holder: Holder = { portfolio: newId(now), by: 'draft' };
  const expiresAt = new Date(now.getTime() + STAGED_MS).toISOString();
  const row = { ...emptyPortfolio(deps), ...portfolio, id: holder.portfolio, expiresAt };
  await deps.db.batch([deps.db.query.insert(portfolios).values(row)]);
  return holder;
}

/** @throws DomainError `not-found` when it has gone meanwhile */
export const adoptStaged = (deps: Deps, session: SignedIn, staged: Holder, more: Statement[]): Promise<Holder> =>
  takeIn(deps, session, staged, 'portfolio.import', more);

/** Takes away what was put together and is not wanted after all. */
export async function dropStaged(deps: Deps, { portfolio }: Holder): Promise<void> {
  const kept = await filesIn(deps, portfolio);
  await deps.db.batch(erasePortfolio(deps, portfolio));
  await dropBytes(deps, kept);
}

const becomeTheirs = ({ db: { query } }: Deps, { portfolio }: Holder, person: string): Statement[] => [
  query
    .update(portfolios)
    .set({ personId: person, codeHash: null, expiresAt: null })
    .where(eq(portfolios.id, portfolio)),
  query.delete(portfolioAccess).where(eq(portfolioAccess.portfolioId, portfolio)),
];

/** What is said twice stays as it was; all else is added. */
async function merge(deps: Deps, draft: Holder, own: Holder): Promise<Statement[]> {
  const { query } = deps.db;
  const [from, to] = [draft.portfolio, own.portfolio];
  const [theirs, mine] = await Promise.all([readPortfolio(deps, draft), readPortfolio(deps, own)]);
  const standard = { ...theirs!.standard, ...withoutEmpty(mine!.standard) };
  return [
    query.update(experiences).set({ portfolioId: to }).where(eq(experiences.portfolioId, from)),
    query
      .update(files)
      .set({ scope: scopeOf(to) })
      .where(eq(files.scope, scopeOf(from))),
    query.delete(goals).where(
      and(
        eq(goals.portfolioId, from),
        inArray(
          goals.achievementId,
          query
            .select({ id: sql`g.achievement_id` })
            .from(sql`goals g`)
            .where(sql`g.portfolio_id = ${to}`),
        ),
      ),
    ),
    query.update(goals).set({ portfolioId: to }).where(eq(goals.portfolioId, from)),
    query.delete(selfAssessments).where(
      and(
        eq(selfAssessments.portfolioId, from),
        inArray(
          selfAssessments.outcomeId,
          query
            .select({ id: sql`s.outcome_id` })
            .from(sql`self_assessments s`)
            .where(sql`s.portfolio_id = ${to}`),
        ),
      ),
    ),
    query.update(selfAssessments).set({ portfolioId: to }).where(eq(selfAssessments.portfolioId, from)),
    query.update(referenceRequests).set({ portfolioId: to }).where(eq(referenceRequests.portfolioId, from)),
    query.update(references).set({ portfolioId: to }).where(eq(references.portfolioId, from)),
    query.delete(portfolioAccess).where(eq(portfolioAccess.portfolioId, from)),
    query
      .update(portfolios)
      .set({ standard, goal: mine!.goal ?? theirs!.goal })
      .where(eq(portfolios.id, to)),
    query.delete(portfolios).where(eq(portfolios.id, from)),
  ];
}

const withoutEmpty = (standard: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(standard).filter(([, text]) => text));

/** Erases a draft, on the word of who has its code. */
export async function eraseDraft(deps: Deps, holder: Holder): Promise<void> {
  if (holder.by !== 'draft') throw notFound('draft');
  const kept = await filesIn(deps, holder.portfolio);
  await change(deps, holder, 'draft.erase', erasePortfolio(deps, holder.portfolio));
  await dropBytes(deps, kept);
}

/** Erases drafts whose time is over, with their files. Safe to run at any time and in several processes at once. */
export async function eraseLapsedDrafts(deps: Deps): Promise<number> {
  const lapsed = await deps.db.query
    .select({ id: portfolios.id })
    .from(portfolios)
    .where(and(isNull(portfolios.personId), lte(portfolios.expiresAt, deps.clock().toISOString())));
  for (const { id } of lapsed) {
    const kept = await filesIn(deps, id);
    await deps.db.batch(erasePortfolio(deps, id));
    await dropBytes(deps, kept);
  }
  await deps.db.query.delete(portfolioAccess).where(lte(portfolioAccess.expiresAt, deps.clock().toISOString()));
  return lapsed.length;
}
