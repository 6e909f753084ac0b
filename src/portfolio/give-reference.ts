/** Words of others, from the side of who says them: without an account, and as far as they want to stand behind it. */
import { and, desc, eq } from 'drizzle-orm';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { soundKinds } from '../platform/file-kind.ts';
import { dropBytes, keepFile, type StoredFile, storeFile } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import type { Upload } from '../platform/upload.ts';
import { actorOf, type Asked, readAnswered, readAsked, requireOther } from './asked.ts';
import { requireRoomForFiles, scopeOf } from './evidence.ts';
import { changeAs } from './holder.ts';
import type { ReferenceAnswer } from './reference-input.ts';
import { asReference, type Reference, withoutLetter, withoutReference } from './references.ts';
import { referenceRequests, references } from './schema.ts';

/**
 * Keeps a recording while it comes in; `giveReference` ties it.
 * @throws DomainError `limit-broken` where the portfolio is full, and what `storeFile` throws
 */
export async function storeSpoken(deps: Deps, { portfolio }: Asked, { name, bytes }: Upload): Promise<StoredFile> {
  await requireRoomForFiles(deps, portfolio);
  return storeFile(deps, { bytes, name, scope: scopeOf(portfolio), kinds: soundKinds });
}

/**
 * Keeps what someone says, under the name that they give. One answer to a question: sent twice it is kept once.
 * @throws DomainError `not-found`, `request-invalid` where nothing is said, `role-conflict`
 */
export async function giveReference(
  deps: Deps,
  token: string,
  { voice, ...answer }: ReferenceAnswer & { voice?: StoredFile | undefined },
  session?: SignedIn,
): Promise<void> {
  try {
    const asked = await readAsked(deps, token);
    requireOther(asked, session);
    const answers = Object.fromEntries(Object.entries(answer.answers).filter(([, text]) => text));
    if (!answer.words && !voice && !Object.keys(answers).length)
      throw new DomainError('request-invalid', 'Say something first, in words or by voice.');
    const at = deps.clock().toISOString();
    const row = {
      id: newId(deps.clock()),
      requestId: asked.id,
      portfolioId: asked.portfolio,
      experienceId: asked.experience?.id ?? null,
      relation: asked.relation,
      name: answer.name,
      words: answer.words,
      answers,
      fileId: voice?.id ?? null,
      standing: 'named' as const,
      createdAt: at,
      changedAt: at,
    };
    await changeAs(deps, { kind: 'bearer' }, asked.portfolio, 'reference.give', [
      ...(voice ? keepFile(deps, voice) : []),
      deps.db.query.insert(references).values(row),
    ]);
  } catch (error) {
    await dropBytes(deps, voice ? [voice.id] : []);
    if (violatedKey(error) !== 'reference_answers.request_id') throw error;
  }
}

/**
 * Says no. The question goes and nobody is told: no row is left, in the log neither. Once something was said, it is
 * withdrawn and not declined; and once a login stands behind it, by who has that login.
 * @throws DomainError `not-found`, `forbidden`
 */
export async function declineReference(deps: Deps, token: string, session?: SignedIn): Promise<void> {
  const asked = await readAsked(deps, token);
  const { answer, answeredBy } = asked;
  if (answer?.standing === 'named') return withdrawAnswer(deps, { kind: 'bearer' }, answer.id);
  if (answer) {
    if (!session || answeredBy !== session.person)
      throw new DomainError('forbidden', 'Only who stands behind this with a login may take it back.');
    return withdrawAnswer(deps, actorOf(session), answer.id);
  }
  await deps.db.batch([
    deps.db.query.delete(referenceRequests).where(eq(referenceRequests.id, asked.id)),
    ...withoutLetter(deps, asked.portfolio, asked.id),
  ]);
}

/**
 * Puts a login behind what was said with this link: from then on it is theirs.
 * @throws DomainError `not-found`, `role-conflict`, `forbidden` where somebody else's login stands behind it
 */
export async function confirmReference(deps: Deps, token: string, session: SignedIn): Promise<void> {
  const { asked, answer } = await readAnswered(deps, token, session);
  if (answer.standing !== 'named') return;
  await changeAs(deps, actorOf(session), asked.portfolio, 'reference.confirm', [
    deps.db.query
      .update(references)
      .set({ standing: 'logged-in', personId: session.person, changedAt: deps.clock().toISOString() })
      .where(and(eq(references.id, answer.id), eq(references.standing, 'named'))),
  ]);
}

/** What a person said of others with a login behind it, the last one first. */
export async function listGiven(deps: Deps, { person }: SignedIn): Promise<Reference[]> {
  const rows = await deps.db.query
    .select()
    .from(references)
    .where(eq(references.personId, person))
    .orderBy(desc(references.createdAt));
  return rows.map(asReference);
}

/** Takes it back from the account. @throws DomainError `not-found`, also for somebody else's */
export async function withdrawGiven(deps: Deps, session: SignedIn, id: string): Promise<void> {
  if (!(await listGiven(deps, session)).some(given => given.id === id)) throw notFound('reference');
  await withdrawAnswer(deps, actorOf(session), id);
}

async function withdrawAnswer(deps: Deps, actor: Actor, id: string): Promise<void> {
  const [row] = await deps.db.query.select().from(references).where(eq(references.id, id));
  if (!row) throw notFound('reference');
  await changeAs(deps, actor, row.portfolioId, 'reference.withdraw', withoutReference(deps, row));
  await dropBytes(deps, row.fileId ? [row.fileId] : []);
}
