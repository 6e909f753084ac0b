import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { fromBase64url } from '../platform/ids.ts';
import { institutionKeys, joseKeys, serviceKeys } from './schema.ts';

/** A nonce of 12 bytes, a seed of 32 and a tag of 16 (`platform/seal.ts`). */
const SEALED_BYTES = 60;

/** What a sealed key is bound to: moved to another tenant, key id or version it does not open. */
export const sealedPlace = (institutionId: string, keyId: string, version: string) =>
  `waarmerk|${institutionId}|${keyId}|${version}`;

/** Throws `database-unusable` when a private key stands in the database in any form but sealed. */
export async function assertOnlySealed(db: Database): Promise<void> {
  const rows = await db.query.select({ id: institutionKeys.id, sealed: institutionKeys.sealed }).from(institutionKeys);
  const tokens = await db.query.select({ id: joseKeys.id, sealed: joseKeys.sealed }).from(joseKeys);
  const ours = await db.query.select({ id: serviceKeys.id, sealed: serviceKeys.sealed }).from(serviceKeys);
  const ofSeed = (row: { sealed: string }) => fromBase64url(row.sealed)?.length === SEALED_BYTES;
  const bare =
    rows.find(row => !ofSeed(row)) ??
    tokens.find(row => !looksSealed(fromBase64url(row.sealed))) ??
    ours.find(row => !ofSeed(row) && !looksSealed(fromBase64url(row.sealed)));
  if (bare) throw new DomainError('database-unusable', `Key ${bare.id} is not sealed. Nothing was copied.`);
}

/** What is sealed looks like noise; PKCS #8 is one DER sequence as long as it says that it is (X.690 §8.1.3). */
function looksSealed(bytes: Uint8Array | undefined): boolean {
  if (!bytes || bytes.length <= SEALED_BYTES) return false;
  const [tag, form, high, low] = bytes;
  const short = tag === 0x30 && form === 0x81 && high === bytes.length - 3;
  const long = tag === 0x30 && form === 0x82 && high! * 256 + low! === bytes.length - 4;
  return !short && !long;
}
