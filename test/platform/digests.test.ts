import { afterAll, describe, expect, it } from 'vitest';
import { digestHere } from '../../src/digests-node.ts';
import { digestAtOnce, hmacSha256, sha256 } from '../../src/platform/digests.ts';
import * as vc from '../../src/vc/bytes.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = (length: number) => new TextEncoder().encode('é'.repeat(length)).subarray(0, length);

describe('a digest that is made at once is the one that WebCrypto makes', () => {
  afterAll(digestHere);

  it('at the edges of a block, and where it is too long to be made at once', async () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 1_000, 65_536, 65_537]) {
      const made = async () => [
        hex(await sha256(text(length))),
        hex(await hmacSha256(new Uint8Array(32).fill(9), text(length))),
        hex(await vc.sha256(text(length))),
      ];
      digestHere();
      const here = await made();
      digestAtOnce(undefined);
      vc.hashAtOnce(undefined);
      expect(await made()).toEqual(here);
      expect(here[0]).toBe(here[2]);
    }
  });

  // NIST's example, and RFC 4231 §4.3.
  it('and the one that others publish', async () => {
    digestHere();
    const utf8 = (words: string) => new TextEncoder().encode(words);
    expect(hex(await sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex(await hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
