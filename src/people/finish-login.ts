import { eq } from 'drizzle-orm';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import { reachesLevel } from './assurance.ts';
import type { Attempt } from './attempt.ts';
import { findIdentity, proofOf } from './identities.ts';
import { enterBy, linkIdentity } from './link.ts';
import { withParameter } from './own-path.ts';
import { openProvider, type Provider } from './providers.ts';
import { readAnswer, type Vouched } from './read-answer.ts';
import { sessions } from './schema.ts';
import { openSession } from './sessions.ts';
import { spend, wasSpent } from './spend.ts';

interface Return {
  query: URLSearchParams;
  attempt: Attempt | undefined;
  /** Who was signed in before, in this browser. */
  session?: SignedIn | undefined;
  userAgent?: string | undefined;
  /** For a person who is new: what they chose here goes before what the provider tells, and that before their browser. */
  language: { chosen: Language | undefined; otherwise: Language };
}

interface LoggedIn {
  /** For the cookie of the new session; absent where the old one goes on. */
  secret?: string;
  /** Where to go on, on this site. */
  then: string;
}

/**
 * Ends a login: judges what came back, finds or makes the person, and opens a session with a new id; the one that this
 * browser had is closed in the same commit (threat O8). A level that was asked for and not reached is told in `?short=`.
 * @throws DomainError `sign-in-failed`, `sign-in-untrusted`, `sign-in-incomplete`, `provider-unreachable`,
 * `identity-taken`, `proof-needed`, `not-signed-in`
 */
export async function finishLogin(deps: Deps, providerId: string, back: Return): Promise<LoggedIn> {
  const { attempt, query } = back;
  if (!attempt) throw failed('lost', 'This login was not begun in this browser, or too long ago. Begin again.');
  const provider = await openProvider(deps, providerId);
  checkQuery(provider, query);
  const vouched = await readAnswer(deps, provider, attempt, query);
  try {
    return attempt.purpose === 'link'
      ? await add(deps, attempt, vouched, back)
      : await enter(deps, provider, attempt, vouched, back);
  } catch (error) {
    if (wasSpent(error)) throw failed('again', 'This login was ended before. Begin again.');
    throw error;
  }
}

const failed = (reason: string, detail: string, extensions: object = {}) =>
  new DomainError('sign-in-failed', detail, { extensions: { reason, ...extensions } });

/** What may stand in the address that a provider sends back to; its own words are never shown. */
function checkQuery({ client, config, namesItself }: Provider, query: URLSearchParams): void {
  for (const name of ['code', 'state', 'iss', 'error'])
    if (query.getAll(name).length > 1) throw failed('again', 'The answer of the provider says something twice.');
  // RFC 9207 §2.4: an answer of another provider is not looked at any further, also when it is an error (threat O4).
  const iss = query.get('iss');
  if (iss === null ? namesItself : iss !== client.serverMetadata().issuer)
    throw failed('again', 'The answer is not of the provider that was asked.');
  const error = query.get('error');
  if (error !== null)
    throw failed(reasonOf(error, query), `${config.name} did not sign you in.`, { provider: config.id });
  if (!query.get('code')) throw failed('again', 'The answer of the provider lacks a code.');
}

/** Why a provider signed nobody in, as far as that helps whoever reads it. */
function reasonOf(error: string, query: URLSearchParams): string {
  // SURFconext hands on the status of eduID in words.
  const words = `${error} ${query.get('error_description') ?? ''}`;
  if (/NoAuthnContext|unmet_authentication_requirements/i.test(words)) return 'level';
  if (error === 'access_denied') return 'declined';
  if (['login_required', 'interaction_required', 'consent_required', 'account_selection_required'].includes(error))
    return 'again';
  return ['server_error', 'temporarily_unavailable'].includes(error) ? 'provider' : 'again';
}

const useUp = (deps: Deps, { state, expires }: Attempt) => spend(deps, 'login', state, new Date(expires));

/** The new session, and the end of the one before. */
async function sessionFor(
  deps: Deps,
  provider: Provider,
  { at }: Vouched,
  { session, userAgent }: Return,
  tied: { personId: string; identityId: string },
) {
  // A provider that does not say when it asked may have known them for months.
  const provenAt = at === undefined || at < deps.clock() ? (at ?? new Date(0)) : undefined;
  const opened = await openSession(
    deps,
    { ...tied, provider: provider.config.id, ...(provenAt ? { provenAt } : {}) },
    userAgent,
  );
  const before = session ? [deps.db.query.delete(sessions).where(eq(sessions.id, session.id))] : [];
  return { secret: opened.secret, statements: [...before, opened.statement] };
}

async function enter(
  deps: Deps,
  provider: Provider,
  attempt: Attempt,
  vouched: Vouched,
  back: Return,
): Promise<LoggedIn> {
  const { proven } = vouched;
  if (attempt.purpose === 'prove') await mustBe(deps, attempt.person!, proven);
  let secret = '';
  const { chosen, otherwise } = back.language;
  await enterBy(deps, proven, chosen ?? vouched.language ?? otherwise, async ({ personId, identityId }) => {
    const session = await sessionFor(deps, provider, vouched, back, { personId, identityId });
    secret = session.secret;
    return [...(await useUp(deps, attempt)), ...session.statements];
  });
  const short = !reachesLevel(proofOf(proven), attempt.level);
  return { secret, then: short ? withParameter(attempt.return, 'short', attempt.level) : attempt.return };
}

/** Who has to prove once more that they are themselves, and comes back as someone else, has not. */
async function mustBe(deps: Deps, person: string, proven: Vouched['proven']): Promise<void> {
  const found = await findIdentity(deps, proven);
  if (found?.personId !== person)
    throw new DomainError('proof-needed', 'You came back as someone else. Sign in as the person that you were.');
}

async function add(deps: Deps, attempt: Attempt, vouched: Vouched, back: Return): Promise<LoggedIn> {
  const { session } = back;
  // The session was fresh when this was begun, and it must still be that session.
  if (!session || session.person !== attempt.person || session.id !== attempt.session)
    throw new DomainError('proof-needed', 'Somebody else is signed in here by now. Begin again.');
  await linkIdentity(deps, session, vouched.proven, { asked: 'fresh', also: () => useUp(deps, attempt) });
  return { then: attempt.return };
}
