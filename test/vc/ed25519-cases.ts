import { getPublicKeyAsync, Point, signAsync, verifyAsync } from '@noble/ed25519';
import { concat } from '../../src/vc/bytes.ts';
import { verifyEd25519 } from '../../src/vc/ed25519.ts';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

type Case = { kind: string; key: Uint8Array; message: Uint8Array; signature: Uint8Array };
export type Disagreement = { number: number; kind: string; ours: boolean; oracle: boolean };

const encode = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
const decode = (bytes: Uint8Array): bigint => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

const eighth = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
const torsion = Array.from({ length: 8 }, (_, i) => (i === 0 ? Point.ZERO : eighth.multiply(BigInt(i))));

/** What the oracle says by RFC 8032, and that a key of small order proves nothing. */
async function oracle({ key, message, signature }: Case): Promise<boolean> {
  try {
    if (Point.fromBytes(key).isSmallOrder()) return false;
    return await verifyAsync(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

type Below = (count: number) => number;
type Craft = (good: Case, below: Below) => Case;

/** Ways to make a case of a good signature, each as often as the others. */
const crafts: Record<string, Craft> = {
  good: good => good,
  'turned bit in the key': (good, below) => ({ ...good, key: turned(good.key, below) }),
  'turned bit in the message': (good, below) => ({ ...good, message: turned(good.message, below) }),
  'turned bit in the signature': (good, below) => ({ ...good, signature: turned(good.signature, below) }),
  'S + L': good => ({ ...good, signature: withS(good, decode(good.signature.subarray(32)) + L) }),
  'S at the edge': (good, below) => ({ ...good, signature: withS(good, L - 2n + BigInt(below(4))) }),
  'R + p': (good, below) => ({
    ...good,
    signature: concat(encode(P + BigInt(below(19))), good.signature.subarray(32)),
  }),
  'key + p': (good, below) => ({ ...good, key: encode(P + BigInt(below(19))) }),
  'key of small order': (good, below) => ({
    ...good,
    key: torsion[below(8)]!.toBytes(),
    signature: concat(torsion[below(8)]!.toBytes(), new Uint8Array(32)),
  }),
  'key with a small part': (good, below) => ({
    ...good,
    key: Point.fromBytes(good.key)
      .add(torsion[1 + below(7)]!)
      .toBytes(),
  }),
  'R with a small part': (good, below) => ({
    ...good,
    signature: concat(
      Point.fromBytes(good.signature.subarray(0, 32))
        .add(torsion[1 + below(7)]!)
        .toBytes(),
      good.signature.subarray(32),
    ),
  }),
  'R of small order': (good, below) => ({
    ...good,
    signature: concat(torsion[below(8)]!.toBytes(), good.signature.subarray(32)),
  }),
  'negative zero': good => ({ ...good, key: concat(Uint8Array.of(1), new Uint8Array(30), Uint8Array.of(0x80)) }),
  'another length': (good, below) => ({ ...good, signature: good.signature.subarray(0, below(64)) }),
  noise: (good, below) => ({ ...good, signature: Uint8Array.from({ length: 64 }, () => below(256)) }),
};

const withS = ({ signature }: Case, s: bigint) => concat(signature.subarray(0, 32), encode(s));

function turned(bytes: Uint8Array, below: Below): Uint8Array {
  const copy = concat(bytes);
  copy[below(copy.length)]! ^= 1 << below(8);
  return copy;
}

/** Compares `verifyEd25519` with noble on `n` cases, random and crafted; the same for the same `below`. */
export async function compareWithOracle(n: number, below: Below): Promise<{ good: number; found: Disagreement[] }> {
  const found: Disagreement[] = [];
  let good = 0;
  const kinds = Object.keys(crafts);
  for (let number = 0; number < n; number++) {
    const bytes = (length: number) => Uint8Array.from({ length }, () => below(256));
    const [seed, message] = [bytes(32), bytes(1 + below(96))];
    const [key, signature] = [await getPublicKeyAsync(seed), await signAsync(message, seed)];
    const kind = kinds[number % kinds.length]!;
    const made = crafts[kind]!({ kind, key, message, signature }, below);
    const [ours, theirs] = [await verifyEd25519(made.key, made.message, made.signature), await oracle(made)];
    if (ours) good++;
    if (ours !== theirs) found.push({ number, kind, ours, oracle: theirs });
  }
  return { good, found };
}
