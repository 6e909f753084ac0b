import { type Institution, signerFor } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { decodeMultikey } from '../vc/multikey.ts';
import type { OpenBadgeCredential } from '../vc/open-badge.ts';
import { type Signed, sign } from '../vc/proof.ts';
import type { Signer } from '../vc/signer.ts';
import type { StatusListCredential } from '../vc/status-list.ts';
import { verifyProofs } from '../vc/verify-proofs.ts';
import type { LintedBadge } from './lint.ts';

/** What `sign` gives back is good: its signature was checked by our own code, not by the library that made it. */
export interface SignedDocument<T> {
  document: Signed<T>;
  verificationMethod: string;
}

/** Signs a linted badge with the institution's key. @throws DomainError `key-not-opened`, `signing-failed` */
export const signBadge = (deps: Deps, institution: Institution, badge: LintedBadge, at: Date) =>
  signAndCheck<OpenBadgeCredential>(deps, institution, badge as object, at);

/** Signs a status list with the institution's key. @throws DomainError `key-not-opened`, `signing-failed` */
export const signStatusList = (
  deps: Deps,
  institution: { id: string; slug: string },
  list: StatusListCredential,
  at: Date,
) => signAndCheck<StatusListCredential>(deps, institution, list, at);

async function signAndCheck<T extends object>(
  deps: Deps,
  institution: { id: string; slug: string },
  document: object,
  at: Date,
): Promise<SignedDocument<T>> {
  const signer = await signerFor(deps, institution);
  let signed: Signed<object>;
  try {
    signed = await sign(document, signer, { created: at });
  } catch (error) {
    throw new DomainError('signing-failed', 'The signer did not sign. Nothing was issued; try again.', {
      cause: error,
    });
  }
  await assertSignature(signed, signer, at);
  return { document: signed as Signed<T>, verificationMethod: signer.id };
}

/** A wrong signature never leaves the house, whoever made it. */
async function assertSignature(signed: Signed<object>, signer: Signer, now: Date): Promise<void> {
  const [result] = await verifyProofs(signed, {
    now,
    keyFor: async () => ({ key: decodeMultikey(signer.publicKeyMultibase) }),
  });
  if (result?.outcome !== 'ok')
    throw new DomainError('signing-failed', 'The signer gave a signature that does not verify. Nothing was issued.');
}
