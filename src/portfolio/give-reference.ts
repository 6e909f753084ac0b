/** Words of others, from the side of who says them: without an account, and as far as they want to stand behind it. */
import { and, desc, eq, gt } from 'drizzle-orm';
import { identitiesOf, spend, wasSpent } from '../people/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { FileKind } from '../platform/file-kind.ts';
import { dropBytes, keepFile, readFileRow, type StoredFile, storeFile } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import type { Upload } from '../platform/upload.ts';
import { scopeOf } from './evidence.ts';
import { changeAs } from './holder.ts';
import { readMessage, type ReferenceAnswer } from './reference-input.ts';
import {
  asReference,
  type Reference,
  REFERENCE_DAYS,
  requestIdOf,
  withoutLetter,
  withoutReference,
} from './references.ts';
import { experiences, portfolios, referenceRequests, references } from './schema.ts';
import { signReference } from './sign-reference.ts';

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

/** Behind a link. @throws DomainError `not-found` for one that is wrong, has ended or was taken back: these read the same */
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

const spoken: ReadonlySet<FileKind> = new Set<FileKind>([
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/webm',
  'audio/wav',
]);

/** Keeps a recording while it comes in; `giveReference` ties it. @throws DomainError what `storeFile` throws */
export const storeSpoken = (deps: Deps, { portfolio }: Asked, { name, bytes }: Upload): Promise<StoredFile> =>
  storeFile(deps, { bytes, name, scope: scopeOf(portfolio), kinds: spoken });

/** Words of oneself about oneself are a story and no reference. */
function requireOther({ owner }: Pick<Asked, 'owner'>, session: SignedIn | undefined): void {
  if (session && session.person === owner)
    throw new DomainError('role-conflict', 'This question is your own. Send the link to whom you ask.');
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
 * withdrawn and not declined.
 * @throws DomainError `not-found`
 */
export async function declineReference(deps: Deps, token: string): Promise<void> {
  const asked = await readAsked(deps, token);
  if (asked.answer) return withdrawAnswer(deps, { kind: 'bearer' }, asked.answer.id);
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

/**
 * Has it signed: an EndorsementCredential of the service, with how the giver signed in. Pressed twice it is signed once.
 * @throws DomainError as `confirmReference`, and `signing-failed`, `key-not-opened`
 */
export async function signGiven(deps: Deps, token: string, session: SignedIn, language: Language): Promise<void> {
  await confirmReference(deps, token, session);
  const { asked, answer } = await readAnswered(deps, token, session);
  if (answer.standing === 'signed') return;
  const identity = (await identitiesOf(deps, session.person)).find(({ id }) => id === session.identity);
  if (!identity) throw new DomainError('not-signed-in', 'Sign in again.');
  const [experience] = asked.experience
    ? await deps.db.query.select().from(experiences).where(eq(experiences.id, asked.experience.id))
    : [];
  const recording = answer.fileId ? await readFileRow(deps, scopeOf(asked.portfolio), answer.fileId) : undefined;
  const document = await signReference(deps, {
    answer,
    experience,
    as: asked.as,
    recording,
    login: { identity, provenAt: session.provenAt },
    language,
  });
  try {
    await changeAs(deps, actorOf(session), asked.portfolio, 'reference.sign', [
      ...(await spend(deps, 'reference-sign', answer.id, new Date(deps.clock().getTime() + REFERENCE_DAYS * DAY_MS))),
      deps.db.query
        .update(references)
        .set({ standing: 'signed', document, changedAt: deps.clock().toISOString() })
        .where(eq(references.id, answer.id)),
    ]);
  } catch (error) {
    if (!wasSpent(error)) throw error;
  }
}

const actorOf = ({ person }: SignedIn): Actor => ({ kind: 'person', person });

async function readAnswered(deps: Deps, token: string, session: SignedIn) {
  const asked = await readAsked(deps, token);
  const { answer, answeredBy } = asked;
  requireOther(asked, session);
  if (!answer) throw notFound('answer');
  if (answeredBy && answeredBy !== session.person)
    throw new DomainError('forbidden', 'Someone else signed in for this answer.');
  return { asked, answer };
}

/** The recording of an answer, for whoever has the link. @throws DomainError `not-found` */
export async function readSpoken(deps: Deps, token: string): Promise<StoredFile> {
  const { portfolio, answer } = await readAsked(deps, token);
  if (!answer?.fileId) throw notFound('file');
  return readFileRow(deps, scopeOf(portfolio), answer.fileId);
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
