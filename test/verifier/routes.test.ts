import { beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/platform/errors.ts';
import { readElsewhere } from '../../src/vc/canonize.ts';
import { codes } from '../../src/verifier/codes.ts';
import { checkIds } from '../../src/verifier/report.ts';
import { NOW } from '../support/badges.ts';
import { DID_URL, entry, LIST_URL, world as checkWorld } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

const PATH = '/api/v1/verifications';

describe('POST /api/v1/verifications', () => {
  let world: ReturnType<typeof createWorld>;
  let credential: Record<string, unknown>;
  beforeAll(async () => {
    world = createWorld();
    const school = await createSchool(world);
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement),
    });
    credential = (await world.api(new URL(made.json.credential).pathname, { key: school.keys.awarder })).json;
  });
  const nested = (levels: number): object => (levels === 1 ? {} : { name: nested(levels - 1) });
  const refusal = async (body: unknown, headers?: Record<string, string>) => {
    const { status, json } = await world.api(PATH, { body, headers });
    return `${status} ${json.code}`;
  };

  it('checks a badge of our own as an object, as a text and as a file, and knows its issuer', async () => {
    const form = new FormData();
    form.set('file', new File([JSON.stringify(credential)], 'badge.json'));
    const upload = await world.request(PATH, { method: 'POST', body: form });
    const answers = [
      (await world.api(PATH, { body: { credential } })).json,
      (await world.api(PATH, { body: { credential: JSON.stringify(credential) } })).json,
      await upload.json(),
    ];
    for (const report of answers) {
      expect(report).toMatchObject({ verdict: 'valid', code: 'valid' });
      expect(report.checks.map(({ id }: { id: string }) => id)).toEqual(checkIds);
      expect(report.checks[3]).toMatchObject({ code: 'issuer-known', evidence: { list: 'localhost:8787' } });
      expect(report.checks.every(({ code }: { code: string }) => code in codes)).toBe(true);
    }
  });

  it('V29: a full queue is a 503 that says when to come back, for the badge and for its list', async () => {
    const network = new Map<string, string>();
    const w = await checkWorld();
    const padding = Array.from({ length: 300 }, (_, i) => ({
      id: `https://a.example/${i}`,
      type: ['Evidence'],
      name: 'x'.repeat(60),
    }));
    const service = createWorld({ network, now: () => NOW });
    const large = await w.issue({ evidence: padding });
    const plain = await w.issue({ credentialStatus: entry() });
    const list = { ...(await w.list({})), description: 'x'.repeat(30_000) };
    network.set(DID_URL, JSON.stringify(w.answers[DID_URL])).set(LIST_URL, JSON.stringify(list));
    readElsewhere(() => Promise.reject(new DomainError('too-busy', 'Too many wait.')));
    try {
      for (const one of [large, plain]) {
        const { status, json, headers } = await service.api(PATH, { body: { credential: one } });
        expect([status, json.code, Number(headers.get('retry-after')) > 0]).toEqual([503, 'too-busy', true]);
      }
    } finally {
      readElsewhere(undefined);
    }
  });

  it('checks what is well read, whatever its worth', async () => {
    const { status, json } = await world.api(PATH, { body: { credential: { ...credential, name: 'Anders' } } });
    expect([status, json.verdict, json.code]).toEqual([200, 'invalid', 'signature-invalid']);
    const empty = await world.api(PATH, { body: { credential: {} } });
    expect([empty.status, empty.json.verdict, empty.json.code]).toEqual([200, 'invalid', 'malformed']);
  });

  it('judges the dates at another moment when asked', async () => {
    const before = await world.api(`${PATH}?at=2020-01-01`, { body: { credential } });
    expect(before.json).toMatchObject({ code: 'not-yet-valid', at: '2020-01-01T12:00:00.000Z' });
    const moment = await world.api(`${PATH}?at=2020-01-01T10:00:00%2B01:00`, { body: { credential } });
    expect(moment.json.at).toBe('2020-01-01T09:00:00.000Z');
    const wrong = await world.api(`${PATH}?at=yesterday`, { body: { credential } });
    expect([wrong.status, wrong.json.code]).toEqual([400, 'request-invalid']);
  });

  it('V25: refuses a body that is broken, ambiguous or has members of its own', async () => {
    expect(await refusal('{"credential":')).toBe('400 json-malformed');
    expect(await refusal('{"credential":{"issuer":"a","issuer":"b"}}')).toBe('400 json-malformed');
    expect(await refusal('{"credential":{"__proto__":{}}}')).toBe('400 json-malformed');
    expect(await refusal({ credential: '{' })).toBe('400 json-malformed');
    expect(await refusal({ credential, extra: 1 })).toBe('400 request-invalid');
    expect(await refusal({ credential, url: 'https://a.example' })).toBe('400 request-invalid');
    expect(await refusal({})).toBe('400 request-invalid');
    expect(await refusal({ credential: 5 })).toBe('400 request-invalid');
    expect(await refusal('[]')).toBe('400 request-invalid');
    expect(await refusal({ credential }, { 'content-type': 'text/plain' })).toBe('415 media-type-unsupported');
  });

  it('V22, V23, V26: a limit broken inside the badge is a 422', async () => {
    expect((await world.api(PATH, { body: { credential: nested(32) } })).status).toBe(200);
    expect(await refusal({ credential: nested(33) })).toBe('422 limit-broken');
    expect(await refusal({ credential: JSON.stringify(nested(33)) })).toBe('422 limit-broken');
    expect(await refusal(`{"credential":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`)).toBe('422 limit-broken');
    expect(await refusal({ credential: { result: Array(500).fill({}) } })).toBe('422 limit-broken');
    expect(await refusal({ credential: { ...credential, proof: Array(4).fill({}) } })).toBe('422 limit-broken');
  });

  it('V20: a bomb of inline contexts is refused before it is read', async () => {
    const inline = (length: number) => Array.from({ length }, (_, i) => ({ [`t${i}`]: `urn:t:${i}` }));
    const start = performance.now();
    expect(await refusal({ credential: { ...credential, '@context': inline(400) } })).toBe('422 limit-broken');
    const { json } = await world.api(PATH, { body: { credential: { ...credential, '@context': inline(4) } } });
    expect(json).toMatchObject({ verdict: 'invalid', code: 'context-not-allowed' });
    expect(performance.now() - start).toBeLessThan(250);
  });

  it('a body over the limit is a 413, and a file without a badge is a 422', async () => {
    expect(await refusal(`{"credential":"${'x'.repeat(1_000_000)}"}`)).toBe('413 body-too-large');
    const form = new FormData();
    form.set('file', new File([new Uint8Array([0xff, 0xd8])], 'photo.jpg'));
    const photo = await world.request(PATH, { method: 'POST', body: form });
    expect(photo.status).toBe(422);
    expect(await photo.json()).toMatchObject({ code: 'credential-unreadable' });
    const without = await world.request(PATH, { method: 'POST', body: new FormData() });
    expect(without.status).toBe(400);
    expect(await refusal({ credential: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln' })).toBe('422 credential-unreadable');
  });

  it('V28: an address that gives no badge says so, and nothing of what is there', async () => {
    for (const url of ['https://nowhere.example/badge', 'http://127.0.0.1/', 'not a url', `${world.origin}/readyz`]) {
      const { status, json } = await world.api(PATH, { body: { url } });
      expect([url, status, json.code]).toEqual([url, 422, 'credential-unreachable']);
      expect(JSON.stringify(json)).not.toContain('database');
    }
  });

  it('answers any origin, without keeping the answer', async () => {
    const answer = await world.api(PATH, { body: { credential } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const preflight = await world.request(PATH, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });
});
