/**
 * Open Badges 2.0 and what went before it: an assertion, the badge class that it names and the issuer that that one
 * names. Every part has an address of its own. Members are read by their plain names: nobody signs the graph here, so
 * what is written is what counts.
 */
import { parseDateTimeStamp } from './date.ts';

/** OB 2.0 §"VerificationObject": how an assertion can be checked. */
export type Verification = { type: 'hosted' | 'signed'; url: string | undefined; creator: string | undefined };

/** OB 2.0 §"IdentityObject": whom it was given to. */
export type Identity = { type: string; identity: string; hashed: boolean; salt: string | undefined };

export type Assertion = {
  id: string | undefined;
  /** What OB 1.x knew a badge by, in the issuer's own books. */
  uid: string | undefined;
  recipient: Identity;
  badge: string | JsonObject;
  verification: Verification;
  issuedOn: Date;
  expires: Date | undefined;
};

/** OB 2.0 §"Profile", with what only the checking of badges asks for. */
export type IssuerProfile = {
  id: string;
  /** Beginnings that the address of an assertion may have, and hosts that it may be at. */
  startsWith: string[];
  allowedOrigins: string[] | undefined;
  publicKeys: (string | JsonObject)[];
  revocationList: string | undefined;
};

const CONTEXT = /^https?:\/\/(w3id\.org\/openbadges|openbadgespec\.org)\/v[12](\/|$|\.)/;

/** Whether an object is of Open Badges 2.0 or 1.x, going by its context or, before there were any, by its members. */
export function isOpenBadge2(document: JsonObject): boolean {
  const context = [document['@context']].flat();
  if (context.some(item => typeof item === 'string' && CONTEXT.test(item))) return true;
  // OB 2.0 §"Hosted Verification": what is left at the address of a badge that was taken back.
  if (document['@context'] === undefined && document.revoked === true) return true;
  const before = document['@context'] === undefined && (isObject(document.verify) || isObject(document.verification));
  return before && 'recipient' in document && 'badge' in document;
}

/** The types of an object, with the word of OB 2.0 for it even where an older one left it out. */
export const typesOf = (document: JsonObject): string[] =>
  [document.type].flat().filter((type): type is string => typeof type === 'string');

/** Reads an assertion, or names the member because of which it is none. */
export function readAssertion(document: JsonObject): Assertion | { defect: string } {
  const { id, badge } = document;
  const recipient = readIdentity(document.recipient);
  if (!recipient) return { defect: 'recipient' };
  if (!(typeof badge === 'string' && URL.canParse(badge)) && !isObject(badge)) return { defect: 'badge' };
  const verification = readVerification(document.verification ?? document.verify);
  if (!verification) return { defect: 'verification' };
  const issuedOn = readDate(document.issuedOn, 'first');
  if (!issuedOn) return { defect: 'issuedOn' };
  const expires = document.expires === undefined ? undefined : readDate(document.expires, 'last');
  if (expires === null || document.expires === null) return { defect: 'expires' };
  const uid = textOf(document.uid);
  return { id: typeof id === 'string' ? id : undefined, uid, recipient, badge, verification, issuedOn, expires };
}

/** OB 1.x called them `hosted` and `signed`, 2.0 `HostedBadge` and `SignedBadge`; and 1.x had the address there. */
function readVerification(value: unknown): Verification | undefined {
  if (!isObject(value)) return undefined;
  const names = [value.type].flat().map(type => String(type).toLowerCase());
  const type = names.some(name => name === 'hosted' || name === 'hostedbadge')
    ? 'hosted'
    : names.some(name => name === 'signed' || name === 'signedbadge')
      ? 'signed'
      : undefined;
  return type && { type, url: textOf(value.url), creator: textOf(value.creator) };
}

function readIdentity(value: unknown): Identity | undefined {
  if (!isObject(value) || typeof value.identity !== 'string') return undefined;
  const type = [value.type].flat().find(item => typeof item === 'string') as string | undefined;
  return { type: type ?? 'email', identity: value.identity, hashed: value.hashed === true, salt: textOf(value.salt) };
}

