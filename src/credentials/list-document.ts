import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import { parseJws } from '../vc/jws.ts';
import {
  decodeList,
  emptyBits,
  encodeList,
  LIST_LENGTH,
  setBit,
  type StatusListCredential,
  statusListCredential,
} from '../vc/status-list.ts';
import {
  getTokenStatus,
  readTokenList,
  setTokenStatus,
  TOKEN_LIST_TYPE,
  tokenListClaims,
} from '../vc/status-list-token.ts';
import type { ListPurpose } from './schema.ts';
import { signStatusList, signToken } from './sign.ts';

/** How a badge stands in a list: a list of one purpose has a bit for it, one for tokens a value of two bits. */
export type Standing = 'good' | 'suspended' | 'revoked';

// draft-ietf-oauth-status-list §7.1: VALID, INVALID, SUSPENDED.
const TOKEN_BITS = 2;
const VALUES = { good: 0, revoked: 1, suspended: 2 } as const;

/** A list's bits, and what they are for. */
export interface ListBits {
  purpose: ListPurpose;
  bits: Uint8Array;
}

/** A list in which nothing is set. */
export const emptyList = (purpose: ListPurpose): Uint8Array =>
  purpose === 'token' ? new Uint8Array((LIST_LENGTH * TOKEN_BITS) / 8) : emptyBits();

const tokenValue = (bits: Uint8Array, index: number) =>
  getTokenStatus({ bits: TOKEN_BITS, statuses: new Uint8Array(bits) }, index);

/** How the badge at a place stands. */
export function standingIn({ purpose, bits }: ListBits, index: number): Standing {
  if (purpose === 'token') {
    const value = tokenValue(bits, index);
    return value === VALUES.revoked ? 'revoked' : value === VALUES.suspended ? 'suspended' : 'good';
  }
  const set = (bits[index >> 3]! & (0x80 >> (index & 7))) !== 0;
  return set ? (purpose === 'revocation' ? 'revoked' : 'suspended') : 'good';
}

/** The list in which one place stands otherwise. @throws DomainError `award-state` for what would undo a revocation */
export function turn({ purpose, bits }: ListBits, index: number, standing: Standing): Uint8Array {
  if (standing !== 'revoked' && purpose !== 'suspension' && standingIn({ purpose, bits }, index) === 'revoked')
    throw new DomainError('award-state', 'A revocation cannot be undone.');
  if (purpose === 'token') return setTokenStatus(bits, TOKEN_BITS, index, VALUES[standing]);
  return setBit(bits, index, standing !== 'good');
}

/** A revocation that was published stays published (threat S12). */
export function assertNothingLost({ purpose, bits: before }: ListBits, after: Uint8Array): void {
  if (purpose === 'suspension') return;
  for (let i = 0; i < before.length; i++)
    if ((revokedIn(purpose, before[i]!) & ~revokedIn(purpose, after[i]!)) !== 0)
      throw new DomainError('database-unusable', 'A published revocation would be lost. Nothing was changed.');
}

/** The bits of a byte that say `revoked`: all of them, or those of values that are 01. */
const revokedIn = (purpose: ListPurpose, byte: number) =>
  purpose === 'token' ? byte & 0x55 & ~((byte & 0xaa) >> 1) : byte;

/**
 * What several versions of a list come to: each revocation that one of them has. What can be lifted is as the newest has
 * it.
 */
export function mergeBits(purpose: ListPurpose, versions: readonly Uint8Array[], newest: Uint8Array): Uint8Array {
  if (purpose === 'suspension') return newest;
  const bits = new Uint8Array(newest);
  for (const version of versions)
    for (let i = 0; i < bits.length; i++) {
      const revoked = revokedIn(purpose, version[i] ?? 0);
      // INVALID takes the place of whatever stood there.
      if (purpose === 'token') bits[i]! &= ~(revoked << 1);
      bits[i]! |= revoked;
    }
  return bits;
}

/** What was published of a list, read back: nothing is said of who signed it. */
export interface PublishedVersion {
  bits: Uint8Array;
  validFrom: Date;
  validUntil: Date;
}

/** Reads a list as it is stored. */
export async function readVersion(purpose: ListPurpose, url: string, document: string): Promise<PublishedVersion> {
  if (purpose === 'token') {
    const list = await readTokenList(parseJws(document, JSON.parse).payload, url);
    return { bits: list.statuses, validFrom: list.issuedAt, validUntil: list.expires! };
  }
  const { validFrom, validUntil, credentialSubject } = JSON.parse(document) as StatusListCredential;
  return {
    bits: await decodeList(credentialSubject.encodedList),
    validFrom: new Date(validFrom),
    validUntil: new Date(validUntil),
  };
}

/** Signs a list: a credential with a proof, or a JWT for tokens. */
export async function signList(
  deps: Deps,
  institution: { id: string; slug: string },
  { url, purpose, bits, validFrom, validUntil, ttlMs }: ListBits & PublishedVersion & { url: string; ttlMs: number },
): Promise<{ document: string; verificationMethod: string }> {
  const issuer = didWebFor(deps.config.origin, institution.slug);
  if (purpose === 'token') {
    const claims = await tokenListClaims({
      uri: url,
      issuer,
      size: TOKEN_BITS,
      statuses: bits,
      validFrom,
      validUntil,
      ttlMs,
    });
    return signToken(deps, institution, TOKEN_LIST_TYPE, claims, 'ES256');
  }
  const encodedList = await encodeList(bits);
  const list = statusListCredential({ id: url, issuer, purpose, encodedList, validFrom, validUntil, ttlMs });
  const { document, verificationMethod } = await signStatusList(deps, institution, list, deps.clock());
  return { document: JSON.stringify(document), verificationMethod };
}
