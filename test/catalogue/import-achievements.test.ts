import { beforeAll, describe, expect, it } from 'vitest';
import {
  doImport,
  importPlace,
  type ImportPlace,
  previewImport,
  previewOoapi,
  searchOutcomes,
} from '../../src/catalogue/index.ts';
import { FetchError } from '../../src/platform/fetch.ts';
import { createWorld } from '../support/create-world.ts';
import { inPieces } from '../support/esco.ts';
import { createSchool, exampleAchievement } from '../support/world.ts';

type Sent = { status: number; headers: Headers; body: Uint8Array };
type Answer = object | (() => Promise<Sent>) | undefined;
/** An OOAPI that answers by path and page; what it does not have is a 404. */
let ooapi: (path: string, page: number) => Answer = () => undefined;
let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
let place: ImportPlace;

beforeAll(async () => {
  world = createWorld({
    transport: async url => {
      const answer = ooapi(url.pathname, Number(url.searchParams.get('pageNumber')));
      if (typeof answer === 'function') return (answer as () => Promise<Sent>)();
      const body = new TextEncoder().encode(JSON.stringify(answer ?? {}));
      const headers = new Headers({ 'content-type': 'application/json' });
      if (!answer) throw new FetchError('fetch-status', 'status 404', 404);
      return { status: 200, headers, body };
    },
  });
  school = await createSchool(world);
  place = importPlace(school.ctx);
});

const preview = (document: unknown) =>
  previewImport(place, {
    files: [{ name: 'a.json', bytes: inPieces(typeof document === 'string' ? document : JSON.stringify(document)) }],
  });
const list = async () =>
  (await world.api('/api/v1/achievements?limit=200', { key: school.keys.coordinator })).json.items as {
    id: string;
    draft: typeof exampleAchievement & { identifiers: object[] };
  }[];
const draftOf = async (name: string) => (await list()).find(a => a.draft?.name === name)?.draft;
const text = (nl: string, en = '') => [
  { language: 'nl-NL', value: nl },
  ...(en ? [{ language: 'en-GB', value: en }] : []),
];

