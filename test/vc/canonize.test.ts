import { describe, expect, it } from 'vitest';
import { canonize, toDataset } from '../../src/vc/canonize.ts';
import { contextLoader, contexts, OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { badge } from '../support/badges.ts';

const issuer = 'did:web:linde.example';
const refusal = (document: object) =>
  canonize(document).then(
    () => 'accepted',
    error => error.code,
  );

describe('contexts', () => {
  it('serves what is bundled and names what is not', async () => {
    for (const url of contexts.keys()) expect((await contextLoader(url)).documentUrl).toBe(url);
    await expect(contextLoader('https://evil.example/v1')).rejects.toMatchObject({
      code: 'context-not-allowed',
      message: expect.stringContaining('https://evil.example/v1'),
    });
  });

  it.each(['https://www.w3.org/ns/credentials/undefined-terms/v2', 'https://www.w3.org/ns/credentials/examples/v2'])(
    'V15: %s, which opens @vocab, is not among them',
    url => expect(contexts.has(url)).toBe(false),
  );
});

describe('canonize', () => {
  it('gives the same N-Quads whatever the order of the keys', async () => {
    const document = badge(issuer);
    const turned = Object.fromEntries(Object.entries(document).reverse());
    expect(await canonize(turned)).toBe(await canonize(document));
  });

  it('V13: refuses a term that no context defines, wherever it stands and even when it is null', async () => {
    expect(await refusal(badge(issuer, { grade: '8' }))).toBe('undefined-term');
    expect(await refusal(badge(issuer, { grade: null }))).toBe('undefined-term');
    const credentialSubject = { ...(badge(issuer).credentialSubject as object), grade: 8 };
    expect(await refusal(badge(issuer, { credentialSubject }))).toBe('undefined-term');
    expect(await refusal(badge(issuer, { type: ['VerifiableCredential', 'OpenBadgeCredential', 'Grade'] }))).toBe(
      'undefined-term',
    );
  });

  it('V13: refuses a relative id, which would not be signed', async () => {
    expect(await refusal(badge(issuer, { id: 'badges/1' }))).toBe('data-loss');
  });

  it('V12: refuses a context that is not bundled', async () => {
    const unknown = [VC2_CONTEXT, OB_CONTEXT, 'https://evil.example/v1'];
    expect(await refusal(badge(issuer, { '@context': unknown }))).toBe('context-not-allowed');
  });

  it('refuses what is not JSON-LD', async () => {
    expect(await refusal(badge(issuer, { issuer: { id: ['a'] } }))).toBe('json-ld-invalid');
    expect(await refusal(badge(issuer, { id: 5 }))).toBe('json-ld-invalid');
  });

  it.each([3, 4, 5, 6, 7, 8, 9, 10])('V21: refuses the %d-clique of look-alike nodes within 250 ms', async size => {
    const ids = Array.from({ length: size }, (_, i) => `_:n${i}`);
    const related = ids.map(id => ({
      id,
      'https://schema.org/knows': ids.filter(other => other !== id).map(other => ({ id: other })),
    }));
    const document = { '@context': VC2_CONTEXT, id: 'urn:x:1', 'https://schema.org/about': related };
    const start = performance.now();
    expect(await refusal(document)).toBe('too-complex');
    expect(performance.now() - start).toBeLessThan(250);
  });

  it('tells the id of the outermost node', async () => {
    expect((await toDataset(badge(issuer))).root).toBe(badge(issuer).id);
    expect((await toDataset(badge(issuer, { id: undefined }))).root).toBeUndefined();
  });
});
