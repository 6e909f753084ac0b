import { createLocalJWKSet, importJWK, jwtVerify, decodeProtectedHeader } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
type Json = Record<string, any>;

const DID = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';

describe('copies of an award', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;

  beforeAll(async () => {
    world = createWorld();
    school = await createCopies(world);
  });

  it('one with a proof inside is the same badge, about the holder, with an id and a place of its own', async () => {
    const id = await school.give();
    const copy = await school.copy(id, 'ldp_vc', { holder: { did: DID } });
    const first = JSON.parse((await school.copy(id, 'ldp_vc')).document);
    const mine = JSON.parse(copy.document);
    expect([copy.format, copy.mediaType]).toEqual(['ldp_vc', 'application/vc']);
    expect(mine.credentialSubject).toEqual({ ...first.credentialSubject, id: DID });
    const { id: _, proof: _p, credentialStatus: _s, credentialSubject: _c, ...rest } = first;
    expect(mine).toMatchObject(rest);
    expect(mine.id).not.toBe(first.id);
    expect(mine.credentialStatus.statusListIndex).not.toBe(first.credentialStatus.statusListIndex);
    expect((await school.verdict(copy.document)).verdict).toBe('valid');
  });

  it.each(['ES256', 'RS256'] as const)(
    'one in a JWT by %s is read by others by the rules of OB 3.0',
    async algorithm => {
      const id = await school.give();
      const copy = await school.copy(id, 'jwt_vc_json', { algorithm, holder: { did: DID } });
      expect((await school.verdict(copy.document)).verdict).toBe('valid');

      const header = decodeProtectedHeader(copy.document);
      expect(header).toEqual({
        typ: 'JWT',
        alg: algorithm,
        kid: expect.stringContaining(`${school.institution.did}#`),
      });
      const set = (await world.api('/.well-known/jwks.json')).json;
      const { payload } = await jwtVerify(copy.document, createLocalJWKSet(set));
      const { iss, sub, jti, nbf, ...badge } = payload as Json;
      expect([iss, sub, jti]).toEqual([school.institution.did, DID, badge.id]);
      expect(nbf).toBe(Date.parse(badge.validFrom) / 1000);
      expect(badge).not.toHaveProperty('vc');
      expect(badge).not.toHaveProperty('proof');
      expect(badge.issuer.id).toBe(iss);

      // The same key stands in the DID document.
      const did = (await world.api(`/i/${school.institution.slug}/did.json`)).json;
      const method = did.verificationMethod.find((m: { id: string }) => m.id === header.kid);
      expect([method.type, did.assertionMethod.includes(header.kid)]).toEqual(['JsonWebKey', true]);
      expect(did['@context']).toContain('https://w3id.org/security/jwk/v1');
      await jwtVerify(copy.document, await importJWK(method.publicKeyJwk, algorithm));
      expect(JSON.stringify([set, did])).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
    },
  );
});
