import { concat, decodeBase58, hex } from './bytes.ts';
import { canonizeDataset, type Dataset, toDataset } from './canonize.ts';
import { contextLoader } from './contexts.ts';
import { type Cryptosuite, cryptosuiteOf, verifySignature } from './cryptosuites.ts';
import { parseDateTimeStamp } from './date.ts';
import type { Hash } from './ecdsa.ts';
import { isBaseProof, verifyDerived } from './ecdsa-sd.ts';
import { VcError } from './errors.ts';
import { hashCanonical, hashConfig, hashDocument, hashJson } from './hash-data.ts';
import { canonicalJson } from './jcs.ts';
import type { PublicKey } from './multikey.ts';

type ProofCode =
  | 'signature-valid'
  | 'signature-invalid'
  | 'proof-malformed'
  | 'proof-purpose'
  | 'proof-from-future'
  | 'proof-expired'
  | 'previous-proof-missing'
  | 'proof-not-derived'
  | 'unsupported-suite';

/** A key to try, or why there is none. */
export type KeyAnswer<Code extends string> = { key: PublicKey } | { outcome: 'failed' | 'unknown'; code: Code };

/** The judgement of one proof, at its place in the document. `about` says whether the key or the proof decided. */
export type ProofResult<Code extends string = never> = {
  index: number;
  outcome: 'ok' | 'failed' | 'unknown';
  code: ProofCode | Code;
  about: 'proof' | 'key';
  verificationMethod?: string;
  cryptosuite?: string;
  created?: string;
  /** For a good proof that lets statements be left out: those that could not be, as canonical N-Quads. */
  mandatory?: string[];
};

type Options<Code extends string> = {
  /** Finds the key for a verification method; whether that method may speak for the issuer is for the caller to say. */
  keyFor: (verificationMethod: string) => Promise<KeyAnswer<Code>>;
  now: Date;
  /** What the proofs have to be for: issuing, or showing. */
  purpose?: 'assertionMethod' | 'authentication';
  /** The document without its proofs as already read, to save reading it again. */
  dataset?: Dataset;
  loader?: DocumentLoader;
  /** What was found of this same document before; it may not have been written to since. */
  verified?: Verified;
};

/**
 * Whether a signature is right, by the place of its proof and by the key: that never changes, while dates and keys do.
 */
export type Verified = Map<string, boolean | { mandatory: string[] }>;

const CLOCK_SKEW_MS = 5 * 60_000;

/** The proofs of a document, as a list; an absent or empty `proof` is an empty one. */
export function proofsOf(document: object): unknown[] {
  const { proof } = document as { proof?: unknown };
  return Array.isArray(proof) ? proof : proof === undefined || proof === null ? [] : [proof];
}

/** The document that the proofs are about. */
export function withoutProof(document: object): JsonObject {
  const { proof: _, ...unsecured } = document as JsonObject;
  return unsecured;
}

/**
 * Judges every proof of a document on its own, sets and chains alike (VC-DATA-INTEGRITY §4.4, §4.5; VC-DI-EDDSA §3.2.2,
 * VC-DI-ECDSA §3.2.2, and for proofs over JSON and those made to leave a part out §3.3.2 and §3.4.7).
 * No proof is skipped and none excuses another. Throws only when the document itself cannot be canonicalised.
 */
