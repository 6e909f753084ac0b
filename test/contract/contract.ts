// What every storage verb promises, whichever database is beneath it.
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { editAchievement, importAchievement, publishAchievement, readAchievement } from '../../src/catalogue/index.ts';
import {
  awardCredential,
  awardInput,
  readAward,
  readPublicStatus,
  revokeAward,
  sweep,
} from '../../src/credentials/index.ts';
import { awards, statusEntries, statusLists } from '../../src/credentials/schema.ts';
import { takeStatusIndex } from '../../src/credentials/take-index.ts';
import { createInstitution, institutionProfile, rotateKey } from '../../src/institutions/index.ts';
import { apiKeys } from '../../src/institutions/schema.ts';
import { commit, verifyAudit } from '../../src/platform/audit.ts';
import type { Ctx, Deps } from '../../src/platform/context.ts';
import { type Database, violatedKey } from '../../src/platform/database.ts';
import type { DomainError } from '../../src/platform/errors.ts';
import { once } from '../../src/platform/idempotency.ts';
import { auditLog, idempotencyKeys } from '../../src/platform/schema.ts';
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

    it('K4: after a rotation the lists are signed by the new key', async () => {
      await rotateKey(deps, school.institution, { kind: 'operator' });
      const swept = await sweep(deps);
      expect(swept.renewed).toBeGreaterThan(0);
      expect((await sweep(deps)).renewed).toBe(0);
    });
  });
}
