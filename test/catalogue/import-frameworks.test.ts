import { beforeAll, describe, expect, it } from 'vitest';
import {
  doImport,
  type ImportPlace,
  listFrameworks,
  listImports,
  previewImport,
  readImportState,
  searchOutcomes,
  SERVICE,
} from '../../src/catalogue/index.ts';
import { createWorld } from '../support/create-world.ts';
import { inPieces, occupationsCsv, relationsCsv, skillRow, skillsCsv, skillsHeader } from '../support/esco.ts';
import { createSchool } from '../support/world.ts';

let world: ReturnType<typeof createWorld>;
let school: Awaited<ReturnType<typeof createSchool>>;
let place: ImportPlace;
beforeAll(async () => {
  world = createWorld();
  school = await createSchool(world);
  place = { deps: world.deps, actor: { kind: 'operator' }, now: world.deps.clock(), owner: school.institution.id };
});

type Text = string | Uint8Array;
const file = (name: string, text: Text, size?: number) => ({ name, bytes: inPieces(text, size) });
const preview = (files: Record<string, Text>, as = place) =>
  previewImport(as, { files: Object.entries(files).map(([name, text]) => file(name, text, 1_000)) });
const refused = (files: Record<string, Text>) =>
  preview(files).then(
    () => 'nothing',
    error => error.code as string,
  );
const names = async (text: string, language: 'nl' | 'en' = 'nl') =>
  (await searchOutcomes(world.db, { text, language, limit: 50, institution: place.owner })).map(
    o => o.words.nl?.name ?? o.words.en?.name,
  );
/** A school of its own, so that what one test imports is no other's. */
async function elsewhere(): Promise<ImportPlace> {
  return { ...place, owner: (await createSchool(world)).institution.id };
}

