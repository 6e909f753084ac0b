import { asc, eq, ne } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { didDocument, didWebFor } from '../vc/did.ts';
import { listJoseKeys } from './jose-keys.ts';
import { type KeyRow, listKeys } from './keys.ts';
import type { Institution } from './profile.ts';
import { institutions, joseKeys } from './schema.ts';

/** The institution's DID document: every key that may still vouch for a badge, and those that no longer may. */
export async function readDidDocument(deps: Deps, institution: Institution) {
  const keys = await listKeys(deps, institution.id);
  const forTokens = await listJoseKeys(deps, institution.id);
  const standing = ({ id, state, endedAt, createdAt }: Pick<KeyRow, 'id' | 'state' | 'endedAt' | 'createdAt'>) => ({
    id,
    state,
    ...(state === 'compromised' ? { revoked: endedAt ?? createdAt } : {}),
  });
  return didDocument({
    did: institution.did,
    keys: [
      ...keys.map(key => ({ ...standing(key), publicKeyMultibase: key.publicKeyMultibase })),
      ...forTokens.map(key => ({ ...standing(key), publicKeyJwk: key.publicJwk })),
    ],
  });
}

/**
 * Every key for tokens of every institution that may still vouch for one, as a JSON Web Key Set (RFC 7517 §5). A `kid` is
 * the whole DID URL, so that a key is named in one way here and in the DID documents.
 */
export async function readKeySet(deps: Deps): Promise<{ keys: Record<string, string>[] }> {
  const rows = await deps.db.query
    .select({ id: joseKeys.id, publicJwk: joseKeys.publicJwk, slug: institutions.slug })
    .from(joseKeys)
    .innerJoin(institutions, eq(institutions.id, joseKeys.institutionId))
    .where(ne(joseKeys.state, 'compromised'))
    .orderBy(asc(institutions.slug), asc(joseKeys.createdAt), asc(joseKeys.id));
  return {
    keys: rows.map(({ id, publicJwk, slug }) => ({
      ...publicJwk,
      use: 'sig',
      kid: `${didWebFor(deps.config.origin, slug)}#${id}`,
    })),
  };
}
