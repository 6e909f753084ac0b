import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../src/vc/bytes.ts';
import { STATUS_LIST_2021_CONTEXT, VC1_CONTEXT } from '../../src/vc/contexts.ts';
import { emptyBits, encodeList, setBit } from '../../src/vc/status-list.ts';
import { createSeenLists } from '../../src/verifier/seen-lists.ts';
import { badge, type Json, minutes, NOW, signAny } from '../support/badges.ts';
import { DID, DID_URL, entry, issuerDocument, LIST_URL, line, world } from '../support/check-world.ts';
import { type JwtKey, jwt, jwtKey } from '../support/jwts.ts';

const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const extended = (issuer: string) => [...(badge(issuer)['@context'] as string[]), EXTENSIONS];

let w: Awaited<ReturnType<typeof world>>;
let key: JwtKey;
let otherKey: JwtKey;
const KID = `${DID}#jose`;
beforeAll(async () => {
  [key, otherKey] = [await jwtKey('ES256'), await jwtKey('ES256')];
});
beforeEach(async () => {
  w = await world();
  const document = issuerDocument(w.signer);
  const jose = { id: KID, type: 'JsonWebKey', controller: DID, publicKeyJwk: key.jwk };
  w.answers[DID_URL] = {
    ...document,
    verificationMethod: [...(document.verificationMethod as Json[]), jose],
    assertionMethod: [...(document.assertionMethod as string[]), KID],
  };
});
const statusOf = async (document: unknown, deps = {}) => {
  const { outcome, code, evidence } = line(await w.check(document, deps), 'status');
  return { outcome, code, evidence };
};

describe('purposes of a bitstring', () => {
  const messages = ['alles in orde', 'wordt nagekeken', 'vraag de uitgever', 'oude naam'].map((message, status) => ({
    status: `0x${status}`,
    message,
  }));
  const remark = { statusPurpose: 'message', statusSize: 2, statusMessage: messages };

  it('a message is told and takes nothing away', async () => {
    const bits = setBit(emptyBits(), 10, true);
    w.answers[LIST_URL] = await w.list({
      bits: new Uint8Array([...bits, ...new Uint8Array(bits.length)]),
      subject: { statusPurpose: 'message' },
    });
    const document = await w.issue({ credentialStatus: entry(remark) });
    expect(await w.verdict(document)).toBe('valid');
    expect(await statusOf(document)).toMatchObject({
      outcome: 'ok',
      code: 'status-message',
      evidence: { status: '0x2', message: 'vraag de uitgever', index: 5 },
    });
  });

  it('S6: a list of two bits for each has to be twice as long', async () => {
    w.answers[LIST_URL] = await w.list({ subject: { statusPurpose: 'message' } });
    expect(await w.verdict(await w.issue({ credentialStatus: entry(remark) }))).toBe(
      'indeterminate status-list-too-short',
    );
  });

  it('a message that is not written for every value is malformed', async () => {
    for (const changes of [
      { statusMessage: messages.slice(1) },
      { statusMessage: [...messages.slice(1), messages[1]] },
      { statusMessage: messages.map(({ message }) => ({ message, status: '1' })) },
      { statusSize: 3 },
      { statusSize: 0 },
      { statusSize: 64 },
      { statusMessage: undefined },
    ]) {
      const credentialStatus = JSON.parse(JSON.stringify(entry({ ...remark, ...changes })));
      expect(await w.verdict(await w.issue({ credentialStatus }))).toBe('indeterminate status-entry-malformed');
    }
    expect(w.asked).not.toContain(LIST_URL);
  });

  it('a newer version that can be had makes the badge no less valid', async () => {
    const subject = { statusPurpose: 'refresh' };
    w.answers[LIST_URL] = await w.list({ set: [5], subject });
    const document = await w.issue({ credentialStatus: entry(subject) });
    expect(await w.verdict(document)).toBe('valid');
    expect(await statusOf(document)).toMatchObject({ outcome: 'ok', code: 'status-refresh' });
  });

  it('S9: a revocation decides beside a message, and a purpose that nobody knows is unknown', async () => {
    const other = 'https://linde.example/status/7';
    w.answers[LIST_URL] = await w.list({ set: [5] });
    w.answers[other] = await w.list({ changes: { id: other }, subject: { statusPurpose: 'refresh' } });
    const refresh = entry({ id: `${other}#5`, statusPurpose: 'refresh', statusListCredential: other });
    for (const credentialStatus of [
      [refresh, entry()],
      [entry(), refresh],
    ])
      expect(await w.verdict(await w.issue({ credentialStatus }))).toBe('invalid revoked');
    const strange = entry({ id: `${other}#5`, statusPurpose: 'eaten', statusListCredential: other });
    w.answers[LIST_URL] = await w.list({});
    expect(await statusOf(await w.issue({ credentialStatus: [entry(), strange] }))).toMatchObject({
      outcome: 'unknown',
      code: 'status-type-unknown',
    });
  });

  it('S3: a list in a JWT is read as well, and only by the issuer’s key', async () => {
    const claims = async (set: number[]) => {
      const { proof: _, ...unsigned } = await w.list({ set });
      return unsigned;
    };
    const document = await w.issue({ credentialStatus: entry() });
    w.answers[LIST_URL] = await jwt(key, { kid: KID, typ: 'vc+jwt' }, await claims([]));
    expect(await w.verdict(document)).toBe('valid');
    w.answers[LIST_URL] = await jwt(key, { kid: KID, typ: 'vc+jwt' }, await claims([5]));
    expect(await w.verdict(document)).toBe('invalid revoked');
    w.answers[LIST_URL] = await jwt(otherKey, { kid: KID, typ: 'vc+jwt' }, await claims([]));
    expect(await w.verdict(document)).toBe('indeterminate status-list-invalid');
  });
});

