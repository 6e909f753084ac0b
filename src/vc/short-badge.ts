// The short form of a badge: so few bytes that they fit in a QR code, signed, so that they can be checked without a
// network (docs/decisions/0017). It is a form of our own and no Open Badge: COSE_Sign1 (RFC 9052 §4.2) over a list.
import { type Bytes, concat, hex, utf8 } from './bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts';
import { verifySignature } from './cryptosuites.ts';
import { VcError } from './errors.ts';
import { decodeJwk } from './jwk.ts';
import { parseDateTimeStamp } from './date.ts';
import type { JoseSigner } from './jose-signer.ts';
import type { PublicKey } from './multikey.ts';

/** What the short form says of a badge. */
export interface ShortBadge {
  /** The DID of the issuer. */
  issuer: string;
  /** Of the badge that this is the short form of. */
  id: string;
  title: string;
  recipient?: string;
  /** The day of the award, `2026-11-22`. */
  awarded: string;
  /** When the short form was made. */
  made: Date;
  validUntil?: Date;
  /** A place in a Token Status List. */
  status: { list: string; index: number };
}

/** The short form as it was read; nothing of it is believed yet. */
export interface SignedShortBadge {
  badge: ShortBadge;
  /** The DID URL of the key. */
  method: string;
  signed: Bytes;
  signature: Bytes;
}

const VERSION = 1;
/** RFC 9053 §2.1: ES256. */
const ES256 = -7;
const [ALG, KID] = [1, 4];
/** RFC 9052 §4.3: signed along and not sent, so that nothing else that the key signs can pass for a short form. */
const CONTEXT = utf8('waarmerk short badge 1');
/** Letters of a title and of a name; what is cut ends in an ellipsis. */
const MOST = { title: 80, recipient: 60 };
const DAY_SECONDS = 86_400;
/** Days around 1970 that are in years of four digits, all of them. */
const MOST_DAYS = 700_000;

