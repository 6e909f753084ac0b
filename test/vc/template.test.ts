import { describe, expect, it } from 'vitest';
import { canonizeDataset, toDataset, toDatasetByLibrary } from '../../src/vc/canonize.ts';
import { shapeOf } from '../../src/vc/template.ts';
import { badge, type Json, keySigner } from '../support/badges.ts';

/** Both readings of a document, canonical; or the code of the error. */
async function both(document: object): Promise<[string, string]> {
  const canonical = (read: (d: object) => ReturnType<typeof toDataset>) =>
    read(document).then(canonizeDataset, error => `error ${(error as { code: string }).code}`);
  return [await canonical(toDataset), await canonical(toDatasetByLibrary)];
}

describe('template', () => {
  const make = async (changes: Json = {}, subject: Json = {}) => {
    const whole = badge((await keySigner(1)).controller, changes);
    return { ...whole, credentialSubject: { ...(whole.credentialSubject as Json), ...subject } } as Json;
  };

  it('reads a shape once, and the same as the library, whatever the values', async () => {
    const values: Json[] = [
      {},
      { name: 'Zoë Łukasiewicz-Ødegård' },
      { name: '' },
      { name: '"quoted" \\ back \n line \u0000 \u0001 \u{1F3C5}' },
      { name: 'urn:waarmerk-hole:0:' },
      { name: 'urn:waarmerk-hole:1:' },
      { name: '@type' },
      { name: 'did:key:z6Mk' },
      { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' },
      { id: 'https://example.org/badge?a=b#c' },
      { id: '_:b0' },
      { id: 'relative' },
      { id: '../up' },
      { id: '' },
      { id: '@id' },
      { id: 'cred:prefix' },
      { id: 'https://exa mple/' },
      { id: 'https://example.org/é' },
      { id: 'urn:uuid:with space' },
      { validFrom: 'not a date' },
      { validFrom: '2026-10-01T09:00:00Z' },
    ];
    for (const change of [...values, ...values]) {
      const [fast, slow] = await both(await make(change));
      expect([change, fast]).toEqual([change, slow]);
    }
  });

  it('merges nodes that have the same id, and says nothing twice', async () => {
    const subject = 'urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e';
    for (const id of ['urn:uuid:1', subject, 'urn:uuid:2', subject]) {
      const evidence = [
        { id, type: ['Evidence'], name: 'a', narrative: 'a' },
        { id, type: ['Evidence'], name: 'a', narrative: 'b' },
      ];
      const [fast, slow] = await both(await make({ evidence }));
      expect(fast).toBe(slow);
    }
  });

  it('takes values that are terms of a context as part of the shape', async () => {
    for (const statusPurpose of [
      'revocation',
      'suspension',
      'revocation',
      'message',
      'https://example.org/other',
      'x:y',
      'nonsense',
    ]) {
      const credentialStatus = {
        id: 'https://a.example/s#1',
        type: 'BitstringStatusListEntry',
        statusPurpose,
        statusListIndex: '1',
        statusListCredential: 'https://a.example/s',
      };
      const [fast, slow] = await both(await make({ credentialStatus }));
      expect([statusPurpose, fast]).toEqual([statusPurpose, slow]);
    }
  });

  it('keeps numbers, booleans, languages and the number of items in the shape', async () => {
    const variants: [Json, Json][] = [
      [{}, { creditsEarned: 3 }],
      [{}, { creditsEarned: 2.5 }],
      [{}, { creditsEarned: 1e21 }],
      [{ name: { '@value': 'Naam', '@language': 'nl' } }, {}],
      [{ name: { '@value': 'Name', '@language': 'en' } }, {}],
      [
        {
          name: [
            { '@value': 'Naam', '@language': 'nl' },
            { '@value': 'Name', '@language': 'en', '@direction': 'ltr' },
          ],
        },
        {},
      ],
      [{}, { identifier: [{ type: 'IdentityObject', hashed: true, identityHash: 'x', identityType: 'name' }] }],
      [{}, { identifier: [{ type: 'IdentityObject', hashed: false, identityHash: 'x', identityType: 'name' }] }],
    ];
    for (const [changes, subject] of [...variants, ...variants, ...variants]) {
      const [fast, slow] = await both(await make(changes, subject));
      expect([changes, subject, fast]).toEqual([changes, subject, slow]);
    }
  });

  it('refuses what the library refuses, the first time and the third', async () => {
    for (let round = 0; round < 3; round++) {
      for (const change of [
        { grade: 'x' },
        { type: ['VerifiableCredential', 'Nonsense'] },
        { '@context': ['https://unknown.example/'] },
      ]) {
        const [fast, slow] = await both(await make(change));
        expect(fast).toMatch(/^error /);
        expect(fast).toBe(slow);
      }
    }
  });

  it('V14: a mark that is written where there is no hole is not filled with another value', async () => {
    for (let round = 0; round < 3; round++) {
      for (let hole = 0; hole < 8; hole++) {
        const written = `urn:waarmerk-hole:${hole}:`;
        for (const change of [
          { name: { '@value': written, '@language': 'nl' } },
          { type: ['VerifiableCredential', 'OpenBadgeCredential', written] },
          { [written]: 'x' },
          {
            credentialStatus: { id: 'urn:x', type: 'BitstringStatusListEntry', statusPurpose: written },
          },
        ]) {
          const [fast, slow] = await both(await make(change));
          expect([change, fast]).toEqual([change, slow]);
        }
      }
    }
  });

  it('does not keep what is too large', () => {
    expect(shapeOf({ a: Array.from({ length: 2000 }, () => 'x') })).toBeUndefined();
    expect(shapeOf({ a: 'x' })).toEqual({ key: '{"a":"\\u0001"}', values: ['x'] });
  });
});
