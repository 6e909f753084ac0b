import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awardDecided, countDecided } from '../../src/credentials/index.ts';
import { readFlow } from '../../src/dossiers/index.ts';
import { hideParts, hideSmall } from '../../src/dossiers/hide-small.ts';
import { dossierOutcomes } from '../../src/dossiers/schema.ts';
import { DAY_MS } from '../../src/platform/clock.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffice } from '../support/dossiers.ts';
import { exampleAchievement } from '../support/world.ts';

const board = { kind: 'member' as const, person: 'b', roles: [{ role: 'board' as const, achievements: null }] };
const small = (count: number) => count > 0 && count < 10;
const sum = (counts: number[]) => counts.reduce((all, each) => all + each, 0);

describe('groups of fewer than ten', () => {
  it('are hidden, and with them what they would follow from: beside a known total no small group can be worked out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(25), { minLength: 2, maxLength: 7 }), counts => {
        const shown = hideSmall(counts);
        for (const [i, count] of counts.entries()) expect(shown[i]).toBe(small(count) ? null : (shown[i] ?? null));
        for (const [i, each] of shown.entries()) expect([null, counts[i]]).toContain(each);
        const hidden = counts.filter((_, i) => shown[i] === null);
        // Where a total of the same people stands elsewhere, it is hidden too when it is small.
        if (hidden.length && sum(counts) >= 10 && counts.some((count, i) => shown[i] !== null && count > 0)) {
          expect(hidden.length).toBeGreaterThan(1);
          expect(sum(hidden)).toBeGreaterThanOrEqual(10);
        }
      }),
    );
    expect(hideSmall([3, 20, 40, 0])).toEqual([null, null, 40, 0]);
    expect(hideSmall([3, 4, 40, 15])).toEqual([null, null, 40, null]);
    expect(hideSmall([3, 8, 40, 15])).toEqual([null, null, 40, 15]);
    expect(hideSmall([12, 0, 0])).toEqual([12, 0, 0]);
  });

  it('do not follow from a whole and its part, through any number of parts', () => {
    const parts = fc.array(fc.nat(40), { minLength: 2, maxLength: 4 }).map(all => all.sort((a, b) => b - a));
    fc.assert(
      fc.property(parts, counts => {
        const shown = hideParts(counts).filter(each => each !== null);
        for (const [i, count] of shown.entries()) {
          expect(small(count)).toBe(false);
          if (i > 0) expect(small(shown[i - 1]! - count)).toBe(false);
        }
        if (small(counts[0]!)) expect(shown).toEqual([]);
      }),
    );
    expect(hideParts([30, 28, 15])).toEqual([30, null, 15]);
    expect(hideParts([12, 12, 0])).toEqual([12, 12, 0]);
  });
});

describe('the flow of dossiers', () => {
  let now = new Date('2026-03-02T09:00:00Z');
  const world = createWorld({ now: () => now });
  const { deps } = world;

  it('tells how many are where and for how long, and nothing from which a small group follows', async () => {
    const office = await createOffice(world);
    const started = [];
    for (let i = 0; i < 24; i++) started.push(await office.begin(await office.learner(`Mens ${i}`)));
    now = new Date(now.getTime() + 4 * DAY_MS);
    for (const dossier of started.slice(0, 12)) {
      await dossier.move(office.as('coordinator'), { type: 'accept' });
      await dossier.move(dossier.me, { type: 'step', phase: 'value' });
    }
    now = new Date(now.getTime() + 3 * DAY_MS);
    await started[0]!.move(started[0]!.me, { type: 'comment' });
    const read = () => readFlow({ ...office.ctx, now, actor: board }, { made: 0, claimed: 0 });
    const flow = await read();
    expect(flow.phases).toEqual([
      { phase: 'identify', count: 12, days: 7 },
      { phase: 'value', count: 12, days: 3 },
      { phase: 'calibrate', count: 0, days: null },
      { phase: 'develop', count: 0, days: null },
    ]);
    expect(flow.turns.slice(0, 2)).toEqual([
      { turn: 'awaiting-coordinator', count: 12, days: 7 },
      { turn: 'awaiting-learner', count: 12, days: 3 },
    ]);
    expect(flow.outcomes).toEqual([]);
    // Two hand in: they would be the difference between the others and all of the other table.
    await started[12]!.move(office.as('coordinator'), { type: 'accept' });
    await started[13]!.move(started[13]!.me, { type: 'withdraw' });
    for (const dossier of started.slice(0, 2)) await dossier.move(dossier.me, { type: 'hand-in' });
    const later = await read();
    expect(later.phases.map(each => each.count)).toEqual([11, null, null, 0]);
    expect(later.turns.map(each => each.count)).toEqual([null, 11, null, 0, 0, 0, null]);
    expect(later.turns.filter(each => each.count === null).every(each => each.days === null)).toBe(true);
    const answered = started.slice(0, 11).map(({ id }, i) => ({
      dossierId: id,
      askedAt: now.toISOString(),
      answer: i ? ('work' as const) : ('place' as const),
      answeredAt: now.toISOString(),
    }));
    await deps.db.query.insert(dossierOutcomes).values(answered);
    expect((await read()).outcomes.map(each => each.count)).toEqual([10, 0, null, 0, 0, 0]);
  });

  it('counts what was awarded, what became a badge of it, and what was collected', async () => {
    const direct = await createOffice(world);
    const dossier = await direct.begin(await direct.learner());
    await dossier.judged();
    await dossier.decided();
    const ctx = { ...direct.ctx, actor: board };
    expect(await countDecided(ctx)).toEqual({ made: 0, claimed: 0 });
    await awardDecided(deps, dossier.id);
    expect(await countDecided(ctx)).toEqual({ made: 1, claimed: 1 });
    const offered = await createOffice(world, { ...exampleAchievement, claim: { assurance: 'login' } });
    const other = await offered.begin(await offered.learner());
    await other.judged();
    await other.decided();
    await awardDecided(deps, other.id);
    expect(await countDecided({ ...offered.ctx, actor: board })).toEqual({ made: 0, claimed: 0 });
  });
});