/** What a QR code holds: an address at which a check opens, and the short form behind `#` in digits; or these alone. */
export const SHORT_BADGE = /^(?:https?:\/\/[^\s/?#]+\/V#)?(\d{200,3000})$/i;

/**
 * Signs the short form, and writes it in digits: a QR code has room for three of them in ten bits, and no reader or
 * browser changes them.
 * @throws VcError `signature-wrong`, and whatever the signer throws
 */
export async function signShortBadge(badge: ShortBadge, signer: JoseSigner): Promise<string> {
  const head = encodeCbor(
    new Map<Cbor, Cbor>([
      [ALG, ES256],
      [KID, utf8(signer.id.slice(signer.controller.length + 1))],
    ]),
  );
  const payload = encodeCbor(toList(badge));
  const signed = toSign(head, payload);
  const signature = concat(await signer.sign(signed));
  if (!(await verifySignature(decodeJwk(signer.publicJwk), signed, signature)))
    throw new VcError('signature-wrong', 'The signer gave a signature that is not of its key.');
  return toDigits(encodeCbor([head, new Map(), payload, signature]));
}

/** Reads the digits of a short form. @throws VcError `bytes-malformed` */
export function readShortBadge(digits: string): SignedShortBadge {
  const parts = decodeCbor(fromDigits(digits));
  if (!Array.isArray(parts) || parts.length !== 4) throw malformed();
  const [head, open, payload, signature] = parts;
  if (!isBytes(head) || !isBytes(payload) || !isBytes(signature) || !(open instanceof Map) || open.size > 0)
    throw malformed();
  const said = decodeCbor(head, { negative: true });
  const kid = said instanceof Map ? said.get(KID) : undefined;
  if (!(said instanceof Map) || said.size !== 2 || said.get(ALG) !== ES256 || !isBytes(kid)) throw malformed();
  const badge = fromList(decodeCbor(payload, { negative: true }));
  return { badge, method: `${badge.issuer}#${textOf(kid)}`, signed: toSign(head, payload), signature };
}

/** Whether the short form was signed with the key. */
export const verifyShortBadge = async ({ signed, signature }: SignedShortBadge, key: PublicKey): Promise<boolean> =>
  key.type === 'P-256' && verifySignature(key, signed, signature);

/** RFC 9052 §4.4: the Sig_structure. */
const toSign = (head: Bytes, payload: Bytes): Bytes => encodeCbor(['Signature1', head, CONTEXT, payload]);

function toList({ issuer, id, title, recipient = '', awarded, made, validUntil, status }: ShortBadge): Cbor {
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
  return [
    VERSION,
    issuer,
    packed(id, 'urn:uuid:'),
    cut(title, MOST.title),
    cut(recipient, MOST.recipient),
    Math.floor(Date.parse(awarded) / 1000 / DAY_SECONDS),
    seconds(made),
    // What ends after 2106 does not fit in 32 bits.
    !validUntil ? 0 : seconds(validUntil) < 2 ** 32 ? seconds(validUntil) : validUntil.toISOString(),
    packed(status.list, listsOf(issuer)),
    status.index,
  ];
}

function fromList(list: Cbor): ShortBadge {
  if (!Array.isArray(list) || list.length !== 10) throw malformed();
  const [version, issuer, id, title, recipient, awarded, made, until, place, index] = list;
  if (version !== VERSION || !isCount(made) || !isCount(index)) throw malformed();
  if (typeof issuer !== 'string' || !issuer.startsWith('did:')) throw malformed();
  if (typeof title !== 'string' || title === '' || typeof recipient !== 'string') throw malformed();
  const validUntil = isCount(until) ? new Date(until * 1000) : parseDateTimeStamp(until);
  if (!validUntil || typeof awarded !== 'number' || Math.abs(awarded) > MOST_DAYS) throw malformed();
  return {
    issuer,
    id: unpacked(id, 'urn:uuid:'),
    title,
    ...(recipient ? { recipient } : {}),
    awarded: new Date(awarded * DAY_SECONDS * 1000).toISOString().slice(0, 10),
    made: new Date(made * 1000),
    ...(until === 0 ? {} : { validUntil }),
    status: { list: unpacked(place, listsOf(issuer)), index },
  };
}

/** Where the lists of an institution of a service like this stand: said in full when they stand elsewhere. */
const listsOf = (issuer: string): string => `https://${(issuer.split(':')[2] ?? '').replace(/%3A/i, ':')}/status/`;

/** A UUID behind a known prefix as its 16 bytes; anything else in full. */
function packed(text: string, prefix: string): Cbor {
  const uuid = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(uuid)) return text;
  return Uint8Array.from(uuid.replaceAll('-', '').match(/../g)!, pair => Number.parseInt(pair, 16));
}

function unpacked(value: Cbor | undefined, prefix: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (!isBytes(value) || value.length !== 16) throw malformed();
  return prefix + hex(value).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function cut(text: string, most: number): string {
  const letters = [...text.trim().replace(/\s+/g, ' ')];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}

/** As one number; the 1 before it keeps zeros at the start. */
const toDigits = (bytes: Uint8Array): string => BigInt(`0x01${hex(bytes)}`).toString();

function fromDigits(digits: string): Bytes {
  const digitsInHex = BigInt(digits).toString(16);
  // One spelling for one value: no zeros before it, and the 1 that was put there.
  if (digits.startsWith('0') || digitsInHex.length % 2 === 0 || !digitsInHex.startsWith('1')) throw malformed();
  return Uint8Array.from(digitsInHex.slice(1).match(/../g) ?? [], pair => Number.parseInt(pair, 16));
}

function textOf(bytes: Bytes): string {
  const text = new TextDecoder().decode(bytes);
  if (!/^[\w.-]{1,64}$/.test(text)) throw malformed();
  return text;
}

const isCount = (value: Cbor | undefined): value is number => typeof value === 'number' && value >= 0;

const isBytes = (value: unknown): value is Bytes => value instanceof Uint8Array;

const malformed = () => new VcError('bytes-malformed', 'The short form of the badge is malformed.');
