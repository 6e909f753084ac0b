import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { hex, sha256 } from '../../src/vc/bytes.ts';
import { md5 } from '../../src/vc/md5.ts';
import { recipientAsked } from '../../src/verifier/checks/recipient-asked.ts';
import { readCandidate } from '../../src/verifier/read.ts';
import { verify } from '../../src/verifier/verify.ts';
import { badge, type Json, NOW } from '../support/badges.ts';
import { DID, line, world } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';
import { assertion, site } from '../support/ob2.ts';

const identity = (identityType: string, identityHash: string, more: Json = {}) => ({
  type: 'IdentityObject',
  hashed: false,
  identityHash,
  identityType,
  ...more,
});
const hashed = async (text: string, salt: string) =>
  identity('emailAddress', `sha256$${hex(await sha256(text + salt))}`, { hashed: true, salt });

describe('whether it is this person', () => {
  let w: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    w = await world();
  });
  const answer = async (identifiers: Json[], recipient: object) => {
    const subject = { ...(badge(DID).credentialSubject as Json), identifier: identifiers };
    const report = await w.check(await w.issue({ credentialSubject: subject }), { recipient });
    const { outcome, code, evidence } = line(report, 'recipient');
    return { verdict: report.verdict, outcome, code, evidence };
  };

  it('compares a known address with a hash, in the spelling of the issuer', async () => {
    const stated = [await hashed('sam@example.org', 's@lt')];
    for (const email of ['sam@example.org', 'Sam@Example.org', ' sam@example.org ']) {
      expect(await answer(stated, recipientAsked.parse({ email }))).toEqual({
        verdict: 'valid',
        outcome: 'ok',
        code: 'recipient-match',
        evidence: { given: [{ kind: 'email', code: 'recipient-match', how: 'sha256' }] },
      });
    }
    expect(await answer(stated, { email: 'someone@example.org' })).toMatchObject({
      verdict: 'valid',
      outcome: 'failed',
      code: 'recipient-mismatch',
    });
  });

  it('agrees with the vectors of the specification', async () => {
    // OB 3.0 §8.4, and a number of a student with a salt.
    const vectors = [
      ['a@example.com', 'Kosher', 'b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399', 'email'],
      ['1234abc123abc', 's@lt', 'a2441d313d3d31514464ed6732d255df3391cbc85dd374d8a94b683248dcb7b8', 'studentId'],
    ] as const;
    for (const [value, salt, digest, kind] of vectors) {
      const type = kind === 'email' ? 'emailAddress' : 'sisSourcedId';
      const stated = [identity(type, `sha256$${digest}`, { hashed: true, salt })];
      expect(await answer(stated, { [kind]: value })).toMatchObject({ code: 'recipient-match' });
    }
  });

  it('says of a name that it is the same, and no more than that', async () => {
    const stated = [identity('name', 'Sam  de Vries')];
    expect(await answer(stated, { name: 'sam de vries' })).toMatchObject({
      outcome: 'ok',
      code: 'recipient-match-name',
    });
    expect(await answer(stated, { name: 'Sam de Vriess' })).toMatchObject({ code: 'recipient-mismatch' });
    expect(await answer(stated, { email: 'sam@example.org' })).toMatchObject({
      outcome: 'unknown',
      code: 'recipient-not-stated',
    });
    // A name is no number, whatever it looks like.
    expect(await answer(stated, { identifier: 'Sam de Vries' })).toMatchObject({ code: 'recipient-not-stated' });
  });

  it('tells each of several, and that one does not fit', async () => {
    const stated = [identity('name', 'Sam de Vries'), identity('emailAddress', 'sam@example.org')];
    const both = await answer(stated, { name: 'Sam de Vries', email: 'sam@example.org' });
    expect(both).toMatchObject({ outcome: 'ok', code: 'recipient-match' });
    const other = await answer(stated, { name: 'Sam de Vries', email: 'x@example.org', eppn: 'sam@linde.example' });
    expect(other).toMatchObject({
      outcome: 'failed',
      code: 'recipient-mismatch',
      evidence: {
        given: [
          { kind: 'name', code: 'recipient-match-name' },
          { kind: 'email', code: 'recipient-mismatch' },
          { kind: 'eppn', code: 'recipient-not-stated' },
        ],
      },
    });
  });

  it('compares a DID with the id of the subject, as it is written', async () => {
    const id = 'did:key:z6MkpJySvETLnxhQG9DzEdmKJtysBDjuuTeDfUj1uNNCUqcj';
    const subject = { ...(badge(DID).credentialSubject as Json), id };
    const document = await w.issue({ credentialSubject: subject });
    const code = async (did: string) => line(await w.check(document, { recipient: { did } }), 'recipient').code;
    expect(await code(id)).toBe('recipient-match');
    expect(await code(id.toLowerCase())).toBe('recipient-mismatch');
  });

  it('is not looked at for a badge that someone changed', async () => {
    const document = { ...(await w.issue()), name: 'Anders' };
    const report = await w.check(document, { recipient: { name: 'Sam' } });
    expect(line(report, 'recipient')).toMatchObject({ outcome: 'skipped', code: 'skipped' });
  });

  it('reads the recipient of an older badge, also by MD5', async () => {
    expect(hex(md5(new TextEncoder().encode('')))).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(hex(md5(new TextEncoder().encode('message digest')))).toBe('f96b697d7cb7938d525a2f31aaf161d0');
    const long = '1234567890'.repeat(8);
    expect(hex(md5(new TextEncoder().encode(long)))).toBe('57edf4a22be3c955ac49da2e2107b67a');
    const of = async (recipient: Json, asked: object) => {
      const document = assertion({ recipient });
      const net = site({ [String(document.id)]: document });
      const report = await verify(readCandidate(document), { now: NOW, fetchJson: net.fetchJson, recipient: asked });
      return line(report, 'recipient');
    };
    const { recipient } = assertion() as { recipient: Json };
    expect(await of(recipient, { email: 'sam@example.org' })).toMatchObject({ code: 'recipient-match' });
    const digest = hex(md5(new TextEncoder().encode('sam@example.orgdeadsea')));
    for (const spelled of [`md5$${digest}`, digest]) {
      const old = { ...recipient, identity: spelled };
      expect(await of(old, { email: 'sam@example.org' })).toMatchObject({
        code: 'recipient-match',
        evidence: { given: [{ how: 'md5' }] },
      });
      expect(await of(old, { email: 'sam@example.com' })).toMatchObject({ code: 'recipient-mismatch' });
    }
  });
});

