import { and, asc, eq } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { sha256Hex } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import type { DossierEvent } from './commands.ts';
import { type DossierState, emptyDossier } from './dossier.ts';
import { applyEvent } from './moves.ts';
import { dossierEvents, dossiers, dossierWords } from './schema.ts';
import { hashWords, type Words } from './words.ts';

export type Dossier = typeof dossiers.$inferSelect;

/** An event as it is kept, with what was said where that has not been erased. */
export interface Told extends DossierEvent {
  words: Words | null;
}

/** A dossier of an institution. @throws DomainError `not-found`, the same for one of another institution */
export async function readDossier(deps: Deps, where: { id: string; institutionId: string }): Promise<Dossier> {
  const mine = and(eq(dossiers.id, where.id), eq(dossiers.institutionId, where.institutionId));
  const [row] = await deps.db.query.select().from(dossiers).where(mine);
  if (!row) throw notFound('dossier');
  return row;
}

/** A dossier of the person. @throws DomainError `not-found`, the same for one of someone else */
export async function readOwnDossier(deps: Deps, where: { id: string; personId: string }): Promise<Dossier> {
  const mine = and(eq(dossiers.id, where.id), eq(dossiers.personId, where.personId));
  const [row] = await deps.db.query.select().from(dossiers).where(mine);
  if (!row) throw notFound('dossier');
  return row;
}

/** Everything that was done, oldest first. */
export async function readEvents(deps: Deps, dossierId: string): Promise<Told[]> {
  const rows = await deps.db.query
    .select({ event: dossierEvents, words: dossierWords.words })
    .from(dossierEvents)
    .leftJoin(
      dossierWords,
      and(eq(dossierWords.dossierId, dossierEvents.dossierId), eq(dossierWords.seq, dossierEvents.seq)),
    )
    .where(eq(dossierEvents.dossierId, dossierId))
    .orderBy(asc(dossierEvents.seq));
  return rows.map(({ event, words }) => ({
    seq: event.seq,
    at: event.at,
    actor: event.actor,
    role: event.role as DossierEvent['role'],
    data: { ...event.data, type: event.type } as DossierEvent['data'],
    words,
  }));
}

/** The hashes of the events and of what was said with them, oldest first. */
export const readHashes = async (deps: Deps, dossierId: string) =>
  deps.db.query
    .select({ seq: dossierEvents.seq, hash: dossierEvents.hash, wordsHash: dossierEvents.wordsHash })
    .from(dossierEvents)
    .where(eq(dossierEvents.dossierId, dossierId))
    .orderBy(asc(dossierEvents.seq));

/** The hash of an event: over all of it and the one before, so that a change of any shows in all that follow. */
export const hashEvent = (
  dossierId: string,
  { seq, at, actor, role, data }: DossierEvent,
  wordsHash: string | null,
  previous: string,
): Promise<string> => sha256Hex(canonicalJson([dossierId, seq, at, actor, role, data, wordsHash, previous]));

/** What is wrong with a dossier's events, or undefined when they are whole and add up to the state that is kept. */
export async function verifyDossier(deps: Deps, dossierId: string): Promise<string | undefined> {
  const [dossier] = await deps.db.query.select().from(dossiers).where(eq(dossiers.id, dossierId));
  const rows = await deps.db.query
    .select()
    .from(dossierEvents)
    .where(eq(dossierEvents.dossierId, dossierId))
    .orderBy(asc(dossierEvents.seq));
  const said = await deps.db.query.select().from(dossierWords).where(eq(dossierWords.dossierId, dossierId));
  if (!dossier) return 'missing';
  const learner = rows[0]?.actor ?? '';
  let state: DossierState = emptyDossier(learner);
  let previous = '';
  for (const [i, row] of rows.entries()) {
    const event = { ...row, data: { ...row.data, type: row.type } } as unknown as DossierEvent;
    const words = said.find(w => w.seq === row.seq);
    if (row.seq !== i + 1 || row.previous !== previous) return `unlinked at ${row.seq}`;
    if ((await hashEvent(dossierId, event, row.wordsHash, previous)) !== row.hash) return `changed at ${row.seq}`;
    if (words && (await hashWords(words.salt, words.words)) !== row.wordsHash) return `other words at ${row.seq}`;
    state = applyEvent(state, event);
    previous = row.hash;
  }
  return canonicalJson(state) === canonicalJson(dossier.state)
    ? undefined
    : 'the state is not what the events add up to';
}
