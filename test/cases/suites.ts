// A badge under every kind of signature: as it is, changed, revoked, and with its list away.
import { decodeBase64url, encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { signShortBadge } from '../../src/vc/short-badge.ts';
import { ED25519_2020_CONTEXT } from '../../src/vc/contexts.ts';
import { type Json, signAny } from '../support/badges.ts';
import { jwt } from '../support/jwts.ts';
import { derive, sign2020, signBase, signEcdsa, signJson } from '../support/proofs.ts';
import { badgeClaims, sdJwt, seconds } from '../support/sd-jwts.ts';
import { hostedAt, signedAt } from './open-badge-2.ts';
import { ago, type Made, multikeyOf, type Place } from './place.ts';
import { bitstring, type State, tokenList } from './statuses.ts';

export type Variant = 'good' | 'tampered' | 'revoked' | 'unreachable';
export const variants: Variant[] = ['good', 'tampered', 'revoked', 'unreachable'];

const STATES: Record<Variant, State> = { good: 'clear', tampered: 'clear', revoked: 'set', unreachable: 'unreachable' };
const OTHER = 'Iets anders';

/** Changes what a badge says and nothing of its signature. */
function tampered(credential: unknown): unknown {
  if (typeof credential !== 'string') return { ...(credential as Json), name: OTHER };
  const [jws, ...rest] = credential.split('~');
  const [header, payload, signature] = jws!.split('.');
  const claims = JSON.parse(new TextDecoder().decode(decodeBase64url(payload!))) as Json;
  const changed = encodeBase64url(utf8(JSON.stringify({ ...claims, name: OTHER })));
  return [[header, changed, signature].join('.'), ...rest].join('~');
}

type Sign = (place: Place, changes: Json) => Promise<unknown>;

const under =
  (sign: Sign) =>
  async (place: Place, variant: Variant): Promise<Made> => {
    const { changes, answers } = await bitstring(place, STATES[variant]);
    const credential = await sign(place, changes);
    return { credential: variant === 'tampered' ? tampered(credential) : credential, answers };
  };

const token =
  (alg: 'ES256' | 'RS256' | 'EdDSA'): Sign =>
  ({ did, tokenKeys, badge }, changes) =>
    jwt(tokenKeys[alg], { kid: `${did}#${alg}`, typ: 'vc+jwt' }, { ...badge(changes), iss: did });

const ALWAYS = ['/id', '/issuer', '/validFrom', '/validUntil', '/credentialStatus'];

const older =
  (made: (place: Place, state: State) => Promise<Made | undefined>) =>
  async (place: Place, variant: Variant): Promise<Made> => {
    const { credential, answers } = (await made(place, STATES[variant]))!;
    if (variant !== 'tampered') return { credential, answers };
    // What a hosted badge says and its site does not, is shown as the site has it; whose it is, is not.
    const changed =
      typeof credential === 'string' ? tampered(credential) : { ...(credential as Json), issuedOn: '2020-01-01' };
    return { credential: changed, answers };
  };

/** The form of our QR code for where there is no network, which holds the badge itself. */
async function short(place: Place, variant: Variant): Promise<Made> {
  const { did, tokenKeys } = place;
  const { uri: list, idx: index, answers } = await tokenList(place, STATES[variant]);
  const { jwk, sign } = tokenKeys.ES256;
  const publicJwk = jwk as Record<string, string>;
  const signer = { id: `${did}#ES256`, controller: did, algorithm: 'ES256', publicJwk, sign } as const;
  const badge = { issuer: did, id: `urn:uuid:${crypto.randomUUID()}`, title: 'Samenwerken', awarded: '2026-01-01' };
  const digits = await signShortBadge({ ...badge, made: ago(2), status: { list, index } }, signer);
  return { credential: variant === 'tampered' ? otherTitle(digits) : digits, answers };
}

/** The bytes are written as one number. */
function otherTitle(digits: string): string {
  const hex = (text: string) => Buffer.from(text).toString('hex');
  return BigInt(`0x${BigInt(digits).toString(16).replace(hex('Samenwerken'), hex('Samenzijner'))}`).toString();
}

export const suites: Record<string, (place: Place, variant: Variant) => Promise<Made>> = {
  'eddsa-rdfc-2022': under(({ badge, signer }, changes) => signAny(badge(changes), signer, { created: ago(2) })),
  'eddsa-jcs-2022': under(({ badge, signer }, changes) =>
    signJson(badge(changes), signer, { created: ago(2).toISOString() }),
  ),
  'ecdsa-rdfc-2019': under(({ badge, did, tokenKeys }, changes) =>
    signEcdsa(badge(changes), tokenKeys.ES256, `${did}#${multikeyOf(tokenKeys.ES256)}`),
  ),
  'ecdsa-sd-2023, derived': under(async ({ badge, selective }, changes) => {
    const whole = badge({ ...changes, validUntil: ago(-24).toISOString(), description: 'Wordt weggelaten.' });
    return derive(await signBase(whole, selective, ALWAYS), ['/name', '/credentialSubject']);
  }),
  Ed25519Signature2020: under(({ badge, signer }, changes) => {
    const contexts = [...(badge()['@context'] as string[]), ED25519_2020_CONTEXT];
    return sign2020(badge({ ...changes, '@context': contexts }), signer, { created: ago(2).toISOString() });
  }),
  'VC-JWT, ES256': under(token('ES256')),
  'VC-JWT, RS256': under(token('RS256')),
  'VC-JWT, EdDSA': under(token('EdDSA')),
  'SD-JWT VC': under(({ did, tokenKeys }, changes) => {
    const times = { iat: seconds(ago(2)), nbf: seconds(ago(2)), exp: seconds(ago(-24)) };
    return sdJwt(tokenKeys.ES256, { kid: `${did}#ES256` }, badgeClaims(did, { ...times, ...changes }));
  }),
  'short form, ES256': short,
  'Open Badges 2.0, hosted': older(async ({ host }, state) => hostedAt(host, state)),
  'Open Badges 2.0, signed (RS256)': older(({ host, tokenKeys }, state) => signedAt(host, tokenKeys.RS256, state)),
};
