import { beforeAll, describe, expect, it } from 'vitest';
import { concat, encodeBase64url, sha256, utf8 } from '../../src/vc/bytes.ts';
import { decodeCbor } from '../../src/vc/cbor.ts';
import { isBaseProof, verifyDerived } from '../../src/vc/ecdsa-sd.ts';
import { decodeJwk } from '../../src/vc/jwk.ts';
import type { PublicKey } from '../../src/vc/multikey.ts';
import { type JwtKey, jwtKey } from '../support/jwts.ts';

describe('CBOR', () => {
  const read = (...bytes: number[]) => decodeCbor(Uint8Array.from(bytes));

  it('reads what a proof is made of', () => {
    expect(read(0x00)).toBe(0);
    expect(read(0x17)).toBe(23);
    expect(read(0x18, 24)).toBe(24);
    expect(read(0x19, 1, 0)).toBe(256);
    expect(read(0x1a, 0xff, 0xff, 0xff, 0xff)).toBe(4_294_967_295);
    expect(read(0x42, 1, 2)).toEqual(Uint8Array.of(1, 2));
    expect(read(0xd8, 0x40, 0x41, 7)).toEqual(Uint8Array.of(7));
    expect(read(0x62, 0xc3, 0xab)).toBe('ë');
    expect(read(0x82, 0x80, 0xa1, 0x01, 0x41, 0x02)).toEqual([[], new Map([[1, Uint8Array.of(2)]])]);
  });

  it.each([
    ['nothing', []],
    ['more than one item', [0, 0]],
    ['a number that is longer than it need be', [0x18, 23]],
    ['a number that is longer than it need be, of two bytes', [0x19, 0, 255]],
    ['a number of eight bytes', [0x1b, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['a negative number', [0x20]],
    ['an indefinite length', [0x9f, 0, 0xff]],
    ['a reserved length', [0x1c]],
    ['a truth value', [0xf5]],
    ['a float', [0xf9, 0x3c, 0]],
    ['another tag', [0xc0, 0x41, 0]],
    ['the tag of bytes on a number', [0xd8, 0x40, 0]],
    ['bytes that are not there', [0x42, 1]],
    ['a list that promises four thousand million items', [0x9a, 0xff, 0xff, 0xff, 0xff]],
    ['a key twice', [0xa2, 1, 0, 1, 0]],
    ['text that is no UTF-8', [0x61, 0xff]],
    ['five levels', [0x81, 0x81, 0x81, 0x81, 0x81, 0]],
    ['a thousand levels', Array<number>(1_000).fill(0x81)],
    ['a thousand tags', Array<number[]>(1_000).fill([0xd8, 0x40]).flat()],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeCbor(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'bytes-malformed' }));
  });
});

