import { and, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { identities, movedSubjects } from './schema.ts';

/** What a provider called someone, and what it calls them now. */
export interface Move {
  before: string;
  after: string;
}

/**
 * What becomes of a move. `moved`: done now; `done`: done before; `unknown`: nobody here has that value, so only what
 * waits for it moves; the others are conflicts, in which nothing is changed:
 * `after-taken`: the new value is an account of its own already, and accounts are never merged; `moved-elsewhere`: it was
 * moved to another value before; `twice-in-map`: the map says it in two ways.
 */
export type MoveOutcome = 'moved' | 'done' | 'unknown' | 'after-taken' | 'moved-elsewhere' | 'twice-in-map';

export interface JudgedMove extends Move {
  outcome: MoveOutcome;
  /** Whose value it is. */
  person?: string;
}

/** D1 binds at most 100 parameters in a statement. */
const SOME = 40;

/**
 * Judges a map of old values to new ones, without writing. Only the value that a provider identifies someone by counts:
 * an equal e-mail address or name says nothing (threat O6).
 */
export async function judgeMoves(deps: Deps, issuer: string, moves: readonly Move[]): Promise<JudgedMove[]> {
  const [befores, afters] = [countBy(moves, m => m.before), countBy(moves, m => m.after)];
  const judged: JudgedMove[] = [];
  for (let i = 0; i < moves.length; i += SOME) {
    const some = moves.slice(i, i + SOME);
    const [moved, owners] = [await movedBefore(deps, issuer, some), await ownersOf(deps, issuer, some)];
    for (const move of some) {
      const person = owners.get(move.before);
      const outcome = judge(move);
      judged.push({ ...move, outcome, ...(person && outcome === 'moved' ? { person } : {}) });
    }
    function judge({ before, after }: Move): MoveOutcome {
      if (befores.get(before)! > 1 || afters.get(after)! > 1 || befores.has(after)) return 'twice-in-map';
      const earlier = moved.get(before);
      if (earlier !== undefined) return earlier === after ? 'done' : 'moved-elsewhere';
      if (owners.has(after)) return 'after-taken';
      return owners.has(before) ? 'moved' : 'unknown';
    }
  }
  return judged;
}

function countBy(moves: readonly Move[], of: (move: Move) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const move of moves) counts.set(of(move), (counts.get(of(move)) ?? 0) + 1);
  return counts;
}

async function movedBefore(deps: Deps, issuer: string, moves: readonly Move[]): Promise<Map<string, string>> {
  const rows = await deps.db.query
    .select()
    .from(movedSubjects)
    .where(
      and(
        eq(movedSubjects.issuer, issuer),
        inArray(
          movedSubjects.before,
          moves.map(m => m.before),
        ),
      ),
    );
  return new Map(rows.map(row => [row.before, row.after]));
}

/** Whose a value is now, old and new alike. */
async function ownersOf(deps: Deps, issuer: string, moves: readonly Move[]): Promise<Map<string, string>> {
  const values = moves.flatMap(({ before, after }) => [before, after]);
  const rows = await deps.db.query
    .select({ subject: identities.subject, personId: identities.personId })
    .from(identities)
    .where(and(eq(identities.kind, 'eduid'), eq(identities.issuer, issuer), inArray(identities.subject, values)));
  return new Map(rows.map(row => [row.subject, row.personId]));
}

/** The statements of one move. The keys of both tables refuse a second one, and a value that was taken meanwhile. */
export function moveStatements(deps: Deps, issuer: string, { before, after }: Move): Statement[] {
  const { query } = deps.db;
  const mine = and(eq(identities.kind, 'eduid'), eq(identities.issuer, issuer), eq(identities.subject, before));
  return [
    query.insert(movedSubjects).values({ issuer, before, after, movedAt: deps.clock().toISOString() }),
    query
      .update(identities)
      .set({ label: after })
      .where(and(mine, eq(identities.label, before))),
    query.update(identities).set({ subject: after }).where(mine),
  ];
}
