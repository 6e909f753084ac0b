/** What becomes of an endorsement: whom it is about accepts, declines or takes it down; who gave it takes it back. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit, OPERATOR } from '../platform/audit.ts';
import type { Ctx, Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { type Endorsement, listGivenEndorsements, requireOf } from './endorsement.ts';
import { endorsements } from './schema.ts';

/** Shows it from now on. @throws DomainError `forbidden` also for who said it, `not-found` */
export async function acceptEndorsement(ctx: Ctx, id: string): Promise<void> {
  const { person, acceptedAt } = await requireOf(ctx, id, 'received');
  requireRight(ctx, 'endorsement.edit', { whole: true, person });
  if (acceptedAt) return;
  const { db, now } = ctx;
  await commit(
    db,
    [
      db.query
        .update(endorsements)
        .set({ acceptedAt: now.toISOString() })
        .where(and(eq(endorsements.id, id), isNull(endorsements.acceptedAt))),
    ],
    [entryOf(ctx, 'endorsement.accept', id)],
  );
}

/**
 * Says no to one that waits, or takes down one that is shown. What was declined leaves no trace at the institution, in
 * its log neither; what was shown leaves that it was.
 * @throws DomainError `forbidden`, `not-found`
 */
export async function refuseEndorsement(ctx: Ctx, id: string): Promise<void> {
  const { acceptedAt } = await requireOf(ctx, id, 'received');
  const statements = withoutEndorsement(ctx.deps, id);
  if (acceptedAt) await commit(ctx.db, statements, [entryOf(ctx, 'endorsement.take-down', id)]);
  else await ctx.db.batch(statements);
  await ctx.db.scrub();
}

/** An institution takes back what it said, at once. @throws DomainError `forbidden`, `not-found` */
export async function withdrawAsInstitution(ctx: Ctx, id: string): Promise<void> {
  await requireOf(ctx, id, 'given');
  await commit(ctx.db, withoutEndorsement(ctx.deps, id), [entryOf(ctx, 'endorsement.withdraw', id)]);
  await ctx.db.scrub();
}

/** A person takes back what they said or brought, at once. @throws DomainError `not-found`, also for somebody else’s */
export async function withdrawEndorsement(deps: Deps, session: SignedIn, id: string): Promise<void> {
  const given = await listGivenEndorsements(deps, session);
  if (!given.some((one: Endorsement) => one.id === id)) throw notFound('endorsement');
  const actor = { kind: 'person' as const, person: session.person };
  await commit(deps.db, withoutEndorsement(deps, id), [
    { institution: OPERATOR, actor, action: 'endorsement.withdraw', subject: id, at: deps.clock(), details: {} },
  ]);
  await deps.db.scrub();
}

/** What was never shown goes as a whole; of what was shown, all that was said and by whom. */
export function withoutEndorsement(deps: Deps, id: string): Statement[] {
  const { query } = deps.db;
  const one = eq(endorsements.id, id);
  return [
    query.delete(endorsements).where(and(one, isNull(endorsements.acceptedAt))),
    query
      .update(endorsements)
      .set({ kept: sql`'{}'`, personId: null, withdrawnAt: deps.clock().toISOString() })
      .where(one),
  ];
}

const entryOf = ({ institution, actor, now }: Ctx, action: string, subject: string) => ({
  institution: institution.id,
  actor,
  action,
  subject,
  at: now,
  details: {},
});
