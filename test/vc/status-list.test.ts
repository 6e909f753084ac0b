import { describe, expect, it } from 'vitest';
import { concat, decodeBase64url, encodeBase64url } from '../../src/vc/bytes.ts';
import { permute } from '../../src/vc/permute.ts';
import * as list from '../../src/vc/status-list.ts';

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
