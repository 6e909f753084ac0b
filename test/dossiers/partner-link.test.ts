import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { endPartner, invitePartner, PARTNER_DAYS, readEvents } from '../../src/dossiers/index.ts';
import { dossierEvents } from '../../src/dossiers/schema.ts';
import { DAY_MS } from '../../src/platform/clock.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffice } from '../support/dossiers.ts';

let now = new Date('2026-11-10T10:00:00Z');
const world = createWorld({ now: () => now });
const { deps } = world;

/** Someone from work with a link to a dossier that was accepted. */
async function invited() {
  const office = await createOffice(world);
  const learner = await office.learner();
  const dossier = await office.begin(learner);
  await dossier.move(office.as('coordinator'), { type: 'accept' });
  const { secret, partner } = await invitePartner(deps, await dossier.now(), dossier.me, { kind: 'work', name: 'Wil' });
  const path = `/partner/${secret}`;
  const headers = { accept: 'text/html', origin: world.origin };
  const open = async () => (await world.request(path, { headers })).status;
  const send = async (fields: Record<string, string>) =>
    (await world.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) })).status;
  const count = async () =>
    (await deps.db.query.select().from(dossierEvents).where(eq(dossierEvents.dossierId, dossier.id))).length;
  return { ...office, learner, dossier, partner, open, send, count };
}
const comment = { move: 'comment', text: 'Goed gedaan.', form: 'a-form.say' };

describe('a link for someone from work', () => {
  it('sent twice says it once, also at the same moment', async () => {
    const { send, dossier } = await invited();
    expect(await Promise.all([send(comment), send(comment)])).toEqual([303, 303]);
    expect(await send(comment)).toBe(303);
    const said = (await readEvents(deps, dossier.id)).filter(event => event.data.type === 'comment');
    expect(said).toMatchObject([{ role: 'partner', words: { text: 'Goed gedaan.' } }]);
  });

  it('that was taken back opens nothing and says nothing, from the next request on', async () => {
    const { dossier, partner, open, send, count } = await invited();
    expect(await open()).toBe(200);
    await endPartner(deps, await dossier.now(), dossier.me, partner);
    const before = await count();
    expect([await open(), await send(comment)]).toEqual([410, 410]);
    expect(await count()).toBe(before);
  });

  it('is good for its term and no longer', async () => {
    const { open, send, count } = await invited();
    now = new Date(now.getTime() + PARTNER_DAYS * DAY_MS - 1_000);
    expect(await open()).toBe(200);
    now = new Date(now.getTime() + 1_000);
    const before = await count();
    expect([await open(), await send(comment)]).toEqual([410, 410]);
    expect(await count()).toBe(before);
  });

  it('ends with the dossier', async () => {
    const { dossier, open, send } = await invited();
    await dossier.move(dossier.me, { type: 'withdraw' });
    expect([await open(), await send(comment)]).toEqual([410, 410]);
  });

  it('cannot do what is the learner’s or staff’s, whatever its form says', async () => {
    const { send, count } = await invited();
    const before = await count();
    for (const move of ['reply', 'hand-in', 'withdraw', 'accept', 'judge', 'decide', 'share', 'answer', 'nothing'])
      expect([move, await send({ move, text: 'x', seq: '1' })]).toEqual([move, 400]);
    expect(await send({ move: 'drop-question', seq: '1', form: 'f' })).toBe(409);
    expect(await count()).toBe(before);
  });
});
