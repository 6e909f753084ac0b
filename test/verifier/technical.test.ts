import { beforeEach, describe, expect, it } from 'vitest';
import { hex, sha256 } from '../../src/vc/bytes.ts';
import { canonize } from '../../src/vc/canonize.ts';
import { withoutProof } from '../../src/vc/verify-proofs.ts';
import { badge, type Json, NOW } from '../support/badges.ts';
import { DID, DID_URL, entry, LIST_URL, world } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';
import { ASSERTION, assertion, CLASS, ISSUER, site } from '../support/ob2.ts';

let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world();
});
const technical = async (answers: Json, credential: unknown) => {
  const network = new Map(Object.entries(answers).map(([url, answer]) => [url, JSON.stringify(answer)] as const));
  const service = createWorld({ network: new Map(network), now: () => NOW });
  const { json } = await service.api('/api/v1/verifications?view=technical', { body: { credential } });
  return { json, network };
};

describe('the technical view', () => {
  it('is only there when it was asked for', async () => {
    const service = createWorld({ network: new Map([[DID_URL, JSON.stringify(w.answers[DID_URL])]]), now: () => NOW });
    const body = { credential: await w.issue() };
    expect((await service.api('/api/v1/verifications', { body })).json).not.toHaveProperty('technical');
    expect((await service.api('/api/v1/verifications?view=all', { body })).status).toBe(400);
  });

  it('tells what was hashed, in the form that another verifier can compare', async () => {
    const document = await w.issue();
    const { json } = await technical(w.answers, document);
    const canonical = await canonize(withoutProof(document));
    expect(json.technical.canonical).toEqual({
      sha256: hex(await sha256(canonical)),
      statements: canonical.split('\n').length - 1,
      lines: canonical.trimEnd().split('\n'),
      truncated: false,
    });
    const [proof] = json.technical.proofs;
    expect(proof).toMatchObject({ index: 0, cryptosuite: 'eddsa-rdfc-2022', truncated: false });
    expect(proof.lines.join('\n')).toContain('https://w3id.org/security#proofPurpose');
    expect(proof.lines.join('\n')).not.toContain('proofValue');
  });

  it('tells each document with its time and its hash, also one that did not come', async () => {
    w.answers[LIST_URL] = await w.list({});
    const elsewhere = 'https://linde.example/status/none';
    const credentialStatus = [entry(), entry({ id: `${elsewhere}#5`, statusListCredential: elsewhere })];
    const { json, network } = await technical(w.answers, await w.issue({ credentialStatus }));
    const documents = json.technical.documents as Json[];
    expect(documents.map(({ url }) => url)).toEqual(expect.arrayContaining([DID_URL, LIST_URL, elsewhere]));
    const list = documents.find(({ url }) => url === LIST_URL)!;
    const text = network.get(LIST_URL)!;
    expect(list).toMatchObject({
      answeredBy: LIST_URL,
      fetchedAt: NOW.toISOString(),
      ageSeconds: 0,
      bytes: new TextEncoder().encode(text).length,
      sha256: hex(await sha256(text)),
    });
    expect(documents.find(({ url }) => url === elsewhere)).toEqual({ url: elsewhere, error: 'fetch-failed' });
  });

  it('tells how long each step took', async () => {
    const { json } = await technical(w.answers, await w.issue());
    const { timing } = json.technical;
    expect(Object.keys(timing)).toEqual(
      expect.arrayContaining(['form', 'signature', 'issuer', 'status', 'schema', 'all']),
    );
    for (const ms of Object.values(timing)) expect(ms).toBeGreaterThanOrEqual(0);
    expect(timing.all).toBeGreaterThanOrEqual(timing.form);
  });

  it('is bounded: a long canonical form is cut, and says so', async () => {
    const evidence = Array.from({ length: 60 }, (_, i) => ({
      id: `https://linde.example/evidence/${i}`,
      type: ['Evidence'],
      narrative: 'x'.repeat(2_000),
    }));
    const { json } = await technical(w.answers, await w.issue({ evidence }));
    const { canonical } = json.technical;
    expect(canonical.truncated).toBe(true);
    expect(canonical.lines.join('\n').length).toBeLessThanOrEqual(64_000);
    expect(canonical.statements).toBeGreaterThan(canonical.lines.length);
  });

  it('tells of a badge without statements which documents it rests on', async () => {
    const { json } = await technical(site().answers, assertion());
    expect(json.technical.documents.map(({ url }: Json) => url)).toEqual([ASSERTION, CLASS, ISSUER]);
    expect(json.technical).not.toHaveProperty('canonical');
  });

  it('is there for a proof that is nothing at all', async () => {
    const document = await w.issue();
    const { json } = await technical(w.answers, { ...document, proof: [null, document.proof, 'x'] });
    expect(json.verdict).toBe('invalid');
    expect(json.technical.proofs).toMatchObject([{ index: 0 }, { index: 1, statements: 5 }, { index: 2 }]);
  });

  it('is there for what could not be read, as far as that goes', async () => {
    const { json } = await technical({}, { ...badge(DID), '@context': ['https://unknown.example/v1'] });
    expect(json).toMatchObject({ code: 'context-not-allowed', technical: { documents: [] } });
    expect(json.technical.timing.form).toBeGreaterThanOrEqual(0);
  });
});
