import { getPublicKeyAsync } from '@noble/ed25519';
import { type Bytes, concat } from './bytes.ts';

const P = 2n ** 255n - 19n;
/** The order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The y of the points whose order divides 8: a key among them "verifies" signatures that nobody made. */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

/**
 * Whether `signature` over `message` was made with the key. The runtime's Ed25519 does the arithmetic; the checks that
 * runtimes skip or differ on come first: lengths, S < L, canonical encodings of A and R, no key of small order
 * (RFC 8032 §5.1.7). Never throws for bad input; a signature that is not one is `false`.
 */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  if (ordinate(signature.subarray(0, 32)) >= P || littleEndian(signature.subarray(32)) >= L) return false;
  try {
    const key = await soundKey(publicKey);
    return key !== undefined && (await crypto.subtle.verify('Ed25519', key, concat(signature), concat(message)));
  } catch {
    // Some runtimes refuse 32 bytes that are no point when importing, others when verifying.
    return false;
  }
}

type VerifyKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
const MAX_KEYS = 256;
/** Keys that were judged before, by their bytes; most checks are of a few issuers. */
const judged = new Map<string, Promise<VerifyKey> | undefined>();

/** The key, ready to verify with; undefined for one with a non-canonical encoding or of small order. */
function soundKey(publicKey: Uint8Array): Promise<VerifyKey> | undefined {
  const name = publicKey.join();
  if (judged.has(name)) return judged.get(name);
  const y = ordinate(publicKey);
  const sound = y < P && !SMALL_ORDER_Y.has(y);
  const key = sound ? crypto.subtle.importKey('raw', concat(publicKey), 'Ed25519', false, ['verify']) : undefined;
  key?.catch(() => undefined);
  if (judged.size >= MAX_KEYS) judged.delete(judged.keys().next().value!);
  judged.set(name, key);
  return key;
}

/** The 32-byte public key of a 32-byte seed. */
export async function publicKeyFromSeed(seed: Uint8Array): Promise<Bytes> {
  return concat(await getPublicKeyAsync(seed));
}

// RFC 8410 §7: a PrivateKeyInfo with a 32-byte seed, up to the seed.
const PKCS8 = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);

/** Signs with the key of a 32-byte seed (RFC 8032 §5.1.6; deterministic): 64 bytes for each message. */
export async function signerOfSeed(seed: Uint8Array): Promise<(message: Uint8Array) => Promise<Bytes>> {
  const key = await crypto.subtle.importKey('pkcs8', concat(PKCS8, seed), 'Ed25519', false, ['sign']);
  return async message => new Uint8Array(await crypto.subtle.sign('Ed25519', key, concat(message)));
}

/** The 64-byte signature over `message` with the key of a 32-byte seed. */
export const signEd25519 = async (seed: Uint8Array, message: Uint8Array): Promise<Bytes> =>
  (await signerOfSeed(seed))(message);

/** y of an encoded point: the top bit is the sign of x. */
const ordinate = (point: Uint8Array): bigint => littleEndian(point) & (2n ** 255n - 1n);

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return value;
}