describe('an OOAPI', () => {
  const course = (over: object = {}) => ({
    courseId: 'c-1',
    primaryCode: { codeType: 'identifier', code: 'VERPL-1' },
    name: text('Verplegen'),
    description: text('Over zorg.'),
    studyLoad: [{ studyLoadUnit: 'ects', value: 5 }],
    learningOutcomeIds: ['lo-1'],
    modesOfDelivery: ['blended'],
    ...over,
  });
  const programme = {
    programmeId: 'p-1',
    name: text('Zorgplan'),
    formalDocument: 'micro_credential_certificate',
    levelOfQualification: 'eqf_5',
  };
  const outcome = {
    learningOutcomeId: 'lo-1',
    name: text('Maakt een zorgplan', 'Makes a care plan'),
    primaryCode: { codeType: 'x', code: 'Z1' },
  };

  it('of version 6 gives outcomes and drafts, from its address, and nothing the second time', async () => {
    ooapi = (path, page) =>
      ({
        '/v6/learning-outcomes': { items: [outcome], hasNextPage: false },
        '/v6/programmes': { items: [programme], hasNextPage: false },
        '/v6/courses':
          page === 1
            ? { items: [course()], hasNextPage: true }
            : { items: [course({ courseId: 'c-2', name: text('Twee') })] },
      })[path];
    const seen = await previewOoapi(place, 'https://ooapi.example/v6/');
    expect([seen.summary.kind, seen.summary.outcomes.added, seen.summary.achievements.added]).toEqual(['ooapi', 1, 3]);
    expect(await draftOf('Verplegen')).toBeUndefined();
    await doImport(place, seen.id);
    expect(await draftOf('Verplegen')).toMatchObject({
      type: 'Course',
      workload: { ects: 5 },
      participation: ['blended'],
      outcomes: [{ name: 'Maakt een zorgplan', code: { url: 'https://ooapi.example/v6/learning-outcomes/lo-1' } }],
      identifiers: [{ type: 'identifier', identifier: 'VERPL-1' }],
    });
    expect(await draftOf('Zorgplan')).toMatchObject({ type: 'MicroCredential', level: { eqf: 5 } });
    const found = await searchOutcomes(world.db, {
      text: 'care plan',
      language: 'en',
      limit: 5,
      institution: place.owner,
    });
    expect(found[0]).toMatchObject({ code: 'Z1', words: { nl: { name: 'Maakt een zorgplan' } } });
    const again = await previewOoapi(place, 'https://ooapi.example/v6');
    expect([again.summary.outcomes, again.summary.achievements]).toMatchObject([
      { added: 0, changed: 0, unchanged: 1 },
      { added: 0, changed: 0, unchanged: 3 },
    ]);
    const before = (await list()).length;
    await doImport(place, again.id);
    expect((await list()).length).toBe(before);
  });

  it('that changed a course makes a draft of the same achievement, and what was added here stays', async () => {
    const own = await list().then(all => all.find(a => a.draft?.name === 'Verplegen')!);
    await world.api(`/api/v1/achievements/${own.id}/draft`, {
      key: school.keys.coordinator,
      method: 'PUT',
      body: { ...own.draft, tags: ['zorg'] },
    });
    const seen = await preview({ items: [course({ name: text('Verplegen en verzorgen') })] });
    expect(seen.summary.achievements.items).toEqual([
      expect.objectContaining({ name: 'Verplegen en verzorgen', change: 'changed', overDraft: true }),
    ]);
    await doImport(place, seen.id);
    const now = await list().then(all => all.find(a => a.id === own.id)!);
    expect(now.draft).toMatchObject({ name: 'Verplegen en verzorgen', tags: ['zorg'] });
  });

  it('of version 5 tells outcomes as texts, and what has no name is left out', async () => {
    const seen = await preview([
      {
        programId: 'v5',
        name: text('Vijf'),
        levelOfQualification: '4+',
        learningOutcomes: [text('Leidt een team'), text('Plant')],
      },
      { courseId: 'v5-2', name: [] },
    ]);
    expect(seen.summary.refused).toEqual([{ at: 'v5-2', why: 'name-missing' }]);
    await doImport(place, seen.id);
    expect(await draftOf('Vijf')).toMatchObject({
      level: { eqf: 4, nlqf: '4+' },
      outcomes: [{ name: 'Leidt een team' }, { name: 'Plant' }],
    });
  });

  it.each<[string, typeof ooapi, string]>([
    [
      'answers HTML',
      () => async () => ({
        status: 200,
        headers: new Headers({ 'content-type': 'text/html' }),
        body: new TextEncoder().encode('<!doctype html><title>Welkom</title>'),
      }),
      'fetch-type',
    ],
    ['stalls', () => () => Promise.reject(new FetchError('fetch-timeout', 'no answer in time')), 'fetch-timeout'],
    ['goes round', () => ({ items: [course()], hasNextPage: true }), 'paging'],
    [
      'never ends',
      (path, page) =>
        path.endsWith('/courses') ? { items: [{ courseId: `c-${page}` }], hasNextPage: true } : undefined,
      'too-many-pages',
    ],
    [
      'stops halfway',
      (path, page) => (path.endsWith('/courses') && page === 1 ? { items: [course()], hasNextPage: true } : undefined),
      'paging',
    ],
    [
      'sends a page without end',
      () => () => Promise.reject(new FetchError('fetch-too-large', 'the body is over the limit')),
      'fetch-too-large',
    ],
    ['asks for a key', () => () => Promise.reject(new FetchError('fetch-status', 'status 401', 401)), 'fetch-status'],
    ['is not there', () => undefined, 'not-found'],
  ])('that %s is told with a reason, and nothing is imported', async (_, answers, reason) => {
    ooapi = answers;
    const before = world.deps.clock();
    const error = await previewOoapi(place, 'https://ooapi.example/v6').catch(e => e);
    expect([error.code, error.extensions.reason]).toEqual(['import-unreachable', reason]);
    expect(world.deps.clock().getTime() - before.getTime()).toBeLessThan(20_000);
  });

  it('F1: is not asked for inside the house, or without TLS', async () => {
    for (const address of ['http://ooapi.example', 'https://127.0.0.1', 'https://localhost', 'https://ooapi.internal'])
      expect((await previewOoapi(place, address).catch(e => e)).extensions.reason).toBe('fetch-refused');
  });
});

