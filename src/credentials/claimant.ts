import {
  hasLapsed,
  identitiesOf,
  type Identity,
  levelsOf,
  proofOf,
  provenAddresses,
  strongest,
  withSecondFactor,
} from '../people/index.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Identified } from './identified.ts';
import type { Claimant } from './judge-claim.ts';

/** Who is signed in, as a claim or a confirmation looks at them. */
export interface Known extends Claimant {
  /** How they recognise the login that they are here with. */
  label: string;
  /** Issuers of everything that is tied to their account. */
  issuers: string[];
  identified: Identified;
  /** Their name, when someone but themselves vouches for it. */
  validatedName: string | null;
}

/** The recipients that a person is, spelled as `recipientKey` spells them. */
export async function recipientKeysOf(deps: Deps, personId: string): Promise<Set<string>> {
  const { emails, eppns, eduids, dids } = await provenAddresses(deps, personId);
  return new Set([
    ...emails.map(email => `email:${email}`),
    ...eppns.map(eppn => `eppn:${eppn}`),
    ...eduids.map(eduid => `eduid:${eduid.toLowerCase()}`),
    ...dids.map(did => `did:${did}`),
  ]);
}

/**
 * What is known of who is signed in. Addresses count from all that they ever proved; how well they are known counts from
 * the login that they are here with, and no other. Undefined when that was cut or has lapsed: then they sign in again.
 */
export async function knownOf(deps: Deps, session: SignedIn): Promise<Known | undefined> {
  const all = await identitiesOf(deps, session.person);
  const identity = all.find(i => i.id === session.identity);
  if (!identity || hasLapsed(identity, deps.clock())) return undefined;
  const identified = identifiedBy(identity);
  return {
    keys: await recipientKeysOf(deps, session.person),
    levels: levelsOf(proofOf(identity)),
    label: identity.label,
    issuers: all.map(i => i.issuer),
    identified,
    validatedName: identified.nameBy && identity.name,
  };
}

/** How a login identified someone, for the badge and for the page of a checker. */
export function identifiedBy(identity: Identity): Identified {
  const proof = proofOf(identity);
  const ofProvider = identity.kind === 'eduid' || identity.kind === 'institution';
  return {
    at: identity.provenAt,
    kind: identity.kind,
    provider: ofProvider ? hostOf(identity.issuer) : null,
    assurance: strongest(proof),
    nameBy: identity.nameSource && identity.nameSource !== 'self' ? identity.nameSource : null,
    mfa: withSecondFactor(identity.acr),
  };
}

const hostOf = (issuer: string): string | null => (URL.canParse(issuer) ? new URL(issuer).host : null);

/** Names as people compare them: case, accents' spelling and spaces make no difference, letters do. */
export const sameName = (one: string, other: string): boolean => spelled(one) === spelled(other);
const spelled = (name: string) => name.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
