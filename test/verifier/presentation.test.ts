import { beforeAll, describe, expect, it } from 'vitest';
import { OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { type Asked, verifyPresentation } from '../../src/verifier/presentation.ts';
import { readCandidate } from '../../src/verifier/read.ts';
import { badge, type Json, keySigner, NOW, type SignOptions, signAny } from '../support/badges.ts';
import { DID, world } from '../support/check-world.ts';
import { jwt, jwtKey } from '../support/jwts.ts';

const ASKED = { challenge: 'een-vraag', domain: 'werkgever.example' };

describe('a presentation', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let holder: Signer;
  let mallory: Signer;
  beforeAll(async () => {
    w = await world();
    [holder, mallory] = [await keySigner(21), await keySigner(22)];
  });

  const badgeOf = (id: string, changes: Json = {}) =>
    w.issue({ credentialSubject: { ...(badge(DID).credentialSubject as Json), id }, ...changes });
  const show = async (credentials: Json[], signer = holder, changes: Json = {}, options: SignOptions = {}) => {
    const presentation: Json = {
      '@context': [VC2_CONTEXT, OB_CONTEXT],
      type: ['VerifiablePresentation'],
      holder: signer.controller,
      ...(credentials.length > 0 ? { verifiableCredential: credentials } : {}),
      ...changes,
    };
    if (presentation.holder === undefined) delete presentation.holder;
    return signAny(presentation, signer, {
      ...options,
      proof: { proofPurpose: 'authentication', ...ASKED, ...options.proof },
    });
  };
  const verdict = async (presentation: unknown, asked: Asked = ASKED) => {
    const deps = { now: NOW, fetchJson: w.fetchJson };
    const answer = await verifyPresentation(readCandidate(presentation, 'vp'), asked, deps);
    return answer.verdict === answer.code ? answer.verdict : `${answer.verdict} ${answer.code}`;
  };

  it('is valid with credentials of the holder, of nobody by name, and with none', async () => {
    expect(await verdict(await show([await badgeOf(holder.controller)]))).toBe('valid');
    expect(await verdict(await show([await w.issue(), await badgeOf(holder.controller)]))).toBe('valid');
    expect(await verdict(await show([]))).toBe('valid');
    expect(await verdict(await show([], holder, { holder: { id: holder.controller } }))).toBe('valid');
    expect(await verdict(await show([await badgeOf(holder.controller)], holder, { holder: undefined }))).toBe('valid');
  });

  it('V19b: nobody shows a badge of another', async () => {
    const theirs = await badgeOf(holder.controller);
    expect(await verdict(await show([theirs], mallory))).toBe('invalid holder-mismatch');
    expect(await verdict(await show([theirs], mallory, { holder: undefined }))).toBe('invalid holder-mismatch');
    expect(await verdict(await show([theirs], mallory, { holder: holder.controller }))).toBe(
      'invalid issuer-key-mismatch',
    );
  });

  it('V19b: a subject in another spelling is a subject', async () => {
    const { credentialSubject: about } = badge(DID);
    const two = await w.issue({ credentialSubject: [{ ...(about as Json), id: holder.controller }, about] });
    expect(await verdict(await show([two], mallory))).toBe('invalid holder-mismatch');
    const [first, second] = two.credentialSubject as Json[];
    const respelled = {
      ...two,
      credentialSubject: second,
      'https://www.w3.org/2018/credentials#credentialSubject': first,
    };
    expect(await verdict(await show([respelled], mallory))).toBe('invalid holder-mismatch');
  });

  it('V19b: it is for this question and for who asks', async () => {
    const shown = await show([await badgeOf(holder.controller)]);
    expect(await verdict(shown, { ...ASKED, challenge: 'een-andere' })).toBe('invalid challenge-mismatch');
    expect(await verdict(shown, { ...ASKED, domain: 'elders.example' })).toBe('invalid domain-mismatch');
    expect(await verdict(shown, { domain: ASKED.domain })).toBe('invalid challenge-mismatch');
    expect(await verdict(shown, { challenge: ASKED.challenge })).toBe('valid');
    const without = (proof: Json) => show([], holder, {}, { proof });
    expect(await verdict(await without({ challenge: undefined }))).toBe('invalid challenge-mismatch');
    expect(await verdict(await without({ domain: undefined }))).toBe('invalid domain-mismatch');
    expect(await verdict(await without({ proofPurpose: 'assertionMethod' }))).toBe('invalid proof-purpose');
  });

  it('is signed, as a whole', async () => {
    const shown = await show([await badgeOf(holder.controller)]);
    const { proof: _, ...bare } = shown;
    expect(await verdict(bare)).toBe('invalid proof-missing');
    expect(await verdict({ ...shown, verifiableCredential: [await w.issue()] })).toBe('invalid signature-invalid');
    expect(await verdict({ ...shown, id: 'urn:uuid:other' })).toBe('invalid signature-invalid');
  });

  it('V8: every proof counts', async () => {
    const [one, two] = [await show([]), await show([], holder, { id: 'urn:uuid:other' })];
    expect(await verdict({ ...one, proof: [one.proof, one.proof] })).toBe('valid');
    expect(await verdict({ ...one, proof: [one.proof, two.proof] })).toBe('invalid signature-invalid');
  });

  it('is no better than what is in it', async () => {
    const expired = await badgeOf(holder.controller, { validUntil: '2026-10-02T00:00:00Z' });
    expect(await verdict(await show([await badgeOf(holder.controller), expired]))).toBe('invalid expired');
    const unsignedOne = badge(DID);
    expect(await verdict(await show([unsignedOne]))).toBe('invalid proof-missing');
    const unbound = await signAny(badge('https://linde.example/'), mallory);
    expect(await verdict(await show([unbound]))).toBe('indeterminate issuer-unbound');
  });

  it.each([
    ['another type', { type: ['Other'] }],
    ['another context', { '@context': [VC2_CONTEXT, 'https://example.com'] }],
    ['a holder that is no URL', { holder: 'x' }],
    ['credentials that are texts', { verifiableCredential: ['urn:a:b'] }],
  ])('with %s is not valid', async (_what, changes) => {
    const shown = await show([]);
    expect(await verdict({ ...shown, ...changes })).not.toBe('valid');
  });

  it('V10: nothing is hidden in another spelling', async () => {
    const theirs = await badgeOf(holder.controller);
    const term = 'https://www.w3.org/2018/credentials#';
    const hidden = await show([], mallory, { [`${term}holder`]: { id: holder.controller } });
    expect(await verdict(hidden)).toBe('invalid malformed');
    expect(await verdict(await show([], mallory, { '@nest': { verifiableCredential: theirs } }))).not.toBe('valid');
  });

  it('is read from a JWT and from its envelope, by the key of the holder', async () => {
    const key = await jwtKey('ES256');
    const did = 'did:web:iemand.example';
    const method = { id: `${did}#1`, type: 'JsonWebKey', controller: did, publicKeyJwk: key.jwk };
    const url = 'https://iemand.example/.well-known/did.json';
    w.answers[url] = { id: did, verificationMethod: [method], authentication: [method.id] };
    const vp = { '@context': [VC2_CONTEXT], type: 'VerifiablePresentation', holder: did };
    const make = (claims: Json) => jwt(key, { kid: method.id, typ: 'vp+jwt' }, claims);
    const signed = await make({ ...vp, iss: did, nonce: ASKED.challenge, aud: ASKED.domain });
    expect(await verdict(signed)).toBe('valid');
    const type = 'EnvelopedVerifiablePresentation';
    expect(await verdict({ '@context': VC2_CONTEXT, id: `data:application/vp+jwt,${signed}`, type })).toBe('valid');
    const wrapped = await make({ vp, iss: did, nonce: ASKED.challenge, aud: [ASKED.domain] });
    expect(await verdict(wrapped)).toBe('valid');
    expect(await verdict(await make({ ...vp, nonce: 'x', aud: ASKED.domain }))).toBe('invalid challenge-mismatch');
    w.answers[url] = { id: did, verificationMethod: [method], assertionMethod: [method.id] };
    expect(await verdict(signed)).toBe('invalid key-not-authorized');
  });

  it('has at most ten credentials', async () => {
    const eleven = { ...(await show([])), verifiableCredential: Array(11).fill({ '@context': [VC2_CONTEXT] }) };
    await expect(verdict(eleven)).rejects.toMatchObject({ code: 'limit-broken' });
  });
});