describe('badge classes of edubadges', () => {
  const ext = (name: string, value: unknown) => ({
    [`extensions:${name}Extension`]: { type: ['Extension'], [name]: value },
  });
  const badgeClass = {
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'BadgeClass',
    id: 'https://api.edubadges.example/public/badges/abc',
    name: 'Feedback geven',
    description: 'Over feedback.',
    criteria: { narrative: 'Een gesprek.', id: 'https://edubadges.example/criteria' },
    image: 'https://api.edubadges.example/public/badges/abc/image',
    badge_class_type: 'micro_credential',
    participation: 'online,work_experience',
    assessment_type: 'portfolio_assessment,oram_exam,iets_anders',
    assessment_supervised: true,
    assessment_id_verified: true,
    quality_assurance_name: 'Kader',
    quality_assurance_url: 'https://kader.example',
    quality_assurance_description: 'Zo.',
    alignment: [
      { targetName: 'feedback', targetUrl: 'http://data.europa.eu/esco/skill/x', targetFramework: 'ESCO' },
      { targetName: 'zonder' },
    ],
    ...ext('ECTS', 2.5),
    ...ext('StudyLoad', 70),
    ...ext('TimeInvestment', 70),
    ...ext('EQF', 6),
    ...ext('Language', 'en_EN'),
    ...ext('LearningOutcome', '- Gives feedback\n- Listens to others'),
    ...ext('EducationProgramIdentifier', [34_567]),
  };

  it('become drafts with their extension fields, and are the same achievement the second time', async () => {
    const seen = await preview(badgeClass);
    expect(seen.summary.kind).toBe('edubadges');
    expect(seen.summary.achievements.items[0]?.notes.join(' ')).toMatch(/iets_anders.*|zonder/);
    await doImport(place, seen.id);
    expect(await draftOf('Feedback geven')).toMatchObject({
      type: 'MicroCredential',
      language: 'en',
      workload: { ects: 2.5, sbu: 70, hours: 70 },
      level: { eqf: 6 },
      assessment: ['portfolio', 'oral-exam'],
      participation: ['online', 'work-experience'],
      supervision: 'onsite-identity',
      identityChecked: true,
      qualityAssurance: [{ name: 'Kader', url: 'https://kader.example', description: 'Zo.' }],
      outcomes: [{ name: 'Gives feedback' }, { name: 'Listens to others' }, { name: 'feedback' }, { name: 'zonder' }],
      identifiers: [{ type: 'ext:EducationProgramIdentifier', identifier: '34567' }],
    });
    expect((await preview(badgeClass)).summary.achievements).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(
      (await preview({ result: [{ ...badgeClass, name: 'Feedback ontvangen' }] })).summary.achievements.changed,
    ).toBe(1);
  });

  it('have their extension fields at the top, by name, or in a list', async () => {
    const fields = { ...ext('ECTS', 5), ...ext('EQF', 5), ...ext('LearningOutcome', 'Plant') };
    const named = Object.entries(fields).map(([key, value]) => ({ ...value, type: ['Extension', key] }));
    const shapes = [fields, { extensions: fields }, { extensions: named }];
    const seen = await preview(
      shapes.map((shape, i) => ({
        type: 'BadgeClass',
        id: `https://e.example/${i}`,
        name: `Vorm ${i}`,
        description: 'd',
        ...shape,
      })),
    );
    await doImport(place, seen.id);
    for (const i of shapes.keys())
      expect(await draftOf(`Vorm ${i}`)).toMatchObject({
        workload: { ects: 5 },
        level: { eqf: 5 },
        outcomes: [{ name: 'Plant' }],
      });
  });

  it('are read among others, and what is none is named by its place', async () => {
    const seen = await preview([
      { ...badgeClass, id: 'https://edubadges.example/2' },
      { ...badgeClass, id: 'x', name: '' },
      7,
    ]);
    expect(seen.summary.refused.map(r => r.at)).toEqual(['2', '3']);
    expect(seen.summary.achievements.added).toBe(1);
  });
});

describe('achievements of Open Badges 3.0', () => {
  it('become drafts, known by what they say', async () => {
    const achievement = {
      type: ['Achievement'],
      id: 'https://elders.example/a',
      name: 'Van elders',
      description: 'd',
      criteria: { narrative: 'n' },
    };
    const seen = await preview([achievement, { ...achievement, name: 'Ook van elders' }, achievement]);
    expect([seen.summary.kind, seen.summary.achievements.added]).toEqual(['open-badges', 2]);
    await doImport(place, seen.id);
    expect((await preview(achievement)).summary.achievements).toMatchObject({ added: 0, unchanged: 1 });
  });

  it('are one achievement each when two people import them at the same moment', async () => {
    const achievement = { ...exampleAchievement, name: 'Tegelijk' };
    const both = [await preview(achievement), await preview(achievement)];
    const done = await Promise.all(both.map(({ id }) => doImport(place, id)));
    expect(done.every(state => state.doneAt)).toBe(true);
    expect((await list()).filter(a => a.draft?.name === 'Tegelijk').length).toBe(1);
  });
});
