// What every storage verb promises, whichever database is beneath it.
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { editAchievement, importAchievement, publishAchievement, readAchievement } from '../../src/catalogue/index.ts';
import {
  awardCredential,
  awardInput,
  confirmRevocation,
  listBatches,
  makeCopy,
  readAward,
  readAwardRecord,
  readPublicStatus,
  recheckBadges,
  releaseBatch,
  releaseDue,
  replaceAward,
  revokeAward,
  searchAwards,
  sweep,
} from '../../src/credentials/index.ts';
import { standingIn } from '../../src/credentials/list-document.ts';
import { awards, copies, copyFormats, statusEntries, statusLists } from '../../src/credentials/schema.ts';
import { readCurrent } from '../../src/credentials/status.ts';
import { takeStatusIndex } from '../../src/credentials/take-index.ts';
import { createInstitution, institutionProfile, rotateKey, updatePolicy } from '../../src/institutions/index.ts';
import { sendLetters } from '../../src/jobs/index.ts';
import { apiKeys } from '../../src/institutions/schema.ts';
import { commit, verifyAudit } from '../../src/platform/audit.ts';
import type { Ctx, Deps } from '../../src/platform/context.ts';
import { type Database, violatedKey } from '../../src/platform/database.ts';
import type { DomainError } from '../../src/platform/errors.ts';
import { once } from '../../src/platform/idempotency.ts';
import { composeLetter } from '../../src/platform/letter.ts';
import { letter } from '../../src/platform/outbox.ts';
import { auditLog, idempotencyKeys, outbox } from '../../src/platform/schema.ts';
import { createPerson } from '../support/people.ts';
import {
  createSchool,
  exampleAchievement,
  exampleAward,
  exampleProfile,
  type World,
  worldOn,
} from '../support/world.ts';

const asError = (error: unknown) => error as DomainError;

