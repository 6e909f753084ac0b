import { beforeAll, describe, expect, it } from 'vitest';
import { VC2_CONTEXT } from '../../src/vc/contexts.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { type Json, keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';

describe('the VC-API', () => {
  let world: ReturnType<typeof createWorld>;
  let signer: Signer;
  beforeAll(async () => {
    world = createWorld();
    signer = await keySigner(41);
  });

  const credential = (changes: Json = {}): Promise<Json> =>
    signAny(
      {
        '@context': [VC2_CONTEXT],
        type: ['VerifiableCredential'],
        issuer: signer.controller,
        credentialSubject: { name: 'Alice' },
        ...changes,
      },
      signer,
      { created: new Date('2026-01-01T00:00:00Z') },
    );
  const verify = (body: unknown) => world.api('/vc-api/credentials/verify', { body: body as object });

  it('verifies any credential, a badge or not, and ignores options that it does not know', async () => {
    const verifiableCredential = await credential();
    const answer = await verify({ verifiableCredential, options: { checks: ['proof'], other: 1 } });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ verified: true, verdict: 'valid', errors: [] });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is open to pages of other sites', async () => {
    const headers = { origin: 'https://elders.example', 'content-type': 'application/json' };
    const body = JSON.stringify({ verifiableCredential: await credential() });
    const answer = await world.request('/vc-api/credentials/verify', { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
  });

  it('says 400 with a code to what is not verified or cannot be told', async () => {
    const signed = await credential();
    const codes = async (verifiableCredential: unknown) => {
      const { status, json } = await verify({ verifiableCredential });
      expect(json).toMatchObject({ verified: false, errors: [{ title: json.code }] });
      return `${status} ${json.code}`;
    };
    expect(await codes({ ...signed, name: 'x' })).toBe('400 signature-invalid');
    expect(await codes({ ...signed, proof: undefined })).toBe('400 proof-missing');
    expect(await codes(await credential({ issuer: 'https://vc.example/' }))).toBe('400 issuer-unbound');
    expect(await codes({ ...signed, type: ['Other'] })).toBe('400 malformed');
    expect(await codes({ ...signed, credentialSubject: {} })).toBe('400 malformed');
    expect(await codes(JSON.stringify(signed))).toBe('400 request-invalid');
    expect(await codes(undefined)).toBe('400 request-invalid');
    expect(await codes(await credential({ validFrom: '2099-01-01T00:00:00Z' }))).toBe('400 not-yet-valid');
  });

  it('knows no looser rules: no inline contexts, no examples, no proofs of others', async () => {
    const inline = await credential({ '@context': [VC2_CONTEXT, { role: 'https://example.com/#role' }] });
    const first = await verify({ verifiableCredential: inline, options: { checks: ['proof'] } });
    expect(first.json.code).toBe('context-not-allowed');
    const signed = await credential();
    const context = [VC2_CONTEXT, 'https://www.w3.org/ns/credentials/examples/v2'];
    const examples = await verify({ verifiableCredential: { ...signed, '@context': context } });
    expect(examples.json.code).toBe('context-not-allowed');
    const other = await credential({ issuer: (await keySigner(42)).controller });
    const answer = await verify({ verifiableCredential: other, options: { checks: ['proof'] } });
    expect(answer.json.code).toBe('issuer-key-mismatch');
  });

  it('verifies a presentation for the challenge that was asked', async () => {
    const vp = { '@context': [VC2_CONTEXT], type: ['VerifiablePresentation'], holder: signer.controller };
    const proof = { proofPurpose: 'authentication', challenge: 'vraag' };
    const created = new Date('2026-01-01T00:00:00Z');
    const shown = await signAny({ ...vp, verifiableCredential: [await credential()] }, signer, { proof, created });
    const send = (options: unknown) =>
      world.api('/vc-api/presentations/verify', { body: { verifiablePresentation: shown, options } as object });
    expect((await send({ challenge: 'vraag' })).json).toMatchObject({
      verified: true,
      credentials: [{ verdict: 'valid' }],
    });
    for (const options of [{}, { challenge: 'x' }, { challenge: 5 }, { challenge: 'vraag', domain: 'x' }])
      expect((await send(options)).status).toBe(400);
  });

  it('answers broken JSON with 400, and has nothing that issues', async () => {
    const broken = await world.api('/vc-api/credentials/verify', { body: '{' });
    expect(broken.status).toBe(400);
    expect((await world.api('/vc-api/credentials/issue', { body: {} })).status).toBe(404);
  });
});
