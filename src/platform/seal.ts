import { DomainError } from './errors.ts';

/**
 * Sealing of private keys: AES-256-GCM under the key-encryption key, a fresh 96-bit nonce for each seal, and the
 * place where the secret belongs as additional data, so that a sealed key moved elsewhere does not open.
 */
export async function seal(keyEncryptionKey: Uint8Array, secret: Uint8Array, place: string): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const key = await importKey(keyEncryptionKey, 'encrypt');
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: utf8(place) },
    key,
    bytes(secret),
  );
  return new Uint8Array([...nonce, ...new Uint8Array(sealed)]);
}

/** Opens what `seal` made for this very place; throws `key-not-opened` under another key or in another place. */
export async function unseal(keyEncryptionKey: Uint8Array, sealed: Uint8Array, place: string): Promise<Uint8Array> {
  const key = await importKey(keyEncryptionKey, 'decrypt');
  try {
    const secret = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes(sealed.slice(0, 12)), additionalData: utf8(place) },
      key,
      bytes(sealed.slice(12)),
    );
    return new Uint8Array(secret);
  } catch {
    throw new DomainError('key-not-opened', 'The key-encryption key does not open this signing key.');
  }
}

const importKey = (raw: Uint8Array, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', bytes(raw), 'AES-GCM', false, [use]);
const utf8 = (text: string) => new TextEncoder().encode(text);
// A copy on an ArrayBuffer of its own: WebCrypto's types refuse shared memory.
const bytes = (view: Uint8Array) => new Uint8Array(view);
