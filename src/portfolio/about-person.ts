import { eq, inArray } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { filesOf } from '../platform/files.ts';
import { files } from '../platform/schema.ts';
import { scopeOf } from './evidence.ts';
import {
  evidence,
  experiences,
  goals,
  portfolioAccess,
  portfolios,
  referenceRequests,
  references,
  selfAssessments,
  teams,
  teamShares,
} from './schema.ts';

/** The portfolio of a person with all that belongs to it, as plain data; null where there is none. */
export async function heldAbout(deps: Deps, personId: string) {
  const { query } = deps.db;
  const [row] = await query.select().from(portfolios).where(eq(portfolios.personId, personId));
  const given = await query.select().from(references).where(eq(references.personId, personId));
  const referencesGiven = given.map(({ words, answers, standing, relation, createdAt }) => ({
    words,
    answers,
    standing,
    relation,
    createdAt,
  }));
  const shownInTeams = await sharesOf(deps, personId);
  if (!row) return { portfolio: null, referencesGiven, shownInTeams };
  const { id, personId: _person, codeHash: _code, ...portfolio } = row;
  const entries = await query.select().from(experiences).where(eq(experiences.portfolioId, id));
  const shown = await query
    .select({ evidence })
    .from(evidence)
    .innerJoin(experiences, eq(experiences.id, evidence.experienceId))
    .where(eq(experiences.portfolioId, id));
  const of = (table: typeof goals | typeof selfAssessments | typeof referenceRequests | typeof references) =>
    query.select().from(table).where(eq(table.portfolioId, id));
  const access = await query.select().from(portfolioAccess).where(eq(portfolioAccess.portfolioId, id));
  return {
    portfolio: {
      ...portfolio,
      experiences: entries.map(({ portfolioId: _, ...entry }) => ({
        ...entry,
        evidence: shown.filter(s => s.evidence.experienceId === entry.id).map(s => s.evidence),
      })),
      goals: await of(goals),
      selfAssessments: await of(selfAssessments),
      // The hash of a link's secret is a key to a door, and says nothing.
      referenceRequests: (await of(referenceRequests)).map(({ id: _, ...asked }: Record<string, unknown>) => asked),
      references: await of(references),
      sharedWith: access.map(({ id: _, ...look }) => look),
      files: (await filesOf(deps, scopeOf(id))).map(({ scope: _, ...file }) => file),
    },
    referencesGiven,
    shownInTeams,
  };
}

/** What a person lets teams see. */
const sharesOf = ({ db: { query } }: Deps, personId: string) =>
  query
    .select({
      team: teams.name,
      name: teamShares.name,
      experiences: teamShares.experiences,
      badges: teamShares.badges,
      sharedAt: teamShares.sharedAt,
    })
    .from(teamShares)
    .innerJoin(teams, eq(teams.id, teamShares.teamId))
    .where(eq(teamShares.personId, personId));

/** The files of a portfolio, whose bytes go once the rows have gone. */
export const filesIn = async (deps: Deps, portfolio: string): Promise<string[]> =>
  (await filesOf(deps, scopeOf(portfolio))).map(file => file.id);

/** Those of a person. */
export async function filesOfPerson(deps: Deps, personId: string): Promise<string[]> {
  const id = await portfolioOf(deps, personId);
  return id ? filesIn(deps, id) : [];
}

const portfolioOf = async ({ db: { query } }: Deps, personId: string): Promise<string | undefined> =>
  (await query.select({ id: portfolios.id }).from(portfolios).where(eq(portfolios.personId, personId)))[0]?.id;

/** What goes of a portfolio: all of it. */
export function erasePortfolio({ db: { query } }: Deps, id: string): Statement[] {
  const own = query.select({ id: experiences.id }).from(experiences).where(eq(experiences.portfolioId, id));
  return [
    query.delete(evidence).where(inArray(evidence.experienceId, own)),
    ...[references, referenceRequests, selfAssessments, goals, portfolioAccess, experiences].map(table =>
      query.delete(table).where(eq(table.portfolioId, id)),
    ),
    query.delete(files).where(eq(files.scope, scopeOf(id))),
    query.delete(portfolios).where(eq(portfolios.id, id)),
  ];
}

/** A person's portfolio goes; what they said of others stays with those, and is tied to nobody any more. */
export async function eraseStatements(deps: Deps, personId: string): Promise<Statement[]> {
  const id = await portfolioOf(deps, personId);
  return [
    ...(id ? erasePortfolio(deps, id) : []),
    deps.db.query.update(references).set({ personId: null }).where(eq(references.personId, personId)),
    deps.db.query.delete(teamShares).where(eq(teamShares.personId, personId)),
  ];
}
