import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awardDecided } from '../../src/credentials/index.ts';
import {
  addPlanLine,
  invitePartner,
  lookAt,
  reportConversation,
  shareExperiences,
  storeRecording,
  verifyDossier,
} from '../../src/dossiers/index.ts';
import { dossierEvents, dossiers, dossierShares, dossierWords } from '../../src/dossiers/schema.ts';
import { verifyAudit } from '../../src/platform/audit.ts';
import { backupDatabase } from '../../src/platform/backup-node.ts';
import { DAY_MS } from '../../src/platform/clock.ts';
import { openFolder } from '../../src/platform/files-node.ts';
import { newToken } from '../../src/platform/ids.ts';
import { addExperience, addFile, openOwn, storeEvidence } from '../../src/portfolio/index.ts';
import { erasePerson, retain } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { awarded, createOffice } from '../support/dossiers.ts';
import { sound } from '../support/sound.ts';
import { exampleAchievement } from '../support/world.ts';

const places = [
  'antwoord',
  'verslag',
  'oordeel',
  'reactie',
  'motief',
  'weg',
  'plan',
  'partner',
  'verhaal',
  'heroverweging',
  'naam',
  'bewijs',
  'opname',
] as const;
/** Each said somewhere else, in words that stand nowhere by chance. */
const said = Object.fromEntries(places.map(what => [what, `${what} ${newToken()}`])) as Record<
  (typeof places)[number],
  string
>;

const upload = (bytes: Uint8Array) => ({
  name: 'bestand',
  field: 'file',
  bytes: (async function* () {
    yield bytes;
  })(),
});

describe('a learner with dossiers who is erased', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
  let now = new Date('2026-11-10T10:00:00Z');
  const world = createWorld({
    file: join(folder, 'data.db'),
    files: openFolder(join(folder, 'files')),
    now: () => now,
  });
  const { deps } = world;
  const ids: string[] = [];
  let badge: unknown;
  let learner: Awaited<ReturnType<Awaited<ReturnType<typeof createOffice>>['learner']>>;

  /** Whatever is found, byte by byte, in any file beside the database, its log and its copies. */
  const hits = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }))
      .flatMap(({ name, bytes }) =>
        Object.values(said)
          .filter(secret => bytes.includes(secret))
          .map(secret => [name, secret]),
      );

  beforeAll(async () => {
    const office = await createOffice(world);
    learner = await office.learner(said.naam);
    const book = await openOwn(deps, learner.session);
    const experience = await addExperience(deps, book, {
      kind: 'informal',
      context: 'work',
      title: 'Werk',
      story: said.verhaal,
      answers: {},
      periodFrom: null,
      periodTo: null,
    });

    const file = await storeEvidence(deps, book, upload(new TextEncoder().encode(said.bewijs)));
    await addFile(deps, book, experience, { file, use: 'evidence', title: 'Bewijs' });

    // One that is not decided for, looked at again, and gone on with.
    const first = await office.begin(learner);
    await first.move(office.as('coordinator'), { type: 'accept' });
    await shareExperiences(deps, await first.now(), first.me, { experiences: [experience], partners: true });
    const { event } = await first.move(office.as('coordinator'), { type: 'ask', to: 'learner' });
    await first.move(first.me, { type: 'answer', question: event!.seq }, { words: { text: said.antwoord } });
    await first.move(office.as('coordinator'), { type: 'assign', role: 'assessor', person: office.staff.assessor.id });
    const recording = await storeRecording(deps, await first.now(), upload(sound(said.opname)));
    const told = await reportConversation(deps, await first.now(), office.as('assessor'), {
      text: said.verslag,
      recording,
    });
    await first.move(first.me, { type: 'confirm-report', report: told.event!.seq });
    await invitePartner(deps, await first.now(), first.me, { kind: 'work', name: said.partner });
    await first.judgedAgain('examiner', { advice: said.oordeel });
    const decided = await first.decided('assessment', [awarded(office.achievement, { outcome: 'not-yet', ways: 1 })], {
      [office.achievement]: said.weg,
    });
    await world.request(`/validations/${first.id}/decisions/${decided.event!.seq}.json`, { headers: learner.headers });
    await addPlanLine(deps, await first.now(), first.me, { words: said.plan, owner: 'learner' });
    await first.move(
      first.me,
      { type: 'ask-reconsideration', decision: decided.event!.seq },
      { words: { text: said.heroverweging } },
    );
    ids.push(first.id);

    // One that became a badge, and one that the board exempted on.
    const second = await office.begin(learner);
    await second.judged('examiner', { advice: said.oordeel });
    await second.move(second.me, { type: 'reply' }, { words: { text: said.reactie } });
    await second.decided();
    await awardDecided(deps, second.id);
    ids.push(second.id);
    const page = await world.request(`/validations/${second.id}`, { headers: learner.headers });
    const mine = /\/badges\/([\w-]+)/.exec(await page.text())![1]!;
    badge = await (await world.request(`/badges/${mine}/badge.json`, { headers: learner.headers })).json();
    const third = await office.begin(learner);
    await third.judged('board');
    await third.decided('exemption', [awarded(office.achievement)], { [office.achievement]: said.motief });
    await awardDecided(deps, third.id);
    ids.push(third.id);
  });
  afterAll(() => world.db.sqlite.close());

  it('had words in every place, which staff and the learner could read', async () => {
    expect(new Set(hits().map(([, secret]) => secret))).toEqual(new Set(Object.values(said)));
    expect(new Set(hits().map(([name]) => name)).size).toBeGreaterThan(2);
    for (const id of ids) expect(await verifyDossier(deps, id)).toBeUndefined();
  });

  it('leaves none of them in the database, its log, its files, or a copy made after it', async () => {
    await erasePerson(deps, learner.id, { kind: 'operator' });
    await backupDatabase(world.db, join(folder, 'copy.db'));
    expect(
      readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true }).filter(e => e.isFile()),
    ).toEqual([]);
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
