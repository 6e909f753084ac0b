// What the public suites ask of the conformance server, kept here so that it holds without them.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { beforeAll, describe, expect, it } from 'vitest';
import { createConformanceApp } from '../../src/conformance/app.ts';
import { contextLoader, DATA_INTEGRITY_CONTEXT, VC1_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { didKeyDocument } from '../../src/vc/did.ts';
import { type Json, NOW } from '../support/badges.ts';

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const KEYS = ['eddsa', 'p256', 'p384'] as const;

describe('the conformance server', () => {
  let server: Awaited<ReturnType<typeof createConformanceApp>>;
  beforeAll(async () => {
    server = await createConformanceApp({ origin: 'http://localhost:8911', clock: () => NOW });
  });

  const post = async (url: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await server.app.request(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, json: (await answer.json()) as Json };
  };
  const credential = (changes: Json = {}): Json => {
    const document: Json = {
      '@context': [VC2_CONTEXT, EXAMPLES],
      type: ['VerifiableCredential'],
      issuer: server.endpoints.eddsa.id,
      credentialSubject: { id: 'did:example:alice', name: 'Alice' },
      ...changes,
    };
    for (const [name, value] of Object.entries(changes)) if (value === undefined) delete document[name];
    return document;
  };
  const issue = (document: unknown, key: (typeof KEYS)[number] = 'eddsa', options: Json = {}) =>
    post(server.endpoints[key].issue, { credential: document, options });
  const verify = async (verifiableCredential: unknown, options: Json = {}) =>
    (await post(server.endpoints.verify, { verifiableCredential, options })).status;

  it.each(KEYS)('issues with %s what it verifies, by a did:key, with one proof as an object', async key => {
    const issuer = server.endpoints[key].id;
    const { status, json } = await issue(credential({ issuer }), key);
    expect(status).toBe(201);
    expect(issuer).toMatch(/^did:key:z/);
    expect(json.proof).toMatchObject({ type: 'DataIntegrityProof', proofPurpose: 'assertionMethod' });
    expect(await verify(json)).toBe(200);
    expect(await verify({ ...json, name: 'Iets anders' })).toBe(400);
  });

  it('is accepted by the reference library', async () => {
    const { json } = await issue(credential({ '@context': [VC2_CONTEXT], credentialSubject: { name: 'Alice' } }));
    const documentLoader = async (url: string) => {
      if (!url.startsWith('did:')) return contextLoader(url);
      const whole = didKeyDocument(url.split('#')[0]!);
      const document = url.includes('#') ? (whole.verificationMethod as object[])[0]! : whole;
      return { contextUrl: null, documentUrl: url, document } as const;
    };
    const suite = new DataIntegrityProof({ cryptosuite });
    const answer = await verifyCredential({ credential: json, suite, documentLoader, now: NOW });
    expect(answer.verified).toBe(true);
  });

  it('issues VC 1.1 with the context of Data Integrity, and verifies it', async () => {
    const first = {
      '@context': [VC1_CONTEXT],
      issuanceDate: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:a' },
    };
    for (const key of KEYS) {
      const { status, json } = await issue(credential({ ...first, issuer: server.endpoints[key].id }), key);
      expect(status).toBe(201);
      expect(json['@context']).toEqual([VC1_CONTEXT, DATA_INTEGRITY_CONTEXT]);
      expect(await verify(json)).toBe(200);
    }
    expect((await issue(credential({ ...first, issuanceDate: undefined }))).status).toBe(400);
  });

  it('issues an envelope on request, and verifies it', async () => {
    for (const key of KEYS) {
      const document = credential({ issuer: server.endpoints[key].id });
      const { status, json } = await issue(document, key, { format: 'vc+jwt' });
      expect(status).toBe(201);
      expect(json).toMatchObject({ '@context': VC2_CONTEXT, type: 'EnvelopedVerifiableCredential' });
      const jwt = (json.id as string).slice('data:application/vc+jwt,'.length);
      expect(await verify(json)).toBe(200);
      expect(await verify(jwt)).toBe(200);
      expect(await verify({ ...json, id: jwt })).toBe(400);
      expect(await verify({ ...json, '@context': [] })).toBe(400);
      expect(await verify({ ...json, type: 'VerifiableCredential' })).toBe(400);
    }
  });

  it.each([
    ['no context', { '@context': undefined }],
    ['a context that is no list', { '@context': VC2_CONTEXT }],
    ['another first context', { '@context': [EXAMPLES, VC2_CONTEXT] }],
    ['a context that is a number', { '@context': [VC2_CONTEXT, 5] }],
    ['a context that is no URL', { '@context': [VC2_CONTEXT, 'https ://not-a-url/'] }],
    ['an unknown context', { '@context': [VC2_CONTEXT, 'https://example.com/unknown'] }],
    ['a protected term made new', { '@context': [VC2_CONTEXT, { type: 'https://example.com/#type' }] }],
    ['no type', { type: undefined }],
    ['another type', { type: ['Other'] }],
    ['a type that is no URL', { '@context': [VC2_CONTEXT], type: ['VerifiableCredential', 'Unknown'] }],
    [
      'a type mapped to no URL',
      { '@context': [VC2_CONTEXT, { X: 'https ://x' }], type: ['VerifiableCredential', 'X'] },
    ],
    ['an id that is null', { id: null }],
    ['an id that is no URL', { id: 'not-a-url' }],
    ['no issuer', { issuer: undefined }],
    ['an issuer that is null', { issuer: null }],
    ['an issuer that is no URL', { issuer: 'fake-issuer' }],
    ['an issuer whose id is no URL', { issuer: { id: 'fake-issuer' } }],
    ['no subject', { credentialSubject: undefined }],
    ['an empty subject', { credentialSubject: {} }],
    ['an empty subject in a list', { credentialSubject: [{}] }],
    ['a subject whose id is no URL', { credentialSubject: { id: 'x' } }],
    ['a status without a type', { credentialStatus: { id: 'urn:a:b' } }],
    ['a schema without an id', { credentialSchema: { type: 'JsonSchema' } }],
    ['evidence without a type', { evidence: { id: 'urn:a:b' } }],
    ['terms of use with a type that is a number', { termsOfUse: { type: 5 } }],
    ['a refresh service without a type', { refreshService: { id: 'urn:a:b' } }],
    ['a name with other keys', { name: { '@value': 'a', url: 'b' } }],
    [
      'a description of the issuer with other keys',
      { issuer: { id: 'did:example:x', description: { '@value': 'a', x: 'b' } } },
    ],
    ['a date without a zone', { validFrom: '2026-01-01T00:00:00' }],
    ['an end before the beginning', { validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }],
    ['related resources that are texts', { relatedResource: ['https://a.example/'] }],
    ['a related resource without a digest', { relatedResource: { id: 'https://a.example/' } }],
    ['a related resource twice', { relatedResource: [resource(), resource()] }],
    ['a wrong digest of what everyone knows', { relatedResource: resource(VC2_CONTEXT) }],
  ])('refuses to issue with %s', async (_what, changes) => {
    expect((await issue(credential(changes as Json))).status).toBe(400);
  });

  it.each([
    ['several subjects', { credentialSubject: [{ name: 'A' }, { name: 'B' }] }],
    ['a type by its URL', { type: ['VerifiableCredential', 'https://example.com/#Type'] }],
    [
      'a context of its own',
      { '@context': [VC2_CONTEXT, { role: 'https://example.com/#role' }], credentialSubject: { role: 'x' } },
    ],
    ['any type of status', { credentialStatus: [{ type: 'https://example.com/#Status' }] }],
    [
      'several schemas',
      {
        credentialSchema: [
          { id: 'https://a.example/', type: 'JsonSchema' },
          { id: 'https://b.example/', type: 'JsonSchema' },
        ],
      },
    ],
    ['several evidences', { evidence: [{ type: 'A' }, { type: 'B' }] }],
    ['terms of use', { termsOfUse: [{ type: 'A' }] }],
    [
      'a name in two languages',
      {
        name: [
          { '@value': 'Naam', '@language': 'nl' },
          { '@value': 'Name', '@language': 'en' },
        ],
      },
    ],
    ['milliseconds and another zone', { validFrom: '2026-01-01T00:00:00.123-06:00' }],
    ['an issuer that is an object', { issuer: { id: 'did:example:x', name: 'X' } }],
    [
      'the right digest',
      {
        relatedResource: {
          id: VC2_CONTEXT,
          digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
        },
      },
    ],
    ['a digest of what we do not know', { relatedResource: resource() }],
  ])('issues with %s', async (_what, changes) => {
    expect((await issue(credential(changes as Json))).status).toBe(201);
  });

  it.each([
    ['no proof', { proof: undefined }],
    ['a proof that is null', { proof: null }],
    ['a proof that is a text', { proof: 'x' }],
  ])('verifies nothing with %s', async (_what, changes) => {
    const { json } = await issue(credential());
    expect(await verify({ ...json, ...changes })).toBe(400);
  });

  it.each([
    ...['type', 'verificationMethod', 'proofPurpose', 'proofValue', 'cryptosuite'].map(name => ({
      name,
      value: undefined as unknown,
    })),
    { name: 'proofPurpose', value: 'authentication' },
    { name: 'cryptosuite', value: 'unknown-2030' },
    { name: 'type', value: 'Unknown' },
    { name: 'proofValue', value: null },
    { name: 'proofValue', value: 'uAAAA' },
    { name: 'previousProof', value: 'urn:uuid:nope' },
  ])('verifies nothing whose proof has as $name: $value', async ({ name, value }) => {
    const { json } = await issue(credential());
    expect(await verify({ ...json, proof: { ...(json.proof as Json), [name]: value } })).toBe(400);
  });

  it('verifies no credential that is written as a text, and nothing that was added', async () => {
    const { json } = await issue(credential({ '@context': [VC2_CONTEXT], credentialSubject: { name: 'Alice' } }));
    expect(await verify(json)).toBe(200);
    expect(await verify(JSON.stringify(json))).toBe(400);
    expect(await verify({ ...json, extra: 1 })).toBe(400);
    expect(await verify({ ...json, type: ['VerifiableCredential', 'Extra'] })).toBe(400);
  });

  it('checks the issuer unless the proof alone is asked for', async () => {
    const { json } = await issue(credential({ issuer: 'https://vc.example/issuers/5678' }));
    expect(await verify(json)).toBe(400);
    expect(await verify(json, { checks: ['proof'] })).toBe(200);
    expect(await verify(json, { checks: ['proof', 'credentialStatus'] })).toBe(400);
    expect((await post(server.endpoints.verifyProof, { verifiableCredential: json })).status).toBe(200);
  });

  it('answers in JSON whatever it is asked', async () => {
    for (const url of [server.endpoints.eddsa.issue, server.endpoints.verify, server.endpoints.verifyPresentation]) {
      for (const body of [null, 5, 'x', [], {}]) expect((await post(url, body)).status).toBe(400);
    }
  });

  it('behind https, gives each credential a status in a list that it serves', async () => {
    const secure = await createConformanceApp({ origin: 'https://localhost:8912', clock: () => NOW });
    const send = async (url: string, body: object) =>
      secure.app.request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const document = credential({ issuer: secure.endpoints.eddsa.id });
    const issued = (await (await send(secure.endpoints.eddsa.issue, { credential: document })).json()) as Json;
    const status = issued.credentialStatus as Json;
    expect(status).toMatchObject({ type: 'BitstringStatusListEntry', statusListIndex: expect.stringMatching(/^\d+$/) });
    expect(issued.credentialSubject).toEqual(document.credentialSubject);
    const list = (await (await secure.app.request(status.statusListCredential as string)).json()) as Json;
    expect(list).toMatchObject({
      issuer: secure.endpoints.eddsa.id,
      type: expect.arrayContaining(['BitstringStatusListCredential']),
    });
    expect((await send(secure.endpoints.verify, { verifiableCredential: issued })).status).toBe(200);
    const malformed = { ...document, credentialStatus: { ...status, statusEntry: 5 } };
    const refused = await send(secure.endpoints.eddsa.issue, {
      credential: { ...malformed, '@context': [VC2_CONTEXT], credentialSubject: { name: 'A' } },
    });
    expect(refused.status).toBe(400);
  });
});

function resource(id = 'https://resource.example/'): Json {
  return { id, digestMultibase: 'uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k' };
}
