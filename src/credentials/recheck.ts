import { and, asc, eq, gt, gte, notLike } from 'drizzle-orm';
import { institutionKeys, institutions } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import { didWebFor } from '../vc/did.ts';
import type { OpenBadgeCredential } from '../vc/open-badge.ts';
import type { Signed } from '../vc/proof.ts';
import { objectionOf } from '../vc/reference.ts';
import { objectionToShort, objectionToToken } from './recheck-copy.ts';
import { awards, copies, credentials } from './schema.ts';
import { listUrl } from './status.ts';

export interface Rechecked {
  checked: number;
  /** Badges that should not have been issued as they are, or are no longer what was issued. */
  bad: { award: string; why: string }[];
}

/**
 * Judges every badge and every copy of one that was issued since a moment once more: by the reference library, which
 * had no part in making it, and against the award that it states (threat I12). About 10 ms a badge; writes nothing.
 */
export async function recheckBadges(deps: Deps, since: Date): Promise<Rechecked> {
  const found: Rechecked = { checked: 0, bad: [] };
  for (let after = ''; ;) {
    const rows = await readIssued(deps, since, after);
    if (!rows.length) break;
    for (const row of rows) {
      const why = await objectionTo(deps, row);
      found.checked++;
      if (why) found.bad.push({ award: row.award.id, why });
    }
    after = rows.at(-1)!.award.id;
  }
  for (let after = ''; ;) {
    const rows = await readCopies(deps, since, after);
    if (!rows.length) return found;
    for (const row of rows) {
      const why = await objectionToCopy(deps, row);
      found.checked++;
      if (why) found.bad.push({ award: row.award.id, why });
    }
    after = rows.at(-1)!.copy.id;
  }
}

const readCopies = (deps: Deps, since: Date, after: string) =>
  deps.db.query
    .select({ copy: copies, award: awards, slug: institutions.slug })
    .from(copies)
    .innerJoin(awards, eq(awards.id, copies.awardId))
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .where(
      and(gte(copies.signedAt, since.toISOString()), gt(copies.id, after), notLike(awards.recipientKey, 'erased:%')),
    )
    .orderBy(asc(copies.id))
    .limit(100);

function objectionToCopy(
  deps: Deps,
  { copy, award, slug }: Awaited<ReturnType<typeof readCopies>>[number],
): Promise<string | undefined> {
  if (copy.format === 'short') return objectionToShort(deps, { copy, award, slug });
  if (copy.format !== 'ldp_vc') return objectionToToken(deps, { copy, award, slug });
  const { credentialId, statusListId, statusIndex, document, verificationMethod, signedAt } = copy;
  const stated = { ...award, credentialId, statusListId, statusIndex, subjectId: copy.holder || award.subjectId };
  return objectionTo(deps, {
    award: stated,
    slug,
    document: document!,
    verificationMethod: verificationMethod!,
    signedAt: signedAt!,
  });
}

const readIssued = (deps: Deps, since: Date, after: string) =>
  deps.db.query
    .select({
      award: awards,
      document: credentials.document,
      verificationMethod: credentials.verificationMethod,
      signedAt: credentials.signedAt,
      slug: institutions.slug,
    })
    .from(credentials)
    .innerJoin(awards, eq(awards.id, credentials.awardId))
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    // Of what was erased there is nothing left to judge.
    .where(
      and(
        gte(credentials.signedAt, since.toISOString()),
        gt(awards.id, after),
        notLike(awards.recipientKey, 'erased:%'),
      ),
    )
    .orderBy(asc(awards.id))
    .limit(100);

async function objectionTo(
  deps: Deps,
  row: Awaited<ReturnType<typeof readIssued>>[number],
): Promise<string | undefined> {
  const { award, verificationMethod: method } = row;
  let badge: Signed<OpenBadgeCredential>;
  try {
    badge = JSON.parse(row.document);
  } catch {
    return 'the document is not JSON';
  }
  const did = didWebFor(deps.config.origin, row.slug);
  const said = [badge.id, badge.issuer?.id, badge.credentialSubject?.id, badge.credentialStatus?.statusListCredential];
  const list = listUrl(deps, award.statusListId);
  if (JSON.stringify(said) !== JSON.stringify([award.credentialId, did, award.subjectId, list]))
    return 'the badge is not that of its award';
  if (badge.credentialStatus?.statusListIndex !== String(award.statusIndex))
    return 'the badge has the index of another award';
  const [key] = await deps.db.query
    .select({ publicKeyMultibase: institutionKeys.publicKeyMultibase })
    .from(institutionKeys)
    .where(
      and(eq(institutionKeys.institutionId, award.institutionId), eq(institutionKeys.id, method.slice(did.length + 1))),
    );
  if (!key) return 'the key that signed is not one of the institution';
  return objectionOf(badge, { id: method, controller: did, ...key }, new Date(row.signedAt));
}
