import { publicKeyFromSeed, signerOfSeed } from './ed25519.ts';
import { encodeMultikey } from './multikey.ts';

/**
 * Something that holds a private key. It sees the 64 bytes of VC-DI-EDDSA §3.2.4 (two SHA-256 hashes) and never the
 * credential, so that it can stand on another machine.
 */
export interface Signer {
  /** The verification method, a DID URL: `did:web:example.nl:i:school#key-1`. */
  readonly id: string;
  /** The DID that the method belongs to, which is the issuer of what it signs. */
  readonly controller: string;
  readonly algorithm: 'Ed25519';
  readonly publicKeyMultibase: string;
  /** Resolves to a 64-byte Ed25519 signature over exactly 64 bytes. */
  sign(bytes64: Uint8Array): Promise<Uint8Array>;
}

/**
 * A signer on this machine. The seed goes into a key that cannot be taken out again and is not kept. Making the public
 * key from the seed takes milliseconds, so it can be told; a signature by another key is then refused by `sign`.
 */
export async function localSigner(key: {
  id: string;
  controller: string;
  seed: Uint8Array;
  publicKeyMultibase?: string;
}): Promise<Signer> {
  const sign = await signerOfSeed(key.seed);
  return {
    id: key.id,
    controller: key.controller,
    algorithm: 'Ed25519',
    publicKeyMultibase: key.publicKeyMultibase ?? encodeMultikey(await publicKeyFromSeed(key.seed)),
    async sign(bytes64) {
      if (bytes64.length !== 64) throw new TypeError('A signer signs two SHA-256 hashes: 64 bytes.');
      return sign(bytes64);
    },
  };
}
