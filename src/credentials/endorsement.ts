/** Words of others about an institution or about what can be earned there: whom they are about, and how they read. */
import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { isNewest, readVersion } from '../catalogue/index.ts';
import { achievements, achievementVersions } from '../catalogue/schema.ts';
import { type Institution, readInstitution, requireRight } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import { endorsements } from './schema.ts';

/** An endorsement as it was signed, and what is told of it. */
export interface KeptEndorsement {
  /**
   * `login`: the service signed for a person; `institution`: one of this service did; `elsewhere`: a key of their own.
   */
  way: 'login' | 'institution' | 'elsewhere';
  /** JSON, or a JWT. */
  document: string;
  /** Who says it, as they call themselves. */
  by: string;
  /** In whose name, as a person typed it. */
  onBehalfOf?: string;
  words: string;
  /** Of an achievement the version that it is about, where it names one. */
  version?: number;
  /** What the login proved, in the language of the words. */
  told?: string;
  language: Language;
  /** The institution of this service that gave it. */
  institution?: string;
  /** Who signed it elsewhere. */
  issuer?: string;
  validUntil?: string;
  /** What the check found of one that was signed elsewhere. */
  checked?: { verdict: string; code: string; at: string };
}

/** What can be endorsed: an institution, or an achievement of it in the version that is current. */
export interface Endorsed {
  institution: Institution;
  achievement?: { id: string; version: number; name: string; language: string };
}

export interface Endorsement extends KeptEndorsement {
  id: string;
  about: { kind: 'achievement' | 'institution'; id: string; slug: string; name: string };
  person: string | null;
  createdAt: string;
  acceptedAt: string | null;
}

/** @throws DomainError `not-found`, also for an achievement that is not published */
export async function findEndorsed(deps: Deps, slug: string, achievement?: string): Promise<Endorsed> {
  const institution = await readInstitution(deps, slug);
  if (achievement === undefined) return { institution };
  const newest = await readVersion(deps.db, institution.id, achievement);
  if (!newest) throw notFound('achievement');
  const { version, content } = newest;
  return {
    institution,
    achievement: { id: achievement, version, name: content.name, language: content.language },
  };
}

/** How a row names what it is about. */
export const subjectOf = ({ institution, achievement }: Endorsed) =>
  achievement
    ? { subjectKind: 'achievement' as const, subjectId: achievement.id }
    : { subjectKind: 'institution' as const, subjectId: institution.id };

/** Where an endorsement can be read by everyone, once it is accepted; also its `id`. */
export const endorsementUrl = (origin: string, slug: string, id: string): string =>
  `${origin}/i/${slug}/endorsements/${id}`;

/** All that is said of an institution and of what can be earned there. */
const about = (deps: Deps, institutionId: string): SQL =>
  or(
    and(eq(endorsements.subjectKind, 'institution'), eq(endorsements.subjectId, institutionId)),
    and(
      eq(endorsements.subjectKind, 'achievement'),
      inArray(
        endorsements.subjectId,
        deps.db.query
          .select({ id: achievements.id })
          .from(achievements)
          .where(eq(achievements.institutionId, institutionId)),
      ),
    ),
  )!;
const standing = isNull(endorsements.withdrawnAt);

/** What everyone may read: accepted, not withdrawn, and not past its own term; the first one first. */
export async function listEndorsements(deps: Deps, { institution, achievement }: Endorsed): Promise<Endorsement[]> {
  const { subjectKind, subjectId } = subjectOf({ institution, ...(achievement ? { achievement } : {}) });
  const same = and(eq(endorsements.subjectKind, subjectKind), eq(endorsements.subjectId, subjectId));
  return shown(deps, await select(deps, and(same, standing, isNotNull(endorsements.acceptedAt))));
}

/** The same for an institution and all that can be earned there. */
export async function listAllEndorsements(deps: Deps, { id }: Pick<Institution, 'id'>): Promise<Endorsement[]> {
  return shown(deps, await select(deps, and(about(deps, id), standing, isNotNull(endorsements.acceptedAt))));
}

const shown = (deps: Deps, list: Endorsement[]): Endorsement[] =>
  list.filter(({ validUntil }) => !validUntil || Date.parse(validUntil) > deps.clock().getTime());

/**
 * One that is shown. @throws DomainError `not-found`, also while it waits; `endorsement-withdrawn` for one that was shown
 */
export async function readEndorsement(deps: Deps, slug: string, id: string): Promise<Endorsement> {
  const { id: institutionId } = await readInstitution(deps, slug);
  const mine = and(eq(endorsements.id, id), about(deps, institutionId), isNotNull(endorsements.acceptedAt));
  const [row] = await deps.db.query.select({ withdrawnAt: endorsements.withdrawnAt }).from(endorsements).where(mine);
  if (!row) throw notFound('endorsement');
  if (row.withdrawnAt) throw new DomainError('endorsement-withdrawn', 'This endorsement was withdrawn.');
  const [found] = await select(deps, mine);
  return found!;
}

/** What an institution sees: what is said of it, waiting and shown, and what it said of others. */
export async function listForInstitution(ctx: Ctx): Promise<{ received: Endorsement[]; given: Endorsement[] }> {
  requireRight(ctx, 'endorsement.edit', { whole: true });
  const { deps, institution } = ctx;
  return {
    received: await select(deps, and(about(deps, institution.id), standing)),
    given: await select(deps, and(byInstitution(institution.id), standing)),
  };
}

/** What a person said or brought, the last one first. */
export async function listGivenEndorsements(deps: Deps, { person }: { person: string }): Promise<Endorsement[]> {
  return (await select(deps, and(eq(endorsements.personId, person), standing))).reverse();
}

export const byInstitution = (id: string): SQL => sql`json_extract(${endorsements.kept}, '$.institution') = ${id}`;

/** One of an institution’s, for who decides about it or gave it. @throws DomainError `not-found` */
export async function requireOf(ctx: Ctx, id: string, side: 'received' | 'given'): Promise<Endorsement> {
  requireRight(ctx, 'endorsement.edit', { whole: true });
  const own = side === 'received' ? about(ctx.deps, ctx.institution.id) : byInstitution(ctx.institution.id);
  const [found] = await select(ctx.deps, and(eq(endorsements.id, id), own, standing));
  if (!found) throw notFound('endorsement');
  return found;
}

async function select(deps: Deps, where: SQL | undefined): Promise<Endorsement[]> {
  const rows = await deps.db.query
    .select({
      row: endorsements,
      slug: institutions.slug,
      profile: institutions.profile,
      version: achievementVersions.content,
    })
    .from(endorsements)
    .leftJoin(
      achievements,
      and(eq(endorsements.subjectKind, 'achievement'), eq(achievements.id, endorsements.subjectId)),
    )
    .leftJoin(achievementVersions, and(eq(achievementVersions.achievementId, achievements.id), isNewest))
    .innerJoin(
      institutions,
      sql`${institutions.id} = coalesce(${achievements.institutionId}, ${endorsements.subjectId})`,
    )
    .where(where)
    .orderBy(asc(endorsements.createdAt), desc(endorsements.id));
  return rows.map(({ row, slug, profile, version }) => ({
    ...row.kept,
    id: row.id,
    about: { kind: row.subjectKind, id: row.subjectId, slug, name: version?.name ?? profile.name },
    person: row.personId,
    createdAt: row.createdAt,
    acceptedAt: row.acceptedAt,
  }));
}
