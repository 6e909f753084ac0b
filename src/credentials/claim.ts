import { eq } from 'drizzle-orm';
import { type AchievementContent, readVersion } from '../catalogue/index.ts';
import { type Institution, readInstitution } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { commit } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newToken } from '../platform/ids.ts';
import { readDocument } from './read.ts';
import { type AwardState, awardChanges, awards, claims, shares } from './schema.ts';

export interface Claim {
  award: { id: string; state: AwardState };
  /** Whoever has the link may pick it up; else it was offered to someone, who claimed it by a login. */
  bearer: boolean;
  claimed: boolean;
  /** It stands in someone's account; and whether that is the viewer's. */
  kept: boolean;
  mine: boolean;
  /** Where the badge shows, once it was claimed: for its bearer, or for its owner alone. */
  shareToken?: string;
  institution: Institution;
  achievement: AchievementContent;
  achievementId: string;
  version: number;
  recipientName?: string;
}

/** What the link of a signed badge leads to, for a viewer who may be signed in. @throws DomainError `not-found` */
export async function readClaim(deps: Deps, token: string, viewer?: string): Promise<Claim> {
  const rows = await deps.db.query
    .select({ award: awards, slug: institutions.slug, shareToken: shares.token })
    .from(claims)
    .innerJoin(awards, eq(awards.id, claims.awardId))
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .leftJoin(shares, eq(shares.awardId, awards.id))
    .where(eq(claims.token, token));
  const row = rows[0];
  if (!row) throw notFound('offer');
  const version = await readVersion(
    deps.db,
    row.award.institutionId,
    row.award.achievementId,
    row.award.achievementVersion,
  );
  if (!version) throw notFound('offer');
  const bearer = row.award.identified === null;
  const mine = row.award.personId !== null && row.award.personId === viewer;
  return {
    award: { id: row.award.id, state: row.award.state },
    bearer,
    claimed: row.shareToken !== null,
    kept: row.award.personId !== null,
    mine,
    ...(row.shareToken && (bearer || mine) ? { shareToken: row.shareToken } : {}),
    institution: await readInstitution(deps, row.slug),
    achievement: version.content,
    achievementId: row.award.achievementId,
    version: version.version,
    ...(row.award.input.recipient.name ? { recipientName: row.award.input.recipient.name } : {}),
  };
}

/**
 * Lets the bearer of a claim link pick up the badge: from then on it has a page of its own. Doing it again leads to
 * the same page.
 * @throws DomainError `not-found`; `award-state` when the award was revoked before it was picked up;
 *   `not-the-recipient` for a badge that was offered to someone
 */
export async function claimAward(deps: Deps, token: string): Promise<{ shareToken: string }> {
  for (;;) {
    const claim = await readClaim(deps, token);
    if (!claim.bearer)
      throw new DomainError('not-the-recipient', 'This badge was claimed by the one it was offered to.');
    if (claim.shareToken) return { shareToken: claim.shareToken };
    if (claim.award.state !== 'released')
      throw new DomainError('award-state', 'This badge can no longer be picked up.', {
        extensions: { state: claim.award.state },
      });
    const [row] = await deps.db.query.select().from(awards).where(eq(awards.id, claim.award.id));
    const now = deps.clock();
    const at = now.toISOString();
    const awardId = claim.award.id;
    const seq = row!.changes + 1;
    const shareToken = newToken();
    try {
      await commit(
        deps.db,
        [
          deps.db.query.insert(awardChanges).values({ awardId, seq, state: 'claimed', at }),
          deps.db.query.update(awards).set({ state: 'claimed', changes: seq }).where(eq(awards.id, awardId)),
          deps.db.query.insert(shares).values({ token: shareToken, awardId, createdAt: at }),
        ],
        [
          {
            institution: row!.institutionId,
            actor: { kind: 'bearer' },
            action: 'award.claim',
            subject: awardId,
            at: now,
            details: {},
          },
        ],
      );
      return { shareToken };
    } catch (error) {
      if (!violatedKey(error)) throw error;
    }
  }
}

export interface Shared {
  awardId: string;
  state: AwardState;
  /** The signed badge, byte for byte as it was stored. */
  document: string;
  credential: object;
  institution: Institution;
  shareUrl: string;
}

/** What the public page of a badge shows. @throws DomainError `not-found` */
export async function readShared(deps: Deps, token: string): Promise<Shared> {
  const [row] = await deps.db.query.select({ awardId: shares.awardId }).from(shares).where(eq(shares.token, token));
  if (!row) throw notFound('badge');
  return readAwardShared(deps, row.awardId, token);
}

/** A badge behind the token that it is shared by. @throws DomainError `not-found` */
export async function readAwardShared(deps: Deps, awardId: string, token: string): Promise<Shared> {
  const [row] = await deps.db.query
    .select({ state: awards.state, slug: institutions.slug })
    .from(awards)
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .where(eq(awards.id, awardId));
  const document = row && (await readDocument(deps, awardId));
  if (!row || !document) throw notFound('badge');
  return {
    awardId,
    state: row.state,
    document,
    credential: JSON.parse(document),
    institution: await readInstitution(deps, row.slug),
    shareUrl: `${deps.config.origin}/c/${token}`,
  };
}
