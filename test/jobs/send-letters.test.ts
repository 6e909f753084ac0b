import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendLetters } from '../../src/jobs/index.ts';
import { MailError, type Mailer } from '../../src/platform/mail.ts';
import { composeLetter } from '../../src/platform/letter.ts';
import { letter } from '../../src/platform/outbox.ts';
import { createWorld } from '../support/create-world.ts';
import { startSmtp } from '../support/smtp.ts';

const MINUTE = 60_000;
let now: Date;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let world: ReturnType<typeof createWorld>;
const one = (sql: string) => world.db.sqlite.prepare(sql).pluck().get();
const row = () => world.db.sqlite.prepare('select * from outbox').get() as Record<string, string | number | null>;
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

async function put(key = 'claim:1', over: { to?: string; subject?: string; dueAt?: Date } = {}) {
  const composed = composeLetter({
    language: 'nl',
    to: over.to ?? 'learner@example.org',
    subject: over.subject ?? 'Er ligt een badge voor je klaar',
    greeting: 'Hallo Zoë Şahin-Łukaszewicz',
    paragraphs: ['Gefeliciteerd: ‘Samenwerken’ is van jou. €5, 日本語.'],
    action: { label: 'Haal op', url: 'https://w.example/claim/abc' },
    footer: 'Proefschool',
  });
  const { dueAt } = over;
  await world.db.batch([
    letter(world.db, { key, kind: 'claim', institution: 'i', letter: composed, now, ...(dueAt ? { dueAt } : {}) }),
  ]);
}

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z');
  smtp = await startSmtp();
  world = createWorld({ now: () => now, mailer: smtp.mailer });
});
afterEach(() => smtp.stop());

