import { beforeAll, describe, expect, it } from 'vitest';
import { DATA_INTEGRITY_CONTEXT, OB_CONTEXT, OB_EXTENSIONS_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { badge, type Json, keySigner, signAny } from '../support/badges.ts';
import { entry, LIST_URL, line, world } from '../support/check-world.ts';
import { signJson } from '../support/proofs.ts';

describe('a proof over JSON (eddsa-jcs-2022)', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let signer: Signer;
  beforeAll(async () => {
    w = await world();
    signer = await keySigner(41);
  });
  const make = (changes: Json = {}, proof: Json = {}) => signJson(badge(signer.controller, changes), signer, proof);

  it('is checked, with or without the contexts repeated in it', async () => {
    const signed = await make();
    const report = await w.check(signed);
    expect(report.verdict).toBe('valid');
    expect(line(report, 'signature').evidence.proofs).toMatchObject([{ cryptosuite: 'eddsa-jcs-2022', outcome: 'ok' }]);
    expect(await w.verdict(await make({}, { '@context': undefined }))).toBe('valid');
    // The order of members and the white space are no part of JSON.
    const { proof, ...rest } = signed;
    const turned = Object.fromEntries(Object.entries({ ...rest, proof }).reverse());
    expect(await w.verdict(JSON.stringify(turned, null, 3))).toBe('valid');
  });

  it('any change in the JSON is found, also one that changes no statement', async () => {
    const signed = await make();
    expect(await w.verdict({ ...signed, name: 'Iets anders' })).toBe('invalid signature-invalid');
    expect(await w.verdict({ ...signed, evidence: [] })).toBe('invalid signature-invalid');
    expect(await w.verdict({ ...signed, type: ['OpenBadgeCredential', 'VerifiableCredential'] })).toBe(
      'invalid signature-invalid',
    );
    const proof = { ...(signed.proof as Json), created: '2026-10-01T09:00:01Z' };
    expect(await w.verdict({ ...signed, proof })).toBe('invalid signature-invalid');
  });

  it('V9, V10, V13: what was signed as JSON is still judged by what it says', async () => {
    const term = 'https://www.w3.org/2018/credentials#validUntil';
    expect(await w.verdict(await make({ [term]: '2026-10-31T00:00:00Z' }))).toBe('invalid expired');
    expect(await w.verdict(await make({ '@nest': { validUntil: '2026-10-31T00:00:00Z' } }))).toBe(
      'invalid keyword-not-allowed',
    );
    // JSON that no statement is made of would be shown without being judged.
    expect(await w.verdict(await make({ grade: 10 }))).toBe('invalid undefined-term');
    expect(await w.verdict(await make({ validUntil: '2026-10-31T00:00:00Z' }))).toBe('invalid expired');
  });

  it('V12: the contexts that were signed are the first ones of the document, and give the words their meaning', async () => {
    const signed = await make();
    const contexts = [VC2_CONTEXT, OB_CONTEXT];
    const withContexts = (...added: unknown[]) => w.verdict({ ...signed, '@context': [...contexts, ...added] });
    // VC-DI-EDDSA §3.3.2 lets contexts be added, for a later proof; these change nothing that is said.
    expect(await withContexts(DATA_INTEGRITY_CONTEXT)).toBe('valid');
    expect(await withContexts(OB_EXTENSIONS_CONTEXT)).toBe('valid');
    expect(await withContexts({ name: 'urn:x:name' })).toBe('invalid context-not-allowed');
    expect(await withContexts('https://evil.example/context')).toBe('indeterminate context-not-allowed');
    // A document that leaves one out, or has another order, is another document.
    const { proof, ...rest } = signed;
    expect(await w.verdict({ ...rest, proof, '@context': [VC2_CONTEXT, OB_EXTENSIONS_CONTEXT] })).not.toBe('valid');
    expect(await w.verdict(await make({}, { '@context': [OB_CONTEXT, VC2_CONTEXT] }))).toBe('invalid proof-malformed');
    expect(await w.verdict(await make({}, { '@context': [...contexts, DATA_INTEGRITY_CONTEXT] }))).toBe(
      'invalid keyword-not-allowed',
    );
    // A word that only the added context defines was no statement when it was signed.
    const later = await make({ '@context': [...contexts, OB_EXTENSIONS_CONTEXT] }, { '@context': contexts });
    expect(await w.verdict(later)).toBe('invalid signature-invalid');
    expect(w.asked.filter(url => url.includes('evil'))).toEqual([]);
  });

  it('V8: stands beside proofs over statements, and each is judged', async () => {
    const document = badge(signer.controller);
    const json = (await signJson(document, signer)).proof as Json;
    const rdf = (await signAny(document, signer)).proof as Json;
    const other = (await signJson({ ...document, name: 'Iets anders' }, signer)).proof as Json;
    expect(await w.verdict({ ...document, proof: [rdf, json] })).toBe('valid');
    expect(await w.verdict({ ...document, proof: [json, rdf] })).toBe('valid');
    expect(await w.verdict({ ...document, proof: [rdf, other] })).toBe('invalid signature-invalid');
    // A proof over statements has no contexts of its own.
    const borrowed = { ...rdf, '@context': document['@context'] };
    expect(await w.verdict({ ...document, proof: borrowed })).toBe('invalid keyword-not-allowed');
  });

  it('V5, V6, V17, V18: follows the rules of all proofs', async () => {
    expect(await w.verdict(await make({}, { proofPurpose: 'authentication' }))).toBe('invalid proof-purpose');
    expect(await w.verdict(await make({}, { created: '2099-01-01T00:00:00Z' }))).toBe('invalid proof-from-future');
    expect(await w.verdict(await make({}, { expires: '2020-01-01T00:00:00Z' }))).toBe('invalid proof-expired');
    expect(await w.verdict(await make({}, { previousProof: 'urn:nope' }))).toBe('invalid previous-proof-missing');
    expect(await w.verdict(await make({}, { cryptosuite: 'ecdsa-jcs-2019' }))).toBe('indeterminate unsupported-suite');
    const signed = await make();
    const proof = signed.proof as Json;
    for (const proofValue of ['z', `u${String(proof.proofValue).slice(1)}`, `${String(proof.proofValue)}1`, 5]) {
      expect(await w.verdict({ ...signed, proof: { ...proof, proofValue } })).toMatch(/^invalid/);
    }
    expect(await w.verdict({ ...signed, proof: { ...proof, cryptosuite: 'eddsa-rdfc-2022' } })).toMatch(/^invalid/);
  });

  it('S1: a status is read of it as of any badge', async () => {
    const signed = await make({ credentialStatus: entry() });
    const list = await w.list({ set: [5], signer, changes: { issuer: signer.controller } });
    w.answers[LIST_URL] = list;
    expect(await w.verdict(signed)).toBe('invalid revoked');
  });
});