describe('the question at the API', () => {
  let signed: Json;
  let w: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => {
    w = await world();
    const subject = {
      ...(badge(DID).credentialSubject as Json),
      identifier: [await hashed('sam@example.org', 'zout')],
    };
    signed = await w.issue({ credentialSubject: subject });
  });
  const network = () =>
    new Map(Object.entries(w.answers).map(([url, answer]) => [url, JSON.stringify(answer)] as [string, string]));

  it('W10: is answered without the value coming back or being logged', async () => {
    const service = createWorld({ network: network(), now: () => NOW });
    const body = { credential: signed, recipient: { email: 'sam@example.org' } };
    const { status, json, text } = await service.api('/api/v1/verifications', { body });
    expect(status).toBe(200);
    expect(json.checks.find((one: Json) => one.id === 'recipient')).toMatchObject({ code: 'recipient-match' });
    expect(text).not.toContain('sam@example.org');
    expect(service.lines.join('\n')).not.toContain('sam@example.org');
  });

  it('W10: asks for one value of each kind, and no more often than the limit', async () => {
    const limited = createRateLimit({ perMinute: 60, burst: 3, now: () => NOW });
    const service = createWorld({ network: network(), now: () => NOW, rateLimit: limited });
    const ask = (recipient: unknown) =>
      service.api('/api/v1/verifications', { body: { credential: signed, recipient } });
    expect((await ask({ email: ['a@example.org', 'b@example.org'] })).status).toBe(400);
    expect((await ask({})).status).toBe(400);
    expect((await ask({ email: 'a@example.org' })).status).toBe(200);
    expect((await ask({ email: 'b@example.org' })).status).toBe(429);
  });
});