describe('files of ESCO', () => {
  const both = (rows: number, replace: Record<number, string> = {}) => ({
    'skills_nl.csv': skillsCsv('nl', { rows, replace }),
    'skills_en.csv': skillsCsv('en', { rows }),
  });

  it('are looked at first, then imported, in two languages as one, and change nothing the second time', async () => {
    const seen = await preview(both(30));
    expect(seen.summary.outcomes).toEqual({ added: 30, changed: 0, unchanged: 0, retired: 0 });
    expect(await listFrameworks(world.db, place.owner)).toEqual([]);
    expect((await doImport(place, seen.id)).doneAt).toBeTruthy();
    expect(await names('machines plannen 0')).toEqual(['machines plannen 0']);
    expect(await names('plan machines 0', 'en')).toEqual(['machines plannen 0']);
    const [before] = await listFrameworks(world.db, place.owner);
    const again = await preview(both(30));
    expect(again.summary.outcomes).toEqual({ added: 0, changed: 0, unchanged: 30, retired: 0 });
    await doImport({ ...place, now: new Date(place.now.getTime() + 60_000) }, again.id);
    expect(await listFrameworks(world.db, place.owner)).toEqual([before]);
    expect((await doImport(place, seen.id)).doneAt).toBe((await readImportState(place, seen.id)).doneAt);
  });

  it('tell what was changed and dropped; a file in one language leaves the other as it was', async () => {
    const own = await elsewhere();
    await doImport(own, (await preview(both(20), own)).id);
    const one = skillsCsv('nl', {
      rows: 22,
      replace: { 3: skillRow(3, 'nl').replace('onderzoeken', 'uitzoeken') },
      from: 2,
    });
    const seen = await preview({ 'skills_nl.csv': one }, own);
    expect(seen.summary.outcomes).toEqual({ added: 2, changed: 1, unchanged: 17, retired: 2 });
    expect(seen.summary.changes).toEqual([
      { name: expect.stringMatching(/uitzoeken 3$/), was: expect.stringMatching(/onderzoeken 3$/), parts: ['name'] },
    ]);
    await doImport(own, seen.id);
    const find = (text: string) => searchOutcomes(world.db, { text, language: 'en', limit: 5, institution: own.owner });
    expect((await find('inspect machines 6'))[0]?.words).toMatchObject({ en: { name: 'inspect machines 6' } });
    expect((await find('plan machines 0')).length).toBe(0);
    // What was dropped comes back with the whole list.
    expect((await preview(both(22), own)).summary.outcomes).toMatchObject({ added: 0, retired: 0 });
  });

  it.each([
    ['too few cells', 'KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/x,skill', 'columns'],
    ['a quote that is never closed', `${skillRow(5, 'nl').slice(0, -1)}`, 'quotes'],
    ['no address', skillRow(5, 'nl').replace(/http:[^,]*skill\/[^,]*/, 'nergens'), 'address'],
    ['no name', skillRow(5, 'nl').replace(/cross-sector,[^,]*,/, 'cross-sector,,'), 'name-missing'],
    [
      'a formula for a name',
      skillRow(5, 'nl').replace(/cross-sector,[^,]*,/, 'cross-sector,=HYPERLINK(1),'),
      'formula',
    ],
    ['a concept twice', skillRow(4, 'nl'), 'twice'],
    [
      'P7: a line of a megabyte',
      `${skillRow(5, 'nl').replace('machines', '').slice(0, 90)}${'x'.repeat(1_000_000)}`,
      'too-long',
    ],
    ['another type', skillRow(5, 'nl').replace('KnowledgeSkillCompetence', 'Iets'), 'kind-unknown'],
  ])('with %s: the row is named by its line, and the rest goes in', async (_, row, why) => {
    const own = await elsewhere();
    // Each row is three lines of text, since alternative names stand below each other.
    const seen = await preview({ 'skills_nl.csv': skillsCsv('nl', { rows: 12, replace: { 5: row } }) }, own);
    expect(seen.summary.refused).toEqual([{ at: 'skills_nl.csv:17', why }]);
    expect(seen.summary.outcomes.added).toBe(11);
    await doImport(own, seen.id);
    expect(
      await searchOutcomes(world.db, { text: '11', language: 'nl', limit: 5, institution: own.owner }),
    ).not.toEqual([]);
  });

  it('drop nothing when a row cannot be recognised, and keep what a refused row named', async () => {
    const own = await elsewhere();
    await doImport(own, (await preview(both(10), own)).id);
    const blind = await preview(
      { 'skills_nl.csv': skillsCsv('nl', { rows: 10, replace: { 5: 'KnowledgeSkillCompetence' } }) },
      own,
    );
    expect(blind.summary.outcomes).toMatchObject({ retired: 0, changed: 0 });
    const named = await preview(
      {
        'skills_nl.csv': skillsCsv('nl', {
          rows: 10,
          replace: { 5: skillRow(5, 'nl').replace(/cross-sector,[^,]*,/, 'cross-sector,,') },
        }),
      },
      own,
    );
    expect(named.summary.outcomes).toMatchObject({ retired: 0, changed: 0, unchanged: 10 });
  });

  it('may have any line of text within quotes, also one that reads as the beginning of a row', async () => {
    const own = await elsewhere();
    const lines = 'Occupation, skill and\r\nKnowledgeSkillCompetence;\r\nhttp://data.europa.eu/esco/skill/x, too\n';
    const row = skillRow(5, 'nl').replace('"Werkt', `"${lines}zegt ""ja"" en`);
    const seen = await preview({ 'skills_nl (1).csv': skillsCsv('nl', { rows: 8, replace: { 5: row } }) }, own);
    expect([seen.summary.refused, seen.summary.outcomes.added]).toEqual([[], 8]);
    await doImport(own, seen.id);
    const [found] = await searchOutcomes(world.db, { text: '5', language: 'nl', limit: 1, institution: own.owner });
    expect(found?.words.nl?.description).toMatch(/^Occupation, skill and\nKnowledge.*\nhttp.*\nzegt "ja" en/);
  });

  it('bring occupations and what they ask for', async () => {
    const own = await elsewhere();
    const files = {
      'skills_nl.csv': skillsCsv('nl', { rows: 20 }),
      'occupations_nl.csv': occupationsCsv('nl', 3),
      'occupationSkillRelations_nl.csv': relationsCsv(12, { skills: 20, occupations: 3 }),
    };
    const seen = await preview(files, own);
    expect([seen.summary.outcomes.added, seen.summary.links]).toEqual([23, { added: 12, removed: 0 }]);
    await doImport(own, seen.id);
    expect((await preview(files, own)).summary.links).toEqual({ added: 0, removed: 0 });
    expect((await preview({ 'r.csv': relationsCsv(9, { skills: 20, occupations: 3 }) }, own)).summary.links).toEqual({
      added: 0,
      removed: 3,
    });
    const found = await searchOutcomes(world.db, {
      text: 'beroep',
      language: 'nl',
      kinds: ['occupation'],
      limit: 9,
      institution: own.owner,
    });
    expect(found.map(o => o.code)).toEqual(['2411.0', '2411.1', '2411.2']);
  });

  it('may begin with a byte order mark, end lines as Windows does, and part cells with semicolons', async () => {
    const own = await elsewhere();
    const csv = `\ufeff${skillsHeader.replaceAll(',', ';')}\r\n${skillRow(1, 'nl').split('"')[0]!.replaceAll(',', ';')};;released;;;;x;y\r\n`;
    const seen = await preview({ 'skills_nl.csv': csv }, own);
    expect([seen.summary.refused, seen.summary.outcomes.added]).toEqual([[], 1]);
  });

  it('P7: are refused in another encoding, as a picture, a ZIP or nothing at all, and leave nothing', async () => {
    const windows = Uint8Array.from([...skillsCsv('nl', { rows: 40 })].map(c => c.charCodeAt(0)));
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, ...new Uint8Array(40)]);
    const before = (await listImports(place)).length;
    expect(await refused({ 'skills_nl.csv': windows })).toBe('import-encoding');
    expect(await refused({ 'skills_nl.csv': new TextEncoder().encode('\u0000a\u0000b') })).toBe('import-encoding');
    expect(await refused({ 'skills_nl.csv': zip })).toBe('media-type-unsupported');
    expect(await refused({ 'skills_nl.csv': '' })).toBe('request-invalid');
    expect(await refused({ 'skills.csv': skillsCsv('nl', { rows: 2 }) })).toBe('import-unreadable');
    expect(await refused({ 'skills_nl.csv': 'a,b\nKnowledgeSkillCompetence,2\n' })).toBe('import-unreadable');
    expect(await refused({ 'skills_nl.csv': skillsHeader.replace('altLabels', 'status') })).toBe('import-unreadable');
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...skillsHeader].flatMap(c => [c.charCodeAt(0), 0])]);
    expect(await refused({ 'skills_nl.csv': utf16 })).toBe('import-encoding');
    expect((await listImports(place)).length).toBe(before);
  });

  it('whose import dies halfway are finished by doing it again, or anew, with nothing twice and nothing dropped', async () => {
    const own = await elsewhere();
    const files = { 'skills_nl.csv': skillsCsv('nl', { rows: 450 }) };
    await doImport(own, (await preview({ 'skills_nl.csv': skillsCsv('nl', { rows: 3, from: 0 }) }, own)).id);
    const less = { 'skills_nl.csv': skillsCsv('nl', { rows: 450, from: 1 }) };
    const seen = await preview(less, own);
    let left = 2;
    const batch: typeof world.db.batch = async statements => {
      if (!left--) throw new Error('the power went');
      return world.db.batch(statements);
    };
    const dying = { ...own, deps: { ...own.deps, db: { ...world.db, batch } } };
    await expect(doImport(dying, seen.id)).rejects.toThrow('the power went');
    expect((await readImportState(own, seen.id)).doneAt).toBeNull();
    const find = async (name: string) =>
      (await searchOutcomes(world.db, { text: name, language: 'nl', limit: 50, institution: own.owner })).filter(
        o => o.words.nl?.name === name,
      ).length;
    // What was to be dropped is still there.
    expect(await find('machines plannen 0')).toBe(1);
    const half = (await preview(less, own)).summary.outcomes;
    expect([half.added, half.retired]).toEqual([447 - 400, 1]);
    await doImport(own, seen.id);
    expect(await find('machines plannen 0')).toBe(0);
    expect((await preview(less, own)).summary.outcomes).toMatchObject({ added: 0, changed: 0, retired: 0 });
    expect((await preview(files, own)).summary.outcomes).toMatchObject({ added: 0, changed: 1, unchanged: 449 });
  });

  it('of the service are there for every institution, and of one institution for nobody else', async () => {
    const service: ImportPlace = { ...place, owner: SERVICE };
    const csv = skillsCsv('nl', { rows: 3 }).replaceAll('machines', 'orgels');
    const { id } = await preview({ 'skills_nl.csv': csv }, service);
    await expect(readImportState(place, id)).rejects.toThrow('not-found');
    await doImport(service, id);
    expect((await searchOutcomes(world.db, { text: 'orgels', language: 'nl', limit: 5 })).length).toBe(3);
    expect((await searchOutcomes(world.db, { text: 'machines plannen 0', language: 'nl', limit: 5 })).length).toBe(0);
  });
});

