import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importAchievement, publishAchievement } from '../../src/catalogue/index.ts';
import { awardsOf } from '../../src/credentials/index.ts';
import { eraseStatements, invitePartner, joinAsGuide, readEvents, takeBack } from '../../src/dossiers/index.ts';
import { dossierSamples } from '../../src/dossiers/schema.ts';
import { updatePolicy } from '../../src/institutions/index.ts';
import { members } from '../../src/institutions/schema.ts';
import type { SignedIn } from '../../src/platform/context.ts';
import { addFile, openOwn, storeEvidence } from '../../src/portfolio/index.ts';
import { createWorld } from '../support/create-world.ts';
import { moverOf } from '../support/dossiers.ts';
import { png } from '../support/files.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createValidation, type Validation } from '../support/validation.ts';
import { exampleAchievement } from '../support/world.ts';
import { fieldsOf, type Fields } from '../support/fields.ts';

type Who = { headers: Record<string, string> };
type Under = Awaited<ReturnType<Validation['dossier']>>;

const world = createWorld();
const { deps } = world;
const at = '/console/wijkschool';
let school: Validation;
let dossier: Under;
let path: string;

beforeAll(async () => {
  school = await createValidation(world, 'wijkschool');
});
beforeEach(async () => {
  dossier = await school.dossier();
  path = `${at}/dossiers/${dossier.id}`;
});

async function ask(url: string, who: Who, fields?: Fields) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields ?? {})) for (const one of [value].flat()) body.append(name, one);
  const response = await world.request(url, {
    method: fields ? 'POST' : 'GET',
    headers: { accept: 'text/html', ...who.headers },
    ...(fields ? { body } : {}),
  });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}
const as = (role: string, who: Who, fields: Fields) => ask(`${path}/${role}`, who, fields);
const ok = async (sent: ReturnType<typeof ask>) => {
  const answer = await sent;
  expect([answer.status, answer.status === 303 ? '' : answer.text]).toEqual([303, '']);
  return answer;
};
const told = async () => (await readEvents(deps, dossier.id)).map(event => event.data.type);

/** As far as the assessor's desk. */
async function untilJudgement() {
  const { coordinator, assessor } = school;
  await ok(as('coordinator', coordinator, { move: 'accept', text: 'Welkom.', duration: 'drie weken', cost: 'niets' }));
  await ok(as('coordinator', coordinator, { move: 'assign', role: 'assessor', 'assessor-person': assessor.id }));
  await dossier.does({ type: 'hand-in' });
}

/** The fields of the judgement as the page gives them, with the writing done; every other change is a click. */
async function judgement(over: Fields = {}): Promise<Fields> {
  const { text } = await ask(path, school.assessor);
  const fields = fieldsOf(text, 'judge');
  for (const name of Object.keys(fields))
    if (name.startsWith('whole-')) fields[name] = `Ik zie dat het lukt. (${name})`;
  return { ...fields, advice: 'Vraag dit aan.', ...over };
}
const stands = (how: 'yes' | 'no') => Object.fromEntries(school.units.map(({ id }) => [`stands-${id}`, how]));

async function untilDecision(over: Fields = stands('yes')) {
  await untilJudgement();
  await ok(as('assessor', school.assessor, await judgement(over)));
  await dossier.does({ type: 'reply' }, { text: 'Dat klopt.' });
}

describe('what waits for someone', () => {
  it('is told in each of their roles, the soonest first, and in words when it is late', async () => {
    const first = await ask(`${at}/work`, school.coordinator);
    expect(first.status).toBe(200);
    expect(first.text).toContain('Noor Bakker: Werken in de wijk');
    expect(first.text).toContain('nog 10 dagen');
    expect(first.text).toContain('Begin met het eerste');
    world.db.sqlite.prepare("update dossiers set due_at = '2020-01-01T00:00:00.000Z' where id = ?").run(dossier.id);
    const late = await ask(`${at}/work`, school.coordinator);
    expect(late.text).toMatch(/\d+ dagen te laat/);
    const other = await school.dossier();
    const both = (await ask(`${at}/work`, school.coordinator)).text;
    expect(both.indexOf(dossier.id)).toBeLessThan(both.indexOf(other.id));
    const none = await ask(`${at}/work`, await school.staff('examiner', 'Leeg'));
    expect(none.text).toContain('Er wacht nu niets op jou.');
  });

  it('and is nobody’s yet is taken up in one click; of two at once one does, and the other is told', async () => {
    await ok(as('coordinator', school.coordinator, { move: 'accept', text: 'Welkom.' }));
    await dossier.does({ type: 'hand-in' });
    const [one, two] = [await school.staff('assessor', 'Een'), await school.staff('assessor', 'Twee')];
    expect((await ask(`${at}/work`, one)).text).toContain('nog van niemand');
    const both = await Promise.all([one, two].map(who => as('assessor', who, { move: 'take-up', form: `t${who.id}` })));
    expect(both.map(answer => answer.status).sort()).toEqual([303, 409]);
    const [taken] = (await dossier.now()).state.staff.assessor;
    const late = [one, two].find(({ id }) => id !== taken)!;
    const joining = { move: 'assign', role: 'assessor', 'assessor-person': late.id };
    expect((await as('assessor', late, joining)).status).toBe(403);
    expect((await dossier.now()).state.staff.assessor).toEqual([taken]);
  });
});

