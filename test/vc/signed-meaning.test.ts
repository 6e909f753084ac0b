import { describe, expect, it } from 'vitest';
import { toDataset } from '../../src/vc/canonize.ts';
import { BADGE_TYPE, BITSTRING_ENTRY_TYPE, CREDENTIAL_TYPE, signedMeaning } from '../../src/vc/signed-meaning.ts';
import { badge, type Json } from '../support/badges.ts';

const CRED = 'https://www.w3.org/2018/credentials#';
const issuer = 'did:web:linde.example';
const entry = {
  id: 'https://linde.example/status/1#5',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '5',
  statusListCredential: 'https://linde.example/status/1',
};
const meaning = async (changes: Json) => signedMeaning(await toDataset(badge(issuer, changes)));
const validUntil = '2026-10-31T00:00:00Z';

describe('signed meaning', () => {
  it('is what a plain badge says', async () => {
    expect(await meaning({ validUntil, credentialStatus: entry })).toEqual({
      id: badge(issuer).id,
      types: [CREDENTIAL_TYPE, BADGE_TYPE],
      issuerIds: [issuer],
      subjectIds: ['urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e'],
      validFrom: ['2026-10-01T09:00:00Z'],
      validUntil: [validUntil],
      issuanceDate: [],
      expirationDate: [],
      statuses: [
        {
          kind: 'credential-status',
          id: entry.id,
          types: [BITSTRING_ENTRY_TYPE],
          purposes: ['revocation'],
          indexes: [{ text: '5', numeric: false }],
          sizes: [],
          listCredentials: [entry.statusListCredential],
          messages: [],
        },
      ],
      refreshServices: [],
      lists: [
        {
          types: ['https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject'],
          purposes: [],
          encodedLists: [],
        },
      ],
    });
  });

  it('V9, V10: is the same however the expiry and the status are spelled', async () => {
    const { id: root } = badge(issuer);
    const dateTime = { type: 'http://www.w3.org/2001/XMLSchema#dateTime' };
    const plain = await meaning({ validUntil, credentialStatus: entry });
    const spellings: Json[] = [
      { [`${CRED}validUntil`]: { '@type': dateTime.type, '@value': validUntil }, [`${CRED}credentialStatus`]: entry },
      { [`${CRED}validUntil`]: validUntil, [`${CRED}credentialStatus`]: entry },
      { '@nest': { validUntil, credentialStatus: entry } },
      { '@nest': [{ validUntil }, { credentialStatus: entry }] },
      { '@included': [{ id: root, type: 'VerifiableCredential', validUntil, credentialStatus: entry }] },
      {
        evidence: [
          { id: root, type: ['Evidence'], [`${CRED}validUntil`]: validUntil, [`${CRED}credentialStatus`]: entry },
        ],
      },
    ];
    for (const spelling of spellings) {
      expect(await meaning(spelling)).toMatchObject({ validUntil: plain.validUntil, statuses: plain.statuses });
    }
  });

  it('V16: shows a second issuer wherever it is said', async () => {
    const { id: root } = badge(issuer);
    const evidence = [{ id: root, type: ['Evidence'], [`${CRED}issuer`]: { id: 'did:web:other.example' } }];
    expect((await meaning({ evidence })).issuerIds.sort()).toEqual([issuer, 'did:web:other.example']);
  });

  it('S5: tells a number from a string of digits', async () => {
    const { statuses } = await meaning({ credentialStatus: { ...entry, statusListIndex: 5 } });
    expect(statuses).toMatchObject([{ indexes: [{ text: '5', numeric: true }] }]);
  });
});