describe('StatusList2021', () => {
  const contexts = [...(badge(DID)['@context'] as string[]), STATUS_LIST_2021_CONTEXT];
  const old = (changes: Json = {}) => entry({ type: 'StatusList2021Entry', ...changes });
  const encoded = async (set: number[], length = 16_384) => {
    let bits = new Uint8Array(length);
    for (const index of set) bits = setBit(bits, index, true);
    return (await encodeList(bits)).slice(1);
  };
  const list2021 = async (encodedList: string, changes: Json = {}) =>
    signAny(
      {
        '@context': [VC1_CONTEXT, STATUS_LIST_2021_CONTEXT, 'https://w3id.org/security/data-integrity/v2'],
        id: LIST_URL,
        type: ['VerifiableCredential', 'StatusList2021Credential'],
        issuer: DID,
        issuanceDate: minutes(-30).toISOString(),
        expirationDate: minutes(60).toISOString(),
        credentialSubject: {
          id: `${LIST_URL}#list`,
          type: 'StatusList2021',
          statusPurpose: 'revocation',
          encodedList,
        },
        ...changes,
      },
      w.signer,
    );
  const verdict = async (list: Json) => {
    w.answers[LIST_URL] = list;
    return w.verdict(await w.issue({ '@context': contexts, credentialStatus: old() }));
  };

  it('S1: says revoked when the bit is set and clear when it is not', async () => {
    expect(await verdict(await list2021(await encoded([])))).toBe('valid');
    expect(await verdict(await list2021(await encoded([5])))).toBe('invalid revoked');
  });

  it('S6, S7: a short list clears nothing, and neither does one with a multibase header', async () => {
    expect(await verdict(await list2021(await encoded([], 100)))).toBe('indeterminate status-list-too-short');
    expect(await verdict(await list2021(`u${await encoded([])}`))).toBe('indeterminate status-list-malformed');
  });

  it('S9: a list of the one kind is none of the other', async () => {
    expect(await verdict(await w.list({}))).toBe('indeterminate status-list-malformed');
    w.answers[LIST_URL] = await list2021(await encoded([]));
    expect(await w.verdict(await w.issue({ credentialStatus: entry() }))).toBe('indeterminate status-list-malformed');
  });

  it('S10: one that has expired clears nothing', async () => {
    const changes = { issuanceDate: minutes(-90).toISOString(), expirationDate: minutes(-60).toISOString() };
    expect(await verdict(await list2021(await encoded([]), changes))).toBe('indeterminate status-list-expired');
    expect(await verdict(await list2021(await encoded([5]), changes))).toBe('invalid revoked');
  });
});

