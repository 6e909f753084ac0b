import { and, desc, eq, gt, ne, sql } from 'drizzle-orm';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { commit, OPERATOR } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import { deviceOf } from './device.ts';
import { identities, people, sessions } from './schema.ts';

/** The prefix makes browsers insist on Secure, on path `/` and on no domain (RFC 6265bis §4.1.3.2). */
export const SESSION_COOKIE = '__Host-session';
/** Absolute: use does not lengthen it. */
const SESSION_MS = 12 * 3_600_000;

interface NewSession {
  personId: string;
  identityId: string;
  /** The provider that vouched; null for a one-time link or a wallet. */
  provider: string | null;
  /**
   * When the person proved who they are, where that was before now; a provider may remember them from an earlier visit.
   */
  provenAt?: Date;
}

/**
 * The secret for the cookie, and the statement that opens the session; the commit is the caller's. It opens none when the
 * identity was cut in the same moment: whoever cut it ended every session by it, and means this one too.
 */
export async function openSession(
  deps: Deps,
  { personId, identityId, provider, provenAt }: NewSession,
  userAgent: string | undefined,
): Promise<{ secret: string; id: string; statement: Statement }> {
  const now = deps.clock();
  const secret = newToken(32);
  const id = await sha256Hex(secret);
  const at = now.toISOString();
  const { query } = deps.db;
  const statement = query.insert(sessions).select(
    query
      .select({
        id: sql<string>`${id}`.as('id'),
        personId: identities.personId,
        identityId: sql<string>`${identities.id}`.as('identity_id'),
        provider: sql<string | null>`${provider}`.as('provider'),
        device: sql<string>`${deviceOf(userAgent)}`.as('device'),
        createdAt: sql<string>`${at}`.as('created_at'),
        expiresAt: sql<string>`${new Date(now.getTime() + SESSION_MS).toISOString()}`.as('expires_at'),
        provenAt: sql<string>`${provenAt?.toISOString() ?? at}`.as('proven_at'),
      })
      .from(identities)
      .where(and(eq(identities.id, identityId), eq(identities.personId, personId))),
  );
  return { secret, id, statement };
}

/** Hands the browser its session. Whatever it held before is not looked at again. */
export function setSessionCookie(c: Context<AppEnv>, secret: string): void {
  setCookie(c, SESSION_COOKIE, secret, {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: SESSION_MS / 1000,
  });
}

export const clearSessionCookie = (c: Context): unknown => deleteCookie(c, SESSION_COOKIE, { path: '/', secure: true });

/** Finds who is signed in, for every route; nobody is an answer too. */
export const readSession: MiddlewareHandler<AppEnv> = async (c, next) => {
  const secret = getCookie(c, SESSION_COOKIE);
  if (secret && /^[A-Za-z0-9_-]{43}$/.test(secret)) {
    const session = await findSession(c.var.deps, await sha256Hex(secret));
    if (session) c.set('session', session);
  }
  await next();
};

async function findSession(deps: Deps, id: string): Promise<SignedIn | undefined> {
  const now = deps.clock();
  const rows = await deps.db.query
    .select({ session: sessions, language: people.language })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(and(eq(sessions.id, id), gt(sessions.expiresAt, now.toISOString())));
  const row = rows[0];
  // From the future means that the clock was set back: such a session would live too long.
  if (!row || Date.parse(row.session.expiresAt) - now.getTime() > SESSION_MS) return undefined;
  const { personId, identityId, provider, provenAt } = row.session;
  return { id, person: personId, identity: identityId, provider, provenAt, language: row.language };
}

/**
 * The guard of a page for people who are signed in: others are led to sign in and come back.
 * @throws DomainError `not-signed-in` where there is no page to come back to
 */
export const signedIn: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.header('cache-control', 'no-store');
  if (!c.var.session) {
    const url = new URL(c.req.url);
    if (c.req.method === 'GET' || c.req.method === 'HEAD')
      return c.redirect(`/login?return=${encodeURIComponent(url.pathname + url.search)}`, 303);
    throw new DomainError('not-signed-in', 'Sign in first, then send this again.');
  }
  await next();
};

/** The session behind a guard. */
export function sessionOf(c: Context<AppEnv>): SignedIn {
  if (!c.var.session) throw new DomainError('not-signed-in', 'Sign in first.');
  return c.var.session;
}

/** Where a person is signed in, the newest first. */
export async function listSessions(deps: Deps, personId: string) {
  return deps.db.query
    .select({
      id: sessions.id,
      device: sessions.device,
      provider: sessions.provider,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), gt(sessions.expiresAt, deps.clock().toISOString())))
    .orderBy(desc(sessions.createdAt));
}

/** Ends a session of a person, at once. @throws DomainError `not-found` for another person's */
export async function endSession(deps: Deps, personId: string, id: string): Promise<void> {
  const mine = and(eq(sessions.id, id), eq(sessions.personId, personId));
  const rows = await deps.db.query.select({ id: sessions.id }).from(sessions).where(mine);
  if (!rows[0]) throw notFound('session');
  await commit(
    deps.db,
    [deps.db.query.delete(sessions).where(mine)],
    [
      {
        institution: OPERATOR,
        actor: { kind: 'person', person: personId },
        action: 'session.end',
        subject: personId,
        at: deps.clock(),
        details: {},
      },
    ],
  );
}

/** Ends every session of a person but the one in which they ask for it. */
export async function endOtherSessions(deps: Deps, session: SignedIn): Promise<void> {
  await commit(
    deps.db,
    [deps.db.query.delete(sessions).where(and(eq(sessions.personId, session.person), ne(sessions.id, session.id)))],
    [
      {
        institution: OPERATOR,
        actor: { kind: 'person', person: session.person },
        action: 'session.end-others',
        subject: session.person,
        at: deps.clock(),
        details: {},
      },
    ],
  );
}
