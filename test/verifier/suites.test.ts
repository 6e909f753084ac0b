import { beforeAll, describe, expect, it } from 'vitest';
import { concat, decodeBase64url } from '../../src/vc/bytes.ts';
import { ED25519_2020_CONTEXT, OB_CONTEXT, VC1_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { compress, decompress } from '../../src/vc/ecdsa.ts';
import { encodeMultikey } from '../../src/vc/multikey.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { badge, type Json, keySigner } from '../support/badges.ts';
import { entry, LIST_URL, line, world } from '../support/check-world.ts';
import { jwtKey } from '../support/jwts.ts';
import { sign2020, signEcdsa } from '../support/proofs.ts';

describe('older proofs and older badges', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let signer: Signer;
  const contexts = [VC2_CONTEXT, OB_CONTEXT, ED25519_2020_CONTEXT];
  beforeAll(async () => {
    w = await world();
    signer = await keySigner(31);
  });

  it('Ed25519Signature2020 is checked, in sets with others too', async () => {
    const document = badge(signer.controller, { '@context': contexts });
    const signed = await sign2020(document, signer);
    expect(await w.verdict(signed)).toBe('valid');
    expect(await w.verdict({ ...signed, name: 'Iets anders' })).toBe('invalid signature-invalid');
    const { proof } = await sign2020({ ...document, name: 'Iets anders' }, signer);
    expect(await w.verdict({ ...signed, proof: [signed.proof, proof] })).toBe('invalid signature-invalid');
    expect(await w.verdict({ ...signed, proof: [signed.proof, signed.proof] })).toBe('valid');
  });

  it('V5, V6, V17: Ed25519Signature2020 follows the rules of all proofs', async () => {
    const document = badge(signer.controller, { '@context': contexts });
    const verdict = async (changes: Json) => w.verdict(await sign2020(document, signer, changes));
    expect(await verdict({ proofPurpose: 'authentication' })).toBe('invalid proof-purpose');
    expect(await verdict({ created: '2099-01-01T00:00:00Z' })).toBe('invalid proof-from-future');
    const signed = await sign2020(document, signer);
    const changed = (changes: Json) => w.verdict({ ...signed, proof: { ...(signed.proof as Json), ...changes } });
    expect(await changed({ type: 'Ed25519Signature2018' })).toBe('indeterminate unsupported-suite');
    expect(await changed({ cryptosuite: 'eddsa-rdfc-2022' })).toBe('indeterminate unsupported-suite');
    expect(await changed({ type: 'DataIntegrityProof', cryptosuite: ['eddsa-rdfc-2022'] })).not.toBe('valid');
    expect(await changed({ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' })).toBe(
      'invalid signature-invalid',
    );
  });

  it('a status list may have it as well', async () => {
    const document = badge(signer.controller, { '@context': contexts, credentialStatus: entry() });
    const signed = await sign2020(document, signer);
    for (const [set, verdict] of [
      [[], 'valid'],
      [[5], 'invalid revoked'],
    ] as const) {
      const list = await w.list({ set: [...set] });
      const { proof: _, ...bare }: Json = {
        ...list,
        issuer: signer.controller,
        '@context': [VC2_CONTEXT, ED25519_2020_CONTEXT],
      };
      w.answers[LIST_URL] = await sign2020(bare, signer);
      expect(await w.verdict(signed)).toBe(verdict);
    }
  });

  const first = (changes: Json = {}) => {
    const { validFrom: _, ...rest } = badge(signer.controller, {
      '@context': [VC1_CONTEXT, OB_CONTEXT, ED25519_2020_CONTEXT],
      issuanceDate: '2026-10-01T09:00:00Z',
      ...changes,
    });
    return rest;
  };

  it('a badge of VC 1.1 is read by its own dates, and has no rules to compare it with', async () => {
    const report = await w.check(await sign2020(first(), signer));
    expect(report.verdict).toBe('valid');
    expect(line(report, 'schema')).toMatchObject({ outcome: 'not-applicable', code: 'schema-other-model' });
    const verdict = async (changes: Json) => w.verdict(await sign2020(first(changes), signer));
    expect(await verdict({ expirationDate: '2026-10-31T00:00:00Z' })).toBe('invalid expired');
    expect(await verdict({ expirationDate: '2099-01-01T00:00:00Z' })).toBe('valid');
    expect(await verdict({ issuanceDate: '2026-12-01T00:00:00Z' })).toBe('invalid not-yet-valid');
    expect(await verdict({ issuanceDate: '2026-02-30T00:00:00Z' })).toBe('invalid malformed');
    expect(await verdict({ expirationDate: '2026-01-01T00:00:00Z' })).toBe('invalid malformed');
    expect(await verdict({ issuanceDate: [] })).toBe('invalid malformed');
  });

  it('V9: an end under the name of the other version counts', async () => {
    const end = { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': '2026-10-31T00:00:00Z' };
    const { '@type': _, ...text } = end;
    const term = 'https://www.w3.org/2018/credentials#';
    const hidden = badge(signer.controller, { '@context': contexts, [`${term}expirationDate`]: text });
    expect(await w.verdict(await sign2020(hidden, signer))).toBe('invalid expired');
    expect(await w.verdict(await sign2020(first({ [`${term}validUntil`]: text }), signer))).toBe('invalid expired');
  });

  it('ecdsa-rdfc-2019 is checked by a did:key of its own kind', async () => {
    const key = await jwtKey('ES256');
    const [x, y] = [key.jwk.x, key.jwk.y].map(part => decodeBase64url(String(part)));
    const point = compress('P-256', x!, y!);
    expect(decompress('P-256', point)).toEqual(concat(new Uint8Array([4]), x!, y!));
    const multibase = encodeMultikey(point, 'P-256');
    const did = `did:key:${multibase}`;
    const signed = await signEcdsa(badge(did), key, `${did}#${multibase}`);
    expect(await w.verdict(signed)).toBe('valid');
    expect(await w.verdict({ ...signed, name: 'Iets anders' })).toBe('invalid signature-invalid');
  });
});
