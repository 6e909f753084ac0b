/** A signature under what someone said: by the service after a login, or by a key of their own. */
import { and, eq, isNull, or } from 'drizzle-orm';
import { identitiesOf, spend, wasSpent } from '../people/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readFileRow } from '../platform/files.ts';
import { fromBase64url } from '../platform/ids.ts';
import { type Language, languages } from '../platform/language.ts';
import { macOf } from '../platform/mac.ts';
import { hex } from '../vc/bytes.ts';
import { endorsementCredential } from '../vc/endorsement.ts';
import { actorOf, type Asked, readAnswered } from './asked.ts';
import { scopeOf } from './evidence.ts';
import { confirmReference } from './give-reference.ts';
import { changeAs } from './holder.ts';
import { judgeOwnSignature, refuseOwn, type Verdict } from './own-signature.ts';
import { type Reference, REFERENCE_DAYS } from './references.ts';
import { experiences, references } from './schema.ts';
import { signReference, type ToSign, unsignedForOwnKey } from './sign-reference.ts';

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
  const login = { identity, provenAt: session.provenAt };
  const document = await signReference(deps, await toSign(deps, asked, answer), login, language);
  try {
    await keepSigned(deps, session, asked, answer, document);
  } catch (error) {
    if (!wasSpent(error)) throw error;
  }
}

/**
 * What the giver can sign with a key of their own: the same bytes each time that it is asked for.
 * @throws DomainError as `readAnswered`
 */
export async function unsignedFor(
  deps: Deps,
  token: string,
  session: SignedIn,
  { did, language }: { did: string; language: Language },
): Promise<string> {
  const { asked, answer } = await readAnswered(deps, token, session);
  const issuer = { id: did, type: ['Profile'] as ['Profile'], name: answer.name };
  const unsigned = await unsignedOf(deps, asked, answer, language);
  return JSON.stringify(endorsementCredential({ ...unsigned, issuer }), null, 2);
}

/**
 * Keeps what the giver signed with a key of their own, and their login with it. `check` is the verifier.
 * @throws DomainError as `readAnswered`, and `endorsement-refused` with the fault: nothing changed then
 */
export async function takeSigned(
  deps: Deps,
  token: string,
  session: SignedIn,
  sent: string,
  check: (document: string) => Promise<Verdict>,
): Promise<void> {
  const { asked, answer } = await readAnswered(deps, token, session);
  if (answer.standing === 'signed') throw refuseOwn('signed');
  const wanted = await Promise.all(languages.map(language => unsignedOf(deps, asked, answer, language)));
  const document = await judgeOwnSignature(sent, wanted, check);
  try {
    await keepSigned(deps, session, asked, answer, document);
  } catch (error) {
    if (wasSpent(error)) throw refuseOwn('signed');
    throw error;
  }
}

/** One signature under an answer, of who stands behind it: whose login came first in the same moment keeps it. */
async function keepSigned(
  deps: Deps,
  session: SignedIn,
  { portfolio }: Asked,
  { id }: Reference,
  document: string,
): Promise<void> {
  const now = deps.clock();
  await changeAs(deps, actorOf(session), portfolio, 'reference.sign', [
    ...(await spend(
      deps,
      'reference-sign',
      `${id}:${session.person}`,
      new Date(now.getTime() + REFERENCE_DAYS * DAY_MS),
    )),
    deps.db.query
      .update(references)
      .set({ standing: 'signed', personId: session.person, document, changedAt: now.toISOString() })
      .where(and(eq(references.id, id), or(isNull(references.personId), eq(references.personId, session.person)))),
  ]);
}

async function toSign(deps: Deps, asked: Asked, answer: Reference): Promise<ToSign> {
  const [experience] = asked.experience
    ? await deps.db.query.select().from(experiences).where(eq(experiences.id, asked.experience.id))
    : [];
  const recording = answer.fileId ? await readFileRow(deps, scopeOf(asked.portfolio), answer.fileId) : undefined;
  return { answer, experience, as: asked.as, recording };
}

/** Its id is of this answer and can be guessed by nobody: what was signed under one answer fits no other. */
async function unsignedOf(deps: Deps, asked: Asked, answer: Reference, language: Language) {
  const tail = hex(fromBase64url(await macOf(deps, 'reference-own-key', answer.id))!);
  const id = `urn:uuid:${tail.slice(0, 8)}-${tail.slice(8, 12)}-8${tail.slice(13, 16)}-8${tail.slice(17, 20)}-${tail.slice(20, 32)}`;
  return unsignedForOwnKey(await toSign(deps, asked, answer), { id, at: new Date(answer.createdAt) }, language);
}
