import { describe, expect, it } from 'vitest';
import { concat, decodeBase64url, encodeBase64url } from '../../src/vc/bytes.ts';
import { permute } from '../../src/vc/permute.ts';
import * as list from '../../src/vc/status-list.ts';
import * as tokenList from '../../src/vc/status-list-token.ts';

const gzip = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );
const refusal = (encoded: unknown) =>
  list.decodeList(encoded).then(
    () => 'read',
    error => error.code,
  );

describe('status list', () => {
  it('S11: index 0 is the left-most bit', () => {
    const golden = [
      [0, 0, 0x80],
      [7, 0, 0x01],
      [8, 1, 0x80],
      [131_071, 16_383, 0x01],
    ] as const;
    for (const [index, byte, value] of golden) {
      const bits = list.setBit(list.emptyBits(), index, true);
      expect(bits[byte]).toBe(value);
      expect(bits.reduce((sum, b) => sum + b, 0)).toBe(value);
      expect(list.getBit(bits, index)).toBe(true);
      expect(list.setBit(bits, index, false)).toEqual(list.emptyBits());
    }
  });

  it('S11: a view into a larger buffer is read from its own start', async () => {
    const pool = new Uint8Array(20_000).fill(0xff);
    const view = pool.subarray(100, 100 + 16_384);
    view.fill(0);
    view[0] = 0x40;
    expect(list.getBit(view, 1)).toBe(true);
    expect(list.getBit(await list.decodeList(await list.encodeList(view)), 1)).toBe(true);
    expect((await list.decodeList(await list.encodeList(view))).length).toBe(16_384);
  });

  it('leaves the list alone that it copies, and refuses an index outside it', () => {
    const bits = list.emptyBits();
    list.setBit(bits, 5, true);
    expect(list.getBit(bits, 5)).toBe(false);
    for (const index of [-1, 131_072, 1.5, Number.NaN]) expect(() => list.getBit(bits, index)).toThrow(RangeError);
  });

  it('reads the specification’s own example of an empty list', async () => {
    // VC-BITSTRING-STATUS-LIST §2.2, example 3.
    const example = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA';
    expect(await list.decodeList(example)).toEqual(list.emptyBits());
  });

  it('S7: refuses a list that is cut short, goes on, has a second member or another multibase', async () => {
    const good = await gzip(list.emptyBits());
    const encoded = (bytes: Uint8Array) => `u${encodeBase64url(bytes)}`;
    expect(await refusal(encoded(good))).toBe('read');
    for (const length of [0, 1, 9, good.length - 9, good.length - 3]) {
      expect(await refusal(encoded(good.slice(0, length)))).toBe('status-list-malformed');
    }
    expect(await refusal(encoded(concat(good, new Uint8Array(8))))).toBe('status-list-malformed');
    expect(await refusal(encoded(concat(good, new Uint8Array([1, 2, 3]))))).toBe('status-list-malformed');
    expect(await refusal(encoded(concat(good, good)))).toBe('status-list-malformed');
    expect(await refusal(encoded(concat(await gzip(new Uint8Array([1])), good)))).toBe('status-list-malformed');
    expect(await refusal(`z${encodeBase64url(good)}`)).toBe('status-list-malformed');
    expect(await refusal(encodeBase64url(good))).toBe('status-list-malformed');
    expect(await refusal(`${encoded(good)}==`)).toBe('status-list-malformed');
    for (const nothing of [undefined, null, 5, ['u'], '']) expect(await refusal(nothing)).toBe('status-list-malformed');
  });

  it('S7: stops inflating at 16 MiB', async () => {
    const bomb = await gzip(new Uint8Array(100 * 1024 * 1024));
    const encoded = `u${encodeBase64url(bomb)}`;
    const start = performance.now();
    expect(await refusal(encoded)).toBe('status-list-too-large');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await refusal(`u${encodeBase64url(await gzip(new Uint8Array(16 * 1024 * 1024)))}`)).toBe('read');
    expect(await refusal(`u${encodeBase64url(await gzip(new Uint8Array(16 * 1024 * 1024 + 1)))}`)).toBe(
      'status-list-too-large',
    );
  });

  it('is a credential whose issuer is a string', async () => {
    const credential = list.statusListCredential({
      id: 'https://linde.example/status/1',
      issuer: 'did:web:linde.example',
      purpose: 'revocation',
      encodedList: await list.encodeList(list.emptyBits()),
      validFrom: new Date('2026-11-01T00:00:00Z'),
      validUntil: new Date('2026-11-02T00:00:00Z'),
      ttlMs: 300_000,
    });
    expect(credential).toMatchObject({
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:web:linde.example',
      credentialSubject: { id: 'https://linde.example/status/1#list', type: 'BitstringStatusList', ttl: 300_000 },
    });
    expect(decodeBase64url(credential.credentialSubject.encodedList.slice(1)).slice(0, 2)).toEqual(
      new Uint8Array([0x1f, 0x8b]),
    );
  });
});

