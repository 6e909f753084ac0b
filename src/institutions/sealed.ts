import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { fromBase64url } from '../platform/ids.ts';
import { institutionKeys } from './schema.ts';

/** A nonce of 12 bytes, a seed of 32 and a tag of 16 (`platform/seal.ts`). */
const SEALED_BYTES = 60;

/** Throws `database-unusable` when a private key stands in the database in any form but sealed. */
export async function assertOnlySealed(db: Database): Promise<void> {
  const rows = await db.query.select({ id: institutionKeys.id, sealed: institutionKeys.sealed }).from(institutionKeys);
  const bare = rows.find(row => fromBase64url(row.sealed)?.length !== SEALED_BYTES);
  if (bare) throw new DomainError('database-unusable', `Key ${bare.id} is not sealed. Nothing was copied.`);
}