describe('packages of CASE', () => {
  const item = (n: number, over: object = {}) => ({
    identifier: `item-${n}`,
    uri: `https://case.example/uri/item-${n}`,
    fullStatement: `Leidt ${n} mensen`,
    humanCodingScheme: `A.${n}`,
    CFItemType: 'Learning Outcome',
    ...over,
  });
  const child = (from: number, to: number, over: object = {}) => ({
    associationType: 'isChildOf',
    originNodeURI: { identifier: `item-${from}` },
    destinationNodeURI: { identifier: `item-${to}` },
    ...over,
  });
  const pack = (items: object[], associations: object[] = []) =>
    JSON.stringify({
      CFDocument: {
        identifier: 'doc',
        uri: 'https://case.example/uri/doc',
        title: 'Leiderschap',
        language: 'nl',
        version: '2',
      },
      CFItems: items,
      CFAssociations: associations,
    });

  it('are a framework with its outcomes, and change nothing the second time', async () => {
    const own = await elsewhere();
    const text = pack(
      [item(1), item(2), item(3)],
      [child(2, 1), child(3, 1), child(1, 1, { destinationNodeURI: { identifier: 'doc' } })],
    );
    const seen = await preview({ 'a.json': text }, own);
    expect([seen.summary.kind, seen.summary.outcomes.added, seen.summary.links.added]).toEqual(['case', 3, 2]);
    await doImport(own, seen.id);
    const [framework] = await listFrameworks(world.db, own.owner).then(all => all.filter(f => f.owner === own.owner));
    expect(framework).toMatchObject({ names: { nl: 'Leiderschap' }, version: '2', source: 'case' });
    const again = await preview({ 'a.json': text }, own);
    expect([again.summary.outcomes, again.summary.links]).toEqual([
      { added: 0, changed: 0, unchanged: 3, retired: 0 },
      { added: 0, removed: 0 },
    ]);
    const less = await preview(
      { 'a.json': pack([item(1), item(2, { fullStatement: 'Leidt een paar mensen' })], [child(2, 1)]) },
      own,
    );
    expect([less.summary.outcomes, less.summary.links]).toEqual([
      { added: 0, changed: 1, unchanged: 1, retired: 1 },
      { added: 0, removed: 1 },
    ]);
  });

  it('are refused with their items when these stand above themselves, also in a long circle', async () => {
    const error = await preview({
      'a.json': pack([item(1), item(2), item(3)], [child(1, 2), child(2, 3), child(3, 1)]),
    }).catch(e => e);
    expect([error.code, error.extensions.items.length]).toEqual(['framework-cycle', 3]);
    expect(await refused({ 'a.json': pack([item(1)], [child(1, 1)]) })).toBe('framework-cycle');
    const many = Array.from({ length: 20_000 }, (_, n) => n);
    const circle = pack(
      many.map(n => item(n)),
      many.map(n => child(n, (n + 1) % 20_000)),
    );
    expect(await refused({ 'a.json': circle })).toBe('framework-cycle');
  });

  it('name the items that are not right, and leave out what leads elsewhere', async () => {
    const own = await elsewhere();
    const items = [
      item(1),
      item(2, { uri: 'geen adres' }),
      item(3, { fullStatement: '' }),
      item(1),
      item(4, { fullStatement: '@SUM(1)' }),
      'x',
    ];
    const seen = await preview({ 'a.json': pack(items as object[], [child(1, 99)]) }, own);
    expect(seen.summary.refused.map(r => r.why)).toEqual(['address', 'name-missing', 'twice', 'formula', 'address']);
    expect([seen.summary.outcomes.added, seen.summary.notes.length]).toEqual([1, 1]);
  });

  it('are refused when they are nested too deeply, cut off, or no package', async () => {
    expect(await refused({ 'a.json': `{"CFDocument":${'['.repeat(60)}${']'.repeat(60)}}` })).toBe('limit-depth');
    expect(await refused({ 'a.json': pack([item(1)]).slice(0, -2) })).toBe('json-malformed');
    expect(await refused({ 'a.json': '{"CFDocument":{},"CFItems":[]}' })).toBe('import-unreadable');
    expect(await refused({ 'a.json': '[]' })).toBe('import-unreadable');
  });
});
