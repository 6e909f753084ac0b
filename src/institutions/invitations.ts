import { and, asc, eq, gt, isNull, like, lte } from 'drizzle-orm';
import { spend, wasSpent } from '../people/index.ts';
import { type AuditEntry, commit } from '../platform/audit.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId, newToken, sha256Hex } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { composeLetter } from '../platform/letter.ts';
import { letter } from '../platform/outbox.ts';
import { outbox } from '../platform/schema.ts';
import { type InvitationInput, judgeAddresses, requireOwnAchievements } from './invitation-input.ts';
import { invitationLetter } from './letters.ts';
import { readInstitution } from './profile.ts';
import { requireRight } from './rights.ts';
import { invitations } from './schema.ts';

/** How long an invitation can be accepted. */
export const INVITATION_DAYS = 14;

type Row = typeof invitations.$inferSelect;
export type Invitation = Omit<Row, 'tokenHash' | 'institutionId'>;

/** An invitation that was made just now. */
export interface Invited extends Invitation {
  /**
   * Only for an institution account: who opens it has to prove that account, so it may be passed on by hand. The link
   * to an e-mail address is the proof of that address, and goes nowhere but there.
   */
  link?: string;
}

/** Invites one or a group to a role, or nobody. @throws DomainError `invitation-refused`, `not-found` */
export async function inviteMembers(ctx: Ctx, input: InvitationInput): Promise<Invited[]> {
  requireRight(ctx, 'member.invite', { whole: true });
  const { db, now } = ctx;
  if (input.achievements) await requireOwnAchievements(ctx, input.achievements);
  const statements: Statement[] = [forgetLapsed(ctx)];
  const entries: AuditEntry[] = [];
  const made: Invited[] = [];
  for (const { kind, address } of await judgeAddresses(ctx, input)) {
    const { role, achievements } = input;
    const { row, token } = await newRow(ctx, { id: newId(now), addressKind: kind, address, role, achievements });
    statements.push(db.query.insert(invitations).values(row), ...(await post(ctx, row, token, input.language)));
    entries.push(entryOf(ctx, 'invitation.create', row));
    made.push(presented(ctx, row, token));
  }
  statements.push(...claimKey(ctx, made.map(({ id }) => id).join(',')));
  try {
    await commit(db, statements, entries as [AuditEntry, ...AuditEntry[]]);
  } catch (error) {
    // Someone invited one of them in the same moment: judged again, that one is named.
    if (violatedKey(error)?.startsWith('invitations.')) await judgeAddresses(ctx, input);
    throw error;
  }
  return made;
}

/** Who was invited and has not answered, the latest first. */
export async function listInvitations(ctx: Ctx): Promise<Invitation[]> {
  requireRight(ctx, 'member.invite', { whole: true });
  const rows = await ctx.db.query
    .select()
    .from(invitations)
    .where(and(eq(invitations.institutionId, ctx.institution.id), gt(invitations.expiresAt, ctx.now.toISOString())))
    .orderBy(asc(invitations.createdAt), asc(invitations.id));
  return rows.map(shown);
}

/** Sends an invitation again, with a new link and a new term; the link before no longer works. */
export async function resendInvitation(ctx: Ctx, id: string, language: Language): Promise<Invited> {
  requireRight(ctx, 'member.invite', { whole: true });
  const before = await readOwn(ctx, id);
  const { row, token } = await newRow(ctx, before);
  await commit(
    ctx.db,
    [
      ctx.db.query
        .update(invitations)
        .set({ tokenHash: row.tokenHash, expiresAt: row.expiresAt })
        .where(eq(invitations.id, id)),
      dropLetters(ctx, id),
      ...(await post(ctx, row, token, language)),
      ...claimKey(ctx, id),
    ],
    [entryOf(ctx, 'invitation.resend', row)],
  );
  return presented(ctx, { ...row, createdAt: before.createdAt }, token);
}

/** Takes an invitation back. Its link reads as one that never was. */
export async function withdrawInvitation(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'member.invite', { whole: true });
  const row = await readOwn(ctx, id);
  try {
    await commit(
      ctx.db,
      [
        // Of taking it back and accepting it in the same moment one is done.
        ...(await useUp(ctx.deps, row)),
        ctx.db.query.delete(invitations).where(eq(invitations.id, row.id)),
        dropLetters(ctx, id),
        ...claimKey(ctx, id),
      ],
      [entryOf(ctx, 'invitation.withdraw', row)],
    );
  } catch (error) {
    throw wasSpent(error) ? notFound('invitation') : error;
  }
}

/** An invitation ends once: the statement that says so, for the commit of whatever ends it. */
export const useUp = (deps: Deps, { id }: Pick<Row, 'id'>): Promise<[Statement]> =>
  // For longer than it can be sent again: who opened it before that may accept it later.
  spend(deps, 'invitation', id, new Date(deps.clock().getTime() + INVITATION_DAYS * DAY_MS));

/** @throws DomainError `not-found`, also for another institution's */
async function readOwn({ db, institution }: Ctx, id: string): Promise<Row> {
  const rows = await db.query
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.institutionId, institution.id)));
  if (!rows[0]) throw notFound('invitation');
  return rows[0];
}

type Asked = Pick<Row, 'id' | 'addressKind' | 'address' | 'role' | 'achievements'>;

async function newRow({ institution, now }: Ctx, asked: Asked): Promise<{ row: Row; token: string }> {
  const token = newToken(32);
  const row: Row = {
    ...asked,
    institutionId: institution.id,
    tokenHash: await sha256Hex(token),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS).toISOString(),
  };
  return { row, token };
}

/** Addresses are no longer needed once nobody can accept; and they stand in the way of a new invitation. */
const forgetLapsed = ({ db, institution, now }: Ctx): Statement =>
  db.query
    .delete(invitations)
    .where(and(eq(invitations.institutionId, institution.id), lte(invitations.expiresAt, now.toISOString())));

/** The letter to an e-mail address; an institution account is not where mail can be sent. */
async function post(ctx: Ctx, row: Row, token: string, language: Language): Promise<Statement[]> {
  if (row.addressKind !== 'email') return [];
  const { profile } = await readInstitution(ctx.deps, ctx.institution.slug);
  const { address, role, expiresAt } = row;
  const words = invitationLetter({ language, to: address, profile, role, expiresAt, url: linkOf(ctx, token) });
  return [
    letter(ctx.db, {
      key: `invitation:${row.id}:${row.tokenHash.slice(0, 16)}`,
      kind: 'invitation',
      institution: ctx.institution.id,
      letter: composeLetter(words),
      now: ctx.now,
    }),
  ];
}

/** Takes back the letters that were not sent yet: their link no longer works. */
const dropLetters = ({ db }: Ctx, id: string): Statement =>
  db.query.delete(outbox).where(and(like(outbox.key, `invitation:${id}:%`), isNull(outbox.sentAt)));

const linkOf = (ctx: Ctx, token: string) => `${ctx.deps.config.origin}/invitation/${token}`;

const shown = ({ tokenHash: _, institutionId: _institution, ...row }: Row): Invitation => row;

const presented = (ctx: Ctx, row: Row, token: string): Invited => ({
  ...shown(row),
  ...(row.addressKind === 'eppn' ? { link: linkOf(ctx, token) } : {}),
});

const entryOf = (ctx: Ctx, action: string, { id, role, achievements }: Row): AuditEntry => ({
  institution: ctx.institution.id,
  actor: ctx.actor,
  action,
  subject: id,
  at: ctx.now,
  details: { role, achievements },
});
