import { describe, expect, it } from 'vitest';
import * as bytes from '../../src/vc/bytes.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

describe('bytes', () => {
  it('writes and reads base58btc, leading zeros included', () => {
    // The vectors of the IETF draft on base58.
    expect(bytes.encodeBase58(bytes.utf8('Hello World!'))).toBe('2NEpo7TZRRrLZSi2U');
    expect(bytes.encodeBase58(new Uint8Array([0, 0, 0x28, 0x7f, 0xb4, 0xcd]))).toBe('11233QC4');
    for (let length = 0; length < 70; length++) {
      const value = random(length);
      value.fill(0, 0, length % 4);
      expect(bytes.decodeBase58(bytes.encodeBase58(value))).toEqual(value);
    }
  });

  it('refuses a base58 value with a foreign character or of absurd length', () => {
    expect(() => bytes.decodeBase58('2NEp0')).toThrow(expect.objectContaining({ code: 'bytes-malformed' }));
    expect(() => bytes.decodeBase58('1'.repeat(257))).toThrow(expect.objectContaining({ code: 'bytes-malformed' }));
  });

  it('writes and reads base64url without padding', () => {
    expect(bytes.encodeBase64url(new Uint8Array([0xfb, 0xff, 0xfe]))).toBe('-__-');
    for (let length = 0; length < 40; length++) {
      const value = random(length);
      const text = bytes.encodeBase64url(value);
      expect(text).toBe(
        btoa(String.fromCharCode(...value))
          .replace(/\+/g, '-')
          .replace(/\//g, '_')
          .replace(/=/g, ''),
      );
      expect(bytes.decodeBase64url(text)).toEqual(value);
    }
  });

  it.each(['AA==', 'AB', 'A', 'A+AA', 'A A'])('refuses %j as base64url', text => {
    expect(() => bytes.decodeBase64url(text)).toThrow(expect.objectContaining({ code: 'bytes-malformed' }));
  });

  it('hashes a string as its UTF-8', async () => {
    expect(bytes.hex(await bytes.sha256('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await bytes.sha256('é')).toEqual(await bytes.sha256(new Uint8Array([0xc3, 0xa9])));
  });
});