export async function verifyProofs<Code extends string = never>(
  document: object,
  { keyFor, now, purpose = 'assertionMethod', dataset, loader = contextLoader, verified }: Options<Code>,
): Promise<ProofResult<Code>[]> {
  const unsecured = withoutProof(document);
  const proofs = proofsOf(document);
  const canonical = await canonizeDataset(dataset ?? (await toDataset(unsecured, loader)));

  return Promise.all(
    proofs.map(async (proof, index): Promise<ProofResult<Code>> => {
      const verdict = (outcome: ProofResult['outcome'], code: ProofCode | Code, about: 'proof' | 'key' = 'proof') => ({
        index,
        outcome,
        code,
        about,
        ...told(proof),
      });
      const defect = defectOf(proof, unsecured['@context'], purpose, now);
      if (defect) return verdict(defect === 'unsupported-suite' ? 'unknown' : 'failed', defect);
      const sound = proof as SoundProof;

      const previous = previousProofs(sound, proofs);
      if (!previous) return verdict('failed', 'previous-proof-missing');

      const answer = await keyFor(sound.verificationMethod);
      if ('code' in answer) return verdict(answer.outcome, answer.code, 'key');
      const suite = cryptosuiteOf(sound)!;
      const hash = suite.hashes[answer.key.type];
      if (!hash) return verdict('unknown', 'unsupported-suite');

      try {
        const { key } = answer;
        const place = `${index} ${key.type} ${hex(key.publicKey)}`;
        const answered =
          verified?.get(place) ?? (await isGood(sound, { suite, hash, key, unsecured, canonical, previous, loader }));
        verified?.set(place, answered);
        if (!answered) return verdict('failed', 'signature-invalid');
        return { ...verdict('ok', 'signature-valid'), ...(answered === true ? {} : answered) };
      } catch (error) {
        if (error instanceof VcError) return verdict('failed', 'proof-malformed');
        throw error;
      }
    }),
  );
}

type Judged = {
  suite: Cryptosuite;
  hash: Hash;
  key: PublicKey;
  unsecured: JsonObject;
  /** The document in canonical N-Quads. */
  canonical: string;
  /** The proofs that the proof follows. */
  previous: JsonObject[];
  loader: DocumentLoader;
};

/** Whether the signature of a proof is right; with what could not be left out, where a part can be. */
async function isGood(proof: SoundProof, judged: Judged): Promise<boolean | { mandatory: string[] }> {
  const { suite, hash, key, unsecured, canonical, previous, loader } = judged;
  const { proofValue, ...config } = proof;
  const options = { loader, hash, contexts: suite.contexts };
  if (suite.signs === 'some-statements') {
    const configHash = await hashConfig(unsecured, config, options);
    return (await verifyDerived(canonical, { proofValue, configHash, key })) ?? false;
  }
  // VC-DATA-INTEGRITY §4.5: a chained proof also covers the proofs that it follows.
  const covered = previous.length === 0 ? unsecured : { ...unsecured, proof: previous };
  let data: Uint8Array;
  if (suite.signs === 'json') {
    const context = proof['@context'] ?? unsecured['@context'];
    if (!(await meansTheSame(context, judged))) return false;
    // VC-DI-EDDSA §3.3.2: the contexts as they were when it was signed.
    data = await hashJson(context === undefined ? covered : { ...covered, '@context': context }, config, hash);
  } else {
    // Side by side: each waits for a thread of the runtime.
    const [configHash, documentHash] = await Promise.all([
      hashConfig(unsecured, config, options),
      previous.length === 0 ? hashCanonical(canonical, hash) : hashDocument(covered, loader, hash),
    ]);
    data = concat(configHash, documentHash);
  }
  return verifySignature(key, data, decodeBase58(proofValue.slice(1)));
}

/**
 * Whether the document says in `context` what it says in its own. A proof over JSON signs no statements, while statements
 * are what is judged: its words are read in the contexts that it was signed with, and contexts that came after those
 * (VC-DI-EDDSA §3.3.2 lets a later proof add some) may not make them say anything else.
 */
async function meansTheSame(context: unknown, { unsecured, canonical, loader }: Judged): Promise<boolean> {
  const [signed, now] = [context, unsecured['@context']].map(value => canonicalJson([value].flat()));
  if (signed === now) return true;
  return (await canonizeDataset(await toDataset({ ...unsecured, '@context': context }, loader))) === canonical;
}

type SoundProof = { verificationMethod: string; proofValue: string; previousProof?: string | string[] } & JsonObject;

