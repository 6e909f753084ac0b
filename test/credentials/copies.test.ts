import { createHash } from 'node:crypto';
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

  it('an SD-JWT VC is read by hand: what is hidden stands in disclosures, and any of those can be left out', async () => {
    const results = [{ name: 'Cijfer', type: 'GradePointAverage' }];
    const graded = await createCopies(world, { results });
    const id = await graded.give({ results: [{ value: '8' }], narrative: 'Goed gedaan.' });
    const { document, mediaType } = await graded.copy(id, 'dc+sd-jwt', { holder: { did: DID } });
    expect([mediaType, (await graded.verdict(document)).verdict]).toEqual(['application/dc+sd-jwt', 'valid']);

    const [jwt = '', ...disclosures] = document.split('~');
    expect(disclosures.pop()).toBe('');
    const set = createLocalJWKSet((await world.api('/.well-known/jwks.json')).json);
    const { payload, protectedHeader } = await jwtVerify<Json>(jwt, set, { typ: 'dc+sd-jwt', algorithms: ['ES256'] });
    expect(protectedHeader.kid).toContain('#key-');
    const { iss, vct, status, cnf, _sd_alg: hash, credentialSubject: subject } = payload;
    expect([iss, vct, hash]).toEqual([graded.institution.did, `${world.origin}/vct/open-badge`, 'sha-256']);
    expect(status).toEqual({ status_list: { idx: expect.any(Number), uri: expect.stringContaining('/status/') } });
    expect(cnf.jwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String) });
    for (const secret of ['Sam de Vries', 'Goed gedaan', DID, '"8"'])
      expect(JSON.stringify(payload)).not.toContain(secret);

    const read = disclosures.map(text => JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]);
    const digests = [...subject._sd, ...subject.achievement._sd, ...payload.evidence.map((e: Json) => e['...'])];
    expect(new Set(digests)).toEqual(new Set(disclosures.map(d => createHash('sha256').update(d).digest('base64url'))));
    expect(new Set(read.map(([salt]) => salt)).size).toBe(read.length);
    for (const [salt] of read) expect(Buffer.from(salt as string, 'base64url').length).toBeGreaterThanOrEqual(16);
    const told = Object.fromEntries(read.filter(d => d.length === 3).map(([, name, value]) => [name, value]));
    expect(told).toMatchObject({ id: DID, narrative: 'Goed gedaan.', result: [{ value: '8' }] });

    // Nothing that can be left out decides: with all of it gone it is as valid as before.
    const bare = await graded.verdict(`${jwt}~`);
    expect([bare.verdict, JSON.stringify(bare).includes('Sam de Vries')]).toEqual(['valid', false]);
    const metadata = (await world.api('/vct/open-badge')).json;
    expect([metadata.vct, metadata.display.map((d: Json) => d.locale)]).toEqual([vct, ['nl', 'en']]);
  });

  describe('one award in all formats', () => {
    let suspendable: Awaited<ReturnType<typeof createCopies>>;
    const formats = ['ldp_vc', 'jwt_vc_json', 'dc+sd-jwt'] as const;
    const all = async (of: typeof school, id: string) =>
      Promise.all(formats.flatMap(format => [of.copy(id, format), of.copy(id, format, { holder: { did: DID } })])).then(
        made => made.map(({ document }) => document),
      );
    const codes = async (of: typeof school, documents: string[]) =>
      (await Promise.all(documents.map(d => of.verdict(d)))).map(({ code }) => code);
    const act = (of: typeof school, id: string, what: string, body: object = {}) =>
      world.api(`/api/v1/awards/${id}/${what}`, { key: of.keys.awarder, method: 'POST', body });

    beforeAll(async () => {
      suspendable = await createCopies(world, { suspendable: true });
    });

    it('is revoked once, and each copy is red by its own list, with the reason, in one commit', async () => {
      const id = await school.give();
      const documents = await all(school, id);
      expect(await codes(school, documents)).toEqual(documents.map(() => 'valid'));
      const count = () => world.db.sqlite.prepare('select count(*) from audit_log').pluck().get() as number;
      const before = count();
      expect((await act(school, id, 'revocation', { reason: 'fraud' })).status).toBe(200);
      expect(count()).toBe(before + 1);
      const reports = await Promise.all(documents.map(d => school.verdict(d)));
      for (const report of reports) {
        const { code, evidence } = report.checks.find((c: Json) => c.id === 'status');
        expect([report.verdict, code, evidence.reason]).toEqual(['invalid', 'revoked', 'fraud']);
      }
      await expect(school.copy(id, 'ldp_vc')).rejects.toMatchObject({ code: 'award-state' });
    });

    it('is suspended and lifted, and each copy with it; what was revoked then stays so', async () => {
      const id = await suspendable.give();
      const documents = await all(suspendable, id);
      await act(suspendable, id, 'suspension');
      expect(await codes(suspendable, documents)).toEqual(documents.map(() => 'suspended'));
      await world.api(`/api/v1/awards/${id}/suspension`, { key: suspendable.keys.awarder, method: 'DELETE' });
      expect(await codes(suspendable, documents)).toEqual(documents.map(() => 'valid'));
      await act(suspendable, id, 'suspension');
      await act(suspendable, id, 'revocation', { reason: 'error' });
      expect(await codes(suspendable, documents)).toEqual(documents.map(() => 'revoked'));
    });

    it('is replaced, and each copy says so', async () => {
      const id = await school.give();
      const documents = await all(school, id);
      const made = await act(school, id, 'replacement', { kind: 'correction', text: 'De naam klopt nu.' });
      expect([made.status, made.json.code]).toEqual([201, undefined]);
      expect(await codes(school, documents)).toEqual(documents.map(() => 'superseded'));
    });
  });
});
