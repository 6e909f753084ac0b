import { DAY_MS } from '../../platform/clock.ts';
import type { Deps } from '../../platform/context.ts';
import { verifyDpop } from './dpop.ts';
import { findGrant } from '../oauth/grants.ts';
import { refused } from '../oauth/refusal.ts';
import type { Wanted } from './wanted.ts';

export const ACCESS_MS = 5 * 60_000;
/** For a badge that is not signed yet. */
export const DEFERRED_MS = DAY_MS;

/** What is kept with a token. */
export interface AccessData {
  /** The code that it came from. */
  grant: string;
  wanted: Wanted;
  clientId: string | null;
  /** The key that it is of no use without (RFC 9449 §6); null for a bearer. */
  thumbprint: string | null;
}

/** What whoever has a token may fetch. */
export interface Access extends AccessData {
  id: string;
  personId: string;
  awardId: string;
  expires: Date;
}

/** What of a request says who may make it. */
export interface AccessRequest {
  authorization: string | undefined;
  dpop: string | undefined;
  method: string;
  url: string;
}

/**
 * Reads the token of a request; only from its header (RFC 6750 §2.1).
 * @throws DomainError with `invalid_dpop_proof`; `invalid_token`, also for the token of another institution
 */
export async function readAccess(
  deps: Deps,
  institutionId: string,
  { authorization, dpop, method, url }: AccessRequest,
): Promise<Access> {
  const [, scheme = '', token] = /^(Bearer|DPoP) +([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '') ?? [];
  if (!token) throw refused('invalid_token', 'Send the access token in the Authorization header.');
  const grant = await findGrant(deps, { kind: 'access_token', secret: token, institution: institutionId });
  if (!grant) throw refused('invalid_token', 'The access token is not one of ours, or too old.');
  const data = grant.data as unknown as AccessData;
  // RFC 9449 §7.1, §7.2: a token that is bound to a key is no bearer token, nor the other way about.
  if ((scheme.toLowerCase() === 'dpop') !== (data.thumbprint !== null))
    throw refused('invalid_token', 'The access token is of another type.');
  if (data.thumbprint !== null && (await verifyDpop(deps, dpop ?? '', { method, url, token })) !== data.thumbprint)
    throw refused('invalid_token', 'The access token is bound to another key.');
  return {
    ...data,
    id: grant.id,
    personId: grant.personId!,
    awardId: grant.awardId!,
    expires: new Date(grant.expiresAt),
  };
}