/** The first thing wrong with a proof that can be said without a key. */
function defectOf(proof: unknown, context: unknown, purpose: string, now: Date): ProofCode | undefined {
  if (!isObject(proof) || typeof proof.type !== 'string') return 'proof-malformed';
  if (proof.type === 'DataIntegrityProof' && proof.cryptosuite === undefined) return 'proof-malformed';
  const suite = cryptosuiteOf(proof);
  if (!suite) return 'unsupported-suite';
  if ('@context' in proof && !(suite.signs === 'json' && isStartOf(proof['@context'], context)))
    return 'proof-malformed';
  if (proof.proofPurpose !== purpose) return 'proof-purpose';
  if (typeof proof.verificationMethod !== 'string' || proof.verificationMethod === '') return 'proof-malformed';
  // VC-DI-EDDSA §3.2.1: base58btc, so "z"; VC-DI-ECDSA §3.5.5: base64url, so "u". Another multibase is another format.
  const multibase = suite.signs === 'some-statements' ? 'u' : 'z';
  if (typeof proof.proofValue !== 'string' || !proof.proofValue.startsWith(multibase)) return 'proof-malformed';
  if (multibase === 'u' && isBaseProof(proof.proofValue)) return 'proof-not-derived';
  // VC-DI-ECDSA §3.4 has no words for a proof after others of which a part may be left out.
  if (multibase === 'u' && proof.previousProof !== undefined) return 'unsupported-suite';

  const created = parseDateTimeStamp(proof.created);
  const expires = parseDateTimeStamp(proof.expires);
  if ((proof.created !== undefined && !created) || (proof.expires !== undefined && !expires)) return 'proof-malformed';
  if (created && created.getTime() > now.getTime() + CLOCK_SKEW_MS) return 'proof-from-future';
  if (expires && expires.getTime() < now.getTime() - CLOCK_SKEW_MS) return 'proof-expired';
  return undefined;
}

/** VC-DI-EDDSA §3.3.2: the contexts of a document start with those of its proof. */
function isStartOf(start: unknown, context: unknown): boolean {
  const [first, all] = [[start].flat(), [context].flat()];
  return first.every((item, index) => index < all.length && canonicalJson(item) === canonicalJson(all[index]));
}

/** The proofs that this one names, or `undefined` when one is absent, named twice over, or leads back here. */
function previousProofs(proof: SoundProof, all: unknown[]): JsonObject[] | undefined {
  const named = (from: JsonObject): unknown[] =>
    from.previousProof === undefined
      ? []
      : Array.isArray(from.previousProof)
        ? from.previousProof
        : [from.previousProof];
  const find = (id: unknown) => all.filter((other): other is JsonObject => isObject(other) && other.id === id);

  const behind = new Set<JsonObject>();
  const toFollow: JsonObject[] = [proof];
  for (let current = toFollow.pop(); current; current = toFollow.pop()) {
    for (const id of named(current)) {
      const matches = typeof id === 'string' ? find(id) : [];
      if (matches.length !== 1 || matches[0] === proof) return undefined;
      if (!behind.has(matches[0]!)) toFollow.push(matches[0]!);
      behind.add(matches[0]!);
    }
  }
  return named(proof).map(id => find(id)[0]!);
}

/** What a report may repeat of a proof, whatever its shape. */
function told(proof: unknown): Pick<ProofResult, 'verificationMethod' | 'cryptosuite' | 'created'> {
  const { verificationMethod, cryptosuite, created, type } = isObject(proof) ? proof : {};
  const suite = type === 'DataIntegrityProof' ? cryptosuite : type;
  return {
    ...(typeof verificationMethod === 'string' ? { verificationMethod } : {}),
    ...(typeof suite === 'string' ? { cryptosuite: suite } : {}),
    ...(typeof created === 'string' ? { created } : {}),
  };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
