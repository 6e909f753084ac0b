import { readInstitution } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { jwkOfDid } from '../vc/holder-key.ts';
import type { JoseAlgorithm } from '../vc/jose-signer.ts';
import type { OpenBadgeCredential } from '../vc/open-badge.ts';
import type { ShortBadge } from '../vc/short-badge.ts';
import { claimsOfBadge } from '../vc/vc-jwt.ts';
import type { UnsignedBadge } from './build.ts';
import { lint } from './lint.ts';
import type { copies } from './schema.ts';
import { hideable, sdJwtClaims } from './sd-jwt-claims.ts';
import { signBadge, signSdJwt, signShort, signToken } from './sign.ts';
import type { Owner } from './status.ts';
import type { StatusPlace } from './take-index.ts';

interface CopyFacts {
  /** The badge that was issued first. */
  badge: OpenBadgeCredential;
  row: Pick<typeof copies.$inferSelect, 'format' | 'algorithm' | 'holder' | 'credentialId'>;
  place: StatusPlace;
}

/** A document that was signed, in the text that leaves the house. */
export interface SignedText {
  document: string;
  verificationMethod: string;
}

/**
 * Builds, lints and signs a copy. It says what the first badge says, byte for byte where it can: who holds it, its own id
 * and where its own status stands are all that differs.
 */
export async function buildCopy(deps: Deps, owner: Owner, facts: CopyFacts): Promise<SignedText> {
  const { row } = facts;
  const institution = await readInstitution(deps, owner.slug);
  if (row.format === 'short') return signShort(deps, institution, shortOf(facts, institution.did, deps.clock()));
  const linted = await lint(copyOf(facts), { issuer: institution.did, origin: deps.config.origin });
  if (row.format === 'ldp_vc') {
    const { document, verificationMethod } = await signBadge(deps, institution, linted, deps.clock());
    return { document: JSON.stringify(document), verificationMethod };
  }
  if (row.format === 'dc+sd-jwt') {
    const holderKey = row.holder ? jwkOfDid(row.holder) : undefined;
    const { origin } = deps.config;
    const claims = sdJwtClaims(linted.badge, { origin, issuedAt: deps.clock(), holderKey, status: facts.place });
    return signSdJwt(deps, institution, claims, hideable);
  }
  // OB 3.0 §8.2.4.1: the typ of a badge in a JWT, if there is one.
  return signToken(deps, institution, 'JWT', claimsOfBadge(linted.badge), row.algorithm as JoseAlgorithm);
}

/** The few things that a QR code has room for. */
function shortOf({ badge, place }: CopyFacts, issuer: string, made: Date): ShortBadge {
  const { achievement, identifier } = badge.credentialSubject;
  const name = identifier?.find(({ identityType, hashed }) => identityType === 'name' && !hashed)?.identityHash;
  return {
    issuer,
    id: badge.id,
    title: achievement.name,
    ...(name ? { recipient: name } : {}),
    awarded: (badge.awardedDate ?? badge.validFrom).slice(0, 10),
    made,
    ...(badge.validUntil ? { validUntil: new Date(badge.validUntil) } : {}),
    status: { list: place.listUrl, index: place.index },
  };
}

function copyOf({ badge: { proof: _, ...badge }, row, place }: CopyFacts): UnsignedBadge {
  const { listUrl, index, purpose } = place;
  return {
    ...badge,
    id: row.credentialId,
    credentialSubject: { ...badge.credentialSubject, ...(row.holder ? { id: row.holder } : {}) },
    // Of an SD-JWT VC the status stands in a claim of its own, and this member is left out.
    ...(purpose === 'token'
      ? {}
      : {
          credentialStatus: {
            id: `${listUrl}#${index}`,
            type: 'BitstringStatusListEntry' as const,
            statusPurpose: purpose,
            statusListIndex: String(index),
            statusListCredential: listUrl,
          },
        }),
  };
}
