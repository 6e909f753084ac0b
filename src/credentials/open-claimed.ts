import { eq } from 'drizzle-orm';
import { institutions } from '../institutions/schema.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { finishAward } from './finish.ts';
import { awards, claims, shares } from './schema.ts';

/**
 * The badge behind a claim link, for the person who claimed it. What was claimed and not signed yet, because something
 * broke in between, is signed now.
 * @throws DomainError `not-found`, `not-the-recipient` for anybody else, `signing-failed`, `key-not-opened`
 */
export async function openClaimed(
  deps: Deps,
  session: SignedIn,
  token: string,
): Promise<{ awardId: string; shareToken: string }> {
  const find = () => findClaimed(deps, token);
  let row = await find();
  if (!row) throw notFound('offer');
  if (row.award.personId !== session.person)
    throw new DomainError('not-the-recipient', 'Someone else claimed this badge.', { extensions: { claimed: true } });
  if (row.award.state === 'reserved') {
    const ctx = {
      actor: { kind: 'person' as const, person: session.person },
      institution: { id: row.award.institutionId, slug: row.slug },
      now: deps.clock(),
      requestId: 'claim',
      db: deps.db,
      deps,
    };
    await finishAward(ctx, row.award.id);
    row = (await find())!;
  }
  return { awardId: row.award.id, shareToken: row.shareToken! };
}

async function findClaimed(deps: Deps, token: string) {
  const rows = await deps.db.query
    .select({ award: awards, slug: institutions.slug, shareToken: shares.token })
    .from(claims)
    .innerJoin(awards, eq(awards.id, claims.awardId))
    .innerJoin(institutions, eq(institutions.id, awards.institutionId))
    .leftJoin(shares, eq(shares.awardId, awards.id))
    .where(eq(claims.token, token));
  return rows[0];
}
