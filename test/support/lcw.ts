// A wallet that goes the way of the Learner Credential Wallet: what it reads of a link, what it signs and what it wants back.
// It signs with the libraries of that wallet and nothing of ours but the texts of contexts.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalbazaar/ed25519-verification-key-2020';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { contexts } from '../../src/vc/contexts.ts';
import type { World } from './world.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
type Json = Record<string, any>;
export const SUITE_CONTEXT = 'https://w3id.org/security/suites/ed25519-2020/v1';
const VC1 = 'https://www.w3.org/2018/credentials/v1';
const VC2 = 'https://www.w3.org/ns/credentials/v2';

export interface Signing {
  suite?: 'Ed25519Signature2020' | 'eddsa-rdfc-2022';
  challenge: string;
  domain?: string;
  holder?: string;
  context?: string[];
  /** Badges that it shows. */
  credentials?: object[];
}

/** A wallet with a key of its own. */
export async function learnerWallet(world: Pick<World, 'request'>) {
  const key = await Ed25519VerificationKey2020.generate();
  const did = `did:key:${key.fingerprint()}`;
  key.controller = did;
  key.id = `${did}#${key.fingerprint()}`;
  const documentLoader = async (url: string) => {
    const document = contexts.get(url);
    if (!document) throw new Error(`The wallet does not know ${url}.`);
    return { contextUrl: null, documentUrl: url, document };
  };

  /** A presentation, of nothing or of badges. */
  async function sign({
    suite = 'Ed25519Signature2020',
    challenge,
    domain,
    holder = did,
    context,
    credentials,
  }: Signing) {
    const presentation: Json = {
      '@context': context ?? (suite === 'Ed25519Signature2020' ? [VC1, SUITE_CONTEXT] : [VC2]),
      type: ['VerifiablePresentation'],
      holder,
      ...(credentials ? { verifiableCredential: credentials } : {}),
    };
    const multikey = { ...(await key.export({ publicKey: true, privateKey: true })), controller: did };
    const signer = (await Ed25519Multikey.from(multikey)).signer();
    const by =
      suite === 'Ed25519Signature2020'
        ? new Ed25519Signature2020({ key })
        : new DataIntegrityProof({ signer, cryptosuite });
    return (await vc.signPresentation({ presentation, suite: by, challenge, domain, documentLoader })) as Json;
  }

  async function post(url: string, body: unknown) {
    const response = await world.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, json: text ? (JSON.parse(text) as Json) : {} };
  }

  /** Takes whatever comes back apart: a credential, or a presentation that holds some. */
  function credentialsIn(answer: Json): Json[] {
    const type = [answer.type].flat();
    if (type.includes('VerifiablePresentation')) return [answer.verifiableCredential].flat();
    if (type.includes('VerifiableCredential')) return [answer];
    throw new Error('The wallet reads no badge in this.');
  }

  /** 1: `request.html`, with a bare presentation for a bare answer. */
  async function legacy(link: string) {
    const asked = new URL(link).searchParams;
    if (asked.get('auth_type') !== 'bearer' || !asked.get('issuer'))
      throw new Error('The wallet does not know this way.');
    const answer = await post(asked.get('vc_request_url')!, await sign({ challenge: asked.get('challenge')! }));
    return credentialsIn(answer.json);
  }

  /** The exchange of 2 and 3: ask, sign, take. */
  async function exchange(url: string, suite?: Signing['suite']) {
    const { verifiablePresentationRequest: asked } = (await post(url, {})).json;
    if (!asked.challenge || !asked.domain) throw new Error('The wallet needs a challenge and a domain.');
    if (!asked.query.some((query: Json) => query.type === 'DIDAuthentication')) throw new Error('Asked for what?');
    const { challenge, domain } = asked;
    const verifiablePresentation = await sign({ challenge, domain, suite });
    const { json } = await post(url, { verifiablePresentation });
    if (!json.verifiablePresentation) throw new Error('The wallet reads no presentation in this.');
    return { badges: credentialsIn(json.verifiablePresentation), redirectUrl: json.redirectUrl as string };
  }

  /** 2: the protocols in the link itself. */
  const request = (link: string, suite?: Signing['suite']) =>
    exchange(JSON.parse(decodeURI(new URL(link).searchParams.get('request')!)).protocols.vcapi, suite);

  /** 3: the protocols at the address. */
  async function interaction(url: string, suite?: Signing['suite']) {
    if (new URL(url).searchParams.get('iuv') !== '1') throw new Error('This is no interaction.');
    const response = await world.request(url, { headers: { accept: 'application/json' } });
    return exchange(((await response.json()) as Json).protocols.vcapi, suite);
  }

  return { did, key, sign, post, legacy, exchange, request, interaction };
}
