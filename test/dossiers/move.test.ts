import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { eraseStatements } from '../../src/dossiers/about-person.ts';
import { emptyDossier } from '../../src/dossiers/dossier.ts';
import { makeMove, type Mover } from '../../src/dossiers/move.ts';
import type { Command } from '../../src/dossiers/commands.ts';
import { type Dossier, readDossier, readEvents, verifyDossier } from '../../src/dossiers/read.ts';
import { dossierEvents, dossiers, dossierWords } from '../../src/dossiers/schema.ts';
import { newId } from '../../src/platform/ids.ts';
import { createPerson } from '../support/people.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

const world = createWorld();
const { deps } = world;

const chosen = { id: 'a-1', version: 1, units: ['u'] };
const results = [{ achievement: 'a-1', version: 1, outcome: 'awarded' as const, stands: ['u'], ways: 0 }];
const as = (role: Mover['role'], id: string): Mover => ({ actor: { kind: 'person', person: id }, id, role });

let dossier: Dossier;
let learner: Mover;

beforeEach(async () => {
  const { institution } = await createSchool(world);
  const person = await createPerson(world);
  learner = as('learner', person.id);
  const at = deps.clock().toISOString();
  dossier = {
    id: newId(deps.clock()),
    institutionId: institution.id,
    personId: person.id,
    previousId: null,
    cycle: 1,
    state: emptyDossier(person.id),
    phase: 'identify',
    turn: 'awaiting-coordinator',
    dueAt: null,
    createdAt: at,
    turnAt: at,
    closedAt: null,
  };
});

const now = () => readDossier(deps, dossier);
const does = async (who: Mover, command: Command, making = {}) =>
  makeMove(deps, command.type === 'request' ? dossier : await now(), command, who, {
    words: { text: `${command.type} says` },
    ...making,
  });

/** As far as it goes before the examiner. */
async function untilDecision() {
  await does(learner, { type: 'request', recognise: true, achievements: [chosen] });
  await does(as('coordinator', 'co'), { type: 'accept' });
  await does(as('coordinator', 'co'), { type: 'assign', role: 'assessor', person: 'as' });
  await does(learner, { type: 'hand-in' });
  await does(as('assessor', 'as'), { type: 'judge', units: ['u'], links: [], route: 'examiner' });
  await does(learner, { type: 'reply' });
}

describe('a move in a dossier', () => {
  it('is an event with a hash of its words, and all of them add up to the state', async () => {
    await untilDecision();
    const { turn, dueAt, state } = await now();
    expect(turn).toBe('awaiting-examiner');
    expect(dueAt).not.toBeNull();
    expect(state.version).toBe(6);
    const events = await readEvents(deps, dossier.id);
    expect(events.map(e => e.data.type)).toEqual(['request', 'accept', 'assign', 'hand-in', 'judge', 'reply']);
    expect(events[4]!.words).toEqual({ text: 'judge says' });
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });

  it('of two examiners at once: one decides, and the other is told so', async () => {
    await untilDecision();
    const opened = await now();
    const decide: Command = { type: 'decide', basis: 'assessment', results, evidence: [] };
    const tries = await Promise.allSettled(
      ['ex1', 'ex2'].map(id => makeMove(deps, opened, decide, as('examiner', id), { words: { motive: id } })),
    );
    expect(tries.map(t => t.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = tries.find(t => t.status === 'rejected')!;
    expect(refused.reason).toMatchObject({ code: 'dossier-state' });
    expect((await now()).state.decisions).toHaveLength(1);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });

  it('of many at once is made by each: a comment stands in nobody’s way', async () => {
    await untilDecision();
    const opened = await now();
    await Promise.all(Array.from({ length: 8 }, () => makeMove(deps, opened, { type: 'comment' }, learner, {})));
    expect((await now()).state.version).toBe(14);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });

  it('that was formed on an older version is not made, where it says which', async () => {
    await untilDecision();
    const on = (await now()).state.version;
    await does(learner, { type: 'comment' });
    await expect(
      does(as('examiner', 'ex'), { type: 'decide', basis: 'assessment', results, evidence: [] }, { on }),
    ).rejects.toMatchObject({ code: 'dossier-changed' });
    expect((await now()).state.decisions).toEqual([]);
  });

  it('whose form is sent twice is made once', async () => {
    await untilDecision();
    const both = await Promise.all([1, 2].map(() => does(learner, { type: 'comment' }, { form: 'f-1' })));
    expect(both.filter(made => made.event)).toHaveLength(1);
    expect((await now()).state.version).toBe(7);
  });

  it('keeps nothing when it is refused, and what comes with it is kept with it or not at all', async () => {
    await untilDecision();
    const also = () => [deps.db.query.insert(dossiers).values(dossier)];
    await expect(does(learner, { type: 'comment' }, { also })).rejects.toThrow();
    await expect(does(as('board', 'bo'), { type: 'sample', decision: 1, reading: 'same' })).rejects.toMatchObject({
      code: 'dossier-state',
    });
    expect((await now()).state.version).toBe(6);
    expect(await readEvents(deps, dossier.id)).toHaveLength(6);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });

  it('stays provable when its words are erased, and any change to it is seen', async () => {
    await untilDecision();
    await deps.db.query.delete(dossierWords).where(eq(dossierWords.dossierId, dossier.id));
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
    await deps.db.query.update(dossierEvents).set({ actor: 'other' }).where(eq(dossierEvents.dossierId, dossier.id));
    expect(await verifyDossier(deps, dossier.id)).toBe('changed at 1');
  });

  it('is not made any more once its learner was erased, nor in the same moment', async () => {
    await untilDecision();
    const opened = await now();
    const decide: Command = { type: 'decide', basis: 'assessment', results, evidence: [] };
    await deps.db.batch(eraseStatements(deps, learner.id));
    // The page was opened before.
    const late = makeMove(deps, opened, decide, as('examiner', 'ex'), { words: { motive: 'geheim' } });
    await expect(late).rejects.toMatchObject({ code: 'dossier-state' });
    expect(await deps.db.query.select().from(dossierWords).where(eq(dossierWords.dossierId, dossier.id))).toEqual([]);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });
});
