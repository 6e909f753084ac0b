import * as multikey from '@digitalbazaar/ed25519-multikey';
import { encodeMultikey } from '../../src/vc/multikey.ts';
import { Point, signAsync, verifyAsync } from '@noble/ed25519';
import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../../src/vc/bytes.ts';
import { publicKeyFromSeed, signEd25519, verifyEd25519 } from '../../src/vc/ed25519.ts';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const fromHex = (text: string) => Uint8Array.from(text.match(/../g)!, byte => Number.parseInt(byte, 16));

function encode(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}
function decode(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
const oracle = async (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
  try {
    return await verifyAsync(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
};

describe('Ed25519', () => {
  it('agrees with RFC 8032 §7.1 test 2', async () => {
    const seed = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    const key = await publicKeyFromSeed(seed);
    expect(key).toEqual(concat(fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')));
    const signature = await signEd25519(seed, new Uint8Array([0x72]));
    expect(signature.slice(0, 4)).toEqual(new Uint8Array([0x92, 0xa0, 0x09, 0xa9]));
    expect(await verifyEd25519(key, new Uint8Array([0x72]), signature)).toBe(true);
  });

  it('agrees with the oracle on signatures, and on each with one bit turned', async () => {
    for (let round = 0; round < 40; round++) {
      const seed = random(32);
      const message = random(64);
      const parts = [await publicKeyFromSeed(seed), message, await signEd25519(seed, message)] as const;
      expect(await verifyEd25519(...parts)).toBe(true);
      const [part, bit] = [round % 3, random(1)[0]!];
      const turned = parts.map(p => concat(p)) as [Uint8Array, Uint8Array, Uint8Array];
      turned[part]![(bit >> 3) % turned[part]!.length]! ^= 1 << (bit & 7);
      expect(await verifyEd25519(...turned)).toBe(false);
      expect(await oracle(...turned)).toBe(false);
    }
  });

  it('V18: refuses S + L, the second spelling of a good signature', async () => {
    const seed = random(32);
    const message = utf8('badge');
    const signature = await signAsync(message, seed);
    const again = concat(signature.slice(0, 32), encode(decode(signature.slice(32)) + L));
    const key = await publicKeyFromSeed(seed);
    expect(await verifyEd25519(key, message, signature)).toBe(true);
    expect(await verifyEd25519(key, message, again)).toBe(false);
  });

  it('V18: refuses every key of small order, with every R of small order and S = 0', async () => {
    // The eight points of the torsion group, from the oracle's own arithmetic.
    const torsion = [Point.ZERO];
    const eighth = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
    for (let i = 1; i < 8; i++) torsion.push(torsion[i - 1]!.add(eighth));
    expect(torsion.every(point => point.isSmallOrder())).toBe(true);
    expect(new Set(torsion.map(point => point.toHex())).size).toBe(8);
    for (const key of torsion) {
      for (const r of torsion) {
        const forged = concat(r.toBytes(), new Uint8Array(32));
        for (let n = 0; n < 4; n++) expect(await verifyEd25519(key.toBytes(), new Uint8Array([n]), forged)).toBe(false);
      }
    }
  });

  it('V18: refuses a key or an R that is written as y + p', async () => {
    for (let y = 0n; y < 19n; y++) {
      expect(await verifyEd25519(encode(y + P), utf8('x'), new Uint8Array(64))).toBe(false);
      const key = await publicKeyFromSeed(random(32));
      expect(await verifyEd25519(key, utf8('x'), concat(encode(y + P), new Uint8Array(32)))).toBe(false);
    }
  });

  it('V18: refuses the all-zero key, other lengths, and 32 bytes that are no point', async () => {
    const seed = random(32);
    const key = await publicKeyFromSeed(seed);
    const signature = await signEd25519(seed, utf8('x'));
    expect(await verifyEd25519(new Uint8Array(32), utf8('x'), signature)).toBe(false);
    expect(await verifyEd25519(key, utf8('x'), signature.slice(0, 63))).toBe(false);
    expect(await verifyEd25519(key, utf8('x'), concat(signature, new Uint8Array(1)))).toBe(false);
    expect(await verifyEd25519(key.slice(0, 31), utf8('x'), signature)).toBe(false);
    expect(await verifyEd25519(encode(2n), utf8('x'), signature)).toBe(false);
  });
});

describe('multikey', () => {
  it('the reference library reads our public keys, and verifies with them what we sign', async () => {
    const seed = new Uint8Array(32).fill(21);
    const publicKeyMultibase = encodeMultikey(await publicKeyFromSeed(seed));
    const controller = `did:key:${publicKeyMultibase}`;
    const key = await multikey.from({
      type: 'Multikey',
      controller,
      id: `${controller}#${publicKeyMultibase}`,
      publicKeyMultibase,
    });
    const data = new Uint8Array(64).fill(5);
    const signature = await signEd25519(seed, data);
    expect(await key.verifier().verify({ data, signature })).toBe(true);
    expect(await key.verifier().verify({ data: data.slice(1), signature })).toBe(false);
  });
});
