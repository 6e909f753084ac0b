import { and, eq, isNull, like, sql } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { type AuditEntry, commit } from '../platform/audit.ts';
import type { Actor, Ctx, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { idempotencyKeys, outbox, outboxLeases } from '../platform/schema.ts';
import { emptied, erasedDocument, isErased, isErasedDocument, START } from './erased.ts';
import { readAward } from './read.ts';
import {
  awardChanges,
  awards,
  claims,
  confirmations,
  copies,
  credentials,
  replies,
  revocationRequests,
  shareLinks,
  shares,
  shareUses,
} from './schema.ts';

type Row = typeof awards.$inferSelect;

/**
 * Erases what is personal in an award that the institution made, also where nobody has it in an account. Its status
 * stays, so that a copy that the learner has is good or revoked as before; its pages are gone.
 * @throws DomainError `forbidden`, `not-found`, `award-erased`, `award-state` while it is being signed
 */
export async function eraseAward(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'award.erase');
  const award = await readAward(ctx, id);
  requireRight(ctx, 'award.erase', { achievement: award.achievementId, person: award.personId });
  if (isErased(award)) throw new DomainError('award-erased', 'This was done before.');
  const { statements, entry } = await eraseRow(ctx.deps, award, ctx.actor);
  await commit(ctx.db, statements, [entry]);
  await ctx.db.scrub();
}

/**
 * What erases one award. Id, list, index, key, times, achievement and a salted hash of the document stay (threat W12):
 * others rely on those.
 * @throws DomainError `award-state` while it is being signed
 */
export async function eraseRow(
  deps: Deps,
  award: Row,
  actor: Actor,
): Promise<{ statements: Statement[]; entry: AuditEntry }> {
  if (award.state === 'reserved')
    throw new DomainError('award-state', 'This badge is being signed at this moment. Try again in a minute.');
  const { query } = deps.db;
  const now = deps.clock();
  const { id } = award;
  const documents = await query.select().from(credentials).where(eq(credentials.awardId, id));
  const links = query.select({ token: shareLinks.token }).from(shareLinks).where(eq(shareLinks.awardId, id));
  const statements: Statement[] = [
    ...forgetLetters(deps, id),
    query.delete(shareUses).where(sql`${shareUses.token} in ${links}`),
    query.update(awards).set(emptied(award)).where(eq(awards.id, id)),
    query.update(awardChanges).set({ words: null }).where(eq(awardChanges.awardId, id)),
    ...[revocationRequests, replies, confirmations, claims, shares, shareLinks].map(table =>
      query.delete(table).where(eq(table.awardId, id)),
    ),
    // The hash of what was asked covers what was asked about someone; the answer names links that are gone.
    query
      .update(idempotencyKeys)
      .set({ request: 'erased', body: null })
      .where(and(eq(idempotencyKeys.institution, award.institutionId), eq(idempotencyKeys.subject, id))),
  ];
  for (const { id: copyId, document } of await query.select().from(copies).where(eq(copies.awardId, id))) {
    if (document === null || isErasedDocument(document)) continue;
    const left = await erasedDocument(document, now);
    statements.push(query.update(copies).set({ holder: '', document: left }).where(eq(copies.id, copyId)));
  }
  // One that was signed since it was looked leaves nothing to recognise it by; one that is being signed is given up.
  const unread = and(eq(copies.awardId, id), sql`substr(${copies.document}, 1, ${START.length}) <> ${START}`);
  const nothing = await erasedDocument('', now);
  statements.push(
    query.update(copies).set({ holder: '', document: nothing }).where(unread),
    query.delete(copies).where(and(eq(copies.awardId, id), isNull(copies.document))),
  );
  for (const { format, document } of documents) {
    if (isErasedDocument(document)) continue;
    const left = await erasedDocument(document, now);
    const one = and(eq(credentials.awardId, id), eq(credentials.format, format));
    statements.push(query.update(credentials).set({ document: left }).where(one));
  }
  const entry: AuditEntry = {
    institution: award.institutionId,
    actor,
    action: 'award.erase',
    subject: id,
    at: now,
    details: {},
  };
  return { statements, entry };
}

/** What drops the letters about an award or an offer: its id stands in their keys. */
export function forgetLetters({ db }: Deps, id: string): Statement[] {
  const about = like(outbox.key, `%:${id}%`);
  const letters = db.query.select({ id: outbox.id }).from(outbox).where(about);
  return [
    db.query.delete(outboxLeases).where(sql`${outboxLeases.letterId} in ${letters}`),
    db.query.delete(outbox).where(about),
  ];
}
