// Badges to test with: real keys, and signatures by the reference library over whatever a test wants to be signed.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import jsigs from 'jsonld-signatures';
import { contextLoader, OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { publicKeyFromSeed } from '../../src/vc/ed25519.ts';
import { encodeMultikey } from '../../src/vc/multikey.ts';
import { localSigner, type Signer } from '../../src/vc/signer.ts';

export type Json = Record<string, unknown>;

export const NOW = new Date('2026-11-01T12:00:00Z');
export const minutes = (count: number, from: Date = NOW): Date => new Date(from.getTime() + count * 60_000);

/** The signer of a did:key, the same one for the same number. */
export async function keySigner(number: number): Promise<Signer> {
  const seed = new Uint8Array(32).fill(number);
  const multibase = encodeMultikey(await publicKeyFromSeed(seed));
  return localSigner({ id: `did:key:${multibase}#${multibase}`, controller: `did:key:${multibase}`, seed });
}

/** The signer of a key in a did:web. */
export async function webSigner(did: string, number: number, fragment = 'key-1'): Promise<Signer> {
  return localSigner({ id: `${did}#${fragment}`, controller: did, seed: new Uint8Array(32).fill(number) });
}

/** A sound unsigned badge by `issuer`, with members replaced or, when `undefined`, left out. */
export function badge(issuer: string, changes: Json = {}): Json {
  const document: Json = {
    '@context': [VC2_CONTEXT, OB_CONTEXT],
    id: 'urn:uuid:0d7c4b7e-9c66-4a0b-9d3e-0e8a7c1f2b3a',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Valpreventie in de thuiszorg',
    issuer: { id: issuer, type: ['Profile'], name: 'Zorgcollege De Linde' },
    validFrom: '2026-10-01T09:00:00Z',
    credentialSubject: {
      id: 'urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://linde.example/achievements/valpreventie',
        type: ['Achievement'],
        name: 'Valpreventie in de thuiszorg',
        description: 'Herkent valrisico en bespreekt maatregelen.',
        criteria: { narrative: 'Beoordeeld op een portfolio en een gesprek.' },
      },
    },
    ...changes,
  };
  for (const [name, value] of Object.entries(changes)) if (value === undefined) delete document[name];
  return document;
}

export type SignOptions = {
  created?: Date;
  /** Members to add to the proof or, when `undefined`, to leave out of it, before it is signed. */
  proof?: Json;
  /** The method that the proof names, when it is not the signer's own. */
  verificationMethod?: string;
};

/** Signs anything that JSON-LD can read, whatever its worth, with a proof of whatever content. */
export async function signAny(document: Json, signer: Signer, options: SignOptions = {}): Promise<Json> {
  const suite = new DataIntegrityProof({
    cryptosuite,
    date: `${(options.created ?? minutes(-60)).toISOString().slice(0, 19)}Z`,
    signer: {
      id: options.verificationMethod ?? signer.id,
      algorithm: 'Ed25519',
      sign: ({ data }: { data: Uint8Array }) => signer.sign(data),
    },
  });
  const purpose = {
    update(proof: Json): Json {
      const changed: Json = { ...proof, proofPurpose: 'assertionMethod', ...options.proof };
      for (const [name, value] of Object.entries(changed)) if (value === undefined) delete changed[name];
      return changed;
    },
  };
  return jsigs.sign(structuredClone(document), { suite, purpose, documentLoader: contextLoader });
}

/** A network of fixed answers that remembers what was asked of it; a function answers by being called. */
export function network(answers: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const fetchJson = async (url: string): Promise<unknown> => {
    asked.push(url);
    const answer = answers[url];
    if (answer === undefined) throw Object.assign(new Error('unreachable'), { code: 'fetch-failed' });
    return typeof answer === 'function' ? answer() : structuredClone(answer);
  };
  return { answers, asked, fetchJson };
}
