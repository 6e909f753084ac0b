// A badge with a status of every kind there is, and the list of it: clear, set, away, past its time, spoiled.
import { encodeBase64url } from '../../src/vc/bytes.ts';
import { OB_EXTENSIONS_CONTEXT, STATUS_LIST_2021_CONTEXT, VC1_CONTEXT } from '../../src/vc/contexts.ts';
import { emptyBits, encodeList, setBit, statusListCredential } from '../../src/vc/status-list.ts';
import { type Json, signAny } from '../support/badges.ts';
import { jwt } from '../support/jwts.ts';
import { hostedAt, signedAt } from './open-badge-2.ts';
import { ago, type Answers, type Made, type Place } from './place.ts';

export type State = 'clear' | 'set' | 'unreachable' | 'stale' | 'malformed';
export const states: State[] = ['clear', 'set', 'unreachable', 'stale', 'malformed'];

const INDEX = 5;
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
const bitsIn = (state: State) => (state === 'set' ? setBit(emptyBits(), INDEX, true) : emptyBits());
const validIn = (state: State) => (state === 'stale' ? [ago(3), ago(1)] : [ago(0.5), ago(-24)]) as [Date, Date];

/** The network in which a list is as the state says. */
const answering = (place: Place, url: string, state: State, list: unknown): Answers => ({
  [place.didUrl]: place.document,
  ...(state === 'unreachable' ? {} : { [url]: state === 'malformed' ? { error: 'spoiled' } : list }),
});

const entry = ({ listUrl }: Place, changes: Json): Json => ({
  id: `${listUrl}#${INDEX}`,
  statusListIndex: String(INDEX),
  statusListCredential: listUrl,
  ...changes,
});

const MESSAGES = [
  { status: '0x0', message: 'Alles in orde' },
  { status: '0x1', message: 'Wordt nagekeken' },
];

/** What goes into a badge, and the list that it leans on. */
export async function bitstring(place: Place, state: State, purpose = 'revocation') {
  const [validFrom, validUntil] = validIn(state);
  const { listUrl: id, did: issuer, signer } = place;
  const list = statusListCredential({
    id,
    issuer,
    purpose: 'revocation',
    encodedList: await encodeList(bitsIn(state)),
    validFrom,
    validUntil,
    ttlMs: 300_000,
  }) as unknown as Json;
  const credentialSubject = { ...(list.credentialSubject as Json), statusPurpose: purpose };
  const signed = await signAny({ ...list, credentialSubject }, signer, { created: ago(4) });
  const more = purpose === 'message' ? { statusSize: 1, statusMessage: MESSAGES } : {};
  const credentialStatus = entry(place, { type: 'BitstringStatusListEntry', statusPurpose: purpose, ...more });
  return { changes: { credentialStatus } as Json, answers: answering(place, id, state, signed) };
}

const issue = (place: Place, changes: Json) =>
  signAny(place.badge(changes), place.signer, { created: ago(2) }) as Promise<unknown>;

const withBitstring = (purpose: string) => async (place: Place, state: State) => {
  const { changes, answers } = await bitstring(place, state, purpose);
  return { credential: await issue(place, changes), answers };
};

async function statusList2021(place: Place, state: State): Promise<Made> {
  const [issuanceDate, expirationDate] = validIn(state).map(date => date.toISOString());
  const list = {
    '@context': [VC1_CONTEXT, STATUS_LIST_2021_CONTEXT, 'https://w3id.org/security/data-integrity/v2'],
    id: place.listUrl,
    type: ['VerifiableCredential', 'StatusList2021Credential'],
    issuer: place.did,
    issuanceDate,
    expirationDate,
    credentialSubject: {
      id: `${place.listUrl}#list`,
      type: 'StatusList2021',
      statusPurpose: 'revocation',
      encodedList: (await encodeList(bitsIn(state))).slice(1),
    },
  };
  const credential = await issue(place, {
    '@context': [...(place.badge()['@context'] as string[]), STATUS_LIST_2021_CONTEXT],
    credentialStatus: entry(place, { type: 'StatusList2021Entry', statusPurpose: 'revocation' }),
  });
  const signed = await signAny(list, place.signer, { created: ago(4) });
  return { credential, answers: answering(place, place.listUrl, state, signed) };
}

async function revocationList(place: Place, state: State): Promise<Made | undefined> {
  // It has no dates.
  if (state === 'stale') return undefined;
  const url = `https://${place.host}/revoked`;
  const revoked = state === 'set' ? [{ id: place.badge().id, revoked: true }] : [];
  const credential = await issue(place, {
    '@context': [...(place.badge()['@context'] as string[]), OB_EXTENSIONS_CONTEXT],
    credentialStatus: { id: url, type: '1EdTechRevocationList' },
  });
  const list = { id: url, issuer: place.did, revokedCredential: revoked };
  return { credential, answers: answering(place, url, state, list) };
}

/** A Token Status List, and where a badge stands in it. */
export async function tokenList(place: Place, state: State) {
  const { did, tokenKeys, listUrl: uri } = place;
  const [from, until] = validIn(state);
  const claims = {
    sub: uri,
    iat: seconds(from),
    exp: seconds(until),
    status_list: { bits: 1, lst: await deflated(state === 'set' ? 1 << INDEX : 0) },
  };
  const list = await jwt(tokenKeys.ES256, { kid: `${did}#ES256`, typ: 'statuslist+jwt' }, claims);
  return { uri, idx: INDEX, answers: answering(place, uri, state, list) };
}

async function tokenStatusList(place: Place, state: State): Promise<Made> {
  const { did, tokenKeys } = place;
  const { answers, ...entry } = await tokenList(place, state);
  const claims = { ...place.badge(), iss: did, status: { status_list: entry } };
  const credential = await jwt(tokenKeys.ES256, { kid: `${did}#ES256`, typ: 'vc+jwt' }, claims);
  return { credential, answers };
}

async function deflated(byte: number): Promise<string> {
  const stream = new Blob([Uint8Array.of(byte)]).stream().pipeThrough(new CompressionStream('deflate'));
  return encodeBase64url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

export const statusKinds: Record<string, (place: Place, state: State) => Promise<Made | undefined>> = {
  'Bitstring, revocation': withBitstring('revocation'),
  'Bitstring, suspension': withBitstring('suspension'),
  'Bitstring, message': withBitstring('message'),
  'Bitstring, refresh': withBitstring('refresh'),
  StatusList2021: statusList2021,
  '1EdTechRevocationList': revocationList,
  'Token Status List (JWT)': tokenStatusList,
  'Open Badges 2.0, the issuer’s site': async (place, state) => hostedAt(place.host, state),
  'Open Badges 2.0, RevocationList': async (place, state) => signedAt(place.host, place.tokenKeys.RS256, state),
};
