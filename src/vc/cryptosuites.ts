import { DATA_INTEGRITY_CONTEXT, ED25519_2020_CONTEXT, VC2_CONTEXT } from './contexts.ts';
import { type Hash, verifyEcdsa } from './ecdsa.ts';
import { verifyEd25519 } from './ed25519.ts';
import type { PublicKey } from './multikey.ts';

/** How the proofs of one kind are made. */
export type Cryptosuite = {
  /** What is signed: the statements, the JSON itself, or each statement by itself so that some can be left out. */
  signs: 'statements' | 'json' | 'some-statements';
  /** The hash of document and proof, for each type of key that the suite is for. */
  hashes: Partial<Record<PublicKey['type'], Hash>>;
  /** Contexts of which any one defines the words of the proof; the first is added where none stands. */
  contexts: readonly string[];
};

/** The contexts that define the words of Data Integrity. */
export const DATA_INTEGRITY = [DATA_INTEGRITY_CONTEXT, VC2_CONTEXT];
const EDDSA_RDFC_2022: Cryptosuite = {
  signs: 'statements',
  hashes: { Ed25519: 'SHA-256' },
  contexts: DATA_INTEGRITY,
};
// VC-DI-ECDSA §3.2: the hash goes with the curve.
const ECDSA_RDFC_2019: Cryptosuite = {
  signs: 'statements',
  hashes: { 'P-256': 'SHA-256', 'P-384': 'SHA-384' },
  contexts: DATA_INTEGRITY,
};
// The same computation as eddsa-rdfc-2022 in other words; VC-DI-EDDSA §B.
const ED25519_SIGNATURE_2020: Cryptosuite = {
  signs: 'statements',
  hashes: { Ed25519: 'SHA-256' },
  contexts: [ED25519_2020_CONTEXT],
};
// VC-DI-EDDSA §3.3, VC-DI-ECDSA §3.3: the same keys and hashes, over JSON.
const EDDSA_JCS_2022: Cryptosuite = { ...EDDSA_RDFC_2022, signs: 'json' };
const ECDSA_JCS_2019: Cryptosuite = { ...ECDSA_RDFC_2019, signs: 'json' };
// VC-DI-ECDSA §3.4.2: P-256 only.
const ECDSA_SD_2023: Cryptosuite = {
  signs: 'some-statements',
  hashes: { 'P-256': 'SHA-256' },
  contexts: DATA_INTEGRITY,
};

const SUITES: ReadonlyMap<unknown, Cryptosuite> = new Map([
  ['eddsa-rdfc-2022', EDDSA_RDFC_2022],
  ['ecdsa-rdfc-2019', ECDSA_RDFC_2019],
  ['eddsa-jcs-2022', EDDSA_JCS_2022],
  ['ecdsa-jcs-2019', ECDSA_JCS_2019],
  ['ecdsa-sd-2023', ECDSA_SD_2023],
]);

/** The suite that a proof names, or undefined for one that is not read here. Names are compared as they are. */
export function cryptosuiteOf({ type, cryptosuite }: JsonObject): Cryptosuite | undefined {
  if (type === 'Ed25519Signature2020') return cryptosuite === undefined ? ED25519_SIGNATURE_2020 : undefined;
  return type === 'DataIntegrityProof' ? SUITES.get(cryptosuite) : undefined;
}

/** Whether a signature over `data` was made with the key. A key without a suite verifies nothing. */
export async function verifySignature(key: PublicKey, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (key.type === 'Ed25519') return verifyEd25519(key.publicKey, data, signature);
  if (key.type === 'P-256' || key.type === 'P-384') return verifyEcdsa(key.type, key.publicKey, data, signature);
  return false;
}