describe('1EdTechRevocationList', () => {
  const url = 'https://linde.example/revoked';
  const credentialStatus = { id: url, type: '1EdTechRevocationList' };
  const document = () => w.issue({ '@context': extended(DID), credentialStatus });
  const { id } = badge(DID);

  it('S9: is evaluated: a badge that is listed is revoked, one that is not is clear', async () => {
    w.answers[url] = { id: url, issuer: DID, revokedCredential: [{ id: 'urn:uuid:another', revoked: true }] };
    expect(await w.verdict(await document())).toBe('valid');
    expect(await statusOf(await document())).toMatchObject({ code: 'status-clear', evidence: { unsigned: true } });
    for (const mine of [{ id }, { id, revoked: true, revocationReason: 'Vergissing' }]) {
      w.answers[url] = { id: url, revokedCredential: [{ id: 'urn:x:other' }, mine] };
      expect(await w.verdict(await document())).toBe('invalid revoked');
    }
    expect((await statusOf(await document())).evidence).toMatchObject({ listReason: 'Vergissing' });
    w.answers[url] = { id: url, revokedCredential: [{ id, revoked: false }] };
    expect(await w.verdict(await document())).toBe('valid');
    w.answers[url] = { id: url };
    expect(await w.verdict(await document())).toBe('valid');
  });

  it('S2: one that cannot be reached or read is no answer', async () => {
    expect(await w.verdict(await document())).toBe('indeterminate status-unreachable');
    for (const answer of [{}, [], 'x', { error: 'no' }, { revokedCredential: 'all' }, { revokedCredential: [{}] }]) {
      w.answers[url] = () => answer;
      expect(await w.verdict(await document())).toBe('indeterminate status-list-malformed');
    }
  });

  it('S3: one that says it is of another issuer is no answer', async () => {
    w.answers[url] = { id: url, issuer: { id: w.stranger.controller }, revokedCredential: [{ id }] };
    expect(await w.verdict(await document())).toBe('indeterminate status-list-invalid');
  });

  it('S9: beside a bitstring both are judged, in either order', async () => {
    w.answers[LIST_URL] = await w.list({});
    w.answers[url] = { id: url, revokedCredential: [{ id }] };
    for (const both of [
      [entry(), credentialStatus],
      [credentialStatus, entry()],
    ])
      expect(await w.verdict(await w.issue({ '@context': extended(DID), credentialStatus: both }))).toBe(
        'invalid revoked',
      );
  });
});