/**
 * OB 2.0 asks for ISO 8601 with a zone; 1.x had days and seconds since 1970 as well. A time without a zone is taken as
 * UTC; of a day that is the end of something, the last second. `null` for what is no date.
 */
function readDate(value: unknown, of: 'first' | 'last'): Date | null {
  const seconds = typeof value === 'number' || (typeof value === 'string' && /^\d{9,10}$/.test(value));
  if (seconds) return Number.isFinite(Number(value)) ? new Date(Number(value) * 1000) : null;
  if (typeof value !== 'string') return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(value);
  const text = day ? `${value}T${of === 'first' ? '00:00:00' : '23:59:59'}` : value.replace(' ', 'T');
  return parseDateTimeStamp(text) ?? parseDateTimeStamp(`${text}Z`) ?? null;
}

/** Reads a profile for what checking needs of it; `undefined` for what has no address of its own. */
export function readIssuerProfile(document: JsonObject): IssuerProfile | undefined {
  const { id, verification, publicKey, revocationList } = document;
  if (typeof id !== 'string' || !URL.canParse(id)) return undefined;
  const policy = isObject(verification) ? verification : {};
  const origins = textsOf(policy.allowedOrigins);
  return {
    id,
    startsWith: textsOf(policy.startsWith),
    allowedOrigins: policy.allowedOrigins === undefined ? undefined : origins,
    publicKeys: [publicKey ?? []].flat().filter(key => typeof key === 'string' || isObject(key)) as JsonObject[],
    revocationList: textOf(revocationList),
  };
}

/**
 * Whether an assertion at `address` speaks for the issuer (OB 2.0 §"VerificationObject"): it is at a beginning and at a
 * host that the issuer allows; where the issuer says nothing, at the host of the issuer's own address.
 */
export function isWithinScope(address: string, { id, startsWith, allowedOrigins }: IssuerProfile): boolean {
  const url = new URL(address);
  const beginnings = startsWith.filter(text => URL.canParse(text)).map(text => new URL(text));
  // Compared as addresses: "https://a.nl" is no beginning of "https://a.nl.example".
  const begins = beginnings.some(start => start.origin === url.origin && url.href.startsWith(start.href));
  if (startsWith.length > 0 && !begins) return false;
  if (allowedOrigins === undefined) return startsWith.length > 0 || new URL(id).host === url.host;
  return allowedOrigins.map(text => text.toLowerCase().replace(/^https?:\/\//, '')).includes(url.host);
}

/**
 * The members in which a copy differs from the original: what it says of whom, what, when and until when in `decisive`,
 * anything else that it repeats in `others`. Of a part that is written out, only its address is compared.
 */
export function differences(copy: JsonObject, original: JsonObject): { decisive: string[]; others: string[] } {
  const idOf = (value: unknown) => (isObject(value) ? value.id : value);
  const instant = (value: unknown) => readDate(value, 'first')?.getTime();
  const decisive: string[] = [];
  const says = (document: JsonObject) => JSON.stringify(readIdentity(document.recipient) ?? null);
  if (says(copy) !== says(original)) decisive.push('recipient');
  if (idOf(copy.badge) !== idOf(original.badge)) decisive.push('badge');
  for (const name of ['issuedOn', 'expires']) if (instant(copy[name]) !== instant(original[name])) decisive.push(name);
  const compared = ['@context', 'id', 'type', 'image', 'verification', 'verify', 'recipient', 'badge'];
  const others = Object.keys(copy).filter(
    name =>
      !compared.includes(name) &&
      !['issuedOn', 'expires'].includes(name) &&
      stable(copy[name]) !== stable(original[name]),
  );
  return { decisive, others };
}

/** A value as text, whatever the order of its members. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? '';
  const members = Object.keys(value).sort();
  return `{${members.map(name => `${JSON.stringify(name)}:${stable(value[name])}`).join()}}`;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const textsOf = (value: unknown): string[] =>
  [value ?? []].flat().filter((item): item is string => typeof item === 'string' && item !== '');

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
