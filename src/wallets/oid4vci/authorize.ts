import { awardsOf } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { linkSpent, spend, wasSpent } from '../../people/index.ts';
import { commit } from '../../platform/audit.ts';
import type { Deps, SignedIn } from '../../platform/context.ts';
import type { Statement } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { newToken } from '../../platform/ids.ts';
import { newGrant } from '../oauth/grants.ts';
import { withAnswer } from '../oauth/redirect.ts';
import { walletGrants } from '../schema.ts';
import { mayLeave } from './leave.ts';
import { issuerId } from './metadata.ts';
import { PUSHED, PUSHED_MS, readRequest, type WalletRequest } from './pushed-request.ts';

/** RFC 6749 §4.1.2: short. */
export const CODE_MS = 60_000;

/** The request of a wallet, by what stands in the address of the page. */
export interface Asked {
  clientId: string;
  requestUri: string;
}

/**
 * What a wallet asks of who is signed in, and which of their badges of this institution it could be: the one of the
 * offer that it followed, or any.
 * @throws DomainError `link-spent`
 */
export async function readAuthorization(deps: Deps, institution: Institution, session: SignedIn, asked: Asked) {
  const request = await readRequest(deps, institution, asked);
  const all = await awardsOf(deps, session.person);
  const badges = all.filter(
    badge =>
      badge.institution.slug === institution.slug &&
      mayLeave(badge) &&
      (request.awardId === null || badge.id === request.awardId),
  );
  return { request, badges };
}

/**
 * Lets a wallet fetch one badge of who is signed in: the address to send them to, with a code (RFC 6749 §4.1.2) and with
 * who gave it (RFC 9207).
 * @throws DomainError `link-spent`; `not-found` for a badge that was not to be chosen
 */
export async function authorize(
  deps: Deps,
  institution: Institution,
  session: SignedIn,
  { badge: id, ...asked }: Asked & { badge: string },
): Promise<string> {
  const { request, badges } = await readAuthorization(deps, institution, session, asked);
  const badge = badges.find(b => b.id === id);
  if (!badge) throw notFound('badge');
  const code = newToken(32);
  const of = { personId: session.person, awardId: badge.id, institutionId: institution.id };
  const row = await newGrant(deps, 'authorization_code', code, CODE_MS, { ...of, data: request });
  const effect = deps.db.query.insert(walletGrants).values(row);
  await answerOnce(deps, institution, session, asked.requestUri, {
    action: 'wallet.authorize',
    subject: badge.id,
    statements: [effect],
  });
  return answered(deps, institution, request, { code });
}

/** Refuses a wallet what it asks: the address to send who is signed in to (RFC 6749 §4.1.2.1). @throws `link-spent` */
export async function refuseWallet(deps: Deps, institution: Institution, session: SignedIn, asked: Asked) {
  const request = await readRequest(deps, institution, asked);
  await answerOnce(deps, institution, session, asked.requestUri, {
    action: 'wallet.refuse',
    subject: session.person,
    statements: [],
  });
  return answered(deps, institution, request, { error: 'access_denied' });
}

async function answerOnce(
  deps: Deps,
  institution: Institution,
  { person }: SignedIn,
  requestUri: string,
  { action, subject, statements }: { action: string; subject: string; statements: Statement[] },
): Promise<void> {
  const now = deps.clock();
  const used = await spend(deps, PUSHED, requestUri, new Date(now.getTime() + PUSHED_MS));
  const entry = { institution: institution.id, actor: { kind: 'person', person } as const, at: now, details: {} };
  try {
    await commit(deps.db, [...used, ...statements], [{ ...entry, action, subject }]);
  } catch (error) {
    throw wasSpent(error) ? linkSpent() : error;
  }
}

const answered = (deps: Deps, { slug }: Institution, request: WalletRequest, answer: Record<string, string>) =>
  withAnswer(request.redirectUri, {
    ...answer,
    ...(request.state === null ? {} : { state: request.state }),
    iss: issuerId(deps, slug),
  });