describe('sending letters by SMTP', () => {
  it('sends text and HTML with names in any script, and erases the words', async () => {
    await put();
    expect(await sendLetters(world.deps)).toEqual({ sent: 1, postponed: 0, givenUp: 0 });
    const [{ mail, from, to, raw }] = smtp.received as [(typeof smtp.received)[0]];
    expect([from, to]).toEqual(['noreply@waarmerk.example', ['learner@example.org']]);
    expect(mail.subject).toBe('Er ligt een badge voor je klaar');
    expect(mail.text).toContain('Hallo Zoë Şahin-Łukaszewicz,\n\nGefeliciteerd: ‘Samenwerken’ is van jou. €5, 日本語.');
    expect(mail.html).toContain('Hallo Zoë Şahin-Łukaszewicz,');
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(raw).toMatch(/^Content-Language: nl/m);
    // RFC 5322 §2.1.1: no line is longer than 998 characters, and nothing here needs an 8-bit line.
    expect(Math.max(...raw.split('\r\n').map(line => line.length))).toBeLessThan(999);
    expect(raw).toMatch(/^[\x00-\x7f]*$/);
    expect(row()).toMatchObject({ letter: null, sent_at: now.toISOString(), attempts: 1, failed_at: null });
    expect(one('select count(*) from outbox_leases')).toBe(0);
    expect(await sendLetters(world.deps)).toEqual({ sent: 0, postponed: 0, givenUp: 0 });
    expect(smtp.received).toHaveLength(1);
  });

  it('sends a subject of many characters whole, and never as a header of its own', async () => {
    const subject = `Er ligt een badge klaar: ${'Validëren in de wijk, '.repeat(10)}`.trim();
    await put('a', { subject });
    await put('b', { subject: 'Een\r\nBcc: evil@example.org\r\n\r\nHallo' });
    await sendLetters(world.deps);
    expect(smtp.received.map(r => r.mail.subject).sort()).toEqual([subject, 'Een Bcc: evil@example.org Hallo'].sort());
    for (const { to, mail } of smtp.received) expect([to, mail.bcc ?? []]).toEqual([['learner@example.org'], []]);
  });

  it('sends nothing before it is due, and the same key once', async () => {
    await put('reminder:1', { dueAt: new Date(now.getTime() + MINUTE) });
    await put('reminder:1', { subject: 'Nog eens' });
    expect(one('select count(*) from outbox')).toBe(1);
    expect((await sendLetters(world.deps)).sent).toBe(0);
    later(MINUTE);
    expect((await sendLetters(world.deps)).sent).toBe(1);
  });

  it.each([
    ['451 at the recipient', { at: 'to', answer: 451 }],
    ['421 at the data', { at: 'data', answer: 421 }],
    ['554 for the sender, which is the operator’s to mend', { at: 'from', answer: 554 }],
    ['silence', 'hang'],
    ['a line that is cut in the middle', 'drop'],
  ] as const)('a server that answers %s gets it again later, with the same Message-ID', async (_, behaviour) => {
    smtp.script.push(behaviour);
    await put();
    expect(await sendLetters(world.deps)).toEqual({ sent: 0, postponed: 1, givenUp: 0 });
    expect(row()).toMatchObject({ sent_at: null, failed_at: null, attempts: 1 });
    expect(row().letter).toContain('learner@example.org');
    expect((await sendLetters(world.deps)).sent).toBe(0);
    later(2 * MINUTE);
    expect(await sendLetters(world.deps)).toEqual({ sent: 1, postponed: 0, givenUp: 0 });
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]!.mail.messageId).toBe(`<${row().id}@localhost>`);
    expect(row()).toMatchObject({ attempts: 2, letter: null });
  });

  it.each([
    ['the recipient', { at: 'to', answer: 550 }],
    ['the letter', { at: 'data', answer: 552 }],
  ] as const)(
    'a server that refuses %s for good is not asked again; the words go, and no log has the address',
    async (_, b) => {
      smtp.script.push(b);
      await put();
      expect(await sendLetters(world.deps)).toEqual({ sent: 0, postponed: 0, givenUp: 1 });
      expect(row()).toMatchObject({ letter: null, sent_at: null, failed_at: now.toISOString() });
      expect(one('select count(*) from outbox_leases')).toBe(0);
      later(30 * 24 * 60 * MINUTE);
      expect(await sendLetters(world.deps)).toEqual({ sent: 0, postponed: 0, givenUp: 0 });
      expect(world.lines.join()).toContain('letter.not-taken');
      expect(world.lines.join()).not.toContain('example.org');
    },
  );

  it('a server that is away for days is tried ever less often, and then the letter is given up', async () => {
    await smtp.stop();
    await put();
    const begin = now.getTime();
    let tries = 0;
    while (row().failed_at === null) {
      const before = now.getTime();
      now = new Date(String(row().due_at));
      expect(now.getTime() - before).toBeLessThanOrEqual(24 * 60 * MINUTE * 1.25);
      const { sent, postponed, givenUp } = await sendLetters(world.deps);
      expect([sent, postponed + givenUp]).toEqual([0, 1]);
      tries++;
    }
    expect(tries).toBe(11);
    const days = (now.getTime() - begin) / (24 * 60 * MINUTE);
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(7);
    expect(row().letter).toBeNull();
    smtp = await startSmtp();
  });

  it('one that hangs keeps no other waiting that another lane sends', async () => {
    smtp.script.push('hang');
    await put('a');
    const slow = sendLetters(world.deps);
    await expect.poll(() => one('select count(*) from outbox_leases')).toBe(1);
    await put('b', { to: 'other@example.org' });
    expect((await sendLetters(world.deps)).sent).toBe(1);
    expect(smtp.received.map(r => r.to)).toEqual([['other@example.org']]);
    expect((await slow).postponed).toBe(1);
  });
});

