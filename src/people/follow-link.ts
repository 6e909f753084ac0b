import { eq } from 'drizzle-orm';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import { DAY_MS } from '../platform/clock.ts';
import { isFresh } from './fresh.ts';
import { bare, EMAIL_ISSUER, findIdentity, type Proven } from './identities.ts';
import { enterBy, linkIdentity, wouldBeFreed } from './link.ts';
import { sessions } from './schema.ts';
import { type LinkPurpose, ONE_TIME_LINK, openLink, type SealedLink } from './sealed-link.ts';
import { openSession } from './sessions.ts';
import { isSpent, linkSpent, spend, wasSpent } from './spend.ts';

export interface OneTimeLink {
  purpose: LinkPurpose;
  email: string;
  language: Language;
  /** It is tied to an account, but lapsed there: following it begins a new one. */
  lapsed: boolean;
}

/** What a link is for, for the page with its button; looking uses nothing up. @throws DomainError `link-spent` */
export async function readOneTimeLink(deps: Deps, token: string): Promise<OneTimeLink> {
  const link = await openLink(deps, token);
  if (await isSpent(deps, ONE_TIME_LINK, link.nonce)) throw linkSpent();
  const { purpose, email, language } = link;
  const lapsed = purpose === 'sign-in' && (await wouldBeFreed(deps, await findIdentity(deps, keyOf(email))));
  return { purpose, email, language, lapsed };
}

const keyOf = (email: string) => ({ kind: 'email', issuer: EMAIL_ISSUER, subject: email }) as const;

/** What following a link proves: that this address is read by whoever is here, for as long as that is believed. */
const provenBy = (deps: Deps, email: string): Proven => ({
  ...bare('email', EMAIL_ISSUER, email),
  email,
  lapsesAt: new Date(deps.clock().getTime() + deps.config.retention.emailProof * DAY_MS).toISOString(),
});

/** What came of it: `secret` is that of a new session, for the cookie. */
interface Followed {
  then: string;
  secret?: string;
}

/**
 * Follows a link, once: of many at the same moment one succeeds (threat O12). `sign-in` opens a session of the account
 * that the address is tied to, or of a new one; `link` adds the address to the account that asked for it, in the browser
 * where that account is signed in, so that nobody adds an address to a stranger's account by pressing a button.
 * @throws DomainError `link-spent`; for `link` also `not-signed-in`, `forbidden`, `proof-needed`, `identity-taken`
 */
export async function followOneTimeLink(
  deps: Deps,
  token: string,
  { session, userAgent }: { session?: SignedIn | undefined; userAgent?: string | undefined },
): Promise<Followed> {
  const link = await openLink(deps, token);
  const useUp = () => spend(deps, ONE_TIME_LINK, link.nonce, new Date(link.expires));
  try {
    if (link.purpose === 'link') {
      const options = { also: useUp, ...(askedHere(deps, link, session) ? { asked: 'fresh' as const } : {}) };
      await linkIdentity(deps, session!, provenBy(deps, link.email), options);
      return { then: link.then };
    }
    let secret: string | undefined;
    await enterBy(deps, provenBy(deps, link.email), link.language, async ({ personId, identityId }) => {
      const opened = await openSession(deps, { personId, identityId, provider: null }, userAgent);
      secret = opened.secret;
      // Whoever was signed in in this browser is not any more.
      const before = session ? [deps.db.query.delete(sessions).where(eq(sessions.id, session.id))] : [];
      return [...(await useUp()), ...before, opened.statement];
    });
    return { then: link.then, secret: secret! };
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    throw error;
  }
}

/** Whether the link was asked for in this very session, which was fresh then; another one has to be fresh now. */
function askedHere(deps: Deps, link: SealedLink, session: SignedIn | undefined): boolean {
  if (!session) throw new DomainError('not-signed-in', 'Sign in first, in this browser; then follow the link again.');
  if (session.person !== link.person)
    throw new DomainError('forbidden', 'This link was asked for by another account than the one you are signed in to.');
  return session.id === link.session || isFresh(deps, session);
}