/** Runs the suite over a database that `open` brings up to date. */
export function storageContract(name: string, open: () => Promise<Database>): void {
  describe(`storage on ${name}`, () => {
    let world: World;
    let db: Database;
    let deps: Deps;
    let school: Awaited<ReturnType<typeof createSchool>>;
    let ctx: Ctx;
    const award = (over: object = {}) => awardInput.parse(exampleAward(school.achievement, over));
    const to = (email: string) => ({ recipient: { email } });

    beforeAll(async () => {
      db = await open();
      world = worldOn(db);
      deps = world.deps;
      school = await createSchool(world);
      ctx = school.ctx;
    });

    it('D11: has the guarantees that the product relies on, and foreign keys are enforced', async () => {
      await expect(db.check()).resolves.toBeUndefined();
      const orphan = {
        id: 'x',
        institutionId: 'nobody',
        role: 'awarder',
        label: null,
        secretHash: '',
        createdAt: '',
        expiresAt: null,
        revokedAt: null,
      };
      await expect(db.batch([db.query.insert(apiKeys).values(orphan)])).rejects.toThrow();
    });

    it('D10: a list of statements is one: a conflict in the last undoes the first', async () => {
      const row = (key: string) =>
        db.query.insert(idempotencyKeys).values({ institution: 'i', key, request: '', createdAt: '' });
      await db.batch([row('taken')]);
      const error = await db.batch([row('fresh'), row('taken')]).catch(e => e);
      expect(violatedKey(error)).toBe('idempotency_keys.institution, idempotency_keys.key');
      const left = await db.query.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, 'fresh'));
      expect(left).toEqual([]);
    });

    it('audit rows of writers at the same moment stand in one chain', async () => {
      const entry = (n: number) => ({
        institution: 'chain',
        actor: { kind: 'operator' as const },
        action: 'test',
        subject: String(n),
        at: new Date(),
        details: { n },
      });
      await Promise.all(Array.from({ length: 25 }, (_, n) => commit(db, [], [entry(n)])));
      const finding = (await verifyAudit(db)).find(f => f.institution === 'chain');
      expect(finding).toEqual({ institution: 'chain', rows: 25 });
    });

    it('I13: a row of the audit log that was changed, left out or cut off is named', async () => {
      await db.batch([
        db.query
          .update(auditLog)
          .set({ action: 'other' })
          .where(sql`institution = 'chain' and seq = 7`),
      ]);
      expect((await verifyAudit(db)).find(f => f.institution === 'chain')?.firstBad).toEqual({
        seq: 7,
        why: 'changed',
      });
      await db.batch([db.query.delete(auditLog).where(sql`institution = 'chain' and seq = 7`)]);
      expect((await verifyAudit(db)).find(f => f.institution === 'chain')?.firstBad).toEqual({
        seq: 7,
        why: 'missing',
      });
      await db.batch([db.query.delete(auditLog).where(sql`institution = 'chain' and seq > 5`)]);
      expect((await verifyAudit(db)).find(f => f.institution === 'chain')?.firstBad).toEqual({ seq: 6, why: 'cut' });
    });

    it('a slug belongs to one institution for good', async () => {
      const again = createInstitution(deps, {
        slug: school.institution.slug,
        profile: institutionProfile.parse(exampleProfile),
      });
      await expect(again).rejects.toMatchObject({ code: 'institution-exists' });
    });

    it('publishing makes a version; an edit afterwards is a draft beside it', async () => {
      await editAchievement(
        ctx,
        school.achievement,
        (await readAchievement(ctx, school.achievement)).published!.content,
      );
      const state = await readAchievement(ctx, school.achievement);
      expect(state.published?.version).toBe(1);
      expect(state.draft).toBeDefined();
      const [a, b] = await Promise.allSettled([
        publishAchievement(ctx, school.achievement),
        publishAchievement(ctx, school.achievement),
      ]);
      expect([a, b].filter(r => r.status === 'fulfilled').length).toBeGreaterThan(0);
      expect((await readAchievement(ctx, school.achievement)).published?.version).toBe(2);
    });

    it('the same content imported twice is the same achievement', async () => {
      const source = { ...exampleAchievement, name: 'Nog een' };
      const [first, second] = await Promise.all([importAchievement(ctx, source), importAchievement(ctx, source)]);
      expect(second.id).toBe(first.id);
      expect([first.existed, second.existed].sort()).toEqual([false, true]);
    });

    it('an award is signed, once; the same decision again names the first', async () => {
      const first = await awardCredential(ctx, award());
      expect(first.state).toBe('released');
      const error = asError(await awardCredential(ctx, award()).catch(e => e));
      expect([error.code, error.extensions.award]).toEqual(['award-exists', first.id]);
    });

    it('I3: one Idempotency-Key at once from many gives one award and one answer', async () => {
      const input = award(to('many@example.org'));
      const mine: Ctx = { ...ctx, once: { key: 'k1', request: 'r1' } };
      const write = {
        run: () => awardCredential(mine, input),
        resume: (id: string) => readAward(mine, id),
        present: (a: { id: string }) => ({ status: 201, body: a.id }),
      };
      // A machine that is busy may tell some to come back; coming back they are served.
      const served = (): ReturnType<typeof once> =>
        once(mine, write).catch(e => (asError(e).code === 'idempotency-in-progress' ? served() : Promise.reject(e)));
      const answers = await Promise.all(Array.from({ length: 12 }, served));
      expect(new Set(answers.map(a => a.body)).size).toBe(1);
      const rows = await db.query
        .select()
        .from(awards)
        .where(sql`${awards.recipientKey} = 'email:many@example.org'`);
      expect(rows.length).toBe(1);
      await expect(once({ ...mine, once: { key: 'k1', request: 'r2' } }, write)).rejects.toMatchObject({
        code: 'idempotency-key-reused',
      });
    });

    it('S13: no status index is given twice, and their order tells nothing', async () => {
      const places = (
        await Promise.all(
          Array.from({ length: 8 }, async () => {
            const mine: number[] = [];
            for (let i = 0; i < 25; i++)
              mine.push((await takeStatusIndex(deps, school.institution, 'suspension', { kind: 'operator' })).index);
            return mine;
          }),
        )
      ).flat();
      expect(new Set(places).size).toBe(200);
      const rising = places.filter((p, i) => i > 0 && p > places[i - 1]!).length;
      expect(rising).toBeGreaterThan(60);
      expect(rising).toBeLessThan(140);
      const entry = { listId: (await db.query.select().from(statusLists))[0]!.id, index: 5, awardId: 'a' };
      await db.batch([db.query.insert(statusEntries).values(entry)]);
      expect(violatedKey(await db.batch([db.query.insert(statusEntries).values(entry)]).catch(e => e))).toContain(
        'status_entries',
      );
    });

    it('a new list is opened when one is half full', async () => {
      const all = () =>
        db.query
          .select()
          .from(statusLists)
          .where(
            sql`${statusLists.institutionId} = ${school.institution.id} and ${statusLists.purpose} = 'suspension'`,
          );
      await db.batch([
        db.query
          .update(statusLists)
          .set({ next: 65_536 })
          .where(
            sql`${statusLists.institutionId} = ${school.institution.id} and ${statusLists.purpose} = 'suspension'`,
          ),
      ]);
      const places = await Promise.all(
        [1, 2, 3].map(() => takeStatusIndex(deps, school.institution, 'suspension', { kind: 'operator' })),
      );
      expect(new Set(places.map(p => p.listId)).size).toBe(1);
      expect((await all()).length).toBe(2);
    });

    it('two revocations at once: one succeeds, the other is told', async () => {
      const { id } = await awardCredential(ctx, award(to('twice@example.org')));
      const results = await Promise.allSettled([
        revokeAward(ctx, id, { reason: 'error' }),
        revokeAward(ctx, id, { reason: 'fraud' }),
      ]);
      expect(results.map(r => r.status).sort()).toEqual(['fulfilled', 'rejected']);
      const { statusListId, statusIndex } = await readAward(ctx, id);
      expect((await readPublicStatus(deps, statusListId, statusIndex))?.state).toBe('revoked');
    });

    it('revocations of many at once all reach the list', async () => {
      const ids = await Promise.all(
        [1, 2, 3, 4].map(async n => (await awardCredential(ctx, award(to(`m${n}@example.org`)))).id),
      );
      await Promise.all(ids.map(id => revokeAward(ctx, id, { reason: 'error' })));
      for (const id of ids) expect((await readAward(ctx, id)).state).toBe('revoked');
    });

    it('an award takes the place of another: new badge, old bit and links in one commit', async () => {
      const { id } = await awardCredential(ctx, award(to('replaced@example.org')));
      const made = await replaceAward(ctx, id, { kind: 'correction', recipient: { name: 'Sam' } });
      expect(made.state).toBe('released');
      const { state, statusListId, statusIndex } = await readAward(ctx, id);
      expect(state).toBe('superseded');
      expect((await readPublicStatus(deps, statusListId, statusIndex))?.reason).toBe('correction');
      expect((await readAwardRecord(ctx, made.id)).signed?.predecessor).toBe(id);
      const second = await replaceAward(ctx, id, { kind: 'correction' }).catch(asError);
      expect((second as DomainError).code).toBe('award-state');
    });

    it('a batch waits for a second hand, is released once, and is found again', async () => {
      await updatePolicy(ctx, { confirmRevocation: false, releaseBatchAbove: 1 });
      const by = (person: string): Ctx => ({
        ...ctx,
        actor: { kind: 'member', person, roles: [{ role: 'awarder', achievements: null }] },
      });
      const batch = { id: 'together', size: 2 };
      for (const n of [1, 2]) await awardCredential(by('one'), award(to(`batch${n}@example.org`)), batch);
      expect(await listBatches(ctx)).toMatchObject([{ batch: 'together', count: 2, madeBy: 'member:one' }]);
      await expect(releaseBatch(by('one'), 'together')).rejects.toMatchObject({ code: 'forbidden' });
      await releaseBatch(by('two'), 'together');
      const done = await Promise.all([releaseDue(deps), releaseDue(deps)]);
      expect(done.reduce((sum, { released }) => sum + released, 0)).toBe(2);
      const found = await searchAwards(ctx, { text: 'BATCH1@', limit: 10 });
      expect(found.items.map(({ recipient, state }) => [recipient.email, state])).toEqual([
        ['batch1@example.org', 'released'],
      ]);
    });

    it('a revocation waits for a second hand', async () => {
      await updatePolicy(ctx, { confirmRevocation: true, releaseBatchAbove: null });
      const key = (id: string): Ctx => ({ ...ctx, actor: { kind: 'api-key', id, role: 'awarder' } });
      const { id } = await awardCredential(ctx, award(to('waits@example.org')));
      expect((await revokeAward(key('one'), id, { reason: 'error' })).waiting).toMatchObject({
        askedBy: 'api-key:one',
      });
      await expect(confirmRevocation(key('one'), id)).rejects.toMatchObject({ code: 'forbidden' });
      expect((await confirmRevocation(key('two'), id)).state).toBe('revoked');
      await updatePolicy(ctx, { confirmRevocation: false, releaseBatchAbove: null });
    });

    it('copies of a badge in every format have places of their own, and are revoked with it', async () => {
      const person = await createPerson(world);
      const { id } = await awardCredential(ctx, award(to('copies@example.org')));
      await db.query.update(awards).set({ personId: person.id, state: 'claimed' }).where(eq(awards.id, id));
      const made = await Promise.all(
        copyFormats.map(format => makeCopy(deps, { awardId: id, personId: person.id, format, holder: null })),
      );
      expect(made.map(({ format }) => format)).toEqual([...copyFormats]);
      // In workerd the tests share one database, in which others have put what should be found.
      const { checked, bad } = await recheckBadges(deps, new Date(0));
      expect([checked > copyFormats.length, bad.filter(({ award }) => award === id)]).toEqual([true, []]);
      await revokeAward(ctx, id, { reason: 'duplicate' });
      const rows = await db.query.select().from(copies).where(eq(copies.awardId, id));
      expect(rows.length).toBe(copyFormats.length);
      for (const { statusListId, statusIndex } of rows) {
        expect(await readPublicStatus(deps, statusListId, statusIndex)).toMatchObject({ reason: 'duplicate' });
        const list = await readCurrent(deps, statusListId);
        expect(standingIn(list, statusIndex)).toBe('revoked');
      }
      const late = makeCopy(deps, { awardId: id, personId: person.id, format: 'ldp_vc', holder: null });
      await expect(late).rejects.toMatchObject({ code: 'award-state' });
    });

    it('B2: a letter is sent once by senders at once, and its words go with it', async () => {
      const now = deps.clock();
      const words = composeLetter({ language: 'nl', to: 'a@b.example', subject: 'x', paragraphs: ['y'], footer: 'z' });
      const put = (key: string) => letter(db, { key, kind: 'claim', institution: 'i', letter: words, now });
      await db.batch([put('one'), put('two'), put('one')]);
      const sent: string[] = [];
      const mailer = { send: async (_: unknown, id: string) => void sent.push(id) };
      await Promise.all([1, 2, 3].map(() => sendLetters({ ...deps, mailer })));
      expect([sent.length, new Set(sent).size]).toEqual([2, 2]);
      const left = await db.query.select({ letter: outbox.letter, sentAt: outbox.sentAt }).from(outbox);
      expect(left.every(row => row.letter === null && row.sentAt !== null)).toBe(true);
    });

    it('K4: after a rotation the lists are signed by the new key', async () => {
      await rotateKey(deps, school.institution, { kind: 'operator' });
      const swept = await sweep(deps);
      expect(swept.renewed).toBeGreaterThan(0);
      expect((await sweep(deps)).renewed).toBe(0);
    });
  });
}