describe('a derived proof, written out', () => {
  let issuer: JwtKey;
  let own: JwtKey;
  let key: PublicKey;
  const configHash = new Uint8Array(32).fill(9);
  const labels = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const names = labels.map(label => `_:u${encodeBase64url(label)}`);
  const canonical = [
    '<urn:root> <urn:p> _:c14n0 .',
    '<urn:root> <urn:q> _:c14n1 <urn:graph> .',
    '<urn:root> <urn:r> "een _:c14n0 <_:c14n1> \\" _:c14n1 ." .',
    '_:c14n0 <urn:p> _:c14n1 _:c14n0 .',
    '_:c14n1 <urn:p> "nl"@nl _:c14n0 .',
  ];
  const signed = [
    `<urn:root> <urn:p> ${names[0]} .\n`,
    `<urn:root> <urn:q> ${names[1]} <urn:graph> .\n`,
    `<urn:root> <urn:r> "een _:c14n0 <_:c14n1> \\" _:c14n1 ." .\n`,
    `${names[0]} <urn:p> ${names[1]} ${names[0]} .\n`,
    `${names[1]} <urn:p> "nl"@nl ${names[0]} .\n`,
  ];
  beforeAll(async () => {
    [issuer, own] = await Promise.all([jwtKey('ES256'), jwtKey('ES256')]);
    key = decodeJwk(issuer.jwk);
  });

  const bytesItem = (bytes: Uint8Array) => concat(Uint8Array.of(0x58, bytes.length), bytes);
  const list = (items: Uint8Array[]) => concat(Uint8Array.of(0x80 + items.length), ...items);
  /** The proof of `signed`, of which the given ones were mandatory. */
  const proof = async (mandatory: number[], { named = labels, texts = signed, by = own } = {}) => {
    const publicKey = concat(Uint8Array.of(0x80, 0x24), decodeJwk(own.jwk).publicKey);
    const together = await sha256(mandatory.map(index => texts[index]).join(''));
    const base = await issuer.sign(concat(configHash, publicKey, together));
    const apart = texts.filter((_, index) => !mandatory.includes(index));
    const signatures = await Promise.all(apart.map(text => by.sign(utf8(text))));
    const map = named.flatMap((label, index) => [Uint8Array.of(index), bytesItem(label)]);
    const parts = [
      bytesItem(base),
      bytesItem(publicKey),
      list(signatures.map(bytesItem)),
      concat(Uint8Array.of(0xa0 + named.length), ...map),
      list(mandatory.map(index => Uint8Array.of(index))),
    ];
    return `u${encodeBase64url(concat(Uint8Array.of(0xd9, 0x5d, 0x01), list(parts)))}`;
  };
  const verify = (proofValue: string, lines = canonical) =>
    verifyDerived(`${lines.join('\n')}\n`, { proofValue, configHash, key });

  it('is checked statement by statement; labels inside a text are text', async () => {
    expect(await verify(await proof([0, 2]))).toEqual({ mandatory: [canonical[0], canonical[2]] });
    expect(await verify(await proof([]))).toEqual({ mandatory: [] });
    expect(await verify(await proof([0, 1, 2, 3, 4]))).toEqual({ mandatory: canonical });
    expect(await verify(await proof([0]), canonical.slice(0, 4))).toBeUndefined();
    expect(
      await verify(await proof([0]), [...canonical.slice(0, 4), '_:c14n1 <urn:p> "en"@nl _:c14n0 .']),
    ).toBeUndefined();
    expect(await verify(await proof([0], { by: issuer }))).toBeUndefined();
  });

  it('reads a text that looks like thousands of labels as the text that it is', async () => {
    const text = `<urn:root> <urn:p> "${' _:c14n0 <urn:x'.repeat(50_000)}" .`;
    const named = [labels[0]!];
    expect(await verify(await proof([0], { texts: [`${text}\n`], named }), [text])).toEqual({ mandatory: [text] });
  });

  it('names every node once', async () => {
    const malformed = expect.objectContaining({ code: 'bytes-malformed' });
    await expect(verify(await proof([0], { named: [labels[0]!, labels[0]!] }))).rejects.toEqual(malformed);
    await expect(verify(await proof([0], { named: [labels[0]!] }))).rejects.toEqual(malformed);
    await expect(verify(await proof([0, 0]))).rejects.toEqual(malformed);
    await expect(proof([0, 9], { texts: signed }).then(verify)).rejects.toEqual(malformed);
  });

  it('two nodes that the issuer signed as one are two statements too many', async () => {
    // What was said of one node, told of two: the labels cannot be the same, and another label was never signed.
    const texts = [`<urn:root> <urn:p> ${names[0]} .\n`, `${names[0]} <urn:q> "x" .\n`];
    const split = ['<urn:root> <urn:p> _:c14n0 .', '_:c14n1 <urn:q> "x" .'];
    await expect(verify(await proof([0], { texts, named: [labels[0]!, labels[0]!] }), split)).rejects.toThrow();
    expect(await verify(await proof([0], { texts }), split)).toBeUndefined();
  });

  it('a base proof is told from a derived one', async () => {
    const value = await proof([0]);
    expect(isBaseProof(value)).toBe(false);
    expect(isBaseProof(value.replace('u2V0B', 'u2V0A'))).toBe(true);
  });
});