describe('a dossier for staff', () => {
  it('goes from request to badge, each role doing what waits for it', async () => {
    const { coordinator, assessor, examiner } = school;
    const intake = await ask(path, coordinator);
    for (const words of ['Jij bent aan zet', 'Laten zien wat ik al kan', 'Ervaring 12', 'Neem aan'])
      expect(intake.text).toContain(words);
    await untilJudgement();
    await ok(as('assessor', assessor, { move: 'ask', text: 'Wat deed je zelf?' }));
    const asked = (await dossier.now()).state.questions[0]!;
    await dossier.does({ type: 'answer', question: asked.seq }, { text: 'Alles.' });
    await ok(as('assessor', assessor, { move: 'report', text: 'We spraken elkaar.' }));
    const report = (await dossier.now()).state.reports[0]!;
    await dossier.does({ type: 'confirm-report', report: report.seq });
    await ok(as('assessor', assessor, await judgement(stands('yes'))));
    await dossier.does({ type: 'reply' }, { text: 'Dat klopt.' });

    const page = await ask(path, examiner);
    expect(page.text).toContain(`href="${path}?agree=1#decide">Neem over</a>`);
    const sure = await ask(`${path}?agree=1`, examiner);
    const decided = await ok(as('examiner', examiner, fieldsOf(sure.text, 'agree')));
    expect(decided.location).toBe(`${path}?done=dossier-decided`);
    const { decisions } = (await dossier.now()).state;
    expect(decisions).toMatchObject([
      { by: examiner.id, role: 'examiner', basis: 'assessment', results: [{ outcome: 'awarded', ways: 0 }] },
    ]);
    expect(decisions[0]!.results[0]!.stands).toEqual(school.units.map(unit => unit.id));
    expect(await awardsOf(deps, dossier.learner.id)).toHaveLength(1);
    expect((await ask(path, examiner)).text).toContain('Toegekend');
  });

  it('takes a whole judgement of 12 experiences and 3 units in at most 12 clicks beside the writing', async () => {
    await untilJudgement();
    const begin = fieldsOf((await ask(path, school.assessor)).text, 'judge');
    // The learner laid six beside outcomes; the assessor lays the other six too, and says of each unit that it stands.
    const [first, second, third] = school.units.map(unit => unit.id);
    const sent = await judgement({
      ...stands('yes'),
      [`carry-${first}`]: [...dossier.told.slice(0, 2), ...dossier.told.slice(6, 8)],
      [`carry-${second}`]: [...dossier.told.slice(2, 4), ...dossier.told.slice(8, 10)],
      [`all-${third}`]: 'yes',
    });
    const written = /^(whole|ways|advice|sees)/;
    const clicks = Object.keys(sent)
      .filter(name => !written.test(name))
      .reduce((sum, name) => sum + differing(begin[name], sent[name]), 1);
    expect(clicks).toBeLessThanOrEqual(12);
    await ok(as('assessor', school.assessor, sent));
    const judged = (await readEvents(deps, dossier.id)).find(event => event.data.type === 'judge')!;
    if (judged.data.type !== 'judge') throw new Error('no judgement');
    const linked = new Set(judged.data.links.map(link => link.experience));
    expect(linked.size).toBe(12);
    // Where the learner said which outcome it is, the link is to that one; else to the unit.
    expect(judged.data.links).toContainEqual({ experience: dossier.told[0], outcome: school.units[0]!.outcomes[0] });
    expect(judged.data.links).toContainEqual({ experience: dossier.told[6], outcome: first });
    expect(JSON.stringify(judged)).not.toMatch(/"(mark|score|grade)"/);
  });

  it('says what a judgement lacks, and shows again all that was written', async () => {
    await untilJudgement();
    const [unit] = school.units;
    const sent = await judgement({ [`whole-${unit!.id}`]: '', sees: 'Dat je veel kunt.' });
    const refused = await as('assessor', school.assessor, sent);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('role="alert"');
    expect(refused.text).toContain('Dat je veel kunt.</textarea>');
    expect(await told()).not.toContain('judge');
    const partly = await as(
      'assessor',
      school.assessor,
      await judgement({ ...stands('yes'), [`stands-${unit!.id}`]: 'no' }),
    );
    expect(partly.text).toContain(`href="#ways-${school.achievement}"`);
  });

  it('that changed meanwhile shows the judgement again with the text, and nothing is lost', async () => {
    await untilJudgement();
    const sent = await judgement({ ...stands('yes'), advice: 'Een lang advies dat niet weg mag.' });
    await dossier.does({ type: 'comment' }, { text: 'Nog iets.' });
    const stale = await as('assessor', school.assessor, sent);
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Een lang advies dat niet weg mag.</textarea>');
    expect(stale.text).toContain('intussen iets gebeurd');
    // Loaded again, or in the other language, the address of a form leads to the dossier.
    expect((await ask(`${path}/assessor?lang=en`, school.assessor)).location).toBe(path);
    await ok(as('assessor', school.assessor, fieldsOf(stale.text, 'judge')));
    expect(await told()).toContain('judge');
  });

  it('that the learner took back meanwhile keeps the words of the assessor on the page', async () => {
    await untilJudgement();
    const sent = await judgement({ ...stands('yes'), advice: 'Geschreven terwijl de deelnemer terugging.' });
    await dossier.does({ type: 'step', phase: 'value' });
    for (const on of [sent.on!, String((await dossier.now()).state.version)]) {
      const refused = await as('assessor', school.assessor, { ...sent, on });
      expect(refused.status).toBe(409);
      expect(refused.text).toContain('Geschreven terwijl de deelnemer terugging.');
      expect(refused.text).toContain('Wat je had geschreven');
    }
    expect(await told()).not.toContain('judge');
  });

  it('opens a file only while it is shared, and only to staff whose role reaches it', async () => {
    const session = { person: dossier.learner.id, language: 'nl' } as SignedIn;
    const holder = await openOwn(deps, session);
    const bytes = (async function* () {
      yield png();
    })();
    const file = await storeEvidence(deps, holder, { name: 'werk.png', field: 'file', bytes });
    await addFile(deps, holder, dossier.told[0]!, { file, use: 'evidence', title: 'Mijn werk' });
    const url = `${path}/files/${file.id}`;
    expect((await ask(path, school.assessor)).text).toContain(`href="${url}"`);
    expect((await ask(url, school.assessor)).status).toBe(200);
    expect((await ask(`${at}/dossiers/${(await school.dossier()).id}/files/${file.id}`, school.assessor)).status).toBe(
      404,
    );
    await takeBack(deps, await dossier.now(), moverOf('learner', dossier.learner.id), [dossier.told[0]!]);
    expect((await ask(url, school.assessor)).status).toBe(404);
    expect((await ask(path, school.assessor)).text).not.toContain('Mijn werk');
  });

  it('is reached in part by a role for some achievements', async () => {
    const other = (await importAchievement(school.ctx, { ...exampleAchievement, name: 'Iets anders' })).id;
    const part = await createMember(world, school.institution, ['assessor'], [other]);
    expect((await ask(path, part)).status).toBe(403);
    expect((await ask(`${at}/work`, part)).text).not.toContain(dossier.id);
    expect((await ask(path, school.coordinator)).text).not.toContain(part.id);
    const whole = await createMember(world, school.institution, ['assessor'], [school.achievement]);
    expect((await ask(path, whole)).status).toBe(200);
    await publishAchievement(school.ctx, other);
    dossier = await school.dossier({ achievements: [school.achievement, other] });
    path = `${at}/dossiers/${dossier.id}`;
    await untilDecision({ ...stands('yes'), [`stands-${other}`]: 'yes' });
    const examiner = await createMember(world, school.institution, ['examiner'], [other]);
    expect((await as('examiner', examiner, { move: 'agree' })).status).toBe(403);
    expect((await dossier.now()).state.decisions).toEqual([]);
  });

  it('whose learner was erased waits for nobody', async () => {
    expect((await ask(`${at}/work`, school.coordinator)).text).toContain(dossier.id);
    await deps.db.batch(eraseStatements(deps, dossier.learner.id));
    expect((await ask(`${at}/work`, school.coordinator)).text).not.toContain(dossier.id);
    expect((await ask(path, school.coordinator)).text).toContain('De woorden van de aanvraag zijn gewist.');
  });

  it('stands in the log by what was done, without a word of it', async () => {
    await ok(as('coordinator', school.coordinator, { move: 'accept', text: 'Welkom in onze wijk.' }));
    const log = await ask(`${at}/audit`, school.board);
    expect(log.text).toContain('in een dossier: nam de aanvraag aan');
    expect(log.text).not.toContain('Welkom in onze wijk.');
  });

  it('sent twice is done once', async () => {
    await untilJudgement();
    const sent = await judgement(stands('yes'));
    await ok(as('assessor', school.assessor, sent));
    await dossier.does({ type: 'reply' }, { text: 'Ja.' });
    const say = { move: 'comment', text: 'Gezien.', form: 'dubbel' };
    const both = await Promise.all([1, 2].map(() => as('examiner', school.examiner, say)));
    expect(both.map(answer => answer.location).sort()).toEqual([
      `${path}?done=dossier-same`,
      `${path}?done=dossier-sent`,
    ]);
    expect((await told()).filter(type => type === 'comment')).toHaveLength(1);
  });

  it('of which not all stands is agreed to with how the rest can be shown, and stacks up later', async () => {
    const [unit] = school.units;
    await untilDecision({
      ...stands('yes'),
      [`stands-${unit!.id}`]: 'no',
      [`ways-${school.achievement}`]: 'Loop een dag mee.\nOf schrijf op wat je plant.',
    });
    const sure = await ask(`${path}?agree=1`, school.examiner);
    expect(sure.text).toContain('Loop een dag mee.');
    await ok(as('examiner', school.examiner, fieldsOf(sure.text, 'agree')));
    const [decision] = (await dossier.now()).state.decisions;
    expect(decision!.results).toMatchObject([{ outcome: 'not-yet', ways: 2 }]);
    expect(decision!.results[0]!.stands).toEqual(school.units.slice(1).map(each => each.id));
    expect(await awardsOf(deps, dossier.learner.id)).toEqual([]);
    const page = await ask(path, school.examiner);
    expect(page.text).toContain('Met mensen omgaan, Veilig werken');
  });

  it('is decided otherwise than advised with a motive, and not-yet asks for a way', async () => {
    await untilDecision();
    const { text } = await ask(path, school.examiner);
    const fields = { ...fieldsOf(text, 'decide'), [`outcome-${school.achievement}`]: 'not-yet' };
    const refused = await as('examiner', school.examiner, { ...fields, motive: 'Nog een gesprek.' });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Nog een gesprek.</textarea>');
    await ok(as('examiner', school.examiner, { ...fields, [`ways-${school.achievement}`]: 'Een gesprek.' }));
    expect((await dossier.now()).state.decisions).toMatchObject([{ results: [{ outcome: 'not-yet' }] }]);
  });

  it('of two examiners at once: one decides, and the other reads so', async () => {
    await untilDecision();
    const other = await school.staff('examiner', 'Tweede');
    const sure = fieldsOf((await ask(`${path}?agree=1`, school.examiner)).text, 'agree');
    const both = await Promise.all([
      as('examiner', school.examiner, { ...sure, form: 'a' }),
      as('examiner', other, { ...sure, form: 'b' }),
    ]);
    expect(both.map(answer => answer.status).sort()).toEqual([303, 409]);
    expect(both.find(answer => answer.status === 409)!.text).toContain('intussen iets gebeurd');
    expect((await dossier.now()).state.decisions).toHaveLength(1);
    expect(await awardsOf(deps, dossier.learner.id)).toHaveLength(1);
  });

  it('on an old version of an achievement is not decided; the new one is put in first', async () => {
    const { id } = await publishAchievement(
      school.ctx,
      (await importAchievement(school.ctx, { ...exampleAchievement, name: 'Koken' })).id,
    );
    dossier = await school.dossier({ achievements: [id] });
    path = `${at}/dossiers/${dossier.id}`;
    await untilJudgement();
    await ok(as('assessor', school.assessor, await judgement({ [`stands-${id}`]: 'yes' })));
    await dossier.does({ type: 'reply' }, { text: 'Ja.' });
    const key = school.keys.coordinator;
    const draft = { ...exampleAchievement, name: 'Koken, vernieuwd' };
    await world.api(`/api/v1/achievements/${id}/draft`, { key, method: 'PUT', body: draft });
    await world.api(`/api/v1/achievements/${id}/publication`, { key, method: 'POST' });
    const sure = fieldsOf((await ask(`${path}?agree=1`, school.examiner)).text, 'agree');
    const refused = await as('examiner', school.examiner, sure);
    expect([refused.status, refused.text.includes('nieuwere versie')]).toEqual([409, true]);
    expect((await dossier.now()).state.decisions).toEqual([]);
    await ok(as('assessor', school.assessor, fieldsOf((await ask(path, school.assessor)).text, 'add-achievement')));
    expect((await dossier.now()).state.achievements).toMatchObject([{ id, version: 2 }]);
    // What is new has not been judged: it goes past the assessor and the learner again.
    expect((await dossier.now()).turn).toBe('awaiting-assessor');
    await ok(as('assessor', school.assessor, await judgement({ [`stands-${id}`]: 'yes' })));
    await dossier.does({ type: 'reply' }, { text: 'Nog steeds ja.' });
    const again = fieldsOf((await ask(`${path}?agree=1`, school.examiner)).text, 'agree');
    await ok(as('examiner', school.examiner, again));
    expect((await dossier.now()).state.decisions).toHaveLength(1);
  });

  it('whose assessor is taken off midway keeps what they wrote on the page, and waits for someone else', async () => {
    await untilJudgement();
    const sent = await judgement({ ...stands('yes'), advice: 'Mijn advies, net niet verstuurd.' });
    await ok(as('coordinator', school.coordinator, { move: 'unassign', role: 'assessor', person: school.assessor.id }));
    delete sent.on;
    const refused = await as('assessor', school.assessor, sent);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Mijn advies, net niet verstuurd.');
    expect(refused.text).toContain('Er is niets verloren.');
    expect((await ask(`${at}/work`, school.assessor)).text).toContain(dossier.id);
    expect(await told()).not.toContain('judge');
  });

  it('whose assessor lost the role stands in nobody’s way', async () => {
    const leaving = await school.staff('assessor', 'Gaat Weg');
    await ok(as('coordinator', school.coordinator, { move: 'accept', text: 'Welkom.' }));
    await ok(
      as('coordinator', school.coordinator, { move: 'assign', role: 'assessor', 'assessor-person': leaving.id }),
    );
    await dossier.does({ type: 'hand-in' });
    expect((await ask(`${at}/work`, school.assessor)).text).not.toContain(`${dossier.id}/assessor`);
    const now = deps.clock().toISOString();
    await deps.db.query.update(members).set({ endedAt: now }).where(eq(members.personId, leaving.id));
    expect((await ask(path, leaving)).status).toBe(404);
    expect((await ask(path, school.coordinator)).text).toContain('heeft deze rol hier niet meer');
    await ok(as('assessor', school.assessor, { move: 'take-up' }));
    await ok(as('assessor', school.assessor, await judgement(stands('yes'))));
  });

  it('tells what must not go together before it is tried, and refuses it after', async () => {
    const both = await school.staff('assessor', 'Beide Rollen', 'examiner');
    await untilJudgement();
    const { coordinator } = school;
    await ok(as('coordinator', coordinator, { move: 'assign', role: 'assessor', 'assessor-person': both.id }));
    const page = await ask(path, coordinator);
    expect(page.text).toContain('Beide Rollen: werkt hier al in de andere rol');
    const give = { move: 'assign', role: 'examiner', 'examiner-person': both.id };
    const refused = await as('coordinator', coordinator, give);
    expect([refused.status, refused.text.includes('Dit gaat niet samen')]).toEqual([403, true]);
    const outsider = await createPerson(world);
    const none = await as('coordinator', coordinator, { ...give, 'examiner-person': outsider.id });
    expect(none.status).toBe(403);
    expect((await dossier.now()).state.staff.examiner).toEqual([]);
    await ok(as('assessor', both, await judgement(stands('yes'))));
    await dossier.does({ type: 'reply' }, { text: 'Ja.' });
    const sure = { move: 'agree', form: 'zelf' };
    expect((await as('examiner', both, sure)).status).toBe(403);
    expect((await dossier.now()).state.decisions).toEqual([]);
  });

  it('is given a guide by a coordinator, who stands beside the learner until the learner lets them go', async () => {
    const { coordinator } = school;
    const guide = await school.staff('guide', 'Gi Ds');
    const give = { move: 'assign', role: 'guide', 'guide-person': guide.id };
    expect((await ask(`/validations/${dossier.id}`, guide)).status).toBe(404);
    await ok(as('coordinator', coordinator, give));
    expect((await as('coordinator', coordinator, give)).status).toBe(409);
    expect((await ask('/validations', guide)).text).toContain('Noor Bakker');
    expect((await ask(`/validations/${dossier.id}`, guide)).text).toContain('Je kijkt mee als begeleider');
    expect((await ask(path, guide)).status).toBe(403);
    const own = await ask(`/validations/${dossier.id}`, dossier.learner);
    expect(own.text).toMatch(/Gi Ds[^]*Begeleider van de instelling/);
    const [, partner] = /name="partner" value="([^"]+)"/.exec(own.text)!;
    await ok(ask(`/validations/${dossier.id}`, dossier.learner, { move: 'end-partner', partner: partner! }));
    expect((await ask(`/validations/${dossier.id}`, guide)).status).toBe(404);
    // Whom the learner let go, no coordinator brings back.
    expect((await as('coordinator', coordinator, give)).status).toBe(409);
    expect((await ask(`/validations/${dossier.id}`, guide)).status).toBe(404);
  });

  it('has a guide for as long as the coordinator gives them, and as they hold the role', async () => {
    const { coordinator } = school;
    const guide = await school.staff('guide', 'Gi Ds');
    const give = { move: 'assign', role: 'guide', 'guide-person': guide.id };
    await ok(as('coordinator', coordinator, give));
    await ok(as('coordinator', coordinator, { move: 'unassign', role: 'guide', person: guide.id }));
    expect((await ask(`/validations/${dossier.id}`, guide)).status).toBe(404);
    expect((await dossier.now()).state).toMatchObject({
      staff: { guide: [] },
      guided: expect.arrayContaining([guide.id]),
    });

    await ok(as('coordinator', coordinator, give));
    const ended = { endedAt: deps.clock().toISOString() };
    await deps.db.query.update(members).set(ended).where(eq(members.personId, guide.id));
    expect((await ask(`/validations/${dossier.id}`, guide)).status).toBe(404);
    expect((await ask(path, coordinator)).text).toContain('heeft deze rol hier niet meer');
  });

  it('has no guide who judges there, nor the other way round, and one whom the learner brought is theirs to let go', async () => {
    const { coordinator } = school;
    const both = await school.staff('assessor', 'Al Assessor', 'guide');
    const give = (role: string, who = both) => ({ move: 'assign', role, [`${role}-person`]: who.id });
    await ok(as('coordinator', coordinator, give('assessor')));
    expect((await ask(path, coordinator)).text).toContain('Al Assessor: beoordeelt deze deelnemer');
    const refused = await as('coordinator', coordinator, give('guide'));
    expect([refused.status, refused.text.includes('Dit gaat niet samen')]).toEqual([403, true]);
    const other = await school.staff('guide', 'Ook Assessor', 'assessor');
    await ok(as('coordinator', coordinator, give('guide', other)));
    expect((await ask(path, coordinator)).text).toContain('Ook Assessor: begeleidde deze deelnemer');
    expect((await as('coordinator', coordinator, give('assessor', other))).status).toBe(403);
    expect((await as('coordinator', coordinator, give('guide', school.examiner))).status).toBe(403);

    const mover = moverOf('learner', dossier.learner.id);
    const invite = async () => invitePartner(deps, await dossier.now(), mover, { kind: 'guide', name: 'Buur' });
    const neighbour = await createPerson(world, { name: 'Bu Ur' });
    const session = { person: neighbour.id, language: 'nl' } as SignedIn;
    await joinAsGuide(deps, session, (await invite()).secret);
    // A second place would be left when they are let go of the first.
    const again = joinAsGuide(deps, session, (await invite()).secret);
    await expect(again).rejects.toMatchObject({ code: 'dossier-state' });
    expect((await ask(path, coordinator)).text).toContain('(meegenomen door de deelnemer)');
    const off = { move: 'unassign', role: 'guide', person: neighbour.id };
    expect((await as('coordinator', coordinator, off)).status).toBe(403);
    expect((await dossier.now()).state.staff.guide).toEqual([other.id, neighbour.id]);
  });

  it('is reconsidered by the board as the learner asked, and an appeal is recorded', async () => {
    await untilDecision();
    const fields = fieldsOf((await ask(path, school.examiner)).text, 'decide');
    const notYet = { [`outcome-${school.achievement}`]: 'not-yet', [`ways-${school.achievement}`]: 'Een gesprek.' };
    await ok(as('examiner', school.examiner, { ...fields, ...notYet }));
    const [decision] = (await dossier.now()).state.decisions;
    await dossier.does({ type: 'ask-reconsideration', decision: decision!.seq }, { text: 'Kijk nog eens.' });
    expect((await ask(`${at}/work`, school.board)).text).toContain('Heroverweeg een besluit');
    const page = await ask(path, school.board);
    expect(page.text).toContain('Kijk nog eens.');
    const form = fieldsOf(page.text, 'reconsider');
    const revised = { ...form, upheld: 'no', why: 'We zien het toch.', [`outcome-${school.achievement}`]: 'awarded' };
    const missing = await as('board', school.board, { ...revised, why: '' });
    expect(missing.status).toBe(400);
    await ok(as('board', school.board, revised));
    expect(await awardsOf(deps, dossier.learner.id)).toHaveLength(1);
    await ok(as('board', school.board, { move: 'record-appeal', appeal: 'Ingesteld op 1 december.' }));
    expect(await told()).toContain('record-appeal');
  });

  it('is looked at again by the board with feedback, which the learner does not see', async () => {
    await untilDecision();
    await ok(as('examiner', school.examiner, { move: 'agree' }));
    await deps.db.query
      .insert(dossierSamples)
      .values({
        dossierId: dossier.id,
        why: 'drawn',
        assessorId: school.assessor.id,
        drawnAt: deps.clock().toISOString(),
        doneAt: null,
        reading: null,
      })
      .onConflictDoNothing();
    expect((await ask(`${at}/work`, school.board)).text).toContain('steekproef');
    const form = fieldsOf((await ask(path, school.board)).text, 'sample');
    const feedback = 'Mooi geschreven, let op het tweede onderdeel.';
    await ok(as('board', school.board, { ...form, reading: 'different', feedback }));
    expect((await ask(path, school.assessor)).text).toContain(feedback);
    expect((await ask(`/validations/${dossier.id}`, dossier.learner)).text).not.toContain(feedback);
    expect((await as('board', school.board, { ...form, form: 'nog', reading: 'same', feedback })).status).toBe(409);
  });

  it('is sent on with advice, and then shows no portfolio any more', async () => {
    await ok(as('coordinator', school.coordinator, { move: 'send-on', advice: 'Ga naar de buurtschool.' }));
    const page = await ask(path, school.coordinator);
    expect(page.text).toContain('doorverwezen');
    expect(page.text).not.toContain('Ervaring 3');
    expect((await ask(`/validations/${dossier.id}`, dossier.learner)).text).toContain('Ga naar de buurtschool.');
  });

  it('of another institution is not found, and one’s own is refused, in every role', async () => {
    const other = await createValidation(world);
    for (const who of [other.coordinator, other.assessor, other.examiner, other.board]) {
      expect((await ask(path, who)).status).toBe(404);
      expect((await ask(`/console/${other.institution.slug}/dossiers/${dossier.id}`, who)).status).toBe(404);
    }
    const { learner } = dossier;
    for (const role of ['coordinator', 'assessor', 'examiner', 'board'] as const)
      await deps.db.query.insert(members).values({
        id: `own-${learner.id}-${role}`,
        institutionId: school.institution.id,
        personId: learner.id,
        role,
        achievements: null,
        since: deps.clock().toISOString(),
      });
    expect((await ask(path, learner)).status).toBe(403);
    for (const role of ['coordinator', 'assessor', 'examiner', 'board'])
      expect((await as(role, learner, { move: 'comment', text: 'x' })).status).toBe(403);
    expect((await ask(`${at}/work`, learner)).text).not.toContain(dossier.id);
    expect(await told()).toEqual(['request']);
  });

  it('is acted on only in a role that one holds here', async () => {
    for (const [role, who] of [
      ['examiner', school.assessor],
      ['board', school.examiner],
      ['coordinator', school.assessor],
      ['assessor', school.coordinator],
    ] as const)
      expect([role, (await as(role, who, { move: 'comment', text: 'Mijn woorden' })).status]).toEqual([role, 403]);
    expect((await as('assessor', school.assessor, { move: 'zomaar' })).status).toBe(400);
    expect(await told()).toEqual(['request']);
  });
});

