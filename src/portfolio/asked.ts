/** What is behind the link of someone who was asked for words. */
import { and, eq, gt } from 'drizzle-orm';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { readFileRow, type StoredFile } from '../platform/files.ts';
import { scopeOf } from './evidence.ts';
import { readMessage } from './reference-input.ts';
import { asReference, type Reference, requestIdOf } from './references.ts';
import { experiences, portfolios, referenceRequests, references } from './schema.ts';

/** What someone sees who has the link: who asks, about what, and what they said themselves. */
export interface Asked {
  id: string;
  portfolio: string;
  /** Its title alone: the story is not told to who is asked. */
  experience: { id: string; title: string } | null;
  name: string;
  relation: string;
  /** Who asks, as they named themselves, and what they wrote. */
  as: string;
  message: string;
  expiresAt: string;
  answer?: Reference;
  /** Whose login stands behind the answer. */
  answeredBy?: string | null;
  /** The person who asks. */
  owner: string | null;
}

/**
 * Behind a link.
 * @throws DomainError `not-found` for one that is wrong, has ended or was taken back: these read the same
 */
export async function readAsked(deps: Deps, token: string): Promise<Asked> {
  const { query } = deps.db;
  const [row] = await query
    .select({ asked: referenceRequests, title: experiences.title, owner: portfolios.personId, answer: references })
    .from(referenceRequests)
    .innerJoin(portfolios, eq(portfolios.id, referenceRequests.portfolioId))
    .leftJoin(experiences, eq(experiences.id, referenceRequests.experienceId))
    .leftJoin(references, eq(references.requestId, referenceRequests.id))
    .where(
      and(
        eq(referenceRequests.id, await requestIdOf(token)),
        gt(referenceRequests.expiresAt, deps.clock().toISOString()),
      ),
    );
  if (!row) throw notFound('question');
  const { asked, title, owner, answer } = row;
  return {
    id: asked.id,
    portfolio: asked.portfolioId,
    experience: asked.experienceId === null ? null : { id: asked.experienceId, title: title ?? '' },
    name: asked.name,
    relation: asked.relation,
    ...readMessage(asked.message),
    expiresAt: asked.expiresAt,
    owner,
    ...(answer ? { answer: asReference(answer), answeredBy: answer.personId } : {}),
  };
}

/** Words of oneself about oneself are a story and no reference. */
export function requireOther({ owner }: Pick<Asked, 'owner'>, session: SignedIn | undefined): void {
  if (session && session.person === owner)
    throw new DomainError('role-conflict', 'This question is your own. Send the link to whom you ask.');
}

/**
 * What was said, for who stands behind it or still may.
 * @throws DomainError `not-found`, `role-conflict`, `forbidden` where somebody else's login stands behind it
 */
export async function readAnswered(deps: Deps, token: string, session: SignedIn) {
  const asked = await readAsked(deps, token);
  const { answer, answeredBy } = asked;
  requireOther(asked, session);
  if (!answer) throw notFound('answer');
  // A login that was erased since leaves its place to nobody.
  if (answer.standing !== 'named' && answeredBy !== session.person)
    throw new DomainError('forbidden', 'Someone else signed in for this answer.');
  return { asked, answer };
}

export const actorOf = ({ person }: SignedIn): Actor => ({ kind: 'person', person });

/** The recording of an answer, for whoever has the link. @throws DomainError `not-found` */
export async function readSpoken(deps: Deps, token: string): Promise<StoredFile> {
  const { portfolio, answer } = await readAsked(deps, token);
  if (!answer?.fileId) throw notFound('file');
  return readFileRow(deps, scopeOf(portfolio), answer.fileId);
}
