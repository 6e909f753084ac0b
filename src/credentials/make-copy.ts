import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { assertJoseKeyOpens, assertKeyOpens } from '../institutions/index.ts';
import { institutionKeys, institutions, joseKeys } from '../institutions/schema.ts';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newId, newUrn } from '../platform/ids.ts';
import { VcError } from '../vc/errors.ts';
import { didOfJwk, jwkOfDid } from '../vc/holder-key.ts';
import type { JoseAlgorithm } from '../vc/jose-signer.ts';
import type { OpenBadgeCredential } from '../vc/open-badge.ts';
import { buildCopy } from './build-copy.ts';
import { readDocument } from './read.ts';
import { awards, copies, type CopyFormat, statusEntries } from './schema.ts';
import { recordCopy } from './record-copy.ts';
import { takeStatusIndex } from './take-index.ts';

export type CopyAlgorithm = 'EdDSA' | JoseAlgorithm;

/** Whose key a copy is bound to; null: to nobody's. */
export type CopyHolder = { did: string } | { jwk: Record<string, unknown> } | null;

export interface CopyInput {
  awardId: string;
  /** Whose account it stands in; null for a badge that is in nobody's. */
  personId: string | null;
  format: CopyFormat;
  /** The first of those that the format has, when left out. */
  algorithm?: CopyAlgorithm;
  holder: CopyHolder;
}

export interface SignedCopy {
  id: string;
  format: CopyFormat;
  /** JSON, or a token in compact form. */
  document: string;
  mediaType: string;
}

/** What each format can be signed with (facts of OB 3.0 §8.2 and SD-JWT VC). */
const FORMATS: Record<CopyFormat, { mediaType: string; algorithms: [CopyAlgorithm, ...CopyAlgorithm[]] }> = {
  ldp_vc: { mediaType: 'application/vc', algorithms: ['EdDSA'] },
  jwt_vc_json: { mediaType: 'application/vc+jwt', algorithms: ['ES256', 'RS256'] },
  'dc+sd-jwt': { mediaType: 'application/dc+sd-jwt', algorithms: ['ES256'] },
  // The digits of a QR code.
  short: { mediaType: 'text/plain', algorithms: ['ES256'] },
};

/**
 * A signed copy of someone's award in a format, bound to a holder's key or to nobody's, with a place of its own in a
 * status list. Asked for again for the same holder, it is the same copy, so that asking costs no places.
 * @throws DomainError `not-found`, also for somebody else's award; `award-state` for one that is not in force;
 *   `not-signed`; `request-invalid` for a holder or an algorithm that the format cannot have; `key-not-opened`,
 *   `signing-failed`, `lint-failed`
 */
export async function makeCopy(deps: Deps, input: CopyInput): Promise<SignedCopy> {
  const { format, algorithm = FORMATS[format].algorithms[0] } = input;
  if (!FORMATS[format].algorithms.includes(algorithm))
    throw new DomainError('request-invalid', `A copy as ${format} is not signed with ${algorithm}.`);
  if (format === 'short' && input.holder)
    throw new DomainError('request-invalid', 'The short form of a badge is bound to nobody.');
  const holder = holderDid(input.holder, format);
  return deps.db.inTurn(`copy:${input.awardId}:${format}:${algorithm}:${holder}`, async () => {
    // 1. Facts: the badge that was issued, which the copy says once more.
    const { award, owner } = await readInForce(deps, input);
    const kept = await findCopy(deps, award.id, { format, algorithm, holder });
    if (kept) return present(format, kept.id, kept.document!);
    const document = await readDocument(deps, award.id);
    if (!document) throw new DomainError('not-signed', 'This badge is being signed. Try again in a moment.');
    const badge = JSON.parse(document) as OpenBadgeCredential;

    // What cannot be signed takes no place, and a first key is made before anything waits for it.
    await (algorithm === 'EdDSA' ? assertKeyOpens(deps, owner) : assertJoseKeyOpens(deps, owner, algorithm));

    // 2. Intent: its id and its place in a list are taken before a key is touched.
    const actor: Actor = input.personId === null ? { kind: 'bearer' } : { kind: 'person', person: input.personId };
    const isToken = format === 'dc+sd-jwt' || format === 'short';
    const purpose = isToken ? 'token' : badge.credentialStatus!.statusPurpose;
    const place = await takeStatusIndex(deps, owner, purpose, actor);
    const now = deps.clock();
    const row = {
      id: newId(now),
      awardId: award.id,
      format,
      algorithm,
      holder,
      // The short form is of a badge that someone may lay beside it.
      credentialId: format === 'short' ? badge.id : newUrn(),
      statusListId: place.listId,
      statusIndex: place.index,
      document: null,
      verificationMethod: null,
      createdAt: now.toISOString(),
      signedAt: null,
    };
    await commit(
      deps.db,
      [
        deps.db.query.insert(copies).values(row),
        deps.db.query.insert(statusEntries).values({ listId: place.listId, index: place.index, awardId: award.id }),
      ],
      [
        {
          institution: owner.id,
          actor,
          action: 'copy.reserve',
          subject: row.id,
          at: now,
          details: { award: award.id, format, algorithm, status: [place.listId, place.index] },
        },
      ],
    );

    // 3. Build, lint, sign, record.
    const signed = await buildCopy(deps, owner, { badge, row, place });
    await recordCopy(deps, { row, owner, actor }, signed);
    return present(format, row.id, signed.document);
  });
}

