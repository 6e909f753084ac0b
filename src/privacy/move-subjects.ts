import * as credentials from '../credentials/index.ts';
import * as people from '../people/index.ts';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';

/** So many in one commit. */
const CHUNK = 50;

/** A move, and what became of it; `award-exists`: the same decision stands under the old and the new value. */
export type MoveResult = people.Move & { outcome: people.MoveOutcome | 'award-exists' };

/**
 * Lets people keep their account, badges and offers when a change of client or institution at a provider gives them new
 * values (threat O6). Whole chunks at a time, safe to do again, and nothing is merged: what cannot move is named.
 */
export async function moveSubjects(
  deps: Deps,
  { issuer, moves, dryRun = false }: { issuer: string; moves: readonly people.Move[]; dryRun?: boolean },
): Promise<MoveResult[]> {
  const judged = await people.judgeMoves(deps, issuer, moves);
  if (dryRun) return judged;
  const results: MoveResult[] = judged.filter(({ outcome }) => !toMove(outcome));
  const rest = judged.filter(({ outcome }) => toMove(outcome));
  for (let i = 0; i < rest.length; i += CHUNK) {
    const chunk = rest.slice(i, i + CHUNK);
    if (await tryMove(deps, issuer, chunk)) results.push(...chunk);
    else for (const one of chunk) results.push(await moveAlone(deps, issuer, one));
  }
  return results.map(({ before, after, outcome }) => ({ before, after, outcome }));
}

const toMove = (outcome: MoveResult['outcome']) => outcome === 'moved' || outcome === 'unknown';

/** One of a chunk that did not go as a whole: judged once more, since something came in between. */
async function moveAlone(deps: Deps, issuer: string, move: people.JudgedMove): Promise<MoveResult> {
  const [again] = await people.judgeMoves(deps, issuer, [move]);
  if (!toMove(again!.outcome)) return again!;
  return (await tryMove(deps, issuer, [again!])) ? again! : { ...again!, outcome: 'award-exists' };
}

async function tryMove(deps: Deps, issuer: string, moves: readonly people.JudgedMove[]): Promise<boolean> {
  const now = deps.clock();
  const statements = moves.flatMap(move => [
    ...people.moveStatements(deps, issuer, move),
    ...credentials.moveRecipient(deps, move),
  ]);
  const entry = (subject: string, action: string, details: Record<string, unknown>): AuditEntry => ({
    institution: OPERATOR,
    actor: { kind: 'operator' },
    action,
    subject,
    at: now,
    details,
  });
  const each = moves.filter(move => move.person).map(({ person }) => entry(person!, 'person.move', {}));
  try {
    await commit(deps.db, statements, [entry(issuer, 'provider.move', { moves: moves.length }), ...each]);
    return true;
  } catch (error) {
    if (!violatedKey(error)) throw error;
    return false;
  }
}
