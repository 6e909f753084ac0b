import { type Bytes, concat, decodeBase64url, encodeBase64url, utf8 } from './bytes.ts';
import { decodeCbor } from './cbor.ts';
import { verifierOf } from './ecdsa.ts';
import { VcError } from './errors.ts';
import type { PublicKey } from './multikey.ts';

/** The parts of a derived proof (VC-DI-ECDSA §3.5.7, "parseDerivedProofValue"). */
type Derived = {
  baseSignature: Bytes;
  /** The Multikey of the key that signed the statements that could be left out. */
  publicKey: Bytes;
  signatures: Bytes[];
  /** Canonical blank node label (`c14n0`) to the label that the issuer signed. */
  labels: ReadonlyMap<string, string>;
  mandatory: ReadonlySet<number>;
};

// VC-DI-ECDSA §3.5.2 and §3.5.7: tags that say which of the two a proof is; this is 0xd95d00 in multibase.
const BASE = 'u2V0A';
const DERIVED = [0xd9, 0x5d, 0x01];
/** base64url characters: 64 bytes for each statement that could be left out, and there is room for 500 of those. */
const MAX_LENGTH = 60_000;
const MAX_STATEMENTS = 500;

/** Whether a proof value is that of a base proof: the holder's alone, from which a proof to show is made. */
export const isBaseProof = (proofValue: string): boolean => proofValue.startsWith(BASE);

/**
 * Whether every statement of a derived document was signed (VC-DI-ECDSA §3.4.7, §3.4.8): the mandatory ones together by
 * the issuer's `key`, each other one by a key that the issuer signed for this document alone. `canonical` is the
 * document in canonical N-Quads and `configHash` the hash of its proof without the value. Resolves to the mandatory
 * statements, as canonical N-Quads, or undefined when the signature is wrong. Throws `bytes-malformed` or
 * `key-malformed` for what is no derived proof.
 */
export async function verifyDerived(
  canonical: string,
  { proofValue, configHash, key }: { proofValue: string; configHash: Uint8Array; key: PublicKey },
): Promise<{ mandatory: string[] } | undefined> {
  const { baseSignature, publicKey, signatures, labels, mandatory } = parseDerived(proofValue);
  const statements = relabelled(canonical, labels);
  const isMandatory = (_: unknown, index: number) => mandatory.has(index);
  const together = statements.filter(isMandatory);
  const apart = statements.filter((_, index) => !mandatory.has(index));
  if (together.length !== mandatory.size) throw malformed();
  if (apart.length !== signatures.length || key.type !== 'P-256') return undefined;

  const issuer = await verifierOf('P-256', key.publicKey);
  const mandatoryHash = await crypto.subtle.digest('SHA-256', utf8(together.map(({ signed }) => signed).join('')));
  const base = concat(configHash, publicKey, new Uint8Array(mandatoryHash));
  // The issuer's first, so that nobody else can have us check hundreds of signatures.
  if (!(await issuer(base, baseSignature))) return undefined;
  const verify = await verifierOf('P-256', publicKey.subarray(2));
  const good = await Promise.all(apart.map(({ signed }, index) => verify(utf8(signed), signatures[index]!)));
  return good.includes(false) ? undefined : { mandatory: together.map(({ canonical: line }) => line) };
}

function parseDerived(proofValue: string): Derived {
  if (proofValue.length > MAX_LENGTH) throw malformed();
  const bytes = bytesOf(proofValue);
  if (!startsWith(bytes, DERIVED)) throw malformed();
  const parts = decodeCbor(bytes.subarray(DERIVED.length));
  if (!Array.isArray(parts) || parts.length !== 5) throw malformed();
  const [baseSignature, publicKey, signatures, labels, mandatory] = parts;
  const isBytes = (value: unknown, length: number): value is Bytes =>
    value instanceof Uint8Array && value.length === length;
  const sound =
    isBytes(baseSignature, 64) &&
    isBytes(publicKey, 35) &&
    startsWith(publicKey, [0x80, 0x24]) &&
    Array.isArray(signatures) &&
    signatures.length <= MAX_STATEMENTS &&
    signatures.every(signature => isBytes(signature, 64)) &&
    labels instanceof Map &&
    [...labels].every(([label, hmac]) => Number.isInteger(label) && isBytes(hmac, 32)) &&
    Array.isArray(mandatory) &&
    mandatory.every(Number.isInteger);
  if (!sound) throw malformed();
  const named = new Map(
    [...labels].map(([label, hmac]) => [`c14n${String(label)}`, `u${encodeBase64url(hmac as Bytes)}`]),
  );
  const indexes = new Set(mandatory as number[]);
  // Two labels for one node would show as two what the issuer signed as one.
  if (new Set(named.values()).size !== named.size || indexes.size !== mandatory.length) throw malformed();
  return { baseSignature, publicKey, signatures: signatures as Bytes[], labels: named, mandatory: indexes };
}

/**
 * Each statement as the issuer signed it, in the order in which those were counted, beside its canonical form. Labels
 * inside a text are text.
 */
function relabelled(canonical: string, labels: Derived['labels']): { signed: string; canonical: string }[] {
  const rename = (label: string) => {
    const name = labels.get(label);
    if (name === undefined) throw malformed();
    return `_:${name}`;
  };
  return canonical
    .split('\n')
    .slice(0, -1)
    .map(line => ({
      canonical: line,
      signed: `${line
        .replace(/^_:(c14n\d+)/, (_, label: string) => rename(label))
        .replace(/ _:(c14n\d+)(?= (?:(?:<[^\s<>"]*>|_:c14n\d+) )?\.$)/, (_, label: string) => ` ${rename(label)}`)
        .replace(/ _:(c14n\d+) \.$/, (_, label: string) => ` ${rename(label)} .`)}\n`,
    }))
    .sort(({ signed: one }, { signed: other }) => (one < other ? -1 : 1));
}

function bytesOf(proofValue: string): Bytes {
  // VC-DI-ECDSA §3.5.5: base64url, so "u"; another multibase is another format.
  if (!proofValue.startsWith('u')) throw malformed();
  return decodeBase64url(proofValue.slice(1));
}

const startsWith = (bytes: Uint8Array, prefix: number[]) => prefix.every((byte, index) => bytes[index] === byte);

const malformed = () => new VcError('bytes-malformed', 'The proof is no derived proof of ecdsa-sd-2023.');