describe('permute', () => {
  const key = new Uint8Array(32).fill(3);

  it.each([1, 2, 3, 16, 100, 513])('S13: gives every place of %d exactly once', async length => {
    const places = new Set<number>();
    for (let counter = 0; counter < length; counter++) places.add(await permute(key, counter, length));
    expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, place) => place));
  });

  it('S13: gives 2,000 different places of a full list, spread, in an order of the key’s own', async () => {
    const places: number[] = [];
    for (let counter = 0; counter < 2000; counter++) places.push(await permute(key, counter));
    expect(new Set(places).size).toBe(2000);
    expect(places.every(place => Number.isInteger(place) && place >= 0 && place < 131_072)).toBe(true);
    // Sixteen equal bins of 125 on average: chi-square with 15 degrees of freedom stays under 50.
    const bins = new Array<number>(16).fill(0);
    for (const place of places) bins[Math.floor(place / 8192)]!++;
    expect(bins.reduce((sum, bin) => sum + (bin - 125) ** 2 / 125, 0)).toBeLessThan(50);
    // About half of the steps go down when order shows nothing.
    const down = places.filter((place, i) => i > 0 && place < places[i - 1]!).length;
    expect(Math.abs(down - 1000)).toBeLessThan(150);
    const other = new Uint8Array(32).fill(4);
    expect(await permute(other, 0)).not.toBe(places[0]);
  });

  it('refuses a place outside the list and a short key', async () => {
    for (const counter of [-1, 131_072, 0.5]) await expect(permute(key, counter)).rejects.toThrow(RangeError);
    await expect(permute(new Uint8Array(16), 0)).rejects.toThrow(RangeError);
  });
});

describe('lists of other kinds', () => {
  const deflate = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(
      await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer(),
    );
  const uri = 'https://linde.example/statuslists/1';
  const claims = async (bytes: number[], bits: number, more: Record<string, unknown> = {}) => ({
    sub: uri,
    iat: 1_790_000_000,
    status_list: { bits, lst: encodeBase64url(await deflate(Uint8Array.from(bytes))) },
    ...more,
  });

  it('S11: a value of several bits is read from the left, whatever byte it starts in', () => {
    const bits = Uint8Array.of(0b00_01_10_11, 0b1010_0101);
    expect([0, 1, 2, 3].map(index => list.getValue(bits, index, 2))).toEqual([0, 1, 2, 3]);
    expect([0, 1, 2, 3].map(index => list.getValue(bits, index, 4))).toEqual([1, 11, 10, 5]);
    expect(list.getValue(bits, 2, 3)).toBe(0b111);
    expect(() => list.getValue(bits, 8, 2)).toThrow(RangeError);
  });

  it('a StatusList2021 has no multibase header, and is read in both alphabets of base64', async () => {
    const gzipped = await gzip(list.emptyBits());
    const plain = btoa(String.fromCharCode(...gzipped));
    expect(await list.decodeList2021(encodeBase64url(gzipped))).toEqual(list.emptyBits());
    expect(await list.decodeList2021(plain)).toEqual(list.emptyBits());
    for (const encoded of [`u${encodeBase64url(gzipped)}`, '', 5, encodeBase64url(gzipped).slice(0, 20)])
      await expect(list.decodeList2021(encoded)).rejects.toMatchObject({ code: 'status-list-malformed' });
  });

  it('reads the two examples of the Token Status List: the first entry is in the lowest bits', async () => {
    // draft-ietf-oauth-status-list §4.1: sixteen statuses of one bit, and twelve of two.
    const one = await tokenList.readTokenList(await claims([0xb9, 0xa3], 1), uri);
    const ones = Array.from({ length: 16 }, (_, index) => tokenList.getTokenStatus(one, index));
    expect(ones).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
    expect(tokenList.getTokenStatus(one, 16)).toBeUndefined();
    const two = await tokenList.readTokenList(await claims([0xc9, 0x44, 0xf9], 2), uri);
    const twos = Array.from({ length: 12 }, (_, index) => tokenList.getTokenStatus(two, index));
    expect(twos).toEqual([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
  });

  it('S4, S7: a token list of another address, of odd sizes or that does not inflate is malformed', async () => {
    const good = await claims([0xb9, 0xa3], 1, { exp: 1_790_000_900, ttl: 300 });
    expect(await tokenList.readTokenList(good, uri)).toMatchObject({ bits: 1, ttl: 300 });
    const { lst } = good.status_list;
    for (const wrong of [
      { ...good, sub: `${uri}2` },
      { ...good, iat: undefined },
      { ...good, exp: 'soon' },
      { ...good, ttl: -1 },
      { ...good, status_list: { bits: 3, lst } },
      { ...good, status_list: { bits: 1, lst: lst.slice(0, -2) } },
      { ...good, status_list: { bits: 1, lst: `${lst}AAAA` } },
      { ...good, status_list: { bits: 1, lst: encodeBase64url(await gzip(Uint8Array.of(1))) } },
      { ...good, status_list: undefined },
    ])
      await expect(tokenList.readTokenList(wrong, uri)).rejects.toMatchObject({ code: 'status-list-malformed' });
    const bomb = encodeBase64url(await deflate(new Uint8Array(17 * 1024 * 1024)));
    const burst = { ...good, status_list: { bits: 8, lst: bomb } };
    await expect(tokenList.readTokenList(burst, uri)).rejects.toMatchObject({ code: 'status-list-too-large' });
  });
});
