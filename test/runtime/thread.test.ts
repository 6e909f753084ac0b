// Large documents are read in a thread by the server that people run; the answer is what it would be without.
import { beforeAll, describe, expect, it } from 'vitest';
import { readInThread } from '../../src/deps-node.ts';
import { readElsewhere } from '../../src/vc/canonize.ts';
import { badge, keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { execFileSync } from 'node:child_process';

describe('reading large documents in a thread', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
  });

  const evidence = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      type: ['Evidence'],
      name: `Bewijs ${i}`,
      narrative: 'Verslag. '.repeat(12),
    }));

  it('gives the verdict that reading them here gives', async () => {
    const world = createWorld();
    const signer = await keySigner(3);
    const good = await signAny(badge(signer.controller, { evidence: evidence(200) }), signer, {
      created: new Date('2026-11-01T12:00:00Z'),
    });
    const changed = { ...good, name: 'Iets anders' };
    const undefinedTerm = { ...good, grade: 10 };
    const check = async (credential: object) => {
      const { json } = await world.api('/api/v1/verifications', { body: { credential } });
      return [json.verdict, json.code];
    };
    const here = [await check(good), await check(changed), await check(undefinedTerm)];
    readInThread();
    const there = [await check(good), await check(changed), await check(undefinedTerm)];
    readElsewhere(undefined);
    expect(JSON.stringify(good).length).toBeGreaterThan(20_000);
    expect(there).toEqual(here);
    expect(here[0]).toEqual(['valid', 'valid']);
  });

  it('says too-complex when the thread gives up', async () => {
    readElsewhere(async () => undefined);
    const world = createWorld();
    const signer = await keySigner(3);
    const answer = await world.api('/api/v1/verifications', {
      body: { credential: badge(signer.controller, { evidence: evidence(200) }) },
    });
    readElsewhere(undefined);
    expect(answer.json).toMatchObject({ verdict: 'invalid', code: 'too-complex' });
  });
});
