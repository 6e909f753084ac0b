import { describe, expect, it } from 'vitest';
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { chooseOne, type Found } from '../../src/verifier/inputs/choose.ts';
import type { DomainError } from '../../src/platform/errors.ts';
import { badge, keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { itxt, pdf, png } from '../support/containers.ts';
import { assertion, named, readerOf } from '../support/reading.ts';

const PATH = '/api/v1/verifications';
const jwt = (payload: object) =>
  `${encodeBase64url(utf8('{"alg":"ES256"}'))}.${encodeBase64url(utf8(JSON.stringify(payload)))}.c2ln`;

describe('several badges', () => {
  const { told, read } = readerOf();
  const presentation = (...badges: unknown[]) => ({
    '@context': [],
    type: ['VerifiablePresentation'],
    verifiableCredential: badges,
  });

  it('a token that is written out as JSON is told from what is no badge at all', async () => {
    for (const more of [{ signature: 'AA', header: { disclosures: [] } }, { signatures: [{ signature: 'AA' }] }])
      expect(await told(JSON.stringify({ payload: 'e30', ...more }))).toBe('credential-unreadable json-token');
    expect(await told(JSON.stringify({ ...named('Eén'), payload: 'x', signature: 'y' }))).toBe('Eén');
  });

  it('stand in a list or in a presentation, as values, as text, as a token', async () => {
    const [one, two] = [named('Eén'), named('Twee')];
    expect(await told({ value: [one, two] })).toBe('list › Eén; list › Twee');
    expect(await told(JSON.stringify(presentation(one, two)))).toBe('presentation › Eén; presentation › Twee');
    expect(await told(JSON.stringify(presentation(one)))).toBe('presentation › Eén');
    expect(await told(JSON.stringify({ ...presentation(), verifiableCredential: one }))).toBe('presentation › Eén');
    expect(await told(jwt({ iss: 'x', vp: presentation(one, jwt({ vc: two })) }))).toContain(
      'presentation › Eén; presentation › eyJ',
    );
    expect(await told({ value: [one, { ...one }] })).toBe('list › Eén');
    expect((await read({ value: [one, two] })).map(({ where }) => where)).toEqual([
      [{ kind: 'list', name: '1' }],
      [{ kind: 'list', name: '2' }],
    ]);
  });

  it('are ten at most', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => named(`${i}`));
    expect((await told({ value: many(10) })).split(';')).toHaveLength(10);
    expect(await told({ value: many(11) })).toBe('limit-broken too-many-badges');
    expect(await told({ value: presentation(...many(11)) })).toBe('limit-broken too-many-badges');
  });

  it('V25: a list of other things is no list of badges', async () => {
    for (const value of [[], [5], ['x'], [null], [[named('Eén')]], 'x', 5, null])
      expect(await told({ value })).toBe('credential-unreadable');
    expect(await told(JSON.stringify([[[]]]))).toBe('credential-unreadable');
  });

  it('are told apart by their names, of whatever version they are', () => {
    const found = [
      named('Eén'),
      { ...assertion, badge: { name: 'Van toen' } },
      jwt({ vc: { credentialSubject: { achievement: { name: 'In een token' } } } }),
      {},
      { name: { '@value': 'Met taal', '@language': 'nl' } },
      { name: 'x'.repeat(500) },
    ];
    const question = (() => {
      try {
        return chooseOne(found.map((badge): Found => ({ badge, where: [] })));
      } catch (error) {
        return error as DomainError;
      }
    })() as DomainError;
    expect(question.code).toBe('several-badges');
    expect((question.extensions.choices as { title?: string }[]).map(({ title }) => title)).toEqual([
      'Eén',
      'Van toen',
      'In een token',
      undefined,
      'Met taal',
      'x'.repeat(200),
    ]);
  });
});

describe('the check of several badges', () => {
  const upload = (bytes: Uint8Array, query = '') => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(bytes)], 'x'));
    return createWorld().request(`${PATH}${query}`, { method: 'POST', body: form });
  };

  it('asks which one is meant, and checks the one that is chosen', async () => {
    const signer = await keySigner(31);
    const [good, other] = await Promise.all(
      ['Goed', 'Ook goed'].map(name => signAny(badge(signer.controller, { name }), signer)),
    );
    const bad = { ...other, name: 'Veranderd' };
    const bytes = pdf([
      { name: 'a.json', content: JSON.stringify(good) },
      { name: 'b.png', content: png([itxt(JSON.stringify(bad))]) },
    ]);
    const question = await upload(bytes);
    expect(question.status).toBe(422);
    expect(await question.json()).toMatchObject({
      code: 'several-badges',
      choices: [
        { index: 0, title: 'Goed', where: [{ kind: 'pdf' }, { kind: 'file', name: 'a.json' }] },
        { index: 1, title: 'Veranderd', where: [{ kind: 'pdf' }, { kind: 'file', name: 'b.png' }, { kind: 'png' }] },
      ],
    });
    expect(await (await upload(bytes, '?choice=0')).json()).toMatchObject({ verdict: 'valid' });
    expect(await (await upload(bytes, '?choice=1')).json()).toMatchObject({
      verdict: 'invalid',
      code: 'signature-invalid',
    });
    for (const wrong of ['2', '-1', 'x', '1e0', '']) {
      const answer = await upload(bytes, `?choice=${wrong}`);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'request-invalid']);
    }
    expect(await (await upload(png([itxt(JSON.stringify(good))]), '?choice=0')).json()).toMatchObject({
      verdict: 'valid',
    });
  });
});
