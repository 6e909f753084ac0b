// Proofs that leave a part out, by the reference library, and proofs over JSON, written out as their specification has them.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { createDiscloseCryptosuite, createSignCryptosuite } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import jsigs from 'jsonld-signatures';
import { concat, encodeBase58, sha256 } from '../../src/vc/bytes.ts';
import { canonize } from '../../src/vc/canonize.ts';
import { contextLoader } from '../../src/vc/contexts.ts';
import { canonicalJson } from '../../src/vc/jcs.ts';
import type { Signer } from '../../src/vc/signer.ts';
import { type Json, minutes } from './badges.ts';
import type { JwtKey } from './jwts.ts';

/** An eddsa-jcs-2022 proof (VC-DI-EDDSA §3.3.1); members that are `undefined` are left out before it is signed. */
export async function signJson(document: Json, signer: Signer, changes: Json = {}): Promise<Json> {
  const config: Json = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: '2026-10-01T09:00:00Z',
    verificationMethod: signer.id,
    proofPurpose: 'assertionMethod',
    '@context': document['@context'],
    ...changes,
  };
  for (const [name, value] of Object.entries(config)) if (value === undefined) delete config[name];
  const { proof: _, ...unsecured } = document;
  const hashes = [await sha256(canonicalJson(config)), await sha256(canonicalJson(unsecured))];
  const value = await signer.sign(concat(...hashes));
  return { ...unsecured, proof: { ...config, proofValue: `z${encodeBase58(value)}` } };
}

/** Over statements, written out as the suites have it: the proof in the contexts of the document, then the document. */
async function signStatements(document: Json, config: Json, sign: (data: Uint8Array) => Promise<Uint8Array>) {
  const hashes = [
    await sha256(await canonize({ '@context': document['@context'], ...config })),
    await sha256(await canonize(document)),
  ];
  const proofValue = `z${encodeBase58(await sign(concat(...hashes)))}`;
  return { ...document, proof: { ...config, proofValue } } as Json;
}

export const sign2020 = (document: Json, signer: Signer, changes: Json = {}): Promise<Json> =>
  signStatements(
    document,
    {
      type: 'Ed25519Signature2020',
      created: '2026-10-01T09:00:00Z',
      verificationMethod: signer.id,
      proofPurpose: 'assertionMethod',
      ...changes,
    },
    data => signer.sign(data),
  );

/** ecdsa-rdfc-2019 by a P-256 key. */
export const signEcdsa = (document: Json, key: JwtKey, verificationMethod: string): Promise<Json> =>
  signStatements(
    document,
    {
      type: 'DataIntegrityProof',
      cryptosuite: 'ecdsa-rdfc-2019',
      verificationMethod,
      proofPurpose: 'assertionMethod',
    },
    data => key.sign(data),
  );

type Pair = { publicKeyMultibase: string; signer(): { id: string; sign(data: unknown): Promise<Uint8Array> } };

/** A P-256 key for the reference library: of a did:key of its own, or of another DID under a fragment. */
export async function selectiveKey(owner?: string): Promise<{ did: string; pair: Pair }> {
  const made = (await EcdsaMultikey.generate({ curve: 'P-256' })) as Pair & { export(o: object): Promise<Json> };
  const did = owner ?? `did:key:${made.publicKeyMultibase}`;
  const exported = await made.export({ publicKey: true, secretKey: true, includeContext: true });
  const pair = (await EcdsaMultikey.from({
    ...exported,
    id: `${did}#${made.publicKeyMultibase}`,
    controller: did,
  })) as Pair;
  return { did, pair };
}

/** The proof that only the holder has. `mandatory` are JSON pointers to what can never be left out. */
export const signBase = (document: Json, { pair }: { pair: Pair }, mandatory: string[]): Promise<Json> =>
  jsigs.sign(structuredClone(document), {
    suite: new DataIntegrityProof({
      signer: pair.signer(),
      cryptosuite: createSignCryptosuite({ mandatoryPointers: mandatory }),
      date: `${minutes(-60).toISOString().slice(0, 19)}Z`,
    }),
    purpose: new jsigs.purposes.AssertionProofPurpose(),
    documentLoader: contextLoader,
  });

/** What a holder shows: what can never be left out, and what the pointers name. */
export const derive = (base: Json, pointers: string[]): Promise<Json> =>
  jsigs.derive(structuredClone(base), {
    suite: new DataIntegrityProof({ cryptosuite: createDiscloseCryptosuite({ selectivePointers: pointers }) }),
    purpose: new jsigs.purposes.AssertionProofPurpose(),
    documentLoader: contextLoader,
  });
