import { concat } from '../vc/bytes.ts';
import { type Curve, hashFor } from '../vc/ecdsa.ts';
import { encodeMultikey } from '../vc/multikey.ts';

/** An issuer that lasts as long as the process: a did:key and what signs for it. */
export type Issuer = {
  id: string;
  verificationMethod: string;
  cryptosuite: 'eddsa-rdfc-2022' | 'ecdsa-rdfc-2019';
  alg: 'EdDSA' | 'ES256' | 'ES384';
  keyType: 'Ed25519' | Curve;
  sign(data: Uint8Array): Promise<Uint8Array>;
};

type Key = Parameters<typeof crypto.subtle.sign>[1];
type KeyPair = { publicKey: Key; privateKey: Key };

const ALGORITHMS = { Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384' } as const;

/** Makes a key of a type, and the issuer that has it. */
export async function createIssuer(keyType: Issuer['keyType']): Promise<Issuer> {
  const algorithm = keyType === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: keyType };
  const { publicKey, privateKey } = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as KeyPair;
  const raw = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer);
  const multibase = encodeMultikey(keyType === 'Ed25519' ? raw : shortened(raw), keyType);
  const id = `did:key:${multibase}`;
  const how = keyType === 'Ed25519' ? algorithm : { name: 'ECDSA', hash: hashFor(keyType) };
  return {
    id,
    verificationMethod: `${id}#${multibase}`,
    cryptosuite: keyType === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019',
    alg: ALGORITHMS[keyType],
    keyType,
    sign: async data => new Uint8Array(await crypto.subtle.sign(how, privateKey, concat(data))),
  };
}

/** SEC 1 §2.3.3: x, and whether y is odd. */
const shortened = (point: Uint8Array) =>
  concat(Uint8Array.of(2 + (point.at(-1)! & 1)), point.subarray(1, 1 + (point.length - 1) / 2));
