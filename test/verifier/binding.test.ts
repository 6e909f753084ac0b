import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Signer } from '../../src/vc/signer.ts';
import { badge, type Json, keySigner, minutes, signAny, webSigner } from '../support/badges.ts';
import { DID, DID_URL, entry, issuerDocument, line, world } from '../support/check-world.ts';

const STRANGER = 'did:web:vreemd.example';
const STRANGER_URL = 'https://vreemd.example/.well-known/did.json';
const proofOf = (document: Json) => document.proof as Json;

describe('signature and key', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let attacker: Signer;
  beforeAll(async () => {
    w = await world();
    attacker = await keySigner(66);
  });
  beforeEach(() => {
    w.answers[DID_URL] = issuerDocument(w.signer);
    w.asked.length = 0;
  });
  /** A badge in the name of `DID`, with a proof by someone else under any method. */
  const forge = (verificationMethod: string) => signAny(badge(DID), attacker, { verificationMethod });

  it('V1: a stranger cannot sign for another issuer', async () => {
    w.answers[STRANGER_URL] = { ...issuerDocument(w.stranger), id: STRANGER };
    const forged = await signAny(badge(DID, { credentialStatus: entry() }), w.stranger);
    expect(await w.verdict(forged)).toBe('invalid issuer-key-mismatch');
    // Neither the stranger's document nor the list that the stranger names.
    expect(w.asked).toEqual([]);
  });

  it('V2: a key in the fragment is looked up at the issuer, not believed', async () => {
    expect(await w.verdict(await forge(`${DID}#${attacker.publicKeyMultibase}`))).toBe('invalid key-not-found');
    expect(await w.verdict(await forge(DID))).toBe('invalid key-not-found');
    expect(await w.verdict(await forge(`${DID}#key-1`))).toBe('invalid signature-invalid');
  });

  it('V3: a did:key cannot stand in for another issuer, with or without a fragment', async () => {
    expect(await w.verdict(await forge(attacker.id))).toBe('invalid issuer-key-mismatch');
    expect(await w.verdict(await forge(attacker.controller))).toBe('invalid issuer-key-mismatch');
    const other = await keySigner(5);
    expect(await w.verdict(await signAny(badge(other.controller), attacker))).toBe('invalid issuer-key-mismatch');
    expect(await w.verdict(await forge(`${DID}.evil.example#key-1`))).toBe('invalid issuer-key-mismatch');
  });

  it('V4: a key document elsewhere that claims the issuer as its controller is not asked', async () => {
    const url = `https://evil.example/key#${attacker.publicKeyMultibase}`;
    w.answers['https://evil.example/key'] = { id: url, controller: DID };
    expect(await w.verdict(await forge(url))).toBe('invalid key-not-authorized');
    // The issuer, who could have named it; nobody else.
    expect(w.asked).toEqual([DID_URL]);
  });

  it('V5: a key or a proof that is for something else does not issue', async () => {
    const signed = await w.issue();
    w.answers[DID_URL] = issuerDocument(w.signer, {}, { assertionMethod: [], authentication: [`${DID}#key-1`] });
    expect(await w.verdict(signed)).toBe('invalid key-not-authorized');
    w.answers[DID_URL] = issuerDocument(w.signer);
    for (const proofPurpose of ['authentication', undefined]) {
      expect(await w.verdict(await w.issue({}, { proof: { proofPurpose } }))).toBe('invalid proof-purpose');
    }
  });

  it('V6: an expired proof and one from the future are refused', async () => {
    expect(await w.verdict(await w.issue({}, { proof: { expires: '2020-01-01T00:00:00Z' } }))).toBe(
      'invalid proof-expired',
    );
    expect(await w.verdict(await w.issue({}, { created: new Date('2099-01-01T00:00:00Z') }))).toBe(
      'invalid proof-from-future',
    );
    expect(await w.verdict(await w.issue({}, { created: minutes(4) }))).toBe('valid');
  });

  it('V7: a revoked or an expired key is refused', async () => {
    const signed = await w.issue();
    w.answers[DID_URL] = issuerDocument(w.signer, { revoked: '2020-01-01T00:00:00Z' });
    expect(await w.verdict(signed)).toBe('invalid key-revoked');
    w.answers[DID_URL] = issuerDocument(w.signer, { expires: '2020-01-01T00:00:00Z' });
    expect(await w.verdict(signed)).toBe('invalid key-expired');
    w.answers[DID_URL] = issuerDocument(w.signer, { revoked: '2020-01-01T00:00:00Z' }, { assertionMethod: [] });
    expect(await w.verdict(signed)).toBe('invalid key-revoked');
  });

  it('V8: a failed proof is never valid, whatever stands beside it, and is told for each', async () => {
    const good = proofOf(await w.issue());
    const other = proofOf(await w.issue({ name: 'Iets anders' }));
    const strangers = proofOf(await signAny(badge(DID, { name: 'Iets anders' }), w.stranger));
    for (const [proof, verdict] of [
      [[good, good], 'valid'],
      [[good, other], 'invalid signature-invalid'],
      [[other, good], 'invalid signature-invalid'],
      [[good, strangers], 'invalid issuer-key-mismatch'],
      [[good, 'x'], 'invalid proof-malformed'],
      [[good, { ...good, cryptosuite: 'unknown-2030' }], 'indeterminate unsupported-suite'],
    ] as const) {
      expect(await w.verdict({ ...badge(DID), proof })).toBe(verdict);
    }
    const report = await w.check({ ...badge(DID), proof: [good, other] });
    expect(line(report, 'signature').evidence.proofs).toMatchObject([
      { index: 0, outcome: 'ok', code: 'signature-valid' },
      { index: 1, outcome: 'failed', code: 'signature-invalid' },
    ]);
  });

  it('V8b: a proof that follows one that is not there is refused', async () => {
    const dangling = await w.issue({}, { proof: { previousProof: 'urn:uuid:nope' } });
    expect(await w.verdict(dangling)).toBe('invalid previous-proof-missing');
    const one = proofOf(await w.issue({}, { proof: { id: 'urn:p1', previousProof: 'urn:p2' } }));
    const two = proofOf(await w.issue({}, { proof: { id: 'urn:p2', previousProof: 'urn:p1' } }));
    expect(await w.verdict({ ...badge(DID), proof: [one, two] })).toBe('invalid previous-proof-missing');
  });

  it('V17: a suite or a key that we do not read leaves it open, and nothing is fetched on its word', async () => {
    const signed = await w.issue({ credentialStatus: entry() });
    const proof = { ...proofOf(signed), cryptosuite: 'eddsa-2022' };
    expect(await w.verdict({ ...signed, proof })).toBe('indeterminate unsupported-suite');
    w.answers[DID_URL] = issuerDocument(w.signer, {
      publicKeyMultibase: 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv',
    });
    expect(await w.verdict(await w.issue())).toBe('indeterminate unsupported-suite');
  });

  it('V18: a key that is none is refused', async () => {
    w.answers[DID_URL] = issuerDocument(w.signer, { publicKeyMultibase: 'not a key' });
    expect(await w.verdict(await w.issue())).toBe('invalid key-malformed');
    // The all-zero key is a point of small order: it would accept signatures that nobody made.
    w.answers[DID_URL] = issuerDocument(w.signer, {
      publicKeyMultibase: 'z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP',
    });
    expect(await w.verdict(await w.issue())).toBe('invalid signature-invalid');
  });

  it('a badge without a proof is not signed', async () => {
    for (const proof of [undefined, null, []])
      expect(await w.verdict({ ...badge(DID), proof })).toBe('invalid proof-missing');
  });

  it('a change in the badge is found, and then nothing that it names is fetched', async () => {
    const signed = await w.issue({ credentialStatus: entry() });
    const report = await w.check({ ...signed, name: 'Iets anders' });
    expect(report).toMatchObject({ verdict: 'invalid', code: 'signature-invalid' });
    expect(line(report, 'status').outcome).toBe('skipped');
    expect(w.asked).toEqual([DID_URL]);
  });

  it('S2, F6: an issuer that cannot be reached, or whose address holds another, leaves it open', async () => {
    const signed = await w.issue();
    delete w.answers[DID_URL];
    expect(await w.verdict(signed)).toBe('indeterminate issuer-unresolvable');
    w.answers[DID_URL] = { ...issuerDocument(w.signer), id: STRANGER };
    expect(await w.verdict(signed)).toBe('indeterminate did-id-mismatch');
    w.answers[DID_URL] = 'x';
    expect(await w.verdict(signed)).toBe('indeterminate did-id-mismatch');
  });

  it('F5: a did:web that is made to reach something else is malformed, and nothing is asked', async () => {
    for (const did of ['did:web:127.0.0.1', 'did:web:a.nl%2Fadmin%3Fx=', 'did:web:user%40a.nl', 'did:web:a.nl:..:x']) {
      const signer = await webSigner(did, 11);
      expect(await w.verdict(await signAny(badge(did), signer))).toBe('invalid did-malformed');
    }
    expect(w.asked).toEqual([]);
    const ion = await webSigner('did:ion:abc', 11);
    expect(await w.verdict(await signAny(badge('did:ion:abc'), ion))).toBe('indeterminate did-method-unsupported');
  });

  it('an issuer that is a did:key may be named by its bare DID', async () => {
    const bare = await signAny(badge(attacker.controller), attacker, { verificationMethod: attacker.controller });
    expect(await w.verdict(bare)).toBe('valid');
  });

  it('an issuer that is no DID is not bound to any key, but a broken signature still shows', async () => {
    for (const issuer of ['urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164', 'https://linde.example/i/linde']) {
      const claims = [attacker.id, attacker.controller, `https://linde.example/i/linde#${attacker.publicKeyMultibase}`];
      for (const verificationMethod of claims) {
        const signed = await signAny(badge(issuer), attacker, { verificationMethod });
        expect(await w.verdict(signed)).toBe('indeterminate issuer-unbound');
        expect(await w.verdict({ ...signed, name: 'Iets anders' })).toBe('invalid signature-invalid');
      }
      const nameless = await signAny(badge(issuer), attacker, { verificationMethod: 'https://linde.example/key' });
      const report = await w.check(nameless);
      expect(report).toMatchObject({ verdict: 'indeterminate', code: 'issuer-unbound' });
      expect(line(report, 'signature')).toMatchObject({ outcome: 'skipped', code: 'signature-not-checked' });
      const two = `did:key:${attacker.publicKeyMultibase}#${w.signer.publicKeyMultibase}`;
      expect(await w.verdict(await signAny(badge(issuer), attacker, { verificationMethod: two }))).toBe(
        'indeterminate issuer-unbound',
      );
    }
    expect([...new Set(w.asked)]).toEqual(['https://linde.example/i/linde']);
  });
});
