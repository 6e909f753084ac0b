// A school at an address of its own, with a key of every kind, so that no case meets what another has left in a cache.
import { decodeBase64url } from '../../src/vc/bytes.ts';
import { didDocument } from '../../src/vc/did.ts';
import { compress } from '../../src/vc/ecdsa.ts';
import { encodeMultikey } from '../../src/vc/multikey.ts';
import { badge, type Json, webSigner } from '../support/badges.ts';
import { type JwtKey, jwtKey } from '../support/jwts.ts';
import { selectiveKey } from '../support/proofs.ts';

/** What the network answers: JSON, a text or bytes, by address. */
export type Answers = Record<string, unknown>;
/** Something to check, and the network that it needs. */
export type Made = { credential: unknown; answers: Answers };

export const HOUR = 3_600_000;
export const ago = (hours: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 - hours * HOUR);

type Algorithm = 'ES256' | 'RS256' | 'EdDSA';
let made: Promise<Record<Algorithm, JwtKey>> | undefined;
/** The same for every school: they take a while to make. */
const jwtKeys = (): Promise<Record<Algorithm, JwtKey>> =>
  (made ??= (async () => {
    const [ES256, RS256, EdDSA] = await Promise.all([jwtKey('ES256'), jwtKey('RS256'), jwtKey('EdDSA')]);
    return { ES256, RS256, EdDSA };
  })());

/** The public half of a P-256 key, as a proof names it. */
export function multikeyOf({ jwk }: JwtKey): string {
  const [x, y] = [jwk.x, jwk.y].map(part => decodeBase64url(String(part)));
  return encodeMultikey(compress('P-256', x!, y!), 'P-256');
}

let count = 0;

export async function newPlace() {
  const host = `school-${++count}.example`;
  const did = `did:web:${host}`;
  const signer = await webSigner(did, 31);
  const [tokenKeys, selective] = [await jwtKeys(), await selectiveKey(did)];
  const multibases = [selective.pair.publicKeyMultibase, multikeyOf(tokenKeys.ES256)];
  const document = didDocument({
    did,
    keys: [
      { id: 'key-1', publicKeyMultibase: signer.publicKeyMultibase, state: 'active' },
      ...multibases.map(id => ({ id, publicKeyMultibase: id, state: 'active' as const })),
    ],
  }) as Json;
  const methods = Object.values(tokenKeys).map(({ alg, jwk }) => ({
    id: `${did}#${alg}`,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk: jwk,
  }));
  return {
    host,
    did,
    signer,
    selective,
    tokenKeys,
    listUrl: `https://${host}/status/1`,
    didUrl: `https://${host}/.well-known/did.json`,
    document: {
      ...document,
      verificationMethod: [...(document.verificationMethod as Json[]), ...methods],
      assertionMethod: [...(document.assertionMethod as string[]), ...methods.map(({ id }) => id)],
    },
    badge: (changes: Json = {}) => badge(did, { validFrom: ago(48).toISOString(), ...changes }),
  };
}
export type Place = Awaited<ReturnType<typeof newPlace>>;
