import { beforeAll, describe, expect, it } from 'vitest';
import { decodeCbor, encodeCbor } from '../../src/vc/cbor.ts';
import { utf8 } from '../../src/vc/bytes.ts';
import { decodeJwk } from '../../src/vc/jwk.ts';
import { generateJoseKey, type JoseSigner, localJoseSigner } from '../../src/vc/jose-signer.ts';
import { readShortBadge, type ShortBadge, signShortBadge, verifyShortBadge } from '../../src/vc/short-badge.ts';

const DID = 'did:web:linde.example:i:linde';

describe('the short form of a badge', () => {
  let signer: JoseSigner;
  beforeAll(async () => {
    const { publicJwk, pkcs8 } = await generateJoseKey('ES256');
    const key = { id: `${DID}#key-1`, controller: DID, algorithm: 'ES256', publicJwk, pkcs8 } as const;
    signer = await localJoseSigner(key);
  });
  const badge: ShortBadge = {
    issuer: DID,
    id: 'urn:uuid:018f6f5e-7c1a-7000-8000-00000000abcd',
    title: 'Samenwerken',
    awarded: '2026-11-01',
    made: new Date('2026-11-22T12:00:00Z'),
    status: { list: 'https://linde.example/status/018f6f5e-7c1a-7000-8000-000000000001', index: 131_071 },
  };
  const again = async (over: Partial<ShortBadge> = {}) =>
    readShortBadge(await signShortBadge({ ...badge, ...over }, signer)).badge;

  it('comes back as it went in', async () => {
    for (const over of [
      {},
      { recipient: 'Zoë Łukasiewicz-Ødegård' },
      { validUntil: new Date('2031-01-01T00:00:00Z') },
      { validUntil: new Date('2999-12-31T00:00:00Z') },
      { awarded: '1969-07-20' },
      { id: 'https://linde.example/badges/1' },
      { status: { list: 'http://localhost:8787/status/018f6f5e-7c1a-7000-8000-000000000001', index: 0 } },
      { status: { list: 'https://linde.example/lists/3', index: 5 } },
    ])
      expect(await again(over)).toEqual({ ...badge, ...over });
  });

  it('cuts a long title and a long name, and shows that it did', async () => {
    const { title, recipient } = await again({ title: '𝕏'.repeat(200), recipient: 'n'.repeat(200) });
    expect([title, recipient]).toEqual([`${'𝕏'.repeat(79)}…`, `${'n'.repeat(59)}…`]);
  });

  it('is good by the key that signed and by no other, and another message of that key is none', async () => {
    const read = readShortBadge(await signShortBadge(badge, signer));
    expect(read.method).toBe(`${DID}#key-1`);
    expect(await verifyShortBadge(read, decodeJwk(signer.publicJwk))).toBe(true);
    const { publicJwk } = await generateJoseKey('ES256');
    expect(await verifyShortBadge(read, decodeJwk(publicJwk))).toBe(false);
    // The same bytes without what says that this is a short form.
    const [name, head, , payload] = decodeCbor(read.signed) as [string, Uint8Array, Uint8Array, Uint8Array];
    const bare = encodeCbor([name, new Uint8Array(head), utf8(''), new Uint8Array(payload)]);
    const signature = new Uint8Array(await signer.sign(bare));
    expect(await verifyShortBadge({ ...read, signature }, decodeJwk(signer.publicJwk))).toBe(false);
  });

  it('a signature that is not of the key never leaves', async () => {
    const wrong = { ...signer, sign: async () => new Uint8Array(64) };
    await expect(signShortBadge(badge, wrong)).rejects.toMatchObject({ code: 'signature-wrong' });
  });

  it('has one spelling: anything else is refused', async () => {
    const digits = await signShortBadge(badge, signer);
    const bytes = BigInt(digits).toString(16);
    for (const other of [
      `0${digits}`,
      BigInt(`0x2${bytes.slice(1)}`).toString(),
      BigInt(`0x${bytes}00`).toString(),
      '1',
    ])
      expect(() => readShortBadge(other)).toThrow(expect.objectContaining({ code: 'bytes-malformed' }));
  });
});
