import { and, asc, eq } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { questionTemplates } from './schema.ts';

export type QuestionTemplate = typeof questionTemplates.$inferSelect;

/** The questions that an institution has ready for its assessors, oldest first. @throws DomainError `forbidden` */
export async function listQuestions(ctx: Ctx): Promise<QuestionTemplate[]> {
  requireRight(ctx, 'dossier.read');
  return ctx.db.query
    .select()
    .from(questionTemplates)
    .where(eq(questionTemplates.institutionId, ctx.institution.id))
    .orderBy(asc(questionTemplates.createdAt));
}

/** Keeps a question ready. @throws DomainError `forbidden` */
export async function addQuestion(ctx: Ctx, words: string): Promise<string> {
  requireRight(ctx, 'dossier.intake', { whole: true });
  const { db, institution, actor, now } = ctx;
  const id = newId(now);
  await commit(
    db,
    [
      db.query
        .insert(questionTemplates)
        .values({ id, institutionId: institution.id, words, createdAt: now.toISOString() }),
    ],
    [{ institution: institution.id, actor, action: 'question.add', subject: id, at: now, details: {} }],
  );
  return id;
}

/** Takes a question away; where it was asked, it stays asked. @throws DomainError `forbidden`, `not-found` */
export async function removeQuestion(ctx: Ctx, id: string): Promise<void> {
  requireRight(ctx, 'dossier.intake', { whole: true });
  const { db, institution, actor, now } = ctx;
  const mine = and(eq(questionTemplates.id, id), eq(questionTemplates.institutionId, institution.id));
  const [row] = await db.query.select().from(questionTemplates).where(mine);
  if (!row) throw notFound('question');
  await commit(
    db,
    [db.query.delete(questionTemplates).where(mine)],
    [{ institution: institution.id, actor, action: 'question.remove', subject: id, at: now, details: {} }],
  );
}
