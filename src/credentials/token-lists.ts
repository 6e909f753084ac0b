import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { institutions } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import { statusLists, statusListVersions } from './schema.ts';
import { listUrl, type Owner } from './status.ts';

/** An institution and its lists for tokens, as they were signed last. */
export interface TokenLists {
  institution: Owner;
  lists: { url: string; document: string; validUntil: string }[];
}

/** The lists of institutions that have any, a few institutions at a time: those whose id comes after `after`. */
export async function currentTokenLists(deps: Deps, after: string, limit: number): Promise<TokenLists[]> {
  const owners = await deps.db.query
    .selectDistinct({ id: institutions.id, slug: institutions.slug })
    .from(institutions)
    .innerJoin(statusLists, eq(statusLists.institutionId, institutions.id))
    .where(and(eq(statusLists.purpose, 'token'), gt(institutions.id, after)))
    .orderBy(asc(institutions.id))
    .limit(limit);
  const ids = owners.map(({ id }) => id);
  const newest = sql`${statusListVersions.version} = (select max(v.version) from status_list_versions v where v.list_id = ${statusListVersions.listId})`;
  const versions = await deps.db.query
    .select({
      owner: statusLists.institutionId,
      listId: statusLists.id,
      document: statusListVersions.document,
      validUntil: statusListVersions.validUntil,
    })
    .from(statusListVersions)
    .innerJoin(statusLists, eq(statusLists.id, statusListVersions.listId))
    .where(and(eq(statusLists.purpose, 'token'), inArray(statusLists.institutionId, ids), newest));
  return owners.map(institution => ({
    institution,
    lists: versions
      .filter(({ owner }) => owner === institution.id)
      .map(({ listId, document, validUntil }) => ({ url: listUrl(deps, listId), document, validUntil })),
  }));
}
