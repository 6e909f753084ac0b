import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { createLocalJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { eraseAward, recheckBadges, sweep } from '../../src/credentials/index.ts';
import { compromiseKey, rotateJoseKey } from '../../src/institutions/index.ts';
import { didOfJwk, jwkOfDid } from '../../src/vc/holder-key.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
type Json = Record<string, any>;

const DID = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';

describe('copies of an award', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createCopies>>;

  let now = new Date('2026-11-22T12:00:00Z');
  const keys: string[] = [];

  beforeAll(async () => {
    for (let n = 0; n < 8; n++) keys.push(didOfJwk(await exportJWK((await generateKeyPair('ES256')).publicKey)));
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

  const one = (sql: string, ...of: unknown[]) =>
    world.db.sqlite
      .prepare(sql)
      .pluck()
      .get(...of);

  it('asked for fifty times at once it is one copy, with one place', async () => {
    const id = await school.give();
    const holder = { jwk: jwkOfDid(DID) };
    const made = await Promise.all(Array.from({ length: 50 }, () => school.copy(id, 'dc+sd-jwt', { holder })));
    expect(new Set(made.map(c => c.id)).size).toBe(1);
    expect(one('select count(*) from copies where award_id = ?', id)).toBe(1);
    const many = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const did = didOfJwk(await exportJWK((await generateKeyPair('ES256')).publicKey));
        return school.copy(id, 'dc+sd-jwt', { holder: { did } });
      }),
    );
    expect(new Set(many.map(c => c.id)).size).toBe(12);
    expect(one('select count(distinct status_list_id || status_index) from copies where award_id = ?', id)).toBe(13);
  });

  it('is refused to another, for a badge that is past its end, and for what a format cannot have', async () => {
    const id = await school.give();
    const stranger = school.copy(id, 'ldp_vc', { personId: 'somebody-else' });
    await expect(stranger).rejects.toMatchObject({ code: 'not-found' });
    for (const wrong of [
      school.copy(id, 'ldp_vc', { algorithm: 'ES256' }),
      school.copy(id, 'dc+sd-jwt', { algorithm: 'RS256' }),
      school.copy(id, 'dc+sd-jwt', { holder: { did: 'did:web:example.org' } }),
      school.copy(id, 'jwt_vc_json', { holder: { jwk: { ...jwkOfDid(DID), d: 'AA' } } }),
    ])
      await expect(wrong).rejects.toMatchObject({ code: 'request-invalid' });
    expect(one('select count(*) from copies where award_id = ?', id)).toBe(0);

    const later = createWorld({ now: () => now });
    const elsewhere = await createCopies(later);
    const ending = await elsewhere.give({ validUntil: '2026-12-31T00:00:00Z' });
    expect((await elsewhere.copy(ending, 'jwt_vc_json')).document).toBeTruthy();
    now = new Date('2027-01-01T00:00:00Z');
    const late = elsewhere.copy(ending, 'ldp_vc');
    await expect(late).rejects.toMatchObject({ code: 'award-state', extensions: { state: 'expired' } });
  });

  it('a process that dies between the intent and the signature leaves a place and no copy', async () => {
    const id = await school.give();
    const { id: copied } = await school.copy(id, 'jwt_vc_json');
    world.db.sqlite.prepare('update copies set document = null where id = ?').run(copied);
    const place = one('select status_list_id || status_index from copies where id = ?', copied);
    expect(await sweep(world.deps, { all: true })).toMatchObject({ abandoned: 1, failed: 0 });
    expect(one('select count(*) from copies where award_id = ?', id)).toBe(0);
    const again = await school.copy(id, 'jwt_vc_json');
    expect(one('select status_list_id || status_index from copies where id = ?', again.id)).not.toBe(place);
    expect(one('select count(*) from status_entries where award_id = ?', id)).toBe(3);
  });

  it('a revocation in the moment in which copies are made leaves none that is good', async () => {
    const id = await school.give();
    const asked = Array.from({ length: 8 }, (_, n) =>
      school.copy(id, n % 2 ? 'ldp_vc' : 'dc+sd-jwt', { holder: { did: keys[n]! } }).catch(error => {
        expect(error.code).toBe('award-state');
        return undefined;
      }),
    );
    const body = { reason: 'error' };
    const revoked = world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, method: 'POST', body });
    const made = (await Promise.all(asked)).filter(copy => copy !== undefined);
    expect((await revoked).status).toBe(200);
    for (const { document } of made) expect((await school.verdict(document)).code).toBe('revoked');
    expect(one('select count(*) from copies where award_id = ? and document is null', id)).toBe(0);
  });

  it('S15: its list is a JWT that is served as such, may be kept for its ttl, and is signed again at half its life', async () => {
    let moment = new Date('2026-11-22T12:00:00Z');
    const there = createWorld({ now: () => moment });
    const mine = await createCopies(there);
    const { document } = await mine.copy(await mine.give(), 'dc+sd-jwt');
    const { uri } = JSON.parse(Buffer.from(document.split('.')[1]!, 'base64url').toString()).status.status_list;
    const path = new URL(uri).pathname;
    const first = await there.api(path, { headers: { origin: 'https://elsewhere.example' } });
    const headers = ['content-type', 'cache-control', 'access-control-allow-origin'].map(h => first.headers.get(h));
    expect(headers).toEqual(['application/statuslist+jwt', 'public, max-age=300', '*']);
    const etag = first.headers.get('etag')!;
    expect((await there.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const set = createLocalJWKSet((await there.api('/.well-known/jwks.json')).json);
    const { payload } = await jwtVerify<Json>(first.text, set, { typ: 'statuslist+jwt', currentDate: moment });
    expect([payload.sub, payload.ttl, payload.status_list.bits]).toEqual([uri, 300, 2]);
    const bytes = inflateSync(Buffer.from(payload.status_list.lst, 'base64url'));
    expect([bytes.length * 4, bytes.every(byte => byte === 0)]).toEqual([131_072, true]);

    moment = new Date('2026-11-23T01:00:00Z');
    await sweep(there.deps);
    const renewed = await there.api(path);
    expect(renewed.text).not.toBe(first.text);
    expect((await mine.verdict(document)).verdict).toBe('valid');
    moment = new Date('2026-11-25T12:00:00Z');
    expect((await mine.verdict(document)).code).toBe('status-list-expired');
  });

  it('a copy that another process makes while its award is being revoked is revoked with it', async () => {
    const [id, other] = [await school.give(), await school.give()];
    const { document, id: copied } = await school.copy(id, 'dc+sd-jwt');
    const move = (to: string) => world.db.sqlite.prepare('update copies set award_id = ? where id = ?').run(to, copied);
    // Nobody sees it when the revocation looks for copies; it is there when that commits.
    move(other);
    const batch = vi.spyOn(world.deps.db, 'batch').mockImplementationOnce(statements => {
      move(id);
      return world.deps.db.batch(statements);
    });
    const body = { reason: 'error' };
    const { status } = await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body });
    batch.mockRestore();
    expect([status, (await school.verdict(document)).code]).toEqual([200, 'revoked']);
  });

  it('when a key for tokens is withdrawn what it signed is refused, and a new copy is signed by another', async () => {
    const fresh = await createCopies(world);
    const id = await fresh.give();
    const [token, sd] = [await fresh.copy(id, 'jwt_vc_json'), await fresh.copy(id, 'dc+sd-jwt')];
    const kid = decodeProtectedHeader(token.document).kid!;
    await rotateJoseKey(world.deps, fresh.institution, { kind: 'operator' }, 'ES256');
    await sweep(world.deps);
    expect([(await fresh.verdict(token.document)).code, (await fresh.verdict(sd.document)).code]).toEqual([
      'valid',
      'valid',
    ]);
    await compromiseKey(world.deps, fresh.institution, { kind: 'operator' }, kid.split('#')[1]!);
    expect((await fresh.verdict(token.document)).code).toBe('key-revoked');
    const again = await fresh.copy(id, 'jwt_vc_json');
    expect([again.id === token.id, (await fresh.verdict(again.document)).verdict]).toEqual([false, 'valid']);
    expect((await world.api('/.well-known/jwks.json')).text).not.toContain(`"${kid}"`);
  });

  it('I12: a copy that is not what was signed for its award is found', async () => {
    const id = await school.give();
    const since = new Date();
    const made = await Promise.all(
      (['ldp_vc', 'jwt_vc_json', 'dc+sd-jwt'] as const).map(f => school.copy(id, f, { holder: { did: DID } })),
    );
    expect(await recheckBadges(world.deps, since)).toEqual({ checked: made.length, bad: [] });
    const swap = (table: string, value: unknown, copied: string) =>
      world.db.sqlite.prepare(`update copies set ${table} = ? where id = ?`).run(value, copied);
    for (const [column, wrong] of [
      ['holder', 'did:key:z6MkmEekVthbFtsoaNVBRQcfspoDSoVYWAf2mUZzfoRJPEMt'],
      ['status_index', 131_071],
      ['credential_id', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
    ] as const)
      for (const { id: copied } of made) {
        const was = one(`select ${column} from copies where id = ?`, copied);
        swap(column, wrong, copied);
        expect((await recheckBadges(world.deps, since)).bad).toEqual([{ award: id, why: expect.any(String) }]);
        swap(column, was, copied);
      }
    const [, token] = made;
    swap('document', token!.document.replace(/.{8}$/, 'AAAAAAAA'), token!.id);
    expect((await recheckBadges(world.deps, since)).bad).toMatchObject([{ why: expect.stringContaining('signature') }]);
    swap('document', token!.document, token!.id);
  });

  it('of an erased award no copy can be read any more; each is still revoked with it', async () => {
    const id = await school.give();
    const documents = (await Promise.all([school.copy(id, 'ldp_vc'), school.copy(id, 'dc+sd-jwt')])).map(
      c => c.document,
    );
    await eraseAward({ ...school.ctx, now: new Date() }, id);
    const left = world.db.sqlite.prepare('select document, holder from copies where award_id = ?').all(id) as Json[];
    expect(left.map(row => [row.document.startsWith('{"erased":'), row.holder])).toEqual([
      [true, ''],
      [true, ''],
    ]);
    await expect(school.copy(id, 'ldp_vc')).rejects.toMatchObject({ code: 'not-found' });
    const body = { reason: 'error' };
    await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, method: 'POST', body });
    for (const document of documents) expect((await school.verdict(document)).code).toBe('revoked');
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
