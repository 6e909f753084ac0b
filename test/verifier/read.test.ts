import { describe, expect, it } from 'vitest';
import { readCandidate } from '../../src/verifier/read.ts';
import { verify } from '../../src/verifier/verify.ts';
import { badge, keySigner, NOW, network, signAny } from '../support/badges.ts';

const refusal = (input: unknown) => {
  try {
    readCandidate(input);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const nested = (levels: number): object => {
  let value: object = {};
  for (let level = 1; level < levels; level++) value = { name: value };
  return value;
};
const nodes = (count: number) => ({ result: Array.from({ length: count - 1 }, () => ({})) });

describe('a candidate', () => {
  it('is a JSON object, or a text that holds one', () => {
    expect(readCandidate({ a: 1 }).document).toEqual({ a: 1 });
    expect(readCandidate(' {"a":1}\n').document).toEqual({ a: 1 });
    for (const other of [null, 5, [], '[]', '"x"', '5']) expect(refusal(other)).toBe('credential-unreadable');
    expect(refusal('{"a":')).toBe('json-malformed');
    expect(refusal('{"a":1,"a":2}')).toBe('json-malformed');
    expect(refusal('eyJhbGciOiJFUzI1NiJ9.e30.c2ln')).toBe('credential-unreadable');
  });

  it('V23: is at most 32 levels deep, and no depth harms the reader', () => {
    expect(refusal(nested(32))).toBe('read');
    expect(refusal(nested(33))).toBe('limit-broken');
    expect(refusal(JSON.stringify(nested(33)))).toBe('limit-broken');
    expect(refusal(nested(100_000))).toBe('limit-broken');
  });

  it('V22: has at most 500 nodes and 5,000 values', () => {
    expect(refusal(nodes(500))).toBe('read');
    expect(refusal(nodes(501))).toBe('limit-broken');
    const tags = (...counts: number[]) => ({ tag: counts.map(count => ({ tag: Array(count).fill('x') })) });
    expect(refusal(tags(...Array(9).fill(500), 479))).toBe('read');
    expect(refusal(tags(...Array(9).fill(500), 480))).toBe('limit-broken');
  });

  it('V22: has at most 500 items in a list and 1,000 types, each of which would be worked through', () => {
    expect(refusal({ tag: Array(500).fill('x') })).toBe('read');
    expect(refusal({ tag: Array(501).fill('x') })).toBe('limit-broken');
    const types = (...counts: number[]) => ({ result: counts.map(count => ({ type: Array(count).fill('Result') })) });
    expect(refusal(types(500, 500))).toBe('read');
    expect(refusal(types(500, 500, 1))).toBe('limit-broken');
  });

  it('V20: names at most 5 contexts, and 32 with those of embedded endorsements', () => {
    expect(refusal({ '@context': Array(5).fill('x') })).toBe('read');
    expect(refusal({ '@context': Array(6).fill('x') })).toBe('limit-broken');
    const endorsement = (count: number) => Array.from({ length: count }, () => ({ '@context': ['x', 'y'] }));
    expect(refusal({ '@context': ['x', 'y'], endorsement: endorsement(15) })).toBe('read');
    expect(refusal({ '@context': ['x', 'y'], endorsement: endorsement(16) })).toBe('limit-broken');
  });

  it('V26: has at most 3 proofs and 4 statuses', () => {
    expect(refusal({ proof: Array(3).fill({}) })).toBe('read');
    expect(refusal({ proof: Array(4).fill({}) })).toBe('limit-broken');
    expect(refusal({ credentialStatus: Array(4).fill({}) })).toBe('read');
    expect(refusal({ credentialStatus: Array(5).fill({}) })).toBe('limit-broken');
  });

  it('V26: statuses beyond the limit are found however they are spelled, before anything is fetched', async () => {
    const signer = await keySigner(1);
    const { asked, fetchJson } = network();
    const statuses = Array.from({ length: 5 }, (_, i) => ({ id: `urn:status:${i}`, type: 'BitstringStatusListEntry' }));
    const changes = { 'https://www.w3.org/2018/credentials#credentialStatus': statuses };
    const document = await signAny(badge(signer.controller, changes), signer);
    await expect(verify(readCandidate(document), { now: NOW, fetchJson })).rejects.toMatchObject({
      code: 'limit-broken',
    });
    expect(asked).toEqual([]);
  });
});
