import { beforeEach, describe, expect, it } from 'vitest';
import { listTrustLists, removeTrustList } from '../../src/verifier/trust.ts';
import { readTrustList } from '../../src/verifier/trust-read.ts';
import { badge, type Json, NOW, signAny } from '../support/badges.ts';
import { DID, DID_URL, world } from '../support/check-world.ts';
import { createWorld } from '../support/create-world.ts';

const OPERATOR_KEY = 'O'.repeat(43);
const list = (entries: Json[], more: Json = {}) => ({ name: 'EVC-register', owner: 'Stichting EVC', entries, ...more });

let w: Awaited<ReturnType<typeof world>>;
let service: ReturnType<typeof createWorld>;
let asked: string[];
beforeEach(async () => {
  w = await world();
  asked = [];
  service = createWorld({
    now: () => NOW,
    transport: async url => {
      asked.push(url.href);
      const answer = w.answers[url.href];
      if (answer === undefined) throw new Error('unreachable');
      const headers = new Headers({ 'content-type': 'application/json' });
      return { status: 200, headers, body: new TextEncoder().encode(JSON.stringify(answer)) };
    },
  });
  service.deps.config.operatorKey = OPERATOR_KEY;
  // In workerd every world of a file is on one database.
  for (const { id } of await listTrustLists(service.deps))
    await removeTrustList(service.deps, id, { kind: 'operator' });
});

const put = (id: string, body: unknown, key = OPERATOR_KEY) =>
  service.api(`/api/v1/trust-lists/${id}`, { method: 'PUT', key, body });
const issuerLine = async (document: unknown, more: Json = {}, query = '') => {
  const { json } = await service.api(`/api/v1/verifications${query}`, { body: { credential: document, ...more } });
  return { verdict: json.verdict, code: json.code, ...json.checks.find((one: Json) => one.id === 'issuer') };
};

