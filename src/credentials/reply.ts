import { asc, eq } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx, Deps, SignedIn } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { readAward } from './read.ts';
import { awards, replies } from './schema.ts';

const REPLY_LENGTH = 5_000;
/** So many replies can be given to what happened to one badge: a right, not a mailbox. */
const REPLIES = 10;

/**
 * The learner's answer to a suspension, a revocation or a replacement (domain.md: due process). The institution reads it
 * beside the award.
 * @throws DomainError `not-found`, also for somebody else's badge; `award-state` while there is nothing to reply to;
 *   `request-invalid`
 */
export async function replyTo(deps: Deps, session: SignedIn, id: string, words: string): Promise<void> {
  const [award] = await deps.db.query.select().from(awards).where(eq(awards.id, id));
  if (!award || award.personId !== session.person) throw notFound('badge');
  if (!['suspended', 'revoked', 'superseded'].includes(award.state))
    throw new DomainError('award-state', 'There is nothing to reply to.', { extensions: { state: award.state } });
  const said = words.trim();
  if (!said || said.length > REPLY_LENGTH)
    throw new DomainError('request-invalid', `A reply has 1 to ${REPLY_LENGTH} characters.`);
  const before = await deps.db.query.select({ id: replies.id }).from(replies).where(eq(replies.awardId, id));
  if (before.length >= REPLIES) throw new DomainError('request-invalid', `A badge has at most ${REPLIES} replies.`);
  const now = deps.clock();
  const reply = { id: newId(now), awardId: id, words: said, at: now.toISOString() };
  await commit(
    deps.db,
    [deps.db.query.insert(replies).values(reply)],
    [
      {
        institution: award.institutionId,
        actor: { kind: 'person', person: session.person },
        action: 'award.reply',
        subject: id,
        at: now,
        details: { reply: reply.id },
      },
    ],
  );
}

/** What the learner replied, for the institution that awarded. @throws DomainError `forbidden`, `not-found` */
export async function readReplies(ctx: Ctx, id: string): Promise<{ id: string; words: string | null; at: string }[]> {
  requireRight(ctx, 'award.read');
  const award = await readAward(ctx, id);
  requireRight(ctx, 'award.read', { achievement: award.achievementId });
  return ctx.db.query
    .select({ id: replies.id, words: replies.words, at: replies.at })
    .from(replies)
    .where(eq(replies.awardId, id))
    .orderBy(asc(replies.at));
}
