// What a browser takes along of the check: with what the service hands out, it says what the service says, and is never
// more certain.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../../src/credentials/index.ts';
import { takeStatusIndex } from '../../src/credentials/take-index.ts';
import { createInstitution, institutionProfile, rotateJoseKey } from '../../src/institutions/index.ts';
import { checkFromKnowledge, joinKnowledge, type Knowledge } from '../../src/verifier/in-browser.ts';
import { gatherKnowledge } from '../../src/verifier/index.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';

const START = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;

describe('a check from what was known before', () => {
  let now = new Date(START);
  const world = createWorld({ now: () => now });
  let school: Awaited<ReturnType<typeof createCopies>>;
  let codes: string[];
  let knowledge: Knowledge;
  const codeOf = async (id: string) => (await school.copy(id, 'short')).document;
  const change = async (id: string, what: string, body: object) => {
    const answer = await world.api(`/api/v1/awards/${id}/${what}`, { key: school.keys.awarder, body });
    if (answer.status >= 300) throw new Error(answer.text);
  };
  const asked = async (path = ''): Promise<Knowledge & { next?: string }> =>
    (await world.api(`/verify/offline/knowledge${path}`)).json;
  const online = async (credential: string) =>
    (await world.api('/api/v1/verifications', { body: { credential } })).json as { verdict: string; code: string };
  const offline = async (code: string, at = now, known = knowledge) => (await checkFromKnowledge(code, known, at))!;

  beforeAll(async () => {
    school = await createCopies(world, { suspendable: true });
    const [good, ending, revoked, suspended] = [
      await school.give(),
      await school.give({ validUntil: '2026-11-22T20:00:00Z' }),
      await school.give(),
      await school.give(),
    ];
    codes = await Promise.all([good, ending, revoked, suspended].map(codeOf));
    await change(revoked, 'revocation', { reason: 'error' });
    await change(suspended, 'suspension', {});
    knowledge = await asked();
  });

  it('says what the service says at that moment, of each state and of whatever was changed', async () => {
    const verdicts = new Set<string>();
    const states = fc.record({
      which: fc.nat(3),
      changed: fc.option(fc.record({ at: fc.nat(600), by: fc.integer({ min: 1, max: 9 }) })),
    });
    await fc.assert(
      fc.asyncProperty(states, async ({ which, changed }) => {
        const digits = [...codes[which]!];
        const at = changed ? changed.at % digits.length : 0;
        if (changed) digits[at] = String((Number(digits[at]) + changed.by) % 10);
        const [here, there] = [await offline(digits.join('')), await online(digits.join(''))];
        expect([here.verdict, here.code]).toEqual([there.verdict, there.code]);
        verdicts.add(here.code);
      }),
      { numRuns: 60, examples: codes.map((_, which) => [{ which, changed: null }] as const) as never },
    );
    for (const code of ['valid', 'revoked', 'suspended', 'signature-invalid', 'malformed'])
      expect([...verdicts]).toContain(code);
  });

  it('is never more certain than what it knows is good for: later only what is final stays', async () => {
    const hour = fc.double({ min: 0, max: 24 * 40, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.nat(3), hour, async (which, hours) => {
        const { verdict, code } = await offline(codes[which]!, new Date(START + hours * HOUR));
        const isOver = hours > 24 + 5 / 60;
        if (which === 0) expect([hours, code]).toEqual([hours, isOver ? 'status-list-expired' : 'valid']);
        if (which === 1 && hours > 8 + 6 / 60) expect([hours, verdict]).toEqual([hours, 'invalid']);
        if (which === 2) expect([hours, code]).toEqual([hours, 'revoked']);
        // A suspension may have been lifted since.
        if (which === 3) expect([hours, code]).toEqual([hours, isOver ? 'status-list-expired' : 'suspended']);
      }),
      { numRuns: 60 },
    );
    expect((await offline(codes[0]!, new Date(START - HOUR))).verdict).not.toBe('valid');
  });

  it('knows nothing of issuers elsewhere, of a list that came later, or of a key that did', async () => {
    const without = (part: string) => ({
      ...knowledge,
      documents: Object.fromEntries(Object.entries(knowledge.documents).filter(([url]) => !url.includes(part))),
    });
    expect(await offline(codes[0]!, now, without('/status/'))).toMatchObject({ code: 'status-unreachable' });
    const nobody = { ...without('/'), listings: {} };
    for (const code of codes)
      expect(await offline(code, now, nobody)).toMatchObject({ verdict: 'indeterminate', code: 'issuer-unresolvable' });

    now = new Date(START + HOUR);
    await rotateJoseKey(world.deps, school.institution, { kind: 'operator' }, 'ES256');
    const later = await codeOf(await school.give());
    expect((await online(later)).verdict).toBe('valid');
    expect(await offline(later)).toMatchObject({ verdict: 'indeterminate', code: 'issuer-unresolvable' });
    await sweep(world.deps);
    expect((await offline(later, now, await asked())).verdict).toBe('valid');
    now = new Date(START);
  });

  it('is of the short form alone, and takes no list of one for that of another', async () => {
    for (const text of ['', `${world.origin}/c/abc`, '{}', '12345']) {
      expect(await checkFromKnowledge(text, knowledge, now)).toBeUndefined();
    }
    now = new Date(START + HOUR);
    const other = await createCopies(world);
    const foreign = (await other.copy(await other.give(), 'short')).document;
    const both = await asked();
    const lists = Object.keys(both.documents).filter(url => url.includes('/status/'));
    expect(lists).toHaveLength(2);
    const swapped = { ...both, documents: { ...both.documents } };
    [swapped.documents[lists[0]!], swapped.documents[lists[1]!]] = [
      both.documents[lists[1]!],
      both.documents[lists[0]!],
    ];
    for (const code of [codes[0]!, foreign]) {
      expect((await offline(code, now, both)).verdict).toBe('valid');
      expect((await offline(code, now, swapped)).verdict).toBe('indeterminate');
    }
    now = new Date(START);
  });

  it('rests on what is public: keys, signed lists and what trust lists say, a few institutions at a time', async () => {
    const many = createWorld({ now: () => now });
    const address = { countryCode: 'NL' };
    for (let i = 0; i < 51; i++) {
      const profile = institutionProfile.parse({ name: `Instelling ${i}`, address });
      const made = await createInstitution(many.deps, { slug: `instelling-${i}`, profile });
      await takeStatusIndex(many.deps, made, 'token', { kind: 'operator' });
    }
    const { next, ...first } = await gatherKnowledge(many.deps);
    const { next: end, ...rest } = await gatherKnowledge(many.deps, next);
    expect([Object.keys(first.listings).length, Object.keys(rest.listings).length, end]).toEqual([50, 1, undefined]);
    const all = joinKnowledge(first, rest);
    expect(Object.keys(all.documents)).toHaveLength(102);
    expect(Object.values(all.listings).flat()[0]).toMatchObject({ by: 'issuer', owner: new URL(many.origin).host });
    const answer = await world.request('/verify/offline/knowledge');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(await answer.text()).not.toContain('Sam de Vries');
  });

  it('weighs little, and stands on no page but its own', async () => {
    const names = await world.deps.assets.names();
    const script = await world.deps.assets.read(names['offline.js']!);
    // With JSON-LD or the reading of forms it would be five times that.
    expect(script!.length).toBeLessThan(130_000);
    for (const path of ['/', '/verify', '/verify/camera', '/verify/many'])
      expect([path, (await world.api(path, { headers: { accept: 'text/html' } })).text]).toEqual([
        path,
        expect.not.stringContaining(names['offline.js']!),
      ]);
  });

  it('is kept by a worker of our own, which may look after the check and what paper opens', async () => {
    const answer = await world.request('/verify/worker.js');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(answer.headers.get('service-worker-allowed')).toBe('/');
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect((await createWorld({ assets: noAssets }).request('/verify/worker.js')).status).toBe(404);
  });
});

const noAssets = { names: async () => ({}), read: async () => undefined };
