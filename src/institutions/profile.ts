import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import { didWebFor } from '../vc/did.ts';
import { newJoseKey } from './jose-keys.ts';
import { newKey } from './keys.ts';
import { requireRight } from './rights.ts';
import { institutions } from './schema.ts';

/** Decides the words on an institution's screens (domain.md, Roles). */
export const institutionKinds = ['mbo', 'hbo', 'wo', 'evc', 'sector', 'volunteering', 'employer', 'other'] as const;

const webAddress = z.url({ protocol: /^https?$/ }).max(500);
const line = (max: number) => z.string().trim().min(1).max(max);

export const qualityAssurance = z.strictObject({
  name: line(200),
  url: webAddress,
  description: line(2000).optional(),
  code: line(100).optional(),
});

/** What an institution says of itself; it becomes the OB 3.0 Profile in each of its badges. */
export const institutionProfile = z.strictObject({
  name: line(200),
  kind: z.enum(institutionKinds).default('other'),
  url: webAddress.optional(),
  email: z.email().max(200).optional(),
  description: line(2000).optional(),
  address: z.strictObject({
    /** ISO 3166-1 alpha-2: where the institution awards (Council Recommendation, Annex I). */
    countryCode: z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as NL'),
    locality: line(100).optional(),
    street: line(200).optional(),
    postalCode: line(20).optional(),
  }),
  /** BRIN, RIO and other codes, as OB 3.0 identifier types (`ext:BRIN`). */
  identifiers: z
    .array(
      z.strictObject({
        type: z.string().regex(/^(ext:[A-Za-z0-9._]+|name|sourcedId|systemId|identifier)$/),
        identifier: line(100),
      }),
    )
    .max(20)
    .default([]),
  /** Stands in each achievement that names none of its own. */
  qualityAssurance: qualityAssurance.optional(),
});
export type InstitutionProfile = z.infer<typeof institutionProfile>;

/** Lower-case letters, digits and hyphens, so that no two spellings of a DID meet. */
export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, 1 to 63');

export interface Institution {
  id: string;
  slug: string;
  did: string;
  /** Its public page. */
  url: string;
  profile: InstitutionProfile;
  createdAt: string;
}

type Row = typeof institutions.$inferSelect;
const fromRow = (deps: Deps, row: Row): Institution => ({
  ...row,
  did: didWebFor(deps.config.origin, row.slug),
  url: `${deps.config.origin}/i/${row.slug}`,
});

/**
 * Makes an institution with its first signing keys, also the one that wallets' tokens need: others keep a DID document
 * and a key set for a while, so what they keep has to hold every key from the first day on. An operator's verb.
 * @throws DomainError `institution-exists`
 */
export async function createInstitution(
  deps: Deps,
  input: { slug: string; profile: InstitutionProfile },
): Promise<Institution> {
  const now = deps.clock();
  const row: Row = { id: newId(now), slug: input.slug, profile: input.profile, createdAt: now.toISOString() };
  const key = await newKey(deps, row.id, [], 'active');
  const forTokens = await newJoseKey(deps, row.id, 'ES256', [], 'active');
  const audit = (action: string, subject: string): AuditEntry => ({
    institution: row.id,
    actor: { kind: 'operator' },
    action,
    subject,
    at: now,
    details: { slug: row.slug, profile: row.profile },
  });
  try {
    await commit(
      deps.db,
      [deps.db.query.insert(institutions).values(row), key.insert, forTokens.insert],
      [audit('institution.create', row.id), audit('key.create', key.row.id), audit('key.create', forTokens.row.id)],
    );
  } catch (error) {
    if (violatedKey(error) !== 'institutions.slug') throw error;
    throw new DomainError('institution-exists', `The slug "${input.slug}" belongs to another institution.`);
  }
  return fromRow(deps, row);
}

/** Replaces the profile. Badges that are out keep the profile that they were signed with. */
export async function updateProfile(ctx: Ctx, profile: InstitutionProfile): Promise<Institution> {
  requireRight(ctx, 'profile.update', { whole: true });
  const { institution, db, now, actor } = ctx;
  await commit(
    db,
    [
      db.query.update(institutions).set({ profile }).where(eq(institutions.id, institution.id)),
      ...claimKey(ctx, institution.id),
    ],
    [
      {
        institution: institution.id,
        actor,
        action: 'institution.update',
        subject: institution.id,
        at: now,
        details: profile,
      },
    ],
  );
  return readInstitution(ctx.deps, institution.slug);
}

/** @throws DomainError `not-found` */
export async function readInstitution(deps: Deps, slug: string): Promise<Institution> {
  const rows = await deps.db.query.select().from(institutions).where(eq(institutions.slug, slug));
  if (!rows[0]) throw notFound('institution');
  return fromRow(deps, rows[0]);
}

/** The institution of the service with an id or a DID, where there is one. */
export async function findInstitution(
  deps: Deps,
  named: { id: string } | { did: string },
): Promise<Institution | undefined> {
  const all = didWebFor(deps.config.origin, '');
  if ('did' in named && !named.did.startsWith(all)) return undefined;
  const which = 'did' in named ? eq(institutions.slug, named.did.slice(all.length)) : eq(institutions.id, named.id);
  const [row] = await deps.db.query.select().from(institutions).where(which);
  return row && fromRow(deps, row);
}

/** Every institution of the service, by slug. */
export async function listInstitutions(deps: Deps): Promise<Institution[]> {
  const rows = await deps.db.query.select().from(institutions).orderBy(asc(institutions.slug));
  return rows.map(row => fromRow(deps, row));
}
