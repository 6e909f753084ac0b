import { beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../src/vc/bytes.ts';
import { emptyBits } from '../../src/vc/status-list.ts';
import { badge, type Json, keySigner, minutes, signAny, webSigner } from '../support/badges.ts';
import {
  DID,
  DID_URL,
  entry,
  issuerDocument,
  LIST_URL,
  type ListOptions,
  line,
  world,
} from '../support/check-world.ts';

describe('status', () => {
  let w: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    w = await world();
  });
  /** The verdict on a badge with this entry while this list stands at its URL. */
  const said = async (list: ListOptions | undefined, changes: Json = {}) => {
    if (list) w.answers[LIST_URL] = await w.list(list);
    return w.verdict(await w.issue({ credentialStatus: entry(changes) }));
  };

  it('S1: a badge is clear when its bit is not set, and revoked or suspended when it is', async () => {
    expect(await said({})).toBe('valid');
    expect(await said({ set: [4, 6] })).toBe('valid');
    expect(await said({ set: [5] })).toBe('invalid revoked');
    const suspension = { statusPurpose: 'suspension' };
    expect(await said({ set: [5], subject: suspension }, suspension)).toBe('invalid suspended');
  });

  it('tells the list, the place, and how old the list is', async () => {
    w.answers[LIST_URL] = await w.list({});
    const report = await w.check(await w.issue({ credentialStatus: entry() }));
    expect(line(report, 'status')).toMatchObject({
      outcome: 'ok',
      code: 'status-clear',
      evidence: {
        list: LIST_URL,
        purpose: 'revocation',
        index: 5,
        listValidFrom: '2026-11-01T11:30:00.000Z',
        ageSeconds: 1800,
      },
    });
  });

  it('tells why, for a list that can say so', async () => {
    w.answers[LIST_URL] = await w.list({ set: [5] });
    const document = await w.issue({ credentialStatus: entry() });
    const asked: [string, number][] = [];
    const because = (state: 'revoked' | 'superseded') => async (list: string, index: number) => {
      asked.push([list, index]);
      return { state, reason: 'error', at: '2026-10-30T00:00:00Z' };
    };
    const report = await w.check(document, { reason: because('revoked') });
    expect(line(report, 'status').evidence).toMatchObject({ reason: 'error', at: '2026-10-30T00:00:00Z' });
    expect(await w.verdict(document, { reason: because('superseded') })).toBe('invalid superseded');
    expect(asked[0]).toEqual([LIST_URL, 5]);
    const suspension = { statusPurpose: 'suspension' };
    w.answers[LIST_URL] = await w.list({ set: [5], subject: suspension });
    const withdrawn = await w.issue({ credentialStatus: entry(suspension) });
    expect(await w.verdict(withdrawn, { reason: because('revoked') })).toBe('invalid revoked');
  });

  it('S2: a list that cannot be read is no answer', async () => {
    expect(await said(undefined)).toBe('indeterminate status-unreachable');
    for (const answer of ['not a list', 5, null, [], {}, { '@context': 'x' }]) {
      w.answers[LIST_URL] = () => answer;
      expect(await w.verdict(await w.issue({ credentialStatus: entry() }))).toBe('indeterminate status-list-malformed');
    }
    const report = await (await world()).check(await w.issue({ credentialStatus: entry() }));
    expect(line(report, 'status').evidence).toMatchObject({ list: LIST_URL, reason: 'fetch-failed' });
  });

  it('S3: a list by someone else is no answer, also when the bit is set', async () => {
    const { stranger } = w;
    for (const set of [[], [5]]) {
      expect(await said({ set, signer: stranger })).toBe('indeterminate status-list-invalid');
      const issuer = stranger.controller;
      expect(await said({ set, signer: stranger, changes: { issuer } })).toBe('indeterminate status-list-invalid');
    }
  });

  it('S3: a list in the name of another is no answer, even when the issuer signed it', async () => {
    for (const set of [[], [5]]) {
      expect(await said({ set, changes: { issuer: w.stranger.controller } })).toBe('indeterminate status-list-invalid');
    }
  });

  it('S3: a list with a signature that we cannot check is no answer', async () => {
    for (const set of [[], [5]]) {
      const list = await w.list({ set });
      w.answers[LIST_URL] = { ...list, proof: { ...(list.proof as Json), cryptosuite: 'unknown-2030' } };
      expect(await w.verdict(await w.issue({ credentialStatus: entry() }))).toBe('indeterminate status-list-invalid');
    }
  });

  it('S3: a list that was changed, or not signed, is no answer', async () => {
    const list = await w.list({});
    const subject = (await w.list({ set: [5] })).credentialSubject;
    const { proof: _, ...unsigned } = list;
    for (const answer of [{ ...list, credentialSubject: subject }, unsigned]) {
      w.answers[LIST_URL] = answer;
      expect(await w.verdict(await w.issue({ credentialStatus: entry() }))).toBe('indeterminate status-list-invalid');
    }
  });

  it('S3: a list that hides something, or that is no list, is no answer', async () => {
    const hidden = { '@nest': { validUntil: '2020-01-01T00:00:00Z' } };
    w.answers[LIST_URL] = { ...(await w.list({})), ...hidden };
    const document = await w.issue({ credentialStatus: entry() });
    expect(await w.verdict(document)).toBe('indeterminate status-list-malformed');
    expect(await said({ changes: { type: ['VerifiableCredential'] } })).toBe('indeterminate status-list-malformed');
    const nothing = { credentialSubject: { id: `${LIST_URL}#list` } };
    expect(await said({ changes: nothing })).toBe('indeterminate status-list-malformed');
    const { encodedList } = (await w.list({})).credentialSubject as Json;
    const STATUS = 'https://www.w3.org/ns/credentials/status#';
    const untyped = { [`${STATUS}encodedList`]: encodedList, [`${STATUS}statusPurpose`]: 'revocation' };
    const credentialSubject = { id: `${LIST_URL}#list`, ...untyped };
    expect(await said({ changes: { credentialSubject } })).toBe('indeterminate status-list-malformed');
  });

  it('S4: another list of the same issuer clears nothing, but a bit that is set in it counts', async () => {
    const changes = { id: 'https://linde.example/status/2' };
    expect(await said({ changes })).toBe('indeterminate status-list-invalid');
    expect(await said({ changes, set: [5] })).toBe('invalid revoked');
  });

  it.each(['94567abc', '9.4567e4', ' 5', '5 ', '-1', '+5', '0x5', '05', '', '5.0', '9007199254740993000'])(
    'S5: the index %j is malformed, set or not',
    async statusListIndex => {
      expect(await said({ set: [5, 94_567] }, { statusListIndex })).toBe('indeterminate status-entry-malformed');
    },
  );

  it('S5: a number for an index is an answer only when the bit is set', async () => {
    expect(await said({}, { statusListIndex: 5 })).toBe('indeterminate status-entry-malformed');
    expect(await said({ set: [5] }, { statusListIndex: 5 })).toBe('invalid revoked');
    expect(await said({ set: [5] }, { statusListIndex: 5.5 })).toBe('indeterminate status-entry-malformed');
  });

  it('S5: an index past the end is out of range', async () => {
    expect(await said({}, { statusListIndex: '131071' })).toBe('valid');
    expect(await said({}, { statusListIndex: '131072' })).toBe('indeterminate status-index-out-of-range');
    expect(await said({}, { statusListIndex: '9007199254740992' })).toBe('indeterminate status-index-out-of-range');
  });

  it('S6: a list that is too short clears nothing, but a bit that is set in it counts', async () => {
    const bits = new Uint8Array(16_383);
    expect(await said({ bits })).toBe('indeterminate status-list-too-short');
    expect(await said({ bits: new Uint8Array(1) })).toBe('indeterminate status-list-too-short');
    expect(await said({ bits, set: [5] })).toBe('invalid revoked');
    expect(await said({ bits: new Uint8Array(16_384) })).toBe('valid');
    expect(await said({ bits: new Uint8Array(32_768) })).toBe('valid');
  });

  it('S7: a list that is broken or a bomb is malformed', async () => {
    const zeros = new Blob([new Uint8Array(20 * 1024 * 1024)]).stream().pipeThrough(new CompressionStream('gzip'));
    const bomb = `u${encodeBase64url(new Uint8Array(await new Response(zeros).arrayBuffer()))}`;
    for (const encodedList of [bomb, 'uAAAA', 'not a list', 'z']) {
      expect(await said({ subject: { encodedList } })).toBe('indeterminate status-list-malformed');
    }
  });

  it('S8: the purpose has to be one of the list’s', async () => {
    expect(await said({ set: [5], subject: { statusPurpose: 'suspension' } })).toBe(
      'indeterminate status-purpose-mismatch',
    );
    const both = { statusPurpose: ['revocation', 'suspension'] };
    expect(await said({ subject: both })).toBe('valid');
    expect(await said({ set: [5], subject: both })).toBe('invalid revoked');
  });

  it('S9: every entry is judged, in any order', async () => {
    const suspension = 'https://linde.example/status/9';
    w.answers[LIST_URL] = await w.list({ set: [5] });
    w.answers[suspension] = await w.list({ changes: { id: suspension }, subject: { statusPurpose: 'suspension' } });
    const entries = [
      entry({ statusPurpose: 'suspension', statusListCredential: suspension, id: `${suspension}#5` }),
      entry(),
    ];
    for (const credentialStatus of [entries, entries.toReversed()]) {
      const report = await w.check(await w.issue({ credentialStatus }));
      expect(report).toMatchObject({ verdict: 'invalid', code: 'revoked' });
      expect(line(report, 'status').evidence.entries).toHaveLength(2);
    }
    w.answers[LIST_URL] = await w.list({});
    const unknownType = { id: 'https://linde.example/revoked', type: 'https://linde.example/types#SomeOtherStatus' };
    const mixed = await w.check(await w.issue({ credentialStatus: [entry(), unknownType] }));
    expect(line(mixed, 'status')).toMatchObject({ outcome: 'unknown', code: 'status-type-unknown' });
    expect(await w.verdict(await w.issue({ credentialStatus: unknownType }))).toBe('indeterminate status-type-unknown');
  });

  it('S9: an entry of more bits, or for another purpose, is not read as if it had one', async () => {
    expect(await said({}, { statusSize: 2 })).toBe('indeterminate status-type-unknown');
    expect(await said({}, { statusSize: 1 })).toBe('valid');
    expect(await said({ subject: { statusPurpose: 'eaten' } }, { statusPurpose: 'eaten' })).toBe(
      'indeterminate status-type-unknown',
    );
  });

  it('S10: an old list clears nothing; what cannot be undone stays so', async () => {
    const old = { validFrom: '2026-10-01T00:00:00Z', validUntil: '2026-10-02T00:00:00Z' };
    expect(await said({ changes: old })).toBe('indeterminate status-list-expired');
    expect(await said({ changes: old, set: [5] })).toBe('invalid revoked');
    const suspension = { statusPurpose: 'suspension' };
    expect(await said({ changes: old, set: [5], subject: suspension }, suspension)).toBe(
      'indeterminate status-list-expired',
    );
    expect(await said({ changes: { validFrom: minutes(60).toISOString() } })).toBe('indeterminate status-list-invalid');
    expect(await said({ changes: { validUntil: undefined } })).toBe('indeterminate status-list-invalid');
  });

  it('S11: reads index 0, 7, 8 and 131071 from the left', async () => {
    for (const [index, byte, value] of [
      [0, 0, 0x80],
      [7, 0, 0x01],
      [8, 1, 0x80],
      [131_071, 16_383, 0x01],
    ] as const) {
      const bits = emptyBits();
      bits[byte] = value;
      expect(await said({ bits }, { statusListIndex: String(index) })).toBe('invalid revoked');
    }
  });

  it('an entry that says something twice, or not at all, is malformed', async () => {
    for (const changes of [
      { statusPurpose: ['revocation', 'suspension'] },
      { statusPurpose: undefined },
      { statusListIndex: ['5', '6'] },
      { statusListCredential: [LIST_URL, 'https://linde.example/status/2'] },
    ] as Json[]) {
      const credentialStatus = JSON.parse(JSON.stringify(entry(changes)));
      expect(await w.verdict(await w.issue({ credentialStatus }))).toBe('indeterminate status-entry-malformed');
    }
    expect(w.asked.filter(url => url !== DID_URL)).toEqual([]);
  });

  it('for an issuer that is no DID, the list has to be signed by the key that signed the badge', async () => {
    const [issuer, one, two] = ['https://linde.example/i/linde', await keySigner(1), await keySigner(2)];
    const document = await signAny(badge(issuer, { credentialStatus: entry() }), one);
    w.answers[LIST_URL] = await w.list({ set: [5], signer: one, changes: { issuer } });
    expect(await w.verdict(document)).toBe('invalid revoked');
    w.answers[LIST_URL] = await w.list({ set: [5], signer: two, changes: { issuer } });
    const report = await w.check(document);
    expect(line(report, 'status')).toMatchObject({ outcome: 'unknown', code: 'status-list-invalid' });
  });

  it('S3, K6: a list that was read before is judged again by whose it is, by its keys and by the day', async () => {
    const list = await w.list({});
    // The same object each time, as it is while a list is cached.
    const fetchDocument = async (url: string) => (url === LIST_URL ? list : w.fetchJson(url));
    const document = await w.issue({ credentialStatus: entry() });
    const verdict = (deps = {}) => w.verdict(document, { fetchDocument, ...deps });
    expect([await verdict(), await verdict()]).toEqual(['valid', 'valid']);
    expect(await verdict({ now: minutes(48 * 60) })).toBe('indeterminate status-list-expired');
    // Another key under the same name, that signed the badge and not the list.
    const other = await webSigner(DID, 77);
    w.answers[DID_URL] = issuerDocument(other);
    const theirs = await signAny(badge(DID, { credentialStatus: entry() }), other);
    expect(await w.verdict(theirs, { fetchDocument })).toBe('indeterminate status-list-invalid');
    w.answers[DID_URL] = issuerDocument(w.signer);
    expect(await verdict()).toBe('valid');
    const stranger = await signAny(badge(w.stranger.controller, { credentialStatus: entry() }), w.stranger);
    w.answers['https://vreemd.example/.well-known/did.json'] = {
      ...issuerDocument(w.stranger, { id: w.stranger.id, controller: w.stranger.controller }),
      id: w.stranger.controller,
      assertionMethod: [w.stranger.id],
    };
    expect(await w.verdict(stranger, { fetchDocument })).toBe('indeterminate status-list-invalid');
  });

  it('K6: a list that a compromised key signed is no answer', async () => {
    w.answers[LIST_URL] = await w.list({});
    const document = await w.issue({ credentialStatus: entry() });
    const documents = [issuerDocument(w.signer), issuerDocument(w.signer, { revoked: '2026-10-01T00:00:00Z' })];
    expect(await w.verdict(document)).toBe('valid');
    w.answers[DID_URL] = documents[1];
    expect(await w.verdict(document)).toBe('invalid key-revoked');
  });
});
