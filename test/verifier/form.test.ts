import { beforeAll, describe, expect, it } from 'vitest';
import { OB_CONTEXT, OB_EXTENSIONS_CONTEXT, VC1_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { checkIds } from '../../src/verifier/report.ts';
import { badge, type Json } from '../support/badges.ts';
import { DID, DID_URL, entry, LIST_URL, line, world } from '../support/check-world.ts';

const CRED = 'https://www.w3.org/2018/credentials#';
const expiry = { validUntil: '2026-10-15T00:00:00Z' };
const subject = badge(DID).credentialSubject as Json;

describe('form', () => {
  let w: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => {
    w = await world();
    w.answers[LIST_URL] = await w.list({ set: [5] });
  });

  it('a sound badge is valid, with a line for every check in the published order', async () => {
    const report = await w.check(await w.issue());
    expect(report).toMatchObject({ verdict: 'valid', code: 'valid', checkedAt: '2026-11-01T12:00:00.000Z' });
    expect(report.checks.map(({ id }) => id)).toEqual(checkIds);
    expect(report.checks.map(({ id, outcome, code }) => `${id} ${outcome} ${code}`)).toEqual([
      'form ok form-sound',
      'signature ok signature-valid',
      'key ok key-authorized',
      'issuer unknown issuer-unknown',
      'dates ok dates-current',
      'status not-applicable no-status',
      'schema ok schema-match',
      'endorsements not-applicable no-endorsements',
      'recipient skipped recipient-not-asked',
    ]);
    expect(report.checks.every(({ message }) => message.nl && message.en)).toBe(true);
    expect(report.notChecked.map(({ id }) => id)).toEqual(['recipient', 'links', 'issuer']);
  });

  it('V9: an expiry under its full IRI is an expiry', async () => {
    expect(await w.verdict(await w.issue({ [`${CRED}validUntil`]: expiry.validUntil }))).toBe('invalid expired');
    const typed = { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': expiry.validUntil };
    expect(await w.verdict(await w.issue({ [`${CRED}validUntil`]: typed }))).toBe('invalid keyword-not-allowed');
  });

  it('V9: hiding what was signed plainly under a full IRI does not hide it', async () => {
    const signed = await w.issue({ ...expiry, credentialStatus: entry() });
    const { validUntil, credentialStatus, ...rest } = signed;
    const typed = { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime', '@value': validUntil };
    const hidden = { ...rest, [`${CRED}validUntil`]: typed, [`${CRED}credentialStatus`]: credentialStatus };
    expect(await w.verdict(hidden)).toBe('invalid keyword-not-allowed');
    const plain = await w.issue({ credentialStatus: entry() });
    const { credentialStatus: status, ...without } = plain;
    expect(await w.verdict({ ...without, [`${CRED}credentialStatus`]: status })).toBe('invalid revoked');
  });

  it('V10: moving the expiry and the status into @nest, @included or @graph is refused', async () => {
    const { validUntil, credentialStatus, ...rest } = await w.issue({ ...expiry, credentialStatus: entry() });
    for (const hidden of [
      { '@nest': { validUntil, credentialStatus } },
      { '@nest': [{ validUntil }, { credentialStatus }] },
      { '@included': [{ id: rest.id, validUntil, credentialStatus }] },
      { '@graph': [{ id: rest.id, validUntil }] },
    ]) {
      const report = await w.check({ ...rest, ...hidden });
      expect(report).toMatchObject({ verdict: 'invalid', code: 'keyword-not-allowed', credential: null });
    }
  });

  it('V10: an expiry that stands in another node with the badge’s id counts', async () => {
    const evidence = [{ id: badge(DID).id, type: ['Evidence'], [`${CRED}validUntil`]: expiry.validUntil }];
    expect(await w.verdict(await w.issue({ evidence }))).toBe('invalid expired');
  });

  it('V11, V12: a context of its own is refused, also one that redefines nothing', async () => {
    const own = { st: { '@id': `${CRED}credentialStatus`, '@type': '@id' } };
    const signed = await w.issue({ '@context': [VC2_CONTEXT, OB_CONTEXT, own], st: entry() });
    expect(await w.verdict(signed)).toBe('invalid context-not-allowed');
    expect(await w.verdict({ ...(await w.issue()), '@context': [VC2_CONTEXT, OB_CONTEXT, {}] })).toBe(
      'invalid context-not-allowed',
    );
  });

  it('V12: an unknown context is named and never fetched, and nothing else is', async () => {
    const document = { ...(await w.issue()), '@context': [VC2_CONTEXT, OB_CONTEXT, 'https://evil.example/v1'] };
    w.asked.length = 0;
    const report = await w.check(document);
    expect(report).toMatchObject({ verdict: 'indeterminate', code: 'context-not-allowed' });
    expect(line(report, 'form').evidence).toEqual({
      context: 'https://evil.example/v1',
      contexts: ['https://evil.example/v1'],
    });
    expect(w.asked).toEqual([]);
  });

  it('V12: of several unknown contexts each is named once', async () => {
    const strange = ['https://one.example/v1', 'https://two.example/v1', 'https://one.example/v1'];
    const report = await w.check({ ...(await w.issue()), '@context': [VC2_CONTEXT, ...strange] });
    expect(line(report, 'form').evidence.contexts).toEqual(strange.slice(0, 2));
  });

  it('V12: a nested context is refused, wherever and whatever it is', async () => {
    const signed = await w.issue();
    for (const context of [{ name: 'urn:x' }, VC2_CONTEXT, [], null]) {
      const nested = { ...signed, credentialSubject: { ...subject, '@context': context } };
      expect(await w.verdict(nested)).toBe('invalid keyword-not-allowed');
    }
    const inProof = { ...signed, proof: { ...(signed.proof as Json), '@context': VC2_CONTEXT } };
    expect(await w.verdict(inProof)).toBe('invalid keyword-not-allowed');
  });

  it('an embedded endorsement may repeat the contexts of the badge, and no other', async () => {
    const endorsement = (context: unknown) => ({
      '@context': context,
      id: 'urn:uuid:8f0b5a6e-2a55-4f3e-9d1c-0a1b2c3d4e5f',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'Aanbeveling',
      issuer: 'did:web:werk.example',
      validFrom: '2026-10-01T00:00:00Z',
      credentialSubject: { id: badge(DID).id, type: ['EndorsementSubject'], endorsementComment: 'Sterk' },
    });
    const report = await w.check(await w.issue({ endorsement: [endorsement([VC2_CONTEXT, OB_CONTEXT])] }));
    expect(report.verdict).toBe('valid');
    expect(line(report, 'endorsements')).toMatchObject({ outcome: 'unknown', code: 'endorsements-doubtful' });
    const more = await w.issue({ endorsement: [endorsement([VC2_CONTEXT, OB_CONTEXT, OB_EXTENSIONS_CONTEXT])] });
    expect(await w.verdict(more)).toBe('invalid keyword-not-allowed');
  });

  it('V13: a term that is not signed is not shown', async () => {
    const signed = await w.issue();
    const report = await w.check({ ...signed, credentialSubject: { ...subject, grade: '10' } });
    expect(report).toMatchObject({ verdict: 'invalid', code: 'undefined-term', credential: null });
    expect(await w.verdict({ ...signed, grade: null })).toBe('invalid undefined-term');
    expect(await w.verdict({ ...signed, id: 'badges/1' })).toBe('invalid data-loss');
  });

  it('V14: an annotation that is not signed is refused, not shown', async () => {
    const signed = await w.issue();
    const report = await w.check({ ...signed, credentialSubject: { ...subject, '@index': '<script>' } });
    expect(report).toMatchObject({ verdict: 'invalid', code: 'keyword-not-allowed' });
    expect(JSON.stringify(report)).not.toContain('<script>');
  });

  it('V14: shows what was signed: no nulls, and short names for full ones', async () => {
    const schemaName = { 'https://schema.org/name': 'Ook bekend als' };
    const { name: _, ...signed } = await w.issue({ ...schemaName, name: undefined });
    const report = await w.check({ ...signed, description: null });
    // 1EdTech's schema knows no null.
    expect(report.code).toBe('schema-mismatch');
    expect(await w.verdict(signed)).toBe('valid');
    expect(report.credential).toMatchObject({ name: 'Ook bekend als' });
    expect(report.credential).not.toHaveProperty('description');
    expect(JSON.stringify(report.credential)).not.toContain('https://schema.org/name');
  });

  it('a text in a language is a text, and no more than that', async () => {
    const name = { '@value': 'Valpreventie', '@language': 'nl' };
    const report = await w.check(await w.issue({ name }));
    expect(line(report, 'form').outcome).toBe('ok');
    for (const more of [{ '@type': 'urn:x' }, { '@index': 'x' }, { '@value': { id: 'urn:x' } }, { name: 'x' }]) {
      expect(await w.verdict({ ...(await w.issue()), name: { ...name, ...more } })).toBe('invalid keyword-not-allowed');
    }
  });

  it('V16: an issuer is one string, or an object with one id', async () => {
    const signed = await w.issue();
    for (const issuer of [
      ['did:web:vreemd.example', DID],
      [DID],
      {},
      { id: [DID] },
      { id: '' },
      null,
      5,
      undefined,
      '',
    ]) {
      expect([issuer, await w.verdict({ ...signed, issuer })]).toEqual([issuer, 'invalid malformed']);
    }
    expect(await w.verdict(await w.issue({ issuer: DID }))).toBe('valid');
  });

  it('V16: a second issuer that is said elsewhere is one too many', async () => {
    const other = { id: badge(DID).id, [`${CRED}issuer`]: { id: 'did:web:vreemd.example' } };
    // One is read before the badge's own issuer, the other after it.
    expect(await w.verdict(await w.issue({ evidence: [{ type: ['Evidence'], ...other }] }))).toBe('invalid malformed');
    expect(await w.verdict(await w.issue({ termsOfUse: [{ type: 'urn:x:terms', ...other }] }))).toBe(
      'invalid malformed',
    );
  });

  it('what is no Open Badge is called so, and what it names is not fetched', async () => {
    w.asked.length = 0;
    const signed = await w.issue({
      type: ['VerifiableCredential'],
      credentialStatus: entry(),
    });
    const report = await w.check(signed);
    expect(report).toMatchObject({ verdict: 'invalid', code: 'not-an-open-badge' });
    expect(report.checks.slice(1).every(({ outcome }) => outcome === 'skipped')).toBe(true);
    expect(w.asked).toEqual([]);
    expect(await w.verdict(await w.issue({ type: ['VerifiableCredential', 'AchievementCredential'] }))).toBe('valid');
  });

  it('reads VC 2.0, VC 1.1 with its own dates, and refuses contexts in another order', async () => {
    const signed = await w.issue();
    const first = (...contexts: unknown[]) => w.verdict({ ...signed, '@context': contexts });
    expect(await first(VC1_CONTEXT, OB_CONTEXT)).toBe('invalid malformed');
    expect(await first(OB_CONTEXT, VC2_CONTEXT)).toBe('invalid malformed');
    expect(await first(null)).toBe('invalid malformed');
    expect(await w.verdict({ ...signed, '@context': undefined })).toBe('invalid malformed');
    expect(await w.verdict({ ...signed, id: undefined })).toBe('invalid malformed');
    expect(await w.verdict({})).toBe('invalid malformed');
  });

  it('V21: a graph that is made to be expensive is refused quickly', async () => {
    const ids = Array.from({ length: 9 }, (_, i) => `_:n${i}`);
    const knows = 'https://schema.org/knows';
    const evidence = ids.map(id => ({
      id,
      type: ['Evidence'],
      [knows]: ids.filter(o => o !== id).map(o => ({ id: o })),
    }));
    const start = performance.now();
    expect(await w.verdict({ ...(await w.issue()), evidence })).toBe('invalid too-complex');
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('a badge that breaks the published rules is invalid, however well it is signed', async () => {
    const { achievement } = subject as { achievement: Json };
    const { criteria: _, ...without } = achievement;
    const report = await w.check(await w.issue({ credentialSubject: { ...subject, achievement: without } }));
    expect(report).toMatchObject({ verdict: 'invalid', code: 'schema-mismatch' });
    expect(line(report, 'schema').evidence).toEqual({ members: ['credentialSubject.achievement.criteria'] });
  });

  it('tells who knows the issuer, beside the verdict', async () => {
    const known = async (did: string) =>
      did === DID
        ? [
            {
              list: 'EVC-register',
              owner: 'Stichting EVC',
              name: 'De Linde',
              by: 'issuer' as const,
              since: '2026-01-01',
            },
          ]
        : [];
    const report = await w.check(await w.issue(), { known });
    expect(line(report, 'issuer')).toMatchObject({
      outcome: 'ok',
      code: 'issuer-known',
      evidence: { issuer: DID, claimedName: 'Zorgcollege De Linde', list: 'EVC-register', name: 'De Linde' },
    });
    expect(report.notChecked.map(({ id }) => id)).toEqual(['recipient', 'links']);
    expect(w.asked.at(-1)).toBe(DID_URL);
  });
});
