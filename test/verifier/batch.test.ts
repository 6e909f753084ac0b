import { beforeAll, describe, expect, it } from 'vitest';
import { runBatches } from '../../src/verifier/index.ts';
import { verificationRows } from '../../src/verifier/schema.ts';
import { settled } from '../support/batches.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('many badges at once', () => {
  let world: ReturnType<typeof createWorld>;
  let badges: Record<string, unknown>[];
  const send = (inputs: unknown[], more: object = {}) =>
    world.api('/api/v1/verification-batches', { body: { inputs, ...more } });

  beforeAll(async () => {
    world = createWorld();
    const school = await createSchool(world);
    const made = await Promise.all(
      ['a', 'b', 'c'].map(name =>
        world.api('/api/v1/awards', {
          key: school.keys.awarder,
          body: exampleAward(school.achievement, { recipient: { email: `${name}@example.org`, name } }),
        }),
      ),
    );
    badges = await Promise.all(
      made.map(
        async ({ json }) => (await world.api(new URL(json.credential).pathname, { key: school.keys.awarder })).json,
      ),
    );
    await world.api(`/api/v1/awards/${made[2]!.json.id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'error' },
    });
  });

  it('each has its verdict, what is odd is told, and what came twice is marked', async () => {
    const changed = { ...badges[0], name: 'another name' };
    const started = await send([
      { name: 'first', credential: badges[0] },
      { credential: changed },
      { credential: JSON.stringify(badges[1]) },
      { credential: badges[2] },
      { credential: 'no badge' },
      { url: 'https://nowhere.example/badge' },
      { credential: badges[0] },
      { credential: JSON.stringify(badges[0], null, 2) },
    ]);
    expect(started.status).toBe(202);
    expect(started.json).toMatchObject({ state: 'checking', total: 8 });
    expect(started.json.url).toBe(`${world.origin}/verify/many/${started.json.id}`);
    const { json } = await settled(world, started.json.id);
    expect(json.counts).toEqual({ total: 8, valid: 4, invalid: 2, indeterminate: 0, unread: 2, duplicates: 2 });
    expect(json.rows.map((row: { verdict: string; code: string }) => [row.verdict, row.code])).toEqual([
      ['valid', 'valid'],
      ['invalid', 'signature-invalid'],
      ['valid', 'valid'],
      ['invalid', 'revoked'],
      [null, 'json-malformed'],
      [null, 'credential-unreachable'],
      ['valid', 'valid'],
      ['valid', 'valid'],
    ]);
    expect(json.rows[0]).toMatchObject({ row: 1, name: 'first', title: 'Samenwerken', issuerDomain: 'localhost:8787' });
    expect(json.rows.map((row: { duplicateOf?: number }) => row.duplicateOf)).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined, undefined],
      ...[1, 1],
    ]);
    // Nothing of what was brought is left, and nobody is named.
    const kept = await world.db.query.select({ input: verificationRows.input }).from(verificationRows);
    expect(kept.every(row => row.input === null)).toBe(true);
    expect(JSON.stringify(json)).not.toContain('example.org');
  });

  it('several badges in one file have a row each, in their place, and the same file again has what came of the oddest', async () => {
    const bundle = (...list: unknown[]) => Buffer.from(JSON.stringify(list)).toString('base64url');
    const odd = bundle(badges[0], { ...badges[1], name: 'changed' }, badges[2]);
    const started = await send([
      { name: 'bundel.json', file: odd },
      { name: 'los', credential: badges[1] },
      { name: 'nog eens', file: odd },
    ]);
    const { json } = await settled(world, started.json.id);
    const of = (row: Record<string, unknown>) => [row.row, row.name, row.code, row.duplicateOf];
    expect(json.rows.map(of)).toEqual([
      [1, 'bundel.json (1/3)', 'valid', undefined],
      [2, 'bundel.json (2/3)', 'signature-invalid', undefined],
      [3, 'bundel.json (3/3)', 'revoked', undefined],
      [4, 'los', 'valid', undefined],
      [5, 'nog eens', 'signature-invalid', 2],
    ]);
    expect(json).toMatchObject({ total: 5, counts: { total: 5, valid: 2, invalid: 3 } });
    const page = await world.request(`/verify/many/${started.json.id}/3`);
    expect([page.status, (await page.text()).includes('ingetrokken')]).toEqual([200, true]);
    const report = await world.api(`/api/v1/verification-batches/${started.json.id}/report`);
    expect(report.json.rows.map((row: { row: number }) => row.row)).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    [198, 'bundel (1/2)', 'valid'],
    [199, 'bundel', 'several-badges'],
  ])(
    'badges in files are no way round the limit: with %i beside it two in a file are %s, %s',
    async (n, name, code) => {
      const words = Array.from({ length: n }, (_, i) => ({ credential: `woord ${i}` }));
      const started = await send([{ name: 'bundel', credential: JSON.stringify(badges.slice(0, 2)) }, ...words]);
      const { json } = await settled(world, started.json.id);
      expect([json.total, json.rows[0].name, json.rows[0].code]).toEqual([200, name, code]);
      const page = await (await world.request(`/verify/many/${started.json.id}`)).text();
      expect(page.includes('zitten meer badges')).toBe(code === 'several-badges');
    },
  );

  it('a process that dies while it checks a file with several leaves rows that the next takes up', async () => {
    const { startBatch } = await import('../../src/verifier/batch.ts');
    const { takeRows } = await import('../../src/verifier/split-row.ts');
    const { sha256Hex } = await import('../../src/platform/ids.ts');
    const inputs = [
      { name: 'bundel', text: JSON.stringify([badges[0], badges[1]]) },
      { name: 'los', text: JSON.stringify(badges[2]) },
    ];
    const token = await startBatch(world.deps, inputs, { language: 'nl' });
    // It found three, of which one is gone by now.
    expect(await takeRows(world.deps.db, await sha256Hex(token), 1, 3)).toBe(true);
    await Promise.all([runBatches(world.deps), runBatches({ ...world.deps, db: { ...world.deps.db } })]);
    const { json } = await settled(world, token);
    expect(json.rows.map((row: { name: string; code: string }) => [row.name, row.code])).toEqual([
      ['bundel (1/2)', 'valid'],
      ['bundel (2/2)', 'valid'],
      ['los', 'revoked'],
    ]);
  });

  it('one and two hundred and one are refused, and so is nothing', async () => {
    for (const [n, kind] of [
      [0, 'batch-empty'],
      [1, 'batch-one'],
      [201, 'batch-many'],
    ] as const) {
      const answer = await send(Array.from({ length: n }, () => ({ credential: 'x' })));
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ code: 'request-invalid', kind });
    }
  });

  it('what a process left is taken up, and each row has one answer', async () => {
    const { startBatch } = await import('../../src/verifier/batch.ts');
    const inputs = [0, 1].map(i => ({ name: `${i}`, text: JSON.stringify(badges[i]) }));
    const token = await startBatch(world.deps, inputs, { language: 'nl' });
    await Promise.all([runBatches(world.deps), runBatches(world.deps)]);
    expect((await settled(world, token)).json.counts.valid).toBe(2);
  });

  it('the date that is asked about counts for each', async () => {
    const started = await send([{ credential: badges[0] }, { credential: badges[1] }], { asOf: '2020-01-01' });
    const { json } = await settled(world, started.json.id);
    expect(json.rows.map((row: { code: string }) => row.code)).toEqual(['not-yet-valid', 'not-yet-valid']);
  });

  it('W6: an id that is none of ours reads as nothing, and so does one whose hour is over', async () => {
    let now = Date.now();
    const later = createWorld({ now: () => new Date(now) });
    const started = await later.api('/api/v1/verification-batches', {
      body: { inputs: [{ credential: 'a' }, { credential: 'b' }] },
    });
    await settled(later, started.json.id);
    const absent = await later.api(`/api/v1/verification-batches/${'A'.repeat(22)}`);
    now += 60 * 60_000;
    const over = await later.api(`/api/v1/verification-batches/${started.json.id}`);
    expect([absent.status, over.status]).toEqual([404, 404]);
    expect(over.json.detail).toBe(absent.json.detail);
  });

  it('a report is signed once, when all are done, and says no more of anyone than was brought', async () => {
    const started = await send([{ name: 'Sam', credential: badges[0] }, { credential: badges[2] }], { language: 'en' });
    await settled(world, started.json.id);
    const path = `/api/v1/verification-batches/${started.json.id}/report`;
    const [one, two] = await Promise.all([world.api(path), world.api(path)]);
    expect(one!.status).toBe(200);
    expect(one!.text).toBe(two!.text);
    expect(one!.json).toMatchObject({
      type: 'VerificationReport',
      issuer: { id: 'did:web:localhost%3A8787' },
      language: 'en',
      counts: { total: 2, valid: 1, invalid: 1 },
      proof: { cryptosuite: 'eddsa-jcs-2022' },
    });
    expect(one!.text).not.toContain(String((badges[0] as { id: string }).id));
    expect(one!.text).not.toContain('example.org');
  });
});
