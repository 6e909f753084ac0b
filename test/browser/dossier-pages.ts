// A dossier as staff sees it, in each state, and the pages beside it.
import type { Page } from 'playwright-core';
import {
  addQuestion,
  decideDossier,
  inviteToDossier,
  makeMove,
  type Mover,
  sampleDossier,
} from '../../src/dossiers/index.ts';
import { dossierSamples } from '../../src/dossiers/schema.ts';
import { createMember, createPerson } from '../support/people.ts';
import { createValidation } from '../support/validation.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

type Who = { headers: { cookie: string } };

export async function startDossiers({ world }: Site) {
  const { deps } = world;
  const school = await createValidation(world, 'buurtschool');
  const { institution, units, achievement, coordinator, assessor, examiner, board } = school;
  const as = (role: Mover['role'], { id }: { id: string }): Mover => ({
    actor: { kind: 'person', person: id },
    id,
    role,
  });
  await addQuestion(school.ctx, 'Wat deed je zelf, en wat deden anderen?');
  const invite = { name: 'Buurtgroep', achievementId: achievement, places: 12, endsOn: '2099-12-31' };
  const join = `/join/${await inviteToDossier(school.ctx, invite)}`;
  const joinFree = `/join/${await inviteToDossier(school.ctx, { ...invite, achievementId: null })}`;
  const all = units.map(unit => unit.id);

  const begun = await school.dossier();
  const handedIn = async () => {
    const dossier = await school.dossier();
    await makeMove(deps, await dossier.now(), { type: 'accept' }, as('coordinator', coordinator), {
      words: { text: 'Welkom.', duration: 'drie weken', cost: 'niets', guide: 'je eigen begeleider' },
    });
    await dossier.does({ type: 'hand-in' });
    return dossier;
  };
  const free = await handedIn();
  const given = async () => {
    const dossier = await handedIn();
    const assign = { type: 'assign' as const, role: 'assessor' as const, person: assessor.id };
    await makeMove(deps, await dossier.now(), assign, as('coordinator', coordinator));
    return dossier;
  };
  const toJudge = await given();
  await makeMove(deps, await toJudge.now(), { type: 'comment' }, as('assessor', assessor), {
    words: { text: 'Mooi portfolio.' },
  });
  const asked = await given();
  await asked.does({ type: 'ask', to: 'staff' }, { text: 'Hoe lang duurt het nog?' });
  const judged = async (stand = all) => {
    const dossier = await given();
    const links = [{ experience: dossier.told[0]!, outcome: units[0]!.outcomes[0]! }];
    await makeMove(
      deps,
      await dossier.now(),
      { type: 'judge', units: stand, links, route: 'examiner' },
      as('assessor', assessor),
      {
        words: {
          units: Object.fromEntries(all.map(id => [id, 'Dit laat je zien in je werk.'])),
          advice: 'Vraag dit aan.',
          ...(stand.length < all.length ? { ways: { [achievement]: 'Loop een dag mee.' } } : {}),
        },
      },
    );
    await dossier.does({ type: 'reply' }, { text: 'Dat klopt.' });
    return dossier;
  };
  const toDecide = await judged();
  const decided = async () => {
    const dossier = await judged(all.slice(1));
    const result = { achievement, version: 1, outcome: 'not-yet' as const, stands: all.slice(1), ways: 1 };
    await decideDossier(deps, await dossier.now(), as('examiner', examiner), {
      basis: 'assessment',
      results: [result],
      words: { ways: { [achievement]: 'Loop een dag mee.' } },
    });
    return dossier;
  };
  const again = await decided();
  const [decision] = (await again.now()).state.decisions;
  await again.does({ type: 'ask-reconsideration', decision: decision!.seq }, { text: 'Kijk nog eens.' });
  const toSample = await decided();
  const sampled = await decided();
  for (const { id } of [toSample, sampled])
    await deps.db.query
      .insert(dossierSamples)
      .values({
        dossierId: id,
        why: 'drawn',
        assessorId: assessor.id,
        drawnAt: deps.clock().toISOString(),
        doneAt: null,
        reading: null,
      })
      .onConflictDoNothing();
  await sampleDossier(deps, await sampled.now(), as('board', board), {
    reading: 'same',
    feedback: 'Helder geschreven.',
  });
  const late = await handedIn();
  world.db.sqlite.prepare("update dossiers set due_at = '2026-01-01T00:00:00.000Z' where id = ?").run(late.id);
  // A role that reaches nothing that is under way.
  const idle = await createMember(world, institution, ['examiner'], ['none']);
  const admin = await school.staff('admin', 'Ad Min');
  const comer = await createPerson(world);
  const ids = { begun, free, toJudge, asked, toDecide, again, toSample, sampled };
  return { admin, coordinator, assessor, examiner, board, idle, comer, institution, join, joinFree, ids };
}

export type Dossiers = Awaited<ReturnType<typeof startDossiers>>;

const by =
  (who: (d: Dossiers) => Who | undefined) =>
  (path: (d: Dossiers) => string, then?: (page: Page) => Promise<unknown>): PageToSee => ({
    open: async (page, { origin, dossiers }) => {
      const cookie = who(dossiers)?.headers.cookie;
      if (cookie) await page.setExtraHTTPHeaders({ cookie });
      const address = new URL(path(dossiers), origin);
      address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
      await page.goto(address.href);
      await then?.(page);
    },
  });
const coordinator = by(d => d.coordinator);
const assessor = by(d => d.assessor);
const examiner = by(d => d.examiner);
const board = by(d => d.board);
const at = '/console/buurtschool';
const dossier = (name: keyof Dossiers['ids']) => (d: Dossiers) => `${at}/dossiers/${d.ids[name].id}`;
const unfold = (page: Page) => page.evaluate('document.querySelectorAll("details").forEach(d => (d.open = true))');

export const dossierPages: Record<string, PageToSee> = {
  'what waits for an assessor': assessor(() => `${at}/work`),
  'what waits for nobody': by(d => d.idle)(() => `${at}/work`),
  'a dossier, asked for': coordinator(dossier('begun'), unfold),
  'a dossier, to be given out': coordinator(dossier('free'), unfold),
  'a dossier, nobody’s yet': assessor(dossier('free')),
  'a dossier, to be judged': assessor(dossier('toJudge'), unfold),
  'a dossier with a question': assessor(dossier('asked')),
  'a dossier, to be decided': examiner(dossier('toDecide'), unfold),
  'a dossier, about to be agreed to': examiner(d => `${dossier('toDecide')(d)}?agree=1`),
  'a dossier, to be reconsidered': board(dossier('again'), unfold),
  'a dossier, to be sampled': board(dossier('toSample')),
  'a dossier that was sampled': assessor(dossier('sampled'), unfold),
  'questions to reuse': coordinator(() => `${at}/dossiers/questions`),
  'invitations to a validation': coordinator(() => `${at}/dossiers/invitations`),
  'settings of an institution': by(d => d.admin)(() => `${at}/settings`),
  'how dossiers go': coordinator(() => `${at}/dossiers/flow`),
  'invited, not signed in': by(() => undefined)(d => d.join),
  'invited, signed in': by(d => d.comer)(d => d.join),
  'invited to choose': by(d => d.comer)(d => d.joinFree),
};
