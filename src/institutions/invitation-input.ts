import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { emailKey, eppnKey } from '../platform/addresses.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { languages } from '../platform/language.ts';
import { canBeMailed } from '../platform/letter.ts';
import { memberRoles } from './members.ts';
import { invitations } from './schema.ts';

/** Addresses that are invited together. */
export const MAX_GROUP = 100;

const typed = z.string().trim().min(1).max(320);

export const invitationInput = z
  .strictObject({
    addresses: z
      .array(z.union([z.strictObject({ email: typed }), z.strictObject({ eppn: typed })]))
      .min(1)
      .max(MAX_GROUP),
    role: z.enum(memberRoles),
    achievements: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(80)
      .nullable()
      .default(null)
      .describe('only for these; null for all of the institution'),
    language: z.enum(languages).default('nl').describe('of the letter'),
  })
  .refine(input => input.role !== 'admin' || !input.achievements, {
    path: ['achievements'],
    message: 'an admin is one for all of the institution',
  });
export type InvitationInput = z.infer<typeof invitationInput>;

export interface Address {
  kind: 'email' | 'eppn';
  /** In its one spelling. */
  address: string;
}

/** Why a line of a list was not taken. */
export interface RefusedLine {
  /** From 1. */
  line: number;
  text: string;
  why: 'not-an-address' | 'twice' | 'invited';
}

/**
 * Judges each address of a list. When one is wrong nobody is invited, and each that is wrong is named.
 * @throws DomainError `invitation-refused` with `lines`
 */
export async function judgeAddresses(ctx: Ctx, input: InvitationInput): Promise<Address[]> {
  const good: Address[] = [];
  const wrong: RefusedLine[] = [];
  const seen = new Set<string>();
  const invited = await invitedNow(ctx, input);
  for (const [index, one] of input.addresses.entries()) {
    const kind = 'email' in one ? 'email' : 'eppn';
    const text = 'email' in one ? one.email : one.eppn;
    const address = kind === 'email' ? emailKey(text) : eppnKey(text);
    const refuse = (why: RefusedLine['why']) => wrong.push({ line: index + 1, text, why });
    const name = `${kind}:${address}`;
    if (!address || (kind === 'email' && !canBeMailed(address))) refuse('not-an-address');
    else if (seen.has(name)) refuse('twice');
    else if (invited.has(name)) refuse('invited');
    else good.push({ kind, address });
    seen.add(name);
  }
  if (wrong.length)
    throw new DomainError('invitation-refused', 'Nobody was invited, since some addresses are not right.', {
      extensions: { lines: wrong },
    });
  return good;
}

/** Who was invited to this role and has not answered yet. */
async function invitedNow({ db, institution, now }: Ctx, { role }: InvitationInput): Promise<Set<string>> {
  const rows = await db.query
    .select({ kind: invitations.addressKind, address: invitations.address })
    .from(invitations)
    .where(
      and(
        eq(invitations.institutionId, institution.id),
        eq(invitations.role, role),
        gt(invitations.expiresAt, now.toISOString()),
      ),
    );
  return new Set(rows.map(({ kind, address }) => `${kind}:${address}`));
}

/**
 * A role reaches achievements of this institution only. The catalogue stands to the right of this folder, so its table
 * is named here and not imported.
 * @throws DomainError `not-found`, also for another institution's
 */
export async function requireOwnAchievements({ db, institution }: Ctx, ids: string[]): Promise<void> {
  const table = sql.raw('achievements');
  const rows = await db.query.all<{ id: string }>(
    sql`select id from ${table} where institution_id = ${institution.id} and ${inArray(sql.raw('id'), ids)}`,
  );
  if (rows.length !== new Set(ids).size) throw notFound('achievement');
}
