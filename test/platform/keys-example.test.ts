import { createECDH, createPrivateKey, createPublicKey, type JsonWebKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/platform/errors.ts';
import { base64url, fromBase64url } from '../../src/platform/ids.ts';
import { unseal } from '../../src/platform/seal.ts';
import { decodeMultikey } from '../../src/vc/multikey.ts';

interface ExampleKey {
  id: string;
  type: 'Ed25519' | 'P-256';
  version: string;
  publicKeyMultibase: string;
  publicKeyJwk: JsonWebKey;
  privateKeyJwk: JsonWebKey;
  sealed: string;
}

const read = (name: string) => readFileSync(new URL(`../../keys.example/${name}`, import.meta.url), 'utf8');
const secrets = JSON.parse(read('secrets.json')) as { keyEncryptionKey: string; sessionSecret: string };
const { warning, institution, keys } = JSON.parse(read('institution.json')) as {
  warning: string;
  institution: { id: string };
  keys: ExampleKey[];
};
const bytes = (text: string) => fromBase64url(text) ?? expect.unreachable();

describe('the example keys', () => {
  it('say that they are', () => {
    expect(warning).toMatch(/^EXAMPLE/);
    expect(keys.map(({ type }) => type)).toEqual(['Ed25519', 'P-256']);
  });

  it.each(keys)(
    '$type: the private key signs what the public key verifies',
    ({ privateKeyJwk, publicKeyJwk, type }) => {
      const algorithm = type === 'Ed25519' ? null : 'sha256';
      const data = Buffer.from('waarmerk');
      const signature = sign(algorithm, data, createPrivateKey({ key: privateKeyJwk, format: 'jwk' }));
      expect(verify(algorithm, data, createPublicKey({ key: publicKeyJwk, format: 'jwk' }), signature)).toBe(true);
      expect(publicKeyJwk).not.toHaveProperty('d');
    },
  );

  it.each(keys)(
    '$type: the Multikey is that public key',
    ({ type, publicKeyMultibase, publicKeyJwk, privateKeyJwk }) => {
      const { type: coded, publicKey } = decodeMultikey(publicKeyMultibase);
      expect(coded).toBe(type);
      if (type === 'Ed25519') {
        expect(base64url(publicKey)).toBe(publicKeyJwk.x);
      } else {
        const curve = createECDH('prime256v1');
        curve.setPrivateKey(bytes(privateKeyJwk.d ?? ''));
        expect(base64url(publicKey)).toBe(base64url(curve.getPublicKey(null, 'compressed')));
      }
    },
  );

  it.each(keys)('K2 $type: opens for its own tenant, id and version, and for no other', async key => {
    const kek = bytes(secrets.keyEncryptionKey);
    const open = (place: string) => unseal(kek, bytes(key.sealed), place);
    const place = `waarmerk|${institution.id}|${key.id}|${key.version}`;
    expect(base64url(await open(place))).toBe(key.privateKeyJwk.d);
    for (const [own, other] of [
      [institution.id, 'another'],
      [key.id, 'key-2027-1'],
      [/1$/, '2'],
    ] as const) {
      await expect(open(place.replace(own, other))).rejects.toThrow(DomainError);
    }
  });

  it('are 32 bytes where a secret is 32 bytes, and not the same', () => {
    expect(bytes(secrets.keyEncryptionKey)).toHaveLength(32);
    expect(bytes(secrets.sessionSecret)).toHaveLength(32);
    expect(secrets.sessionSecret).not.toBe(secrets.keyEncryptionKey);
  });
});
