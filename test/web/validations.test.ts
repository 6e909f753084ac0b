import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { awardDecided } from '../../src/credentials/index.ts';
import { decideDossier, makeMove, type Mover, readDossier, verifyDossier } from '../../src/dossiers/index.ts';
import { dossiers, dossierShares } from '../../src/dossiers/schema.ts';
import { addExperience, openOwn } from '../../src/portfolio/index.ts';
import { createPerson } from '../support/people.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool } from '../support/world.ts';

const world = createWorld();
const { deps } = world;
type Who = Awaited<ReturnType<typeof createPerson>>;

let school: Awaited<ReturnType<typeof createSchool>>;
let sam: Who;
let kim: Who;
let experience: string;
let id: string;

const as = (role: Mover['role'], person: string): Mover => ({ actor: { kind: 'person', person }, id: person, role });
const now = () => readDossier(deps, { id, institutionId: school.institution.id });
const get = (path: string, who?: Who) => world.request(path, { headers: who?.headers ?? {} });
const post = (path: string, fields: Record<string, string>, who?: Who) =>
  world.request(path, {
    method: 'POST',
    headers: { ...(who?.headers ?? { origin: world.origin }), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
const page = async (who: Who = sam) => (await get(`/validations/${id}`, who)).text();
const does = (fields: Record<string, string>, who: Who = sam) => post(`/validations/${id}`, fields, who);

beforeAll(async () => {
  school = await createSchool(world);
  sam = await createPerson(world, { name: 'Sam de Vries', nameSource: 'institution' });
  kim = await createPerson(world, { name: 'Kim' });
  const session = {
    id: sam.sessionId,
    person: sam.id,
    identity: sam.identityId,
    provider: 'eduid',
    provenAt: deps.clock().toISOString(),
    language: 'nl' as const,
  };
  experience = await addExperience(deps, await openOwn(deps, session), {
    kind: 'informal',
    title: 'De buurtmoestuin',
    story: 'Ik heb een moestuin opgezet met de hele straat.',
    answers: {},
  } as Parameters<typeof addExperience>[2]);
  const begin = `/i/${school.institution.slug}/achievements/${school.achievement}/begin`;
  expect((await get(begin, sam)).status).toBe(200);
  const begun = await post(begin, { aim: 'Een baan in de wijk', recognise: 'yes', form: 'f1' }, sam);
  expect(begun.status).toBe(303);
  id = begun.headers.get('location')!.slice('/validations/'.length).split('?')[0]!;
});

describe('a validation, as its learner', () => {
  it('begins once, also when the form is sent twice', async () => {
    const begin = `/i/${school.institution.slug}/achievements/${school.achievement}/begin`;
    const again = await post(begin, { aim: 'Een baan in de wijk', recognise: 'yes', form: 'f1' }, sam);
    expect(again.headers.get('location')).toContain(id);
    expect(await deps.db.query.select().from(dossiers).where(eq(dossiers.personId, sam.id))).toHaveLength(1);
  });

  it('says whose turn it is, and is nobody else’s', async () => {
    expect(await page()).toContain('Proefschool is aan zet');
    expect((await get(`/validations/${id}`, kim)).status).toBe(404);
    expect((await does({ move: 'comment', text: 'Hoi' }, kim)).status).toBe(404);
    expect((await get(`/validations/${id}`)).status).not.toBe(200);
  });

  it('shows what the learner shares, to whom they say, and takes it back at once', async () => {
    await makeMove(deps, await now(), { type: 'accept' }, as('coordinator', 'co'));
    await does({ move: 'share', experience, partners: 'on' });
    expect(await page()).toContain('Ook voor wie je hebt uitgenodigd');
    const invited = await (await does({ move: 'invite', name: 'Fatima', kind: 'work', form: 'f2' })).text();
    const link = /\/partner\/[\w-]+/.exec(invited)![0];
    const seen = await (await get(link)).text();
    expect(seen).toContain('moestuin opgezet');
    await does({ move: 'take-back', experience });
    expect(await (await get(link)).text()).not.toContain('moestuin');
    expect(await deps.db.query.select().from(dossierShares)).toHaveLength(0);
    // What a partner says, the learner reads; when they are let go, the link is over.
    await post(link, { move: 'ask', text: 'Mag ik iets vragen?', form: 'p1' });
    expect(await page()).toContain('Mag ik iets vragen?');
    const partner = /name="partner" value="([\w-]+)"/.exec(await page())![1]!;
    await does({ move: 'end-partner', partner });
    expect((await get(link)).status).toBe(410);
    expect((await post(link, { move: 'comment', text: 'Nog even' })).status).toBe(410);
  });

  it('of someone else’s experience shares nothing', async () => {
    expect((await does({ move: 'share', experience: 'not-mine' })).status).toBe(404);
    expect(await deps.db.query.select().from(dossierShares)).toHaveLength(0);
  });

  it('goes from answer to reply to a badge, with own words in it', async () => {
    const question = (await now()).state.questions[0]?.seq;
    if (question) await does({ move: 'answer', seq: String(question), text: 'Ja hoor', form: 'f3' });
    await does({ move: 'share', experience });
    await does({ move: 'hand-in', form: 'f4' });
    await makeMove(deps, await now(), { type: 'assign', role: 'assessor', person: 'as' }, as('coordinator', 'co'));
    await makeMove(
      deps,
      await now(),
      { type: 'judge', units: [], links: [{ experience, outcome: 'x' }], route: 'examiner' },
      as('assessor', 'as'),
      {
        words: { overall: 'Sterk in samenwerken.', advice: 'Ga zo door.' },
      },
    );
    const judged = await page();
    expect(judged).toContain('Sterk in samenwerken.');
    expect(judged).toContain('Jij bent aan zet');
    expect(await (await get('/portfolio', sam)).text()).toContain('Beoordeeld');
    const { version } = (await now()).state;
    const replied = { move: 'reply', text: 'Klopt', ownWords: 'Ik deed dit echt zelf.', on: String(version) };
    expect((await does({ ...replied, form: 'f5' })).status).toBe(303);
    // The same form again does nothing; one from an older page is shown again with its text.
    expect((await does({ ...replied, form: 'f6' })).status).toBe(409);
    expect(await (await does({ ...replied, text: 'Mijn nieuwe tekst', form: 'f7' })).text()).toContain(
      'Mijn nieuwe tekst',
    );
    const result = { achievement: school.achievement, version: 1, outcome: 'awarded' as const, stands: [], ways: 0 };
    await decideDossier(deps, await now(), as('examiner', 'ex'), { basis: 'assessment', results: [result], words: {} });
    await awardDecided(deps, id);
    const decided = await page();
    expect(decided).toContain('Toegekend');
    expect(decided).toContain('Bekijk je badge');
    expect(decided).toContain('Commissie van Beroep voor de Examens');
    expect(await (await get(`/portfolio/experiences/${experience}`, sam)).text()).toContain('Vastgesteld');
  });

  it('is reconsidered when its learner asks, planned, gone through again, and ended', async () => {
    const decision = (await now()).state.decisions[0]!.seq;
    await does({ move: 'plan', text: 'Een cursus volgen', owner: 'learner', want: 'Ja', form: 'f8' });
    expect(await page()).toContain('Een cursus volgen');
    await does({ move: 'ask-reconsideration', seq: String(decision), text: 'Ik mis iets', form: 'f9' });
    expect((await now()).turn).toBe('awaiting-board');
    await makeMove(
      deps,
      await now(),
      { type: 'reconsider', upheld: true, results: [], evidence: [] },
      as('board', 'bo'),
    );
    expect(await page()).toContain('Na heroverweging blijft het besluit staan.');
    await does({ move: 'next-cycle', form: 'f10' });
    expect((await now()).cycle).toBe(2);
    await does({ move: 'withdraw', form: 'f11' });
    expect((await now()).turn).toBe('closed');
    expect(await deps.db.query.select().from(dossierShares)).toHaveLength(0);
    expect(await verifyDossier(deps, id)).toBeUndefined();
    expect((await does({ move: 'comment', text: 'Nog iets' })).status).toBe(409);
  });

  it('stands in the list with what grows, also for an empty one', async () => {
    expect(await (await get('/validations', sam)).text()).toContain('Je hebt dit traject gestopt');
    expect(await (await get('/validations', kim)).text()).toContain('Je hebt nog geen traject.');
  });
});
