import { describe, expect, it } from 'vitest';
import { runHourlyJobs, runJobs, startSender } from '../../src/jobs/index.ts';
import { composeLetter } from '../../src/platform/letter.ts';
import type { Letter } from '../../src/platform/mail.ts';
import { letter } from '../../src/platform/outbox.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

describe('jobs', () => {
  it('one that fails holds up no other, and is logged without anything of a person', async () => {
    let now = new Date('2026-11-20T12:00:00Z');
    const world = createWorld({ now: () => now });
    const school = await createSchool(world, undefined, { ...exampleAchievement, undoMinutes: 1 });
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement),
    });
    now = new Date(now.getTime() + 2 * 60_000);
    // The sweep reads awards, and finds the table away.
    world.db.sqlite.exec('alter table replacements rename to gone');
    await runJobs(world.deps);
    expect(world.lines.join()).toContain('job.sweep');
    expect(world.lines.join()).not.toContain('learner@');
    world.db.sqlite.exec('alter table gone rename to replacements');
    expect((await world.api(`/api/v1/awards/${made.json.id}`, { key: school.keys.awarder })).json.state).toBe(
      'released',
    );
  });

  it('once an hour what its term is over for is deleted: letters that were sent among it', async () => {
    let now = new Date('2026-11-20T12:00:00Z');
    const world = createWorld({ now: () => now, mailer: { send: async () => undefined } });
    const composed = composeLetter({ language: 'nl', to: 'a@b.example', subject: 'x', paragraphs: ['y'], footer: 'z' });
    await world.db.batch([letter(world.db, { key: 'k', kind: 'claim', institution: 'i', letter: composed, now })]);
    const { sendLetters } = await import('../../src/jobs/index.ts');
    await sendLetters(world.deps);
    const count = () => world.db.sqlite.prepare('select count(*) from outbox').pluck().get();
    await runHourlyJobs(world.deps);
    expect(count()).toBe(1);
    now = new Date(now.getTime() + (world.deps.config.retention.sentLetters + 1) * 86_400_000);
    await runHourlyJobs(world.deps);
    expect(count()).toBe(0);
  });
});

describe('the sender of a long-lived process', () => {
  it('sends soon after a nudge, and goes on when a lane hangs', async () => {
    const sent: string[] = [];
    const hangs = new Promise<never>(() => undefined);
    const mailer = {
      send: ({ subject }: Letter): Promise<void> => {
        if (subject === 'hangt') return hangs;
        sent.push(subject);
        return Promise.resolve();
      },
    };
    const world = createWorld({ mailer });
    const put = (subject: string) => {
      const words = composeLetter({ language: 'nl', to: 'a@b.example', subject, paragraphs: ['y'], footer: 'z' });
      const now = world.deps.clock();
      return world.db.batch([letter(world.db, { key: subject, kind: 'claim', institution: 'i', letter: words, now })]);
    };
    const sender = startSender(world.deps, 1_000_000);
    await put('hangt');
    sender.nudge();
    await put('gaat');
    sender.nudge();
    await expect.poll(() => sent).toEqual(['gaat']);
    for (let n = 0; n < 5; n++) await put(`meer ${n}`);
    for (let n = 0; n < 20; n++) sender.nudge();
    await expect.poll(() => sent.length).toBe(6);
    expect(new Set(sent).size).toBe(6);
    sender.stop();
  });
});