describe('Token Status List', () => {
  const uri = 'https://linde.example/statuslists/1';
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  const lst = async (bytes: number[]) => {
    const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
    return encodeBase64url(new Uint8Array(await new Response(stream).arrayBuffer()));
  };
  const list = async (bytes: number[], bits = 2, { signer = key, typ = 'statuslist+jwt', ...changes }: Json = {}) =>
    jwt(
      signer as JwtKey,
      { kid: KID, typ },
      {
        sub: uri,
        iat: seconds(minutes(-30)),
        exp: seconds(minutes(60)),
        ttl: 300,
        status_list: { bits, lst: await lst(bytes) },
        ...changes,
      },
    );
  /** A badge in a JWT whose claims refer to place `idx` of the list. */
  const token = async (idx: unknown = 1, status: unknown = { status_list: { idx, uri } }) =>
    jwt(key, { kid: KID, typ: 'vc+jwt' }, { ...badge(DID), iss: DID, status });
  const verdict = async (answer: unknown, idx?: unknown) => {
    w.answers[uri] = answer;
    return w.verdict(await token(idx));
  };

  it('S1: tells VALID, INVALID and SUSPENDED, and of other values that they are unknown', async () => {
    // The second entry of two bits: bits 2 and 3.
    expect(await verdict(await list([0b0000]))).toBe('valid');
    expect(await verdict(await list([0b0100]))).toBe('invalid revoked');
    expect(await verdict(await list([0b1000]))).toBe('invalid suspended');
    expect(await verdict(await list([0b1100]))).toBe('indeterminate status-value-unknown');
    expect(await verdict(await list([0, 1], 8))).toBe('invalid revoked');
    expect(await verdict(await list([0], 1), 8)).toBe('indeterminate status-index-out-of-range');
  });

  it('tells how old the list is', async () => {
    w.answers[uri] = await list([0]);
    expect((await statusOf(await token())).evidence).toMatchObject({ list: uri, index: 1, ageSeconds: 1800 });
  });

  it('S3: counts only when a key of the issuer signed it', async () => {
    expect(await verdict(await list([0b0100], 2, { signer: otherKey }))).toBe('indeterminate status-list-invalid');
    expect(await verdict(await list([0], 2, { iss: 'did:web:vreemd.example' }))).toBe(
      'indeterminate status-list-invalid',
    );
    expect(await verdict(await list([0], 2, { iss: DID }))).toBe('valid');
    expect(await verdict(await list([0], 2, { typ: 'vc+jwt' }))).toBe('indeterminate status-list-invalid');
    expect(await verdict(await list([0], 2, { typ: 'JWT' }))).toBe('indeterminate status-list-invalid');
    const [header, , signature] = (await list([0])).split('.');
    const payload = encodeBase64url(new TextEncoder().encode(JSON.stringify({ sub: uri, iat: 1, status_list: {} })));
    expect(await verdict(`${header}.${payload}.${signature}`)).toBe('indeterminate status-list-invalid');
  });

  it('S2, S4: a list that is away, is in CBOR or is of another address is no answer', async () => {
    expect(await verdict(undefined)).toBe('indeterminate status-unreachable');
    const cwt = () => {
      throw Object.assign(new Error('cbor'), { code: 'fetch-type-cwt' });
    };
    expect(await verdict(cwt)).toBe('indeterminate status-form-unread');
    expect(await verdict(await list([0], 2, { sub: `${uri}0` }))).toBe('indeterminate status-list-malformed');
    expect(await verdict({ status_list: {} })).toBe('indeterminate status-list-malformed');
  });

  it('S10: an old list clears nothing and lifts nothing; INVALID stays so', async () => {
    const old = { iat: seconds(minutes(-120)), exp: seconds(minutes(-60)) };
    expect(await verdict(await list([0], 2, old))).toBe('indeterminate status-list-expired');
    expect(await verdict(await list([0b1000], 2, old))).toBe('indeterminate status-list-expired');
    expect(await verdict(await list([0b0100], 2, old))).toBe('invalid revoked');
    expect(await verdict(await list([0], 2, { iat: seconds(minutes(30)) }))).toBe('indeterminate status-list-invalid');
  });

  it('S5: a place that is no whole number is malformed', async () => {
    for (const idx of ['1', 1.5, -1, null])
      expect(await verdict(await list([0]), idx)).toBe('indeterminate status-entry-malformed');
    for (const status of [{}, 5, { status_list: {} }, { identifier_list: {} }, { status_list: { idx: 1, uri }, x: 1 }])
      expect(await w.verdict(await token(1, status))).toBe('indeterminate status-entry-malformed');
  });
});

describe('lists seen before', () => {
  it('S10: an older list after a newer one is stale, until that is long ago', async () => {
    let now = NOW;
    const seen = createSeenLists(() => now);
    const document = await w.issue({ credentialStatus: entry() });
    const older = await w.list({ changes: { validFrom: minutes(-90).toISOString() } });
    const newer = await w.list({});
    for (const [list, said] of [
      [older, 'valid'],
      [newer, 'valid'],
      [older, 'indeterminate status-stale'],
      [newer, 'valid'],
    ] as const) {
      w.answers[LIST_URL] = list;
      expect(await w.verdict(document, { seen })).toBe(said);
    }
    // A revocation in the older one still counts: it cannot have been undone.
    w.answers[LIST_URL] = await w.list({ set: [5], changes: { validFrom: minutes(-90).toISOString() } });
    expect(await w.verdict(document, { seen })).toBe('invalid revoked');
    now = minutes(8 * 24 * 60);
    w.answers[LIST_URL] = older;
    expect(await w.verdict(document, { seen })).toBe('valid');
  });

  it('S10: a list that nobody signed is not remembered', async () => {
    const seen = createSeenLists(() => NOW);
    const document = await w.issue({ credentialStatus: entry() });
    w.answers[LIST_URL] = await w.list({ signer: w.stranger, changes: { validFrom: minutes(-1).toISOString() } });
    expect(await w.verdict(document, { seen })).toBe('indeterminate status-list-invalid');
    w.answers[LIST_URL] = await w.list({});
    expect(await w.verdict(document, { seen })).toBe('valid');
  });

  it('keeps a bounded number of lists, the ones written last', () => {
    const seen = createSeenLists(() => NOW);
    for (let i = 0; i <= 5_000; i++) seen.isOlder(`list ${i}`, NOW);
    expect(seen.isOlder('list 5000', minutes(-1))).toBe(true);
    expect(seen.isOlder('list 0', minutes(-1))).toBe(false);
  });
});
