import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awardDecided } from '../../src/credentials/index.ts';
import { addPlanLine, invitePartner, lookAt, shareExperiences, verifyDossier } from '../../src/dossiers/index.ts';
import { dossierEvents, dossiers, dossierShares, dossierWords } from '../../src/dossiers/schema.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { backupDatabase } from '../../src/platform/backup-node.ts';
import { DAY_MS } from '../../src/platform/clock.ts';
import { addExperience, openOwn } from '../../src/portfolio/index.ts';
import { erasePerson, retain } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { awarded, createOffice } from '../support/dossiers.ts';
import { exampleAchievement } from '../support/world.ts';

/** Each said somewhere else in the dossier. */
const SECRETS = [
  'geheim-antwoord',
  'geheim-verslag',
  'geheim-oordeel',
  'geheim-reactie',
  'geheim-motief',
  'geheim-weg',
  'geheim-plan',
  'Geheime Partner',
  'geheim-verhaal',
  'geheim-heroverweging',
  'Zeldzaam van Naam',
];

describe('a learner with dossiers who is erased', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
  let now = new Date('2026-11-10T10:00:00Z');
  const world = createWorld({ file: join(folder, 'data.db'), now: () => now });
  const { deps } = world;
  const ids: string[] = [];
  let badge: unknown;
  let learner: Awaited<ReturnType<Awaited<ReturnType<typeof createOffice>>['learner']>>;

  const bytesOf = (name: string) => readFileSync(join(folder, name));
  const hits = (names = readdirSync(folder)) =>
    names.flatMap(name => SECRETS.filter(secret => bytesOf(name).includes(secret)).map(secret => `${name}: ${secret}`));

  beforeAll(async () => {
    const office = await createOffice(world);
    learner = await office.learner('Zeldzaam van Naam');
    const book = await openOwn(deps, learner.session);
    const experience = await addExperience(deps, book, {
      kind: 'informal',
      context: 'work',
      title: 'Werk',
      story: 'geheim-verhaal',
      answers: {},
      periodFrom: null,
      periodTo: null,
    });

    // One that is not decided for, looked at again, and gone on with.
    const first = await office.begin(learner);
    await first.move(office.as('coordinator'), { type: 'accept' });
    await shareExperiences(deps, await first.now(), first.me, { experiences: [experience], partners: true });
    const { event } = await first.move(office.as('coordinator'), { type: 'ask', to: 'learner' });
    await first.move(first.me, { type: 'answer', question: event!.seq }, { words: { text: 'geheim-antwoord' } });
    await first.move(office.as('coordinator'), { type: 'assign', role: 'assessor', person: office.staff.assessor.id });
    const said = await first.move(office.as('assessor'), { type: 'report' }, { words: { text: 'geheim-verslag' } });
    await first.move(first.me, { type: 'confirm-report', report: said.event!.seq });
    await invitePartner(deps, await first.now(), first.me, { kind: 'work', name: 'Geheime Partner' });
    await first.judgedAgain('examiner', { advice: 'geheim-oordeel' });
    const decided = await first.decided('assessment', [awarded(office.achievement, { outcome: 'not-yet', ways: 1 })], {
      [office.achievement]: 'geheim-weg',
    });
    await world.request(`/validations/${first.id}/decisions/${decided.event!.seq}.json`, { headers: learner.headers });
    await addPlanLine(deps, await first.now(), first.me, { words: 'geheim-plan', owner: 'learner' });
    await first.move(
      first.me,
      { type: 'ask-reconsideration', decision: decided.event!.seq },
      { words: { text: 'geheim-heroverweging' } },
    );
    ids.push(first.id);

    // One that became a badge, and one that the board exempted on.
    const second = await office.begin(learner);
    await second.judged('examiner', { advice: 'geheim-oordeel' });
    await second.move(second.me, { type: 'reply' }, { words: { text: 'geheim-reactie' } });
    await second.decided();
    await awardDecided(deps, second.id);
    ids.push(second.id);
    const page = await world.request(`/validations/${second.id}`, { headers: learner.headers });
    const mine = /\/badges\/([\w-]+)/.exec(await page.text())![1]!;
    badge = await (await world.request(`/badges/${mine}/badge.json`, { headers: learner.headers })).json();
    const third = await office.begin(learner);
    await third.judged('board');
    await third.decided('exemption', [awarded(office.achievement)], { [office.achievement]: 'geheim-motief' });
    await awardDecided(deps, third.id);
    ids.push(third.id);
  });
  afterAll(() => world.db.sqlite.close());

  it('had words in every place, which staff and the learner could read', async () => {
    expect(new Set(hits().map(hit => hit.split(': ')[1]))).toEqual(new Set(SECRETS));
    for (const id of ids) expect(await verifyDossier(deps, id)).toBeUndefined();
  });

  it('leaves none of them in the database, its log, its files, or a copy made after it', async () => {
    await erasePerson(deps, learner.id, { kind: 'operator' });
    await backupDatabase(world.db, join(folder, 'copy.db'));
    expect(readdirSync(folder)).toContain('copy.db');
    expect(hits()).toEqual([]);
    expect(await deps.db.query.select().from(dossierWords)).toEqual([]);
  });

  it('leaves events that still add up, chains that are whole, and a badge that checks as before', async () => {
    for (const id of ids) {
      expect(await verifyDossier(deps, id)).toBeUndefined();
      const events = await deps.db.query.select().from(dossierEvents).where(eq(dossierEvents.dossierId, id));
      expect(events.length).toBeGreaterThan(5);
      expect(events.some(event => event.wordsHash)).toBe(true);
      const [row] = await deps.db.query.select().from(dossiers).where(eq(dossiers.id, id));
      expect(row!.personId).toBeNull();
    }
    expect((await verifyAudit(world.db)).filter(finding => finding.firstBad)).toEqual([]);
    const { json } = await world.api('/api/v1/verifications', { body: { credential: badge } });
    expect(json.verdict).toBe('valid');
  });

  it('shows a change of an event that stayed, also without its words', async () => {
    const mine = and(eq(dossierEvents.dossierId, ids[1]!), eq(dossierEvents.type, 'decide'));
    const [event] = await deps.db.query.select().from(dossierEvents).where(mine);
    const data = { ...event!.data, basis: 'evc' };
    await deps.db.query.update(dossierEvents).set({ data }).where(mine);
    expect(await verifyDossier(deps, ids[1]!)).toBe(`changed at ${event!.seq}`);
  });

  it('closed long ago has no words any more, and what was decided stays', async () => {
    const office = await createOffice(world, { ...exampleAchievement, name: 'Lang geleden' });
    const other = await office.learner('Iemand');
    const dossier = await office.begin(other);
    await dossier.judged();
    await dossier.decided();
    await awardDecided(deps, dossier.id);
    await dossier.move(dossier.me, { type: 'finish' });
    const wordsOf = () => deps.db.query.select().from(dossierWords).where(eq(dossierWords.dossierId, dossier.id));
    now = new Date(now.getTime() + (deps.config.retention.closedDossiers - 1) * DAY_MS);
    await retain(deps);
    expect((await wordsOf()).length).toBeGreaterThan(2);
    now = new Date(now.getTime() + 2 * DAY_MS);
    await retain(deps);
    expect(await wordsOf()).toEqual([]);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
    const look = await lookAt(deps, await dossier.now(), 'staff', office.staff.board.id);
    expect(look.events.some(event => event.data.type === 'decide')).toBe(true);
    const shares = eq(dossierShares.dossierId, dossier.id);
    expect(await deps.db.query.select().from(dossierShares).where(shares)).toEqual([]);
  });
});
