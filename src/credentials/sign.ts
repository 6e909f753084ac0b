import { type Institution, joseSignerFor, signerFor } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { endorsementCredential } from '../vc/endorsement.ts';
import { type JoseAlgorithm, type JoseSigner, signJws } from '../vc/jose-signer.ts';
import type { OpenBadgeCredential } from '../vc/open-badge.ts';
import { type Signed, sign } from '../vc/proof.ts';
import { objectionOf } from '../vc/reference.ts';
import { type Hideable, issueSdJwt } from '../vc/sd-jwt-issue.ts';
import { type ShortBadge, signShortBadge } from '../vc/short-badge.ts';
import type { Signer } from '../vc/signer.ts';
import type { StatusListCredential } from '../vc/status-list.ts';
import { shapeOf } from '../vc/template.ts';
import type { LintedBadge } from './lint.ts';

/** What comes out of here is good: the signature was verified, and the shape approved by the reference library. */
export interface SignedDocument<T> {
  document: T;
  verificationMethod: string;
}

/** Signs a linted badge with the institution's key. @throws DomainError `key-not-opened`, `signing-failed` */
export const signBadge = (deps: Deps, institution: Institution, { badge, hash }: LintedBadge, at: Date) =>
  signAndCheck<OpenBadgeCredential>(deps, institution, badge, at, hash);

/** Signs a status list with the institution's key. @throws DomainError `key-not-opened`, `signing-failed` */
export const signStatusList = (
  deps: Deps,
  institution: { id: string; slug: string },
  list: StatusListCredential,
  at: Date,
) => signAndCheck<StatusListCredential>(deps, institution, list, at);

/** Signs an endorsement with the institution's key. @throws DomainError `key-not-opened`, `signing-failed` */
export const signEndorsement = (
  deps: Deps,
  institution: { id: string; slug: string },
  endorsement: ReturnType<typeof endorsementCredential>,
  at: Date,
) => signAndCheck<typeof endorsement>(deps, institution, endorsement, at);

/**
 * Signs claims as a JWT with the institution's key for an algorithm.
 * @throws DomainError `key-not-opened`, `signing-failed`
 */
export const signToken = (
  deps: Deps,
  institution: { id: string; slug: string },
  typ: string,
  claims: JsonObject,
  algorithm: JoseAlgorithm,
) => signWith(deps, institution, algorithm, signer => signJws(typ, claims, signer));

/** Signs claims as an SD-JWT VC, of which parts can be left out. @throws as `signToken` */
export const signSdJwt = (
  deps: Deps,
  institution: { id: string; slug: string },
  claims: JsonObject,
  hideable: readonly Hideable[],
) => signWith(deps, institution, 'ES256', signer => issueSdJwt('dc+sd-jwt', claims, hideable, signer));

/** Signs the short form of a badge, for a QR code. @throws as `signToken` */
export const signShort = (deps: Deps, institution: { id: string; slug: string }, badge: ShortBadge) =>
  signWith(deps, institution, 'ES256', signer => signShortBadge(badge, signer));

async function signWith(
  deps: Deps,
  institution: { id: string; slug: string },
  algorithm: JoseAlgorithm,
  issue: (signer: JoseSigner) => Promise<string>,
): Promise<SignedDocument<string>> {
  const signer = await joseSignerFor(deps, institution, algorithm);
  try {
    return { document: await withinTime(issue(signer)), verificationMethod: signer.id };
  } catch (cause) {
    throw new DomainError('signing-failed', 'The signer did not sign. Nothing was issued; try again.', { cause });
  }
}

async function signAndCheck<T extends object>(
  deps: Deps,
  institution: { id: string; slug: string },
  document: object,
  at: Date,
  documentHash?: Uint8Array,
): Promise<SignedDocument<Signed<T>>> {
  const signer = await signerFor(deps, institution);
  let signed: Signed<object>;
  try {
    signed = await withinTime(sign(document, signer, { created: at, documentHash }));
  } catch (error) {
    throw new DomainError('signing-failed', 'The signer did not sign. Nothing was issued; try again.', {
      cause: error,
    });
  }
  const objection = await secondOpinion(signed, signer, at);
  if (objection) {
    const cause = new Error(objection);
    throw new DomainError('signing-failed', 'The signature does not verify. Nothing was issued.', { cause });
  }
  return { document: signed as Signed<T>, verificationMethod: signer.id };
}

/** How long a signer that stands on another machine may take. */
const SIGNER_MS = 5_000;

async function withinTime<T>(signing: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The signer took too long.')), SIGNER_MS);
  });
  try {
    return await Promise.race([signing, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One in so many is shown to the reference library, beside the first of each shape. */
const SAMPLE = 64;
const MAX_SHAPES = 512;
const approved = new Set<string>();

/**
 * What our own reading of a document could get wrong it would get wrong twice, in signing and in verifying. So the first
 * of each shape and a random sample are judged by the reference library.
 */
async function secondOpinion(signed: Signed<object>, signer: Signer, now: Date): Promise<string | undefined> {
  const shape = shapeOf(signed)?.key;
  if (shape && approved.has(shape) && Math.random() * SAMPLE >= 1) return undefined;
  const objection = await objectionOf(signed, signer, now);
  if (shape && !objection) {
    if (approved.size >= MAX_SHAPES) approved.clear();
    approved.add(shape);
  }
  return objection;
}
