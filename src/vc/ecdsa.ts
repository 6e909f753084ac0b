import { type Bytes, concat } from './bytes.ts';
import { VcError } from './errors.ts';

export type Curve = 'P-256' | 'P-384';
export type Hash = 'SHA-256' | 'SHA-384';

// SP 800-186 §3.2.1: y² = x³ - 3x + b over a field of p elements.
const CURVES = {
  'P-256': {
    size: 32,
    hash: 'SHA-256',
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    size: 48,
    hash: 'SHA-384',
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
} as const;

/** How many bytes a coordinate has; a signature has twice as many. */
export const coordinateSize = (curve: Curve): number => CURVES[curve].size;

/** The hash that belongs to a curve (VC-DI-ECDSA §3.2). */
export const hashFor = (curve: Curve): Hash => CURVES[curve].hash;

/**
 * Whether `signature`, r and s one after the other (IEEE P1363), over `message` was made with a compressed key. DER and
 * any other length are no signature. Never throws for bad input.
 */
export async function verifyEcdsa(
  curve: Curve,
  compressed: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    return await (
      await verifierOf(curve, compressed)
    )(message, signature);
  } catch {
    return false;
  }
}

/** As `verifyEcdsa`, for many signatures by one key, which is read once. Throws `key-malformed` for what is no key. */
export async function verifierOf(
  curve: Curve,
  compressed: Uint8Array,
): Promise<(message: Uint8Array, signature: Uint8Array) => Promise<boolean>> {
  const { size, hash } = CURVES[curve];
  const key = await importOnce(curve, compressed);
  return async (message, signature) =>
    signature.length === 2 * size &&
    crypto.subtle.verify({ name: 'ECDSA', hash }, key, concat(signature), concat(message));
}

type VerifyKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
const MAX_KEYS = 256;
/** Keys that were read before, by their curve and bytes, the ones used last at the end. */
const imported = new Map<string, VerifyKey>();

async function importOnce(curve: Curve, compressed: Uint8Array): Promise<VerifyKey> {
  const name = `${curve} ${compressed.join()}`;
  let key = imported.get(name);
  if (!key) {
    const raw = decompress(curve, compressed);
    // What is kept is no promise: a Worker does not wait for one of another request.
    key = await crypto.subtle.importKey('raw', raw, { name: 'ECDSA', namedCurve: curve }, false, ['verify']);
  }
  imported.delete(name);
  imported.set(name, key);
  if (imported.size > MAX_KEYS) imported.delete(imported.keys().next().value!);
  return key;
}

/** A compressed point (SEC 1 §2.3.3) written out; runtimes import no others. Throws `key-malformed` for no point. */
export function decompress(curve: Curve, compressed: Uint8Array): Bytes {
  const { size, p, b } = CURVES[curve];
  const [sign] = compressed;
  const x = bigEndian(compressed.subarray(1));
  if (compressed.length !== size + 1 || (sign !== 2 && sign !== 3) || x >= p) throw noPoint();
  const square = mod(x * x * x - 3n * x + b, p);
  // p ≡ 3 (mod 4) for both curves, so this is a root if there is one.
  const root = power(square, (p + 1n) / 4n, p);
  if ((root * root) % p !== square) throw noPoint();
  const y = (root & 1n) === BigInt(sign & 1) ? root : p - root;
  return concat(Uint8Array.of(4), toBytes(x, size), toBytes(y, size));
}

/** An uncompressed point made short. Throws `key-malformed` when the two coordinates are no point. */
export function compress(curve: Curve, x: Uint8Array, y: Uint8Array): Bytes {
  const { size, p, b } = CURVES[curve];
  const [left, right] = [bigEndian(x), bigEndian(y)];
  if (x.length !== size || left >= p || right >= p) throw noPoint();
  // Cheaper than the root that `decompress` takes.
  if (mod(right * right - (left * left * left - 3n * left + b), p) !== 0n) throw noPoint();
  return concat(Uint8Array.of(2 + ((y.at(-1) ?? 0) & 1)), x);
}

const noPoint = () => new VcError('key-malformed', 'The key is not a point of its curve.');

const mod = (value: bigint, p: bigint): bigint => ((value % p) + p) % p;

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = (b * b) % p) if (e & 1n) result = (result * b) % p;
  return result;
}

function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

function toBytes(value: bigint, size: number): Bytes {
  const bytes = new Uint8Array(size);
  for (let i = size - 1, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}