describe('trust lists', () => {
  it('name their owner in the answer, and never change the verdict', async () => {
    const document = await w.issue();
    expect(await issuerLine(document)).toMatchObject({ verdict: 'valid', code: 'issuer-unknown' });
    const entries = [{ issuer: DID, domain: 'linde.example', name: 'De Linde', since: '2026-01-01' }];
    expect((await put('evc', list(entries))).status).toBe(200);
    expect(await issuerLine(document)).toMatchObject({
      verdict: 'valid',
      outcome: 'ok',
      code: 'issuer-known',
      evidence: {
        issuer: DID,
        domain: 'linde.example',
        claimedName: 'Zorgcollege De Linde',
        list: 'EVC-register',
        owner: 'Stichting EVC',
        name: 'De Linde',
        by: 'issuer',
      },
    });
    const second = list([{ issuer: DID, name: 'Linde' }], { name: 'Sectorlijst', owner: 'Sector Zorg' });
    await put('sector', second);
    const { evidence } = await issuerLine(document);
    expect(evidence.lists.map((one: Json) => one.owner)).toEqual(['Stichting EVC', 'Sector Zorg']);
  });

  it('are imported whole: what is no longer on a list is gone from the next check on', async () => {
    const document = await w.issue();
    await put('evc', list([{ issuer: DID, name: 'De Linde' }]));
    await put(
      'evc',
      list(Array.from({ length: 40 }, (_, i) => ({ domain: `school${i}.example`, name: `School ${i}` }))),
    );
    expect(await issuerLine(document)).toMatchObject({ code: 'issuer-unknown' });
    const { json } = await service.api('/api/v1/trust-lists/evc', { key: OPERATOR_KEY });
    expect(json.entries).toHaveLength(40);
    expect(json.entries[39]).toEqual({ domain: 'school39.example', name: 'School 39' });
    const all = await service.api('/api/v1/trust-lists', { key: OPERATOR_KEY });
    expect(all.json).toMatchObject([{ id: 'evc', owner: 'Stichting EVC', entries: 40, url: null }]);
    expect((await service.api('/api/v1/trust-lists/evc', { method: 'DELETE', key: OPERATOR_KEY })).status).toBe(204);
    expect((await service.api('/api/v1/trust-lists/evc', { key: OPERATOR_KEY })).status).toBe(404);
    expect((await service.api('/api/v1/trust-lists/evc', { method: 'DELETE', key: OPERATOR_KEY })).status).toBe(404);
  });

  it('are for the operator alone, and each row of them has to be sound', async () => {
    expect((await put('evc', list([]), 'x'.repeat(43))).status).toBe(401);
    expect((await service.api('/api/v1/trust-lists')).status).toBe(401);
    for (const [id, body] of [
      ['EVC', list([])],
      ['evc', { name: 'x', entries: [] }],
      ['evc', list([{ name: 'Nobody' }])],
      ['evc', list([{ issuer: 'linde', name: 'Linde' }])],
      ['evc', list([{ domain: 'https://linde.example/', name: 'Linde' }])],
      ['evc', list([{ domain: 'linde', name: 'Linde' }])],
      ['evc', list([{ issuer: DID, name: 'Linde', since: 'yesterday' }])],
      ['evc', list([{ issuer: DID, name: 'Linde', trusted: true }])],
    ] as const)
      expect([body, (await put(id, body)).status]).toEqual([body, 400]);
    expect((await service.api('/api/v1/trust-lists', { key: OPERATOR_KEY })).json).toEqual([]);
  });

  it('are read from CSV too, with what CSV cannot say beside it', async () => {
    const csv = `\uFEFFname,domain,issuer,until\n"Linde, De",,${DID},2030-01-01\nSchool,School.Example,,\n`;
    const response = await service.request('/api/v1/trust-lists/csv?name=Lijst&owner=Ik', {
      method: 'PUT',
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      owner: 'Ik',
      entries: [
        { issuer: DID, name: 'Linde, De', until: '2030-01-01' },
        { domain: 'school.example', name: 'School' },
      ],
    });
    expect(() => readTrustList('naam;domein\nx;y', { name: 'a', owner: 'b' })).toThrow(/columns/);
    expect(() => readTrustList('name,domain\n"x', { name: 'a', owner: 'b' })).toThrow(/neither JSON nor CSV/);
  });

  it('say that an issuer is suspended, or is on the list no more', async () => {
    const document = await w.issue();
    await put('evc', list([{ issuer: DID, name: 'De Linde', until: '2026-06-01' }]));
    expect(await issuerLine(document)).toMatchObject({
      verdict: 'valid',
      outcome: 'unknown',
      code: 'issuer-ended',
      evidence: { until: '2026-06-01', owner: 'Stichting EVC' },
    });
    await put('other', list([{ issuer: DID, name: 'De Linde' }]));
    expect(await issuerLine(document)).toMatchObject({ code: 'issuer-known' });
    await put('evc', list([{ issuer: DID, name: 'De Linde', suspendedAt: '2026-10-01' }]));
    expect(await issuerLine(document)).toMatchObject({
      verdict: 'valid',
      outcome: 'unknown',
      code: 'issuer-suspended',
    });
    await put('evc', list([{ issuer: DID, name: 'De Linde', since: '2027-01-01' }]));
    await put('other', list([]));
    expect(await issuerLine(document)).toMatchObject({ code: 'issuer-unknown' });
  });

  it('tell a domain from the issuer itself, and a neighbour from neither', async () => {
    const document = await w.issue();
    await put('evc', list([{ domain: 'linde.example', name: 'De Linde' }]));
    expect(await issuerLine(document)).toMatchObject({ outcome: 'ok', code: 'issuer-domain-known' });
    for (const entry of [
      { domain: 'badges.linde.example', name: 'x' },
      { domain: 'example.nl', name: 'x' },
      { issuer: `${DID}:i:other`, domain: 'linde.example', name: 'Other' },
    ]) {
      await put('evc', list([entry]));
      expect(await issuerLine(document)).toMatchObject({ code: 'issuer-unknown' });
    }
  });

  it('W9: a name on a list is worth nothing under another DID, and look-alike letters show in the domain', async () => {
    await put('evc', list([{ issuer: DID, name: 'Universiteit van X' }]));
    const { stranger } = w;
    w.answers['https://vreemd.example/.well-known/did.json'] = {
      ...(w.answers[DID_URL] as Json),
      id: stranger.controller,
      verificationMethod: [
        {
          id: stranger.id,
          type: 'Multikey',
          controller: stranger.controller,
          publicKeyMultibase: stranger.publicKeyMultibase,
        },
      ],
      assertionMethod: [stranger.id],
    };
    const issuer = {
      id: stranger.controller,
      type: ['Profile'],
      name: 'Universiteit van X',
      image: { id: 'https://linde.example/logo.png', type: 'Image' },
    };
    const document = await signAny(badge(stranger.controller, { issuer }), stranger);
    expect(await issuerLine(document)).toMatchObject({
      verdict: 'valid',
      outcome: 'unknown',
      code: 'issuer-unknown',
      evidence: { issuer: stranger.controller, domain: 'vreemd.example', claimedName: 'Universiteit van X' },
    });
    expect(asked).not.toContain('https://linde.example/logo.png');
    // A list keeps a domain as the DNS has it, so one with a Cyrillic о is another.
    const { entries } = readTrustList(JSON.stringify(list([{ domain: 'sch\u043eol.example', name: 'School' }])));
    expect(entries[0]!.domain).toBe('xn--schol-lye.example');
  });

  it('can be a checker’s own, for one check and no longer', async () => {
    const document = await w.issue();
    const trust = { name: 'Onze partners', owner: 'Thuiszorg Oost', entries: [{ issuer: DID, name: 'De Linde' }] };
    expect(await issuerLine(document, { trust })).toMatchObject({
      code: 'issuer-known',
      evidence: { list: 'Onze partners', owner: 'Thuiszorg Oost' },
    });
    expect(await issuerLine(document)).toMatchObject({ code: 'issuer-unknown' });
    const { status } = await service.api('/api/v1/verifications', {
      body: { credential: document, trust: { name: 'x' } },
    });
    expect(status).toBe(400);
  });

  it('F11: with only=trusted nothing is fetched for an issuer that is on no list', async () => {
    const document = await w.issue();
    const answer = await service.api('/api/v1/verifications?only=trusted', { body: { credential: document } });
    expect(answer.json).toMatchObject({ verdict: 'indeterminate', code: 'issuer-not-listed' });
    expect(asked).toEqual([]);
    const trust = { name: 'Mijn lijst', owner: 'Ik', entries: [{ issuer: DID, name: 'De Linde' }] };
    expect(await issuerLine(document, { trust }, '?only=trusted')).toMatchObject({ verdict: 'valid' });
    expect(asked).toEqual([DID_URL]);
    expect((await service.api('/api/v1/verifications?only=all', { body: { credential: document } })).status).toBe(400);
  });
});
