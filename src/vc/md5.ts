/** MD5 (RFC 1321), for the hashes of identities in Open Badges of before 2013, which nothing else rests on. */
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** The 16 bytes of the hash. */
export function md5(data: Uint8Array): Uint8Array {
  const words = padded(data);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round]!;
      const word = [i, 5 * i + 1, 3 * i + 5, 7 * i][round]! % 16;
      const sum = (a + mixed + SINES[i]! + words[block + word]!) >>> 0;
      const shift = SHIFTS[round * 4 + (i % 4)]!;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) >>> 0];
    }
    [a, b, c, d].forEach((value, i) => (state[i] = state[i]! + value));
  }
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  state.forEach((value, i) => view.setUint32(i * 4, value, true));
  return bytes;
}

/** RFC 1321 §3.1, §3.2: a one, zeros, and the length in bits, in words with the low byte first. */
function padded(data: Uint8Array): Uint32Array {
  const bytes = new Uint8Array(((data.length + 8) >> 6) * 64 + 64);
  bytes.set(data);
  bytes[data.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, data.length * 8, true);
  view.setUint32(bytes.length - 4, Math.floor(data.length / 2 ** 29), true);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4, true));
}
