import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEvents, recordingOf, verifyDossier } from '../../src/dossiers/index.ts';
import { ROOM } from '../../src/dossiers/recording.ts';
import { files } from '../../src/platform/schema.ts';
import { erasePerson, exportZip } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffice } from '../support/dossiers.ts';
import { sound } from '../support/sound.ts';

const world = createWorld();
const { deps } = world;
type Headers = Record<string, string>;

let office: Awaited<ReturnType<typeof createOffice>>;
let learner: Awaited<ReturnType<typeof office.learner>>;
let dossier: Awaited<ReturnType<typeof office.begin>>;
let own: string;
let staffs: string;

beforeAll(async () => {
  office = await createOffice(world);
  learner = await office.learner();
  dossier = await office.begin(learner);
  own = `/validations/${dossier.id}`;
  staffs = `/console/${office.institution.slug}/dossiers/${dossier.id}`;
  await dossier.move(office.as('coordinator'), { type: 'accept' });
  await dossier.move(office.as('coordinator'), { type: 'assign', role: 'assessor', person: office.staff.assessor.id });
});

const get = (path: string, { headers }: { headers: Headers }, more: Headers = {}) =>
  world.request(path, { headers: { ...headers, ...more } });

function send(
  path: string,
  { headers }: { headers: Headers },
  { text = 'We spraken af.', form = crypto.randomUUID() as string, bytes = sound('x') as Uint8Array<ArrayBuffer> } = {},
) {
  const body = new FormData();
  body.set('text', text);
  body.set('form', form);
  body.set('voice', new File([bytes], 'gesprek.webm'));
  return world.request(path, { method: 'POST', headers, body });
}

const rows = () =>
  deps.db.query
    .select()
    .from(files)
    .where(eq(files.scope, `dossier:${dossier.id}`));
const stored = async () => {
  const ids = [];
  for await (const { id } of deps.files.list()) ids.push(id);
  return ids;
};
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const newest = async () => (await readEvents(deps, dossier.id)).at(-1)!;

describe('a conversation that was recorded', () => {
  it('is a report with the hash of the sound among its words, heard by both sides and nobody else', async () => {
    const bytes = sound('we spraken');
    const answer = await send(`${staffs}/assessor/conversation`, office.staff.assessor, { bytes });
    expect(answer.status).toBe(303);
    const event = await newest();
    const recording = recordingOf(event)!;
    expect(recording.sha256).toBe(sha256(bytes));
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
    const page = await (await get(own, learner, { accept: 'text/html' })).text();
    expect(page).toContain(`src="${own}/recordings/${recording.file}"`);
    const heard = await get(`${own}/recordings/${recording.file}`, learner);
    expect(new Uint8Array(await heard.arrayBuffer())).toEqual(bytes);
    expect(heard.headers.get('content-type')).toBe('audio/webm');
    const part = await get(`${own}/recordings/${recording.file}`, learner, { range: 'bytes=0-3' });
    expect(part.status).toBe(206);
    expect((await get(`${staffs}/recordings/${recording.file}`, office.staff.board)).status).toBe(200);
    const other = await createOffice(world);
    const stranger = await other.learner();
    expect((await get(`${own}/recordings/${recording.file}`, stranger)).status).toBe(404);
    const theirs = `/console/${other.institution.slug}/dossiers/${dossier.id}/recordings/${recording.file}`;
    expect((await get(theirs, other.staff.board)).status).toBe(404);
    // A dossier of one's own does not open the recording of another.
    const mine = await other.begin(stranger);
    expect((await get(`/validations/${mine.id}/recordings/${recording.file}`, stranger)).status).toBe(404);
    await dossier.move(dossier.me, { type: 'confirm-report', report: event.seq });
  });

  it('is kept once when it is sent twice, and not at all when the move is refused', async () => {
    const form = crypto.randomUUID();
    const before = (await stored()).length;
    const sent = await Promise.all([1, 2].map(() => send(`${own}/conversation`, learner, { form })));
    expect(sent.map(answer => answer.status)).toEqual([303, 303]);
    expect((await stored()).length).toBe(before + 1);
    await dossier.move(dossier.me, { type: 'drop-report', report: (await newest()).seq });
    // In a role that they do not hold, and in a dossier that was not accepted.
    expect((await send(`${staffs}/examiner/conversation`, office.staff.assessor)).status).toBe(403);
    const fresh = await office.begin(await office.learner());
    const early = `/console/${office.institution.slug}/dossiers/${fresh.id}/assessor/conversation`;
    expect((await send(early, office.staff.assessor)).status).toBe(409);
    expect((await stored()).length).toBe(before + 1);
  });

  it('is gone when its report is let go by who was asked to confirm it; what was written and its hash stay', async () => {
    await send(`${staffs}/assessor/conversation`, office.staff.assessor, { bytes: sound('niet gevraagd') });
    const { seq, ...event } = await newest();
    const { file } = recordingOf({ ...event })!;
    const fields = { move: 'drop-report', form: crypto.randomUUID(), seq: String(seq) };
    const drop = (who: { headers: Headers }, path = own) =>
      world.request(path, { method: 'POST', headers: who.headers, body: new URLSearchParams(fields) });
    expect((await drop(office.staff.board, `${staffs}/board`)).status).toBe(403);
    expect((await get(`${own}/recordings/${file}`, learner)).status).toBe(200);
    expect((await drop(learner)).status).toBe(303);
    expect((await get(`${own}/recordings/${file}`, learner)).status).toBe(404);
    expect([(await stored()).includes(file), (await rows()).some(({ id }) => id === file)]).toEqual([false, false]);
    expect(await (await get(own, learner, { accept: 'text/html' })).text()).not.toContain(file);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });

  it('is refused as another kind of file, as too large, or where there is no more room; the text stays', async () => {
    const before = [(await stored()).length, (await newest()).seq];
    const pdf = new TextEncoder().encode('%PDF-1.7 geen geluid');
    const large = new Uint8Array(10_000_001);
    large.set(sound('groot'));
    for (const [bytes, told] of [
      [pdf, 'geen geluid dat hier'],
      [large, 'groter dan 10 MB'],
    ] as const) {
      const answer = await send(`${own}/conversation`, learner, { text: 'Wat ik typte', bytes });
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain(told);
      expect(page).toContain('Wat ik typte');
    }
    const [one] = await rows();
    await deps.db.query.update(files).set({ size: ROOM }).where(eq(files.id, one!.id));
    expect(await (await send(`${own}/conversation`, learner)).text()).toContain('geen plaats meer');
    await deps.db.query.update(files).set({ size: one!.size }).where(eq(files.id, one!.id));
    expect([(await stored()).length, (await newest()).seq]).toEqual(before);
  });

  it('goes back to its learner at the end, is in what they take along, and goes with them', async () => {
    const [one] = await rows();
    await dossier.move(dossier.me, { type: 'withdraw' });
    expect((await get(`${staffs}/recordings/${one!.id}`, office.staff.board)).status).toBe(404);
    expect((await get(`${own}/recordings/${one!.id}`, learner)).status).toBe(200);
    const taken = Object.entries(unzipSync(await exportZip(deps, learner.id)));
    const [, bytes] = taken.find(([name]) => name.startsWith(`recordings/${one!.id}`))!;
    expect(sha256(bytes)).toBe(one!.sha256);
    await erasePerson(deps, learner.id, { kind: 'operator' });
    expect(await rows()).toEqual([]);
    expect(await stored()).not.toContain(one!.id);
    expect(await verifyDossier(deps, dossier.id)).toBeUndefined();
  });
});
