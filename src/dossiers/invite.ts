import { and, count, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type PublishedVersion, readVersion } from '../catalogue/index.ts';
import { requireRight } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx, Deps, SignedIn } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import { beginDossier, type Beginning } from './begin.ts';
import { dossierArrivals, dossierInvitations } from './schema.ts';

export type DossierInvitation = typeof dossierInvitations.$inferSelect;

/** Whom an institution invites: one person, or a group under one link. */
export const dossierInvitationInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** Null: whoever comes chooses. */
  achievementId: z.string().min(1).max(100).nullable(),
  places: z.int().min(1).max(500),
  /** The last day on which it can be used. */
  endsOn: z.iso.date(),
});

/**
 * Invites to a validation. The link is told once and kept as a hash.
 * @returns the secret of the link
 * @throws DomainError `forbidden`, `achievement-not-published`
 */
export async function inviteToDossier(ctx: Ctx, input: z.infer<typeof dossierInvitationInput>): Promise<string> {
  const { achievementId, name, places, endsOn } = input;
  requireRight(ctx, 'dossier.intake', achievementId ? { achievement: achievementId } : { whole: true });
  const { db, institution, actor, now } = ctx;
  if (achievementId && !(await readVersion(db, institution.id, achievementId)))
    throw new DomainError('achievement-not-published', 'This can not be earned here.');
  const secret = newToken();
  const id = await sha256Hex(secret);
  await commit(
    db,
    [
      db.query.insert(dossierInvitations).values({
        id,
        institutionId: institution.id,
        achievementId,
        name,
        places,
        createdAt: now.toISOString(),
        expiresAt: `${endsOn}T21:59:59.999Z`,
        endedAt: null,
      }),
    ],
    [{ institution: institution.id, actor, action: 'dossier.invite', subject: id, at: now, details: { places } }],
  );
  return secret;
}

/** The invitations of an institution, newest first, with how many came. @throws DomainError `forbidden` */
export async function listDossierInvitations(ctx: Ctx): Promise<(DossierInvitation & { came: number })[]> {
  requireRight(ctx, 'dossier.intake');
  const rows = await ctx.db.query
    .select({ invitation: dossierInvitations, came: count(dossierArrivals.personId) })
    .from(dossierInvitations)
    .leftJoin(dossierArrivals, eq(dossierArrivals.invitationId, dossierInvitations.id))
    .where(eq(dossierInvitations.institutionId, ctx.institution.id))
    .groupBy(dossierInvitations.id)
    .orderBy(desc(dossierInvitations.createdAt))
    .limit(500);
  return rows.map(({ invitation, came }) => ({ ...invitation, came }));
}

/** Ends an invitation; who came in goes on. @throws DomainError `forbidden`, `not-found` */
export async function endDossierInvitation(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'dossier.intake');
  const { db, institution, actor, now } = ctx;
  const mine = and(eq(dossierInvitations.id, id), eq(dossierInvitations.institutionId, institution.id));
  const [row] = await db.query.select().from(dossierInvitations).where(mine);
  if (!row) throw notFound('invitation');
  if (row.endedAt) return;
  await commit(
    db,
    [db.query.update(dossierInvitations).set({ endedAt: now.toISOString() }).where(mine)],
    [{ institution: institution.id, actor, action: 'dossier.end-invitation', subject: id, at: now, details: {} }],
  );
}

export interface OpenDossierInvitation {
  invitation: DossierInvitation;
  institution: { id: string; slug: string };
  achievement?: PublishedVersion & { id: string };
}

/**
 * What the link of an invitation leads to.
 * @throws DomainError `link-spent` for one that ended, is full, or never was: the same, so that nothing is told
 */
export async function readDossierInvitation(deps: Deps, secret: string): Promise<OpenDossierInvitation> {
  const id = await sha256Hex(secret);
  const [row] = await deps.db.query
    .select({ invitation: dossierInvitations, slug: institutions.slug, came: count(dossierArrivals.personId) })
    .from(dossierInvitations)
    .innerJoin(institutions, eq(institutions.id, dossierInvitations.institutionId))
    .leftJoin(dossierArrivals, eq(dossierArrivals.invitationId, dossierInvitations.id))
    .where(eq(dossierInvitations.id, id))
    .groupBy(dossierInvitations.id);
  const past = !row || row.invitation.endedAt || row.invitation.expiresAt < deps.clock().toISOString();
  if (past || row.came >= row.invitation.places) throw noPlace();
  const { invitation, slug } = row;
  const institution = { id: invitation.institutionId, slug };
  const { achievementId } = invitation;
  const version = achievementId ? await readVersion(deps.db, institution.id, achievementId) : undefined;
  return { invitation, institution, ...(version ? { achievement: { ...version, id: achievementId! } } : {}) };
}

/** The dossier that someone began by an invitation before; undefined when they did not. */
export async function arrivedBy(deps: Deps, secret: string, personId: string): Promise<string | undefined> {
  const mine = and(eq(dossierArrivals.invitationId, await sha256Hex(secret)), eq(dossierArrivals.personId, personId));
  const [row] = await deps.db.query.select().from(dossierArrivals).where(mine);
  return row?.dossierId;
}

/**
 * Begins a dossier by an invitation: one place for each person, and never more than there are, however many come at once.
 * @returns the id of the dossier, the first one when they came before
 * @throws DomainError `link-spent`, `achievement-not-published`
 */
export async function joinDossier(
  deps: Deps,
  session: SignedIn,
  secret: string,
  beginning: Omit<Beginning, 'institution' | 'also'>,
): Promise<string> {
  const before = await arrivedBy(deps, secret, session.person);
  if (before) return before;
  const { invitation, institution, achievement } = await readDossierInvitation(deps, secret);
  try {
    const { dossier } = await beginDossier(deps, session, {
      ...beginning,
      institution,
      achievements: achievement ? [achievement.id] : beginning.achievements,
      also: dossierId => [
        deps.db.query
          .insert(dossierArrivals)
          .values({ invitationId: invitation.id, personId: session.person, dossierId }),
        failWithoutPlace(deps, invitation.id),
      ],
    });
    return dossier.id;
  } catch (error) {
    if (violatedKey(error) === 'dossier_arrivals.invitation_id, dossier_arrivals.person_id')
      return (await arrivedBy(deps, secret, session.person))!;
    if (hadNoPlace(error)) throw noPlace();
    throw error;
  }
}

/**
 * A statement that fails, and so undoes what stands with it, when more came than there are places, or it ended meanwhile.
 * It adds no row; the one that it would add has no invitation.
 */
const failWithoutPlace = ({ db, clock }: Deps, id: string): Statement =>
  db.query.insert(dossierArrivals).select(
    sql`select null, '', '' where not exists (
      select 1 from dossier_invitations
      where id = ${id} and ended_at is null and expires_at >= ${clock().toISOString()}
      and places >= (select count(*) from dossier_arrivals where invitation_id = ${id}))`,
  );

function hadNoPlace(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/NOT NULL constraint failed: dossier_arrivals\.invitation_id/.test(e.message)) return true;
  return false;
}

const noPlace = () => new DomainError('link-spent', 'This invitation has ended, or every place has been taken.');
