// The check on Node and in workerd: every kind of badge that is made here, and every badge of others, judged by both.
import { readFileSync } from 'node:fs';
import type { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, makeCases } from '../cases/cases.ts';
import { OWN } from '../cases/inputs.ts';
import { type Judged, judge, type Send } from '../cases/judge.ts';
import { judgeAll, nodeSender } from '../cases/node.ts';
import { writeTable } from '../cases/table.ts';
import { fixture, fixtureBytes, fixtureText, haveFixtures, listFixtures } from '../support/shared.ts';
import { startWorker } from '../support/worker.ts';

const FOLDERS = ['third-party/ob3', 'third-party/ob2', 'educredentials'];
type Expected = Record<string, { expect: string; code?: string; needs?: Record<string, string> }>;

describe('the same verdict on Node and in workerd', () => {
  const network = new Map<string, Uint8Array | string>();
  let cases: Case[];
  let onNode: Send;
  let onWorker: Send;
  let miniflare: Miniflare;
  let judged: (Judged | undefined)[];
  const { _format, ...expected } = (haveFixtures ? fixture('third-party/ob3/expected.json') : {}) as Expected & {
    _format?: string;
  };

  beforeAll(async () => {
    cases = await makeCases();
    for (const [url, content] of cases.flatMap(one => one.network)) network.set(url, content);
    for (const { needs } of Object.values(expected))
      for (const [url, name] of Object.entries(needs ?? {})) network.set(url, fixtureText(`third-party/ob3/${name}`));
    onNode = nodeSender(network);
    ({ miniflare } = await startWorker(OWN, network));
    let sent = 0;
    onWorker = async (path, { headers, body }) => {
      // From an address of its own each, since open checks are counted.
      const from = `192.0.2.${++sent % 250}`;
      return miniflare.dispatchFetch(OWN + path, {
        method: 'POST',
        headers: { ...headers, 'cf-connecting-ip': from },
        body,
      });
    };
    judged = await judgeAll(cases, onNode);
  }, 180_000);
  afterAll(() => miniflare?.dispose());

  it('the table in docs/checks.md is what the check says', () => {
    // After a change that is meant: npm run table.
    expect(writeTable(cases, judged)).toBe(readFileSync('docs/checks.md', 'utf8'));
  });

  it('of every input, signature, issuer and status', async () => {
    const names = cases.map(({ table, row, column }) => `${table}: ${row}, ${column}`);
    const answers = await judgeAll(cases, onWorker);
    const told = (all: (Judged | undefined)[]) => Object.fromEntries(all.map((one, i) => [names[i], one]));
    expect(told(answers)).toEqual(told(judged));
    expect(judged.filter(one => one !== undefined).length).toBeGreaterThan(150);
  }, 120_000);

  describe.skipIf(!haveFixtures)('of what others made', () => {
    const files = haveFixtures ? FOLDERS.flatMap(listFixtures).filter(name => !name.endsWith('/expected.json')) : [];

    it.each(files)('%s', async path => {
      const handed = { file: fixtureBytes(path) };
      const here = await judge(onNode, handed);
      expect(await judge(onWorker, handed)).toEqual(here);
      const { expect: verdict, code } = expected[path.replace('third-party/ob3/', '')] ?? {};
      if (verdict) expect(here).toMatchObject({ verdict, ...(code ? { code } : {}) });
    });

    it('there are all of them', () => {
      expect(files.length).toBeGreaterThanOrEqual(30);
      for (const name of Object.keys(expected)) expect(files).toContain(`third-party/ob3/${name}`);
    });
  });
});
