// A badge of an issuer of every kind: with its key, changed, with a stranger's key, and with its document away.
import { encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { badge, type Json, keySigner, signAny } from '../support/badges.ts';
import { jwt } from '../support/jwts.ts';
import { ago, type Answers, type Made, type Place } from './place.ts';

export type Signing = 'good' | 'tampered' | 'stranger' | 'unreachable';
export const signings: Signing[] = ['good', 'tampered', 'stranger', 'unreachable'];

const plain = (issuer: string): Json => badge(issuer, { validFrom: ago(48).toISOString() });
const changedIf = (how: Signing, document: Json): Json =>
  how === 'tampered' ? { ...document, name: 'Iets anders' } : document;

/** A proof by the issuer, or by a stranger under the issuer's name. */
async function proven(issuer: string, how: Signing, method?: string): Promise<Json> {
  const own = await keySigner(33);
  const signer = how === 'stranger' ? await keySigner(34) : own;
  const options = { created: ago(2), ...(method && how !== 'stranger' ? { verificationMethod: method } : {}) };
  return changedIf(how, await signAny(plain(issuer), signer, options));
}

const unless = (how: Signing, answers: Answers): Answers => (how === 'unreachable' ? {} : answers);

export const methods: Record<string, (place: Place, how: Signing) => Promise<Made | undefined>> = {
  async 'did:key'(_, how) {
    if (how === 'unreachable') return undefined;
    return { credential: await proven((await keySigner(33)).controller, how), answers: {} };
  },
  async 'did:web'(place, how) {
    const signer = how === 'stranger' ? await keySigner(34) : place.signer;
    const credential = changedIf(how, await signAny(plain(place.did), signer, { created: ago(2) }));
    return { credential, answers: unless(how, { [place.didUrl]: place.document }) };
  },
  async 'did:jwk'({ tokenKeys }, how) {
    if (how === 'unreachable') return undefined;
    const did = `did:jwk:${encodeBase64url(utf8(JSON.stringify(tokenKeys.ES256.jwk)))}`;
    // A JWT names the key and not its owner, so that a stranger's is a signature that does not fit.
    const key = how === 'stranger' ? { ...tokenKeys.EdDSA, alg: 'ES256' } : tokenKeys.ES256;
    const claims = { ...plain(did), iss: did };
    const signed = await jwt(key, { kid: `${did}#0`, typ: 'vc+jwt' }, claims);
    if (how !== 'tampered') return { credential: signed, answers: {} };
    const [header, , signature] = signed.split('.');
    const changed = encodeBase64url(utf8(JSON.stringify({ ...claims, name: 'Iets anders' })));
    return { credential: [header, changed, signature].join('.'), answers: {} };
  },
  async 'an https address that names its key'({ host }, how) {
    const id = `https://${host}/profile`;
    const own = `${id}#key-1`;
    const key = {
      id: own,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: (await keySigner(33)).publicKeyMultibase,
    };
    const profile = { '@context': [], id, type: ['Profile'], verificationMethod: [key], assertionMethod: [own] };
    return { credential: await proven(id, how, own), answers: unless(how, { [id]: profile }) };
  },
  async 'an https address that names no key'({ host }, how) {
    const id = `https://${host}/profile`;
    const profile = { '@context': [], id, type: ['Profile'], name: 'Zorgcollege De Linde' };
    return { credential: await proven(id, how), answers: unless(how, { [id]: profile }) };
  },
};
