import { desc, eq, sql } from 'drizzle-orm';
import { readPolicy } from '../institutions/index.ts';
import { spend, wasSpent } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { emptyColumn, type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { Command, DossierEvent } from './commands.ts';
import { type DossierRole, type DossierState, type Turn, turnOf } from './dossier.ts';
import { turnLetter } from './letters.ts';
import { applyEvent, transition } from './moves.ts';
import { type Dossier, hashEvent } from './read.ts';
import { dossierEvents, dossiers } from './schema.ts';
import { keepWords, type Words } from './words.ts';

/** Who makes a move. The guard of the route has established the role at this institution, or the link of a partner. */
export interface Mover {
  actor: Actor;
  /** An id of a person or a partner, as it stands in the events; never a name. */
  id: string;
  role: DossierRole;
}

export interface Making {
  /** What is said with it. */
  words?: Words;
  /** The version that the form was made on: when someone else moved since, nothing is done. */
  on?: number;
  /** Of the form: sent twice, it is done once. */
  form?: string;
  /** What else comes with the move, in the same commit: rows of shares, partners, awards to be made. */
  also?: (made: { event: DossierEvent; state: DossierState }) => Statement[];
}

export interface Moved {
  dossier: Dossier;
  /** Undefined when the same form was sent before. */
  event?: DossierEvent;
}

/**
 * Makes one move in a dossier (its first one makes the dossier): the event, its words, the state that it leads to, and
 * what comes with it, in one commit or not at all. Two at once collide on the event's key; a move that holds on the newer
 * state as well is made again.
 * @throws DomainError `forbidden`, `role-conflict`, `dossier-state`, also when its learner was erased; `dossier-changed`
 * when `on` is not the newest
 */
export async function makeMove(
  deps: Deps,
  dossier: Dossier,
  command: Command,
  mover: Mover,
  making: Making = {},
): Promise<Moved> {
  for (let now = dossier, attempt = 0; ; attempt++) {
    if (making.on !== undefined && making.on !== now.state.version)
      throw new DomainError('dossier-changed', 'Someone did something here since you opened this page. Look again.', {
        extensions: { version: now.state.version },
      });
    try {
      return await tryMove(deps, now, command, mover, making);
    } catch (error) {
      if (making.form && wasSpent(error)) return { dossier: await readAgain(deps, dossier.id) };
      const raced =
        violatedKey(error) === 'dossier_events.dossier_id, dossier_events.seq' ||
        emptyColumn(error) === 'dossier_events.dossier_id';
      if (!raced || attempt >= 20) throw error;
      now = await readAgain(deps, dossier.id);
    }
  }
}

async function tryMove(deps: Deps, dossier: Dossier, command: Command, mover: Mover, making: Making): Promise<Moved> {
  const { db } = deps;
  if (!dossier.personId) throw new DomainError('dossier-state', 'Its learner was erased. Nothing is added to it.');
  const at = deps.clock();
  const { dossier: policy } = await readPolicy({ db, institution: { id: dossier.institutionId, slug: '' } });
  const event = transition(dossier.state, command, { id: mover.id, role: mover.role, at, policy });
  const state = applyEvent(dossier.state, event);
  const words = await keepWords(deps, dossier.id, event.seq, making.words);
  const [before] = await db.query
    .select({ seq: dossierEvents.seq, hash: dossierEvents.hash })
    .from(dossierEvents)
    .where(eq(dossierEvents.dossierId, dossier.id))
    .orderBy(desc(dossierEvents.seq))
    .limit(1);
  const previous = before?.hash ?? '';
  const { type, ...data } = event.data;
  const hash = await hashEvent(dossier.id, event, words.hash, previous);
  const next = { ...dossier, ...rowOf(dossier, state, at, policy.terms) };
  await commit(
    db,
    [
      ...(event.seq === 1
        ? [db.query.insert(dossiers).values(next)]
        : [
            db.query
              .update(dossiers)
              .set(rowOf(dossier, state, at, policy.terms))
              .where(eq(dossiers.id, dossier.id)),
          ]),
      db.query.insert(dossierEvents).values({
        // Empty once the learner was erased: nothing is said about them in the same moment.
        dossierId: sql`(select ${dossiers.id} from ${dossiers} where ${dossiers.id} = ${dossier.id} and ${dossiers.personId} is not null)`,
        seq: event.seq,
        at: event.at,
        actor: event.actor,
        role: event.role,
        type,
        data,
        wordsHash: words.hash,
        previous,
        hash,
      }),
      ...words.statements,
      ...(await turnLetter(deps, dossier, next, mover.id)),
      ...(making.form ? await spend(deps, 'dossier-form', making.form, new Date(at.getTime() + DAY_MS)) : []),
      ...(making.also?.({ event, state }) ?? []),
    ],
    [
      {
        institution: dossier.institutionId,
        actor: mover.actor,
        action: `dossier.${type}`,
        subject: dossier.id,
        at,
        details: { seq: event.seq, hash },
      },
    ],
  );
  return { dossier: next, event };
}

/** The columns that follow from a state: staff has terms, learners have none. */
function rowOf(dossier: Dossier, state: DossierState, at: Date, terms: Record<string, number>) {
  const turn = turnOf(state);
  const days = terms[STAFF_TURNS[turn] ?? ''];
  const same = turn === dossier.turn;
  return {
    state,
    turn,
    phase: state.phase,
    cycle: state.cycle,
    turnAt: same ? dossier.turnAt : at.toISOString(),
    dueAt: same ? dossier.dueAt : days === undefined ? null : new Date(at.getTime() + days * DAY_MS).toISOString(),
    closedAt: state.closed ? (dossier.closedAt ?? at.toISOString()) : null,
  };
}

const STAFF_TURNS: Partial<Record<Turn, string>> = {
  'awaiting-coordinator': 'coordinator',
  'awaiting-assessor': 'assessor',
  'awaiting-examiner': 'examiner',
  'awaiting-board': 'board',
};

async function readAgain(deps: Deps, id: string): Promise<Dossier> {
  const [row] = await deps.db.query.select().from(dossiers).where(eq(dossiers.id, id));
  return row!;
}
