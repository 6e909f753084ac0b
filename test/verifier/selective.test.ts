import { beforeAll, describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../src/vc/bytes.ts';
import { PRODUCT } from '../../src/verifier/policy.ts';
import { badge, type Json, signAny } from '../support/badges.ts';
import { DID, DID_URL, entry, LIST_URL, line, world } from '../support/check-world.ts';
import { derive, selectiveKey, signBase, signJson } from '../support/proofs.ts';

const UNTIL = '2027-01-01T00:00:00Z';
const ALWAYS = ['/issuer', '/validFrom', '/validUntil', '/credentialStatus'];

describe('a badge of which a part was left out (ecdsa-sd-2023)', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let key: Awaited<ReturnType<typeof selectiveKey>>;
  let document: Json;
  beforeAll(async () => {
    w = await world();
    key = await selectiveKey();
    document = badge(key.did, {
      validUntil: UNTIL,
      evidence: [
        { id: 'https://a.example/1', type: ['Evidence'], name: 'Portfolio' },
        { type: ['Evidence'], name: 'Gesprek', narrative: 'Een "gesprek" <x> .' },
      ],
    });
  });
  const told = { policy: { ...PRODUCT, withheld: 'told' as const } };
  const subject = ['/name', '/credentialSubject'];
  const made = async (changes: Json = {}, mandatory = ALWAYS.slice(0, 3), shown = subject) =>
    derive(await signBase({ ...document, ...changes }, key, mandatory), shown);

  it('is checked, and what is shown is what was signed', async () => {
    const derived = await made();
    const report = await w.check(derived, told);
    expect(report.verdict).toBe('valid');
    expect(report.credential).not.toHaveProperty('evidence');
    expect(report.credential).toMatchObject({ name: document.name, validUntil: UNTIL });
    expect(line(report, 'signature').evidence.proofs).toMatchObject([{ cryptosuite: 'ecdsa-sd-2023', outcome: 'ok' }]);
    expect(report.notChecked.map(({ id }) => id)).toContain('withheld');
    expect(await w.verdict(await made({}, ALWAYS.slice(0, 3), [...subject, '/evidence/1']), told)).toBe('valid');
    expect(await w.verdict(await made({}, ALWAYS.slice(0, 3), [...subject, '/evidence']), told)).toBe('valid');
  });

  it('any change is found, and so is a statement more or less', async () => {
    const derived = await made();
    const invalid = async (changed: Json) => expect(await w.verdict(changed, told)).toBe('invalid signature-invalid');
    await invalid({ ...derived, name: 'Iets anders' });
    await invalid({ ...derived, validUntil: '2028-01-01T00:00:00Z' });
    const { name: _, ...less } = derived;
    await invalid(less);
    await invalid({ ...derived, description: 'Meer' });
    await invalid({ ...derived, proof: { ...(derived.proof as Json), created: '2026-10-01T09:00:00Z' } });
    // A statement from another badge with the same key.
    const other = await made({ name: 'Diploma geneeskunde' });
    expect(await w.verdict({ ...derived, name: other.name, proof: other.proof }, told)).toBe('valid');
    await invalid({ ...derived, name: other.name });
  });

  it('a proof that its holder should have kept is told as that', async () => {
    const base = await signBase(document, key, ALWAYS.slice(0, 3));
    expect(await w.verdict(base)).toBe('invalid proof-not-derived');
    expect(await w.verdict(base, told)).toBe('invalid proof-not-derived');
  });

  it('S1: an end date and a status that may have been left out make it uncertain, never valid', async () => {
    const status = { credentialStatus: entry() };
    // Nothing was mandatory but the issuer: anything may be missing, and that is told.
    const bare = await w.check(await made(status, ['/issuer'], ['/name', '/validFrom', '/credentialSubject']));
    expect(bare.verdict).toBe('valid');
    expect(bare.notChecked.map(({ id }) => id)).toContain('withheld');
    expect(line(bare, 'dates').evidence).toMatchObject({ maybeWithheld: true });
    expect(line(bare, 'status').evidence).toMatchObject({ maybeWithheld: true });
    // A badge that never had a status looks just like it.
    const never = await made({}, ALWAYS.slice(0, 3));
    expect(await w.verdict(never)).toBe('valid');
    const noDates = await w.check(await made({}, ['/issuer'], subject), told);
    expect(line(noDates, 'dates').evidence).toMatchObject({ maybeWithheld: true });
    // What is shown still decides when it is bad.
    const past = { validUntil: '2026-10-31T00:00:00Z' };
    expect(await w.verdict(await made(past, ['/issuer'], [...subject, '/validUntil']))).toBe('invalid expired');
  });

  it('S1: a status that could not be left out is judged, and one that is clear will do', async () => {
    // One issuer with two keys: P-256 for badges of which a part may be left out, Ed25519 for lists.
    const own = await selectiveKey(DID);
    const methods = [own.pair.publicKeyMultibase, w.signer.publicKeyMultibase].map((publicKeyMultibase, index) => ({
      id: index === 0 ? `${DID}#${publicKeyMultibase}` : `${DID}#key-1`,
      type: 'Multikey',
      controller: DID,
      publicKeyMultibase,
    }));
    w.answers[DID_URL] = { id: DID, verificationMethod: methods, assertionMethod: methods.map(({ id }) => id) };
    const issued = badge(DID, { validUntil: UNTIL, credentialStatus: entry() });
    const derived = await derive(await signBase(issued, own, ALWAYS), subject);
    w.answers[LIST_URL] = await w.list();
    expect(await w.verdict(derived)).toBe('valid');
    w.answers[LIST_URL] = await w.list({ set: [5] });
    expect(await w.verdict(derived)).toBe('invalid revoked');
    // Shown, and clear, but another might have been left out.
    w.answers[LIST_URL] = await w.list();
    const open = await derive(await signBase(issued, own, ALWAYS.slice(0, 3)), [...subject, '/credentialStatus']);
    const mayBeMore = await w.check(open);
    expect(mayBeMore.verdict).toBe('valid');
    expect(line(mayBeMore, 'status').evidence).toMatchObject({ maybeWithheld: true });
    // A proof of the whole beside it says that nothing was.
    const { proof, ...shown } = open;
    const { proof: whole } = await signAny(shown, w.signer);
    expect(await w.verdict({ ...shown, proof: [proof, whole] })).toBe('valid');
  });

  it('V18: a proof value has one spelling, and is bounded', async () => {
    const derived = await made();
    const proof = derived.proof as Json & { proofValue: string };
    const verdict = (proofValue: unknown) => w.verdict({ ...derived, proof: { ...proof, proofValue } }, told);
    const bytes = decodeBase64url(proof.proofValue.slice(1));
    const changed = (change: (b: Uint8Array) => Uint8Array) => `u${encodeBase64url(change(bytes.slice()))}`;
    const malformed = [
      `z${proof.proofValue.slice(1)}`,
      'u',
      'u2V0B',
      `${proof.proofValue}=`,
      `${proof.proofValue}A`,
      changed(b => b.subarray(0, b.length - 1)),
      changed(b => Uint8Array.from([...b, 0])),
      // Of indefinite length, an array of four, and one that promises more than there is.
      changed(b => b.fill(0x9f, 3, 4)),
      changed(b => b.fill(0x84, 3, 4)),
      changed(b => b.fill(0x86, 3, 4)),
      `u2V0B${'A'.repeat(70_000)}`,
      5,
    ];
    for (const value of malformed) expect(await verdict(value)).toBe('invalid proof-malformed');
    // Any one bit.
    for (let at = 6; at < bytes.length; at += 37)
      expect(await verdict(changed(b => b.fill(b[at]! ^ 1, at, at + 1)))).toMatch(/^invalid (proof|signature)-/);
  });

  it('two nodes cannot be given the name of one', async () => {
    const derived = await made({}, ALWAYS.slice(0, 3), [...subject, '/evidence']);
    const proof = derived.proof as Json & { proofValue: string };
    const bytes = decodeBase64url(proof.proofValue.slice(1));
    // In the map of labels: 0x58 0x20, and 32 bytes. The second becomes a copy of the first.
    const places = [...bytes.keys()].filter(at => bytes[at] === 0x58 && bytes[at + 1] === 0x20 && bytes[at - 1]! < 24);
    expect(places.length).toBeGreaterThan(1);
    bytes.copyWithin(places.at(-1)!, places.at(-2)!, places.at(-2)! + 34);
    const proofValue = `u${encodeBase64url(bytes)}`;
    expect(await w.verdict({ ...derived, proof: { ...proof, proofValue } }, told)).toBe('invalid proof-malformed');
  });

  it('V5, V6, V17: follows the rules of all proofs', async () => {
    const derived = await made();
    const verdict = (changes: Json) =>
      w.verdict({ ...derived, proof: { ...(derived.proof as Json), ...changes } }, told);
    expect(await verdict({ proofPurpose: 'authentication' })).toBe('invalid proof-purpose');
    expect(await verdict({ expires: '2020-01-01T00:00:00Z' })).toBe('invalid proof-expired');
    expect(await verdict({ previousProof: 'urn:x' })).toBe('indeterminate unsupported-suite');
    expect(await verdict({ cryptosuite: 'ecdsa-rdfc-2019' })).toBe('invalid proof-malformed');
    expect(await verdict({ verificationMethod: w.signer.id })).toBe('invalid issuer-key-mismatch');
  });

  it('V8: a broken proof, or one of somebody else, beside it fails the whole', async () => {
    const { proof, ...shown } = await made();
    const broken = { ...(proof as Json), proofValue: 'u2V0B' };
    expect(await w.verdict({ ...shown, proof: [proof, broken] }, told)).toBe('invalid proof-malformed');
    const { proof: strange } = await signJson(shown, w.stranger);
    expect(await w.verdict({ ...shown, proof: [proof, strange] }, told)).toBe('invalid issuer-key-mismatch');
  });

  it('of a list nothing may have been left out', async () => {
    const list = await w.list({ changes: { issuer: key.did } });
    const { proof: _, ...bare } = list;
    const derived = await derive(await signBase(bare, key, ['/issuer']), ['/credentialSubject', '/validFrom']);
    const report = await w.check(derived, { kind: 'any' });
    expect(line(report, 'form')).toMatchObject({ outcome: 'failed', code: 'malformed' });
  });
});