describe('beside the dossiers', () => {
  it('a question that stands ready is asked with one click', async () => {
    await ok(ask(`${at}/dossiers/questions`, school.coordinator, { words: 'Wat deed je zelf, en wat de anderen?' }));
    await untilJudgement();
    const { text } = await ask(path, school.assessor);
    const form = fieldsOf(text, 'ask', 'Wat deed je zelf, en wat de anderen?');
    await ok(as('assessor', school.assessor, form));
    expect((await readEvents(deps, dossier.id)).at(-1)!.words).toEqual({
      text: 'Wat deed je zelf, en wat de anderen?',
    });
    expect((await ask(`${at}/dossiers/questions`, school.assessor, { words: 'x' })).status).toBe(403);
  });

  it('a group is invited by a link that is told once, and whoever has it begins after a login', async () => {
    const sent = await ask(`${at}/dossiers/invitations`, school.coordinator, {
      name: 'Buurtgroep',
      achievementId: school.achievement,
      places: '1',
      endsOn: '2099-12-31',
    });
    const link = new URL(/http[^<]*\/join\/[\w-]+/.exec(sent.text)![0]).pathname;
    expect((await ask(`${at}/dossiers/invitations`, school.coordinator)).text).not.toContain(link);
    const open = await ask(link, { headers: {} });
    expect(open.text).toContain(`/login?return=${encodeURIComponent(link)}`);
    expect((await ask(link, { headers: {} }, {})).status).toBe(401);
    const comer = await createPerson(world);
    expect((await ask(link, comer)).text).toContain('Werken in de wijk');
    const begun = await ok(ask(link, comer, { aim: 'Ik wil verder', recognise: 'yes' }));
    expect(begun.location).toMatch(/^\/validations\/[\w-]+\?done=begun$/);
    expect((await ask(link, comer)).location).toBe(begun.location!.split('?')[0]);
    const full = await ask(link, await createPerson(world));
    expect([full.status, full.text.includes('werkt niet meer')]).toEqual([404, true]);
  });

  it('an invitation that is not right is shown again with what is wrong', async () => {
    const refused = await ask(`${at}/dossiers/invitations`, school.coordinator, {
      name: '',
      achievementId: '',
      places: '0',
      endsOn: '2099-12-31',
    });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Kies een aantal van 1 tot en met 500.');
  });

  it('the policy of dossiers is set with the other settings, and leaves those as they are', async () => {
    await updatePolicy(school.ctx, { confirmRevocation: true });
    const admin = await school.staff('admin', 'Ad Min');
    const form = fieldsOf((await ask(`${at}/settings`, admin)).text, '', 'replyDays');
    await ok(ask(`${at}/settings/dossiers`, admin, { ...form, replyDays: '7', sampleOneIn: '' }));
    const { json } = await world.api('/api/v1/policy', { key: school.keys.admin });
    expect(json).toMatchObject({
      confirmRevocation: true,
      dossier: { replyDays: 7, sampleOneIn: null, guideApart: true },
    });
    expect((await ask(`${at}/settings/dossiers`, admin, { ...form, replyDays: '' })).status).toBe(400);
    expect((await ask(`${at}/settings/dossiers`, school.coordinator, form)).status).toBe(403);
  });

  it('the flow tells counts of groups, and hides those under ten, on the page and in the file', async () => {
    const page = await ask(`${at}/dossiers/flow`, school.coordinator);
    expect(page.text).toContain('niet getoond');
    expect(page.text).toMatch(/<svg class="flow-bars"/);
    expect(page.text).not.toContain('Noor Bakker');
    const file = await ask(`${at}/dossiers/flow.csv`, school.board);
    expect(file.text).toContain('"niet getoond"');
    expect((await ask(`${at}/dossiers/flow`, school.assessor)).status).toBe(403);
  });
});

/** How many clicks lie between two values of a field. */
function differing(before: string | string[] | undefined, after: string | string[] | undefined): number {
  const [a, b] = [[before ?? []].flat(), [after ?? []].flat()];
  const isOne = a.length <= 1 && b.length === 1 && !b[0]!.includes('-');
  if (isOne) return a[0] === b[0] ? 0 : 1;
  return a.filter(value => !b.includes(value)).length + b.filter(value => !a.includes(value)).length;
}
