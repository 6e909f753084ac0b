import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { describe, expect, it } from 'vitest';
import { concat, decodeBase58, encodeBase58, encodeBase64url, sha256 } from '../../src/vc/bytes.ts';
import { canonize } from '../../src/vc/canonize.ts';
import { contextLoader } from '../../src/vc/contexts.ts';
import { didKeyDocument } from '../../src/vc/did.ts';
import { decodeMultikey } from '../../src/vc/multikey.ts';
import { sign } from '../../src/vc/proof.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { findVerificationMethod } from '../../src/vc/verification-method.ts';
import { verifyProofs } from '../../src/vc/verify-proofs.ts';
import { badge, type Json, keySigner, minutes, NOW, signAny } from '../support/badges.ts';

const keyFor = async (id: string) => ({
  key: findVerificationMethod(didKeyDocument(id.split('#')[0]!), id, 'assertionMethod', NOW),
});
const judge = async (document: object) =>
  (await verifyProofs(document, { keyFor, now: NOW })).map(({ outcome, code }) => `${outcome} ${code}`);
const proofIn = (document: Json): Json => (Array.isArray(document.proof) ? document.proof[0] : document.proof) as Json;
const withProof = (document: Json, changes: Json): Json => ({
  ...document,
  proof: { ...proofIn(document), ...changes },
});

/** A proof of our own making over a document and the proofs that it follows. */
async function chained(document: Json, signer: Signer, members: Json, previous: Json[] = []): Promise<Json> {
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    verificationMethod: signer.id,
    ...members,
  };
  const secured = previous.length === 0 ? document : { ...document, proof: previous };
  const hashes = await Promise.all([
    sha256(await canonize({ '@context': document['@context'], ...config })),
    sha256(await canonize(secured)),
  ]);
  return { ...config, proofValue: `z${encodeBase58(await signer.sign(concat(...hashes)))}` };
}

describe('sign', () => {
  it('makes a proof that we and the reference library both accept', async () => {
    const signer = await keySigner(1);
    const document = badge(signer.controller);
    const before = structuredClone(document);
    const signed = await sign(document, signer, { created: NOW });
    expect(document).toEqual(before);
    expect(signed.proof).toHaveLength(1);
    expect(signed.proof[0]).toMatchObject({ created: '2026-11-01T12:00:00Z', verificationMethod: signer.id });
    expect(await judge(signed)).toEqual(['ok signature-valid']);

    const documentLoader = async (url: string) => {
      if (!url.startsWith('did:')) return contextLoader(url);
      const [did, fragment] = url.split('#') as [string, string | undefined];
      const whole = didKeyDocument(did);
      const document = fragment ? (whole.verificationMethod as object[])[0]! : whole;
      return { contextUrl: null, documentUrl: url, document } as const;
    };
    const suite = new DataIntegrityProof({ cryptosuite });
    const answer = await verifyCredential({ credential: signed, suite, documentLoader, now: NOW });
    expect(answer.error).toBeUndefined();
    expect(answer.verified).toBe(true);
  });

  it('signs nothing that it cannot sign as a whole', async () => {
    const signer = await keySigner(1);
    await expect(sign(badge(signer.controller, { grade: 8 }), signer, { created: NOW })).rejects.toThrow();
  });

  it('K9: a signer refuses anything but two hashes', async () => {
    const signer = await keySigner(1);
    for (const length of [0, 32, 63, 65]) await expect(signer.sign(new Uint8Array(length))).rejects.toThrow(TypeError);
  });
});