describe('a sender that dies or stands still', () => {
  /** A mailer that the test lets go on. */
  function paused(real: Mailer) {
    let arrived!: () => void;
    let go!: () => void;
    const reached = new Promise<void>(resolve => (arrived = resolve));
    const open = new Promise<void>(resolve => (go = resolve));
    return {
      reached,
      go,
      send: async (...args: Parameters<Mailer['send']>) => {
        arrived();
        await open;
        await real.send(...args);
      },
    };
  }

  it('B1: killed with the lease taken: nobody sends for five minutes, then another does, once', async () => {
    await put();
    void sendLetters({ ...world.deps, mailer: { send: () => new Promise(() => undefined) } });
    await expect.poll(() => one('select count(*) from outbox_leases')).toBe(1);
    later(4 * MINUTE);
    expect((await sendLetters(world.deps)).sent).toBe(0);
    later(MINUTE + 1);
    expect((await sendLetters(world.deps)).sent).toBe(1);
    expect(smtp.received).toHaveLength(1);
  });

  it('B1: killed between handing over and recording: the letter goes again, under the same Message-ID', async () => {
    await put();
    const dies = { ...world.db, batch: (statements: never[]) => fail(statements) };
    let batches = 0;
    const fail = async (statements: never[]) => {
      // The lease is the first batch, the record the second.
      if (++batches > 1) throw new Error('killed');
      await world.db.batch(statements);
    };
    await expect(sendLetters({ ...world.deps, db: dies as never })).rejects.toThrow('killed');
    expect(smtp.received).toHaveLength(1);
    expect(row()).toMatchObject({ sent_at: null, attempts: 0 });
    later(5 * MINUTE + 1);
    expect((await sendLetters(world.deps)).sent).toBe(1);
    expect(new Set(smtp.received.map(r => r.mail.messageId)).size).toBe(1);
    expect(row()).toMatchObject({ attempts: 2, letter: null });
  });

  it('B1: the database refuses the lease: nothing is sent, and the letter waits', async () => {
    await put();
    world.db.sqlite.exec("create trigger broken before insert on outbox_leases begin select raise(abort, 'no'); end");
    await expect(sendLetters(world.deps)).rejects.toThrow();
    expect(smtp.received).toHaveLength(0);
    world.db.sqlite.exec('drop trigger broken');
    expect((await sendLetters(world.deps)).sent).toBe(1);
  });

  it('B1: the server took it and cut the line before it said so: it goes again with the same Message-ID', async () => {
    smtp.script.push('take-and-drop');
    await put();
    expect((await sendLetters(world.deps)).postponed).toBe(1);
    later(2 * MINUTE);
    expect((await sendLetters(world.deps)).sent).toBe(1);
    expect(new Set(smtp.received.map(r => r.mail.messageId)).size).toBe(1);
  });

  it('B1: twenty letters and a sender that is killed at every step: each once', async () => {
    for (let n = 0; n < 20; n++) await put(`k${n}`, { to: `l${n}@example.org` });
    for (let n = 0; n < 20; n++) {
      const dead = { ...world.deps, mailer: { send: () => new Promise<never>(() => undefined) } };
      if (n % 2) void sendLetters(dead, { limit: 1 });
      else await sendLetters(world.deps, { limit: 1 });
    }
    await expect.poll(() => one('select count(*) from outbox_leases')).toBe(10);
    later(5 * MINUTE + 1);
    await sendLetters(world.deps);
    expect(smtp.received.map(r => r.to[0]).sort()).toEqual(
      Array.from({ length: 20 }, (_, n) => `l${n}@example.org`).sort(),
    );
  });

  it('B2: five senders at once send each letter once', async () => {
    for (let n = 0; n < 30; n++) await put(`k${n}`, { to: `l${n}@example.org` });
    const results = await Promise.all(Array.from({ length: 5 }, () => sendLetters(world.deps)));
    expect(results.reduce((sum, r) => sum + r.sent, 0)).toBe(30);
    expect(new Set(smtp.received.map(r => r.to[0])).size).toBe(30);
    expect(smtp.received).toHaveLength(30);
  });

  it('B2: a sender that stood still and then fails changes nothing of what a later one did', async () => {
    await put();
    const still = paused({ send: () => Promise.reject(new MailError(true)) });
    const first = sendLetters({ ...world.deps, mailer: still });
    await still.reached;
    later(5 * MINUTE + 1);
    const second = paused(smtp.mailer);
    const sending = sendLetters({ ...world.deps, mailer: second });
    await second.reached;
    // The first wakes while the second is at work: what it writes is refused.
    still.go();
    await first;
    expect(row()).toMatchObject({ failed_at: null, sent_at: null, attempts: 0 });
    second.go();
    expect((await sending).sent).toBe(1);
    expect(row()).toMatchObject({ failed_at: null, attempts: 2, letter: null });
  });

  it('B2: a sender that stood still before it had the lease finds that the letter went', async () => {
    await put();
    let first = true;
    const slow = {
      ...world.db,
      batch: async (statements: never[]) => {
        if (first) {
          first = false;
          expect((await sendLetters(world.deps)).sent).toBe(1);
        }
        await world.db.batch(statements);
      },
    };
    expect((await sendLetters({ ...world.deps, db: slow as never })).sent).toBe(0);
    expect(smtp.received).toHaveLength(1);
  });

  it('D7: a lease from the future, after the clock was set back, keeps nobody waiting', async () => {
    await put();
    later(60 * MINUTE);
    void sendLetters({ ...world.deps, mailer: { send: () => new Promise(() => undefined) } });
    await expect.poll(() => one('select count(*) from outbox_leases')).toBe(1);
    later(-60 * MINUTE);
    expect((await sendLetters(world.deps)).sent).toBe(1);
  });
});