/**
 * The copy that is bound to nobody, for whoever may see the badge: made when it is first asked for, and the same ever
 * after. One that was made before is also had once the badge no longer counts, so that a check of it tells that.
 * @throws DomainError as `makeCopy`
 */
export async function openCopy(deps: Deps, awardId: string, format: CopyFormat): Promise<SignedCopy> {
  const [award] = await deps.db.query.select({ owner: awards.personId }).from(awards).where(eq(awards.id, awardId));
  if (!award) throw notFound('badge');
  const algorithm = FORMATS[format].algorithms[0];
  const kept = await findCopy(deps, awardId, { format, algorithm, holder: '' });
  if (kept) return present(format, kept.id, kept.document!);
  return makeCopy(deps, { awardId, personId: award.owner, format, holder: null });
}

const present = (format: CopyFormat, id: string, document: string): SignedCopy => ({
  id,
  format,
  document,
  mediaType: FORMATS[format].mediaType,
});

/** The DID that a copy is bound to: the holder's own, or that of their key. */
function holderDid(holder: CopyHolder, format: CopyFormat): string {
  if (!holder) return '';
  try {
    const did = 'did' in holder ? holder.did : didOfJwk(holder.jwk);
    // SD-JWT VC §3.2.2.2: the key itself stands in it.
    if (format === 'dc+sd-jwt') jwkOfDid(did);
    return did;
  } catch (cause) {
    if (!(cause instanceof VcError)) throw cause;
    throw new DomainError('request-invalid', 'The badge cannot be bound to this key.', { cause });
  }
}

/** An award of this person that others may rely on now. */
async function readInForce(deps: Deps, { awardId, personId }: CopyInput) {
  const [found] = await deps.db.query
    .select({ award: awards, owner: { id: institutions.id, slug: institutions.slug } })
    .from(awards)
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .where(and(eq(awards.id, awardId), personId === null ? isNull(awards.personId) : eq(awards.personId, personId)));
  if (!found) throw notFound('badge');
  const { state, input } = found.award;
  if (state === 'reserved') throw new DomainError('not-signed', 'This badge is being signed. Try again in a moment.');
  const ended = input.validUntil !== undefined && Date.parse(input.validUntil) <= deps.clock().getTime();
  if (ended || (state !== 'released' && state !== 'claimed'))
    throw new DomainError('award-state', 'This badge is not in force, so no copy of it is made.', {
      extensions: { state: ended ? 'expired' : state },
    });
  return found;
}

/** A copy that was signed before and that still checks: not by a key that was withdrawn since. */
async function findCopy(
  deps: Deps,
  awardId: string,
  { format, algorithm, holder }: { format: CopyFormat; algorithm: string; holder: string },
) {
  const { query } = deps.db;
  const same = [eq(copies.format, format), eq(copies.algorithm, algorithm), eq(copies.holder, holder)];
  const found = await query
    .select({ copy: copies, institution: awards.institutionId })
    .from(copies)
    .innerJoin(awards, eq(awards.id, copies.awardId))
    .where(and(eq(copies.awardId, awardId), isNotNull(copies.document), ...same));
  for (const { copy, institution } of found) {
    const table = algorithm === 'EdDSA' ? institutionKeys : joseKeys;
    const [key] = await query
      .select({ state: table.state })
      .from(table)
      .where(and(eq(table.institutionId, institution), eq(table.id, copy.verificationMethod!.split('#')[1]!)));
    if (key?.state !== 'compromised') return copy;
  }
  return undefined;
}