describe('verifyProofs', () => {
  it('finds a change in the document, in the proof and in the value', async () => {
    const signer = await keySigner(1);
    const signed = await signAny(badge(signer.controller), signer);
    expect(await judge(signed)).toEqual(['ok signature-valid']);
    expect(await judge({ ...signed, name: 'Iets anders' })).toEqual(['failed signature-invalid']);
    expect(await judge(withProof(signed, { created: '2026-11-01T11:00:01Z' }))).toEqual(['failed signature-invalid']);
    const other = await signAny(badge(signer.controller, { name: 'Ander' }), signer);
    expect(await judge(withProof(signed, { proofValue: proofIn(other).proofValue }))).toEqual([
      'failed signature-invalid',
    ]);
  });

  it('has nothing to say about a document without proofs', async () => {
    expect(await judge(badge('did:web:x.example'))).toEqual([]);
    expect(await judge({ ...badge('did:web:x.example'), proof: null })).toEqual([]);
  });

  it('V5: only proofs for assertionMethod count', async () => {
    const signer = await keySigner(1);
    for (const proofPurpose of [
      'authentication',
      undefined,
      ['assertionMethod'],
      'https://w3id.org/security#assertionMethod',
    ]) {
      const signed = await signAny(badge(signer.controller), signer, { proof: { proofPurpose } });
      expect(await judge(signed)).toEqual(['failed proof-purpose']);
    }
  });

  it('V6: a proof that is expired or from the future fails, five minutes aside', async () => {
    const signer = await keySigner(1);
    const outcome = async (created: Date, expires?: Date) =>
      judge(await signAny(badge(signer.controller), signer, { created, proof: { expires: expires?.toISOString() } }));
    expect(await outcome(new Date('2099-01-01T00:00:00Z'))).toEqual(['failed proof-from-future']);
    expect(await outcome(minutes(6))).toEqual(['failed proof-from-future']);
    expect(await outcome(minutes(4))).toEqual(['ok signature-valid']);
    expect(await outcome(minutes(-60), new Date('2020-01-01T00:00:00Z'))).toEqual(['failed proof-expired']);
    expect(await outcome(minutes(-60), minutes(-6))).toEqual(['failed proof-expired']);
    expect(await outcome(minutes(-60), minutes(-4))).toEqual(['ok signature-valid']);
  });

  it('V8: every proof of a set is judged', async () => {
    const [one, two] = [await keySigner(1), await keySigner(2)];
    const document = badge(one.controller);
    const good = proofIn(await signAny(document, one));
    const second = proofIn(await signAny(document, two));
    const foreign = proofIn(await signAny(badge(one.controller, { name: 'Ander' }), two));
    expect(await judge({ ...document, proof: [good, second] })).toEqual(['ok signature-valid', 'ok signature-valid']);
    expect(await judge({ ...document, proof: [good, foreign] })).toEqual([
      'ok signature-valid',
      'failed signature-invalid',
    ]);
    expect(await judge({ ...document, proof: [foreign, good] })).toEqual([
      'failed signature-invalid',
      'ok signature-valid',
    ]);
    expect(await judge({ ...document, proof: [good, 'x', null] })).toEqual([
      'ok signature-valid',
      'failed proof-malformed',
      'failed proof-malformed',
    ]);
  });

  it('V8b: a chain of proofs holds when what it names is there', async () => {
    const [one, two] = [await keySigner(1), await keySigner(2)];
    const document = badge(one.controller);
    const first = await chained(document, two, { id: 'urn:uuid:first' });
    const second = await chained(document, one, { id: 'urn:uuid:second', previousProof: 'urn:uuid:first' }, [first]);
    const third = await chained(document, one, { previousProof: ['urn:uuid:first', 'urn:uuid:second'] }, [
      first,
      second,
    ]);
    expect(await judge({ ...document, proof: [third, first, second] })).toEqual(Array(3).fill('ok signature-valid'));
    expect(await judge({ ...document, proof: [first, { ...second, previousProof: undefined }] })).toEqual([
      'ok signature-valid',
      'failed signature-invalid',
    ]);
  });

  it('V8b: a chain with a hole, a circle or two proofs of one name fails', async () => {
    const signer = await keySigner(1);
    const document = badge(signer.controller);
    const dangling = await signAny(document, signer, { proof: { previousProof: 'urn:uuid:nope' } });
    expect(await judge(dangling)).toEqual(['failed previous-proof-missing']);
    const p1 = proofIn(await signAny(document, signer, { proof: { id: 'urn:p1', previousProof: 'urn:p2' } }));
    const p2 = proofIn(await signAny(document, signer, { proof: { id: 'urn:p2', previousProof: 'urn:p1' } }));
    expect(await judge({ ...document, proof: [p1, p2] })).toEqual(Array(2).fill('failed previous-proof-missing'));
    const self = proofIn(await signAny(document, signer, { proof: { id: 'urn:p1', previousProof: ['urn:p1'] } }));
    expect(await judge({ ...document, proof: self })).toEqual(['failed previous-proof-missing']);
    const first = await chained(document, signer, { id: 'urn:p' });
    const next = await chained(document, signer, { previousProof: 'urn:p' }, [first]);
    expect(await judge({ ...document, proof: [first, first, next] })).toEqual([
      'ok signature-valid',
      'ok signature-valid',
      'failed previous-proof-missing',
    ]);
    expect(await judge({ ...document, proof: [first, { ...next, previousProof: 5 }] })).toEqual([
      'ok signature-valid',
      'failed previous-proof-missing',
    ]);
  });

  it('V17: another suite is unknown, not good', async () => {
    const signer = await keySigner(1);
    const signed = await signAny(badge(signer.controller), signer);
    for (const changes of [
      { cryptosuite: 'eddsa-2022' },
      { cryptosuite: ['eddsa-rdfc-2022'] },
      { cryptosuite: 'ecdsa-rdfc-2019' },
      { type: 'Ed25519Signature2018' },
    ]) {
      expect(await judge(withProof(signed, changes))).toEqual(['unknown unsupported-suite']);
    }
    expect(await judge(withProof(signed, { cryptosuite: undefined }))).toEqual(['failed proof-malformed']);
    const p256 = decodeMultikey('zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv');
    const [result] = await verifyProofs(signed, { keyFor: async () => ({ key: p256 }), now: NOW });
    expect(result).toMatchObject({ outcome: 'unknown', code: 'unsupported-suite' });
  });

  it('V18: a value of another length, base or type fails', async () => {
    const signer = await keySigner(1);
    const signed = await signAny(badge(signer.controller), signer);
    const value = decodeBase58(String(proofIn(signed).proofValue).slice(1));
    const said = async (proofValue: unknown) => (await judge(withProof(signed, { proofValue })))[0];
    expect(await said(`z${encodeBase58(value)}`)).toBe('ok signature-valid');
    expect(await said(`z${encodeBase58(value.slice(1))}`)).toBe('failed signature-invalid');
    expect(await said(`z${encodeBase58(concat(value, new Uint8Array([1])))}`)).toBe('failed signature-invalid');
    expect(await said(`z1${encodeBase58(value)}`)).toBe('failed signature-invalid');
    for (const wrong of [`u${encodeBase64url(value)}`, encodeBase58(value), 'z0', null, undefined, 5, [''], '']) {
      expect(await said(wrong)).toMatch(/^failed (proof-malformed|signature-invalid)$/);
    }
    expect(await said(`u${encodeBase64url(value)}`)).toBe('failed proof-malformed');
  });

  it('V13: a member of a proof that no context defines is not signed, and fails it', async () => {
    const signer = await keySigner(1);
    const signed = await signAny(badge(signer.controller), signer);
    expect(await judge(withProof(signed, { grade: 8 }))).toEqual(['failed proof-malformed']);
    expect(await judge(withProof(signed, { '@context': { grade: 'urn:x:grade' } }))).toEqual([
      'failed proof-malformed',
    ]);
  });

  it('V12: a proof with contexts of its own fails, even when it was signed so', async () => {
    const signer = await keySigner(1);
    const document = badge(signer.controller);
    const proof = await chained(document, signer, { '@context': document['@context'] });
    expect(await judge({ ...document, proof })).toEqual(['failed proof-malformed']);
    const { '@context': _, ...plain } = proof;
    expect(await judge({ ...document, proof: plain })).toEqual(['ok signature-valid']);
  });

  it('asks for no key when the proof itself is wrong', async () => {
    const signer = await keySigner(1);
    const signed = await signAny(badge(signer.controller), signer, { proof: { proofPurpose: 'authentication' } });
    const never = () => Promise.reject(new Error('asked'));
    expect(await verifyProofs(signed, { keyFor: never, now: NOW })).toHaveLength(1);
  });
});
