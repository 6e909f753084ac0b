/** The start of a WebM file with sound, and something to find it by. */
export const sound = (mark: string): Uint8Array<ArrayBuffer> => {
  const bytes = new TextEncoder().encode(`....\x42\x82\x84webm A_OPUS ${mark}`);
  bytes.set([0x1a, 0x45, 0xdf, 0xa3]);
  return bytes;
};
