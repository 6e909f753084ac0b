import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { isSpent, spend, wasSpent } from '../../people/index.ts';
import { type AuditEntry, commit, OPERATOR } from '../../platform/audit.ts';
import { DAY_MS } from '../../platform/clock.ts';
import type { Deps } from '../../platform/context.ts';
import type { Statement } from '../../platform/database.ts';
import { newToken, sha256Hex } from '../../platform/ids.ts';
import { findGrant, type Grant } from '../oauth/grants.ts';
import { type Given, required } from '../oauth/parameters.ts';
import { isVerifier, s256 } from '../oauth/pkce.ts';
import { type GrantKind, walletGrants } from '../schema.ts';
import type { Client } from './clients.ts';
import { badGrant, refused } from '../oauth/refusal.ts';
import { readScopes, type Scope, scopes } from './scopes.ts';

/** OB 3.0 §7.1.3: seconds that an access token is good for. */
const ACCESS_MS = 3_600_000;
/** After so long without use a service has to ask again. */
const REFRESH_MS = 90 * DAY_MS;
const CODE = 'ob3-code';
const REFRESH = 'ob3-refresh';

/** What is kept with a code. */
export interface CodeData {
  clientId: string;
  redirectUri: string;
  challenge: string;
  scopes: Scope[];
}

/** What is kept with a token. `family`: the code that it came from, over all refreshes. */
export interface TokenData {
  clientId: string;
  family: string;
  scopes: Scope[];
}

/**
 * The token endpoint (RFC 6749 §3.2): a code, or a refresh token, for tokens. Each works once; one that comes again ends
 * every token that came from the same consent, since one of the two who had it should not have (RFC 6749 §4.1.2, RFC 9700
 * §4.14.2).
 * @throws DomainError with `invalid_request`, `invalid_grant`, `invalid_scope`, `unsupported_grant_type`
 */
export async function redeemGrant(deps: Deps, client: Client, given: Given) {
  switch (required(given, 'grant_type')) {
    case 'authorization_code':
      return redeemCode(deps, client, given);
    case 'refresh_token':
      return refresh(deps, client, given);
    default:
      throw refused('unsupported_grant_type', 'Only authorization_code and refresh_token are taken here.');
  }
}

async function redeemCode(deps: Deps, client: Client, given: Given) {
  const code = required(given, 'code');
  const grant = await findOwn(deps, client, 'authorization_code', code);
  const { redirectUri, challenge, scopes: granted } = grant.data as unknown as CodeData;
  const family = { personId: grant.personId!, clientId: client.id, family: grant.id };
  if (await isSpent(deps, CODE, code)) throw await reused(deps, family);
  if (given('redirect_uri') !== redirectUri) throw badGrant();
  const verifier = given('code_verifier') ?? '';
  // RFC 7636 §4.6.
  if (!isVerifier(verifier) || (await s256(verifier)) !== challenge) throw badGrant();
  return replaceBy(deps, grant, CODE, code, { granted, asked: askedIn(given, granted), family });
}

async function refresh(deps: Deps, client: Client, given: Given) {
  const token = required(given, 'refresh_token');
  const grant = await findOwn(deps, client, 'refresh_token', token);
  const { family, scopes: granted } = grant.data as unknown as TokenData;
  const whole = { personId: grant.personId!, clientId: client.id, family };
  if (await isSpent(deps, REFRESH, token)) throw await reused(deps, whole);
  return replaceBy(deps, grant, REFRESH, token, { granted, asked: askedIn(given, granted), family: whole });
}

/** Which of what was granted a token is for; all of it where nothing is said. */
function askedIn(given: Given, granted: Scope[]): Scope[] {
  const scope = given('scope');
  if (scope === undefined) return granted;
  const asked = readScopes(scope);
  if (!asked.length || !asked.every(one => granted.includes(one as Scope)))
    throw refused('invalid_scope', 'The scope is wider than what was granted.');
  return asked as Scope[];
}

interface Family {
  personId: string;
  clientId: string;
  family: string;
}

/** Uses a grant up and puts tokens in its place, in one. */
async function replaceBy(
  deps: Deps,
  grant: Grant,
  what: typeof CODE | typeof REFRESH,
  secret: string,
  { granted, asked, family }: { granted: Scope[]; asked: Scope[]; family: Family },
) {
  const [access, next] = [newToken(32), newToken(32)];
  const renewable = granted.includes(scopes.offline);
  const keep = { clientId: family.clientId, family: family.family };
  const statements = [
    ...(await spend(deps, what, secret, new Date(grant.expiresAt))),
    ...(await issue(deps, grant, 'access_token', access, { ...keep, scopes: asked }, ACCESS_MS)),
    // RFC 6749 §6: what a refresh token may is never narrowed by what an access token was asked for.
    ...(renewable ? await issue(deps, grant, 'refresh_token', next, { ...keep, scopes: granted }, REFRESH_MS) : []),
  ];
  try {
    // The log has that a service began, and not each hour in which it goes on.
    if (what === CODE) await commit(deps.db, statements, [entry(deps, family, 'connection.begin')]);
    else await deps.db.batch(statements);
  } catch (error) {
    throw wasSpent(error) ? await reused(deps, family) : error;
  }
  return {
    access_token: access,
    token_type: 'Bearer',
    expires_in: ACCESS_MS / 1000,
    scope: asked.join(' '),
    ...(renewable ? { refresh_token: next } : {}),
  };
}

/**
 * The statement that issues a token, if the grant that it comes from is still there: whoever ended that means this too.
 * In an array, since an awaited builder would run.
 */
async function issue(
  deps: Deps,
  grant: Grant,
  kind: GrantKind,
  secret: string,
  data: TokenData,
  ms: number,
): Promise<[Statement]> {
  const { query } = deps.db;
  const now = deps.clock();
  const id = await sha256Hex(secret);
  const statement = query.insert(walletGrants).select(
    query
      .select({
        id: sql<string>`${id}`.as('id'),
        kind: sql<GrantKind>`${kind}`.as('kind'),
        personId: walletGrants.personId,
        awardId: walletGrants.awardId,
        institutionId: walletGrants.institutionId,
        data: sql<Record<string, unknown>>`${JSON.stringify(data)}`.as('data'),
        createdAt: sql<string>`${now.toISOString()}`.as('created_at'),
        expiresAt: sql<string>`${new Date(now.getTime() + ms).toISOString()}`.as('expires_at'),
      })
      .from(walletGrants)
      .where(eq(walletGrants.id, grant.id)),
  );
  return [statement];
}

async function findOwn(deps: Deps, client: Client, kind: GrantKind, secret: string): Promise<Grant> {
  const grant = await findGrant(deps, { kind, secret, institution: null });
  // Another client's says nothing about whether it is one.
  if (!grant || grant.data.clientId !== client.id) throw badGrant();
  return grant;
}

/** Ends what came of a grant that was used twice. */
async function reused(deps: Deps, family: Family) {
  await commit(deps.db, [endFamily(deps, family)], [entry(deps, family, 'connection.reuse')]);
  return badGrant();
}

const entry = (deps: Deps, { clientId, family }: Family, action: string): AuditEntry => ({
  institution: OPERATOR,
  actor: { kind: 'bearer' },
  action,
  subject: clientId,
  at: deps.clock(),
  details: { family },
});

/** The statement that ends all tokens of one consent, and its code: one that comes again later is none. */
export const endFamily = (deps: Deps, { personId, family }: Pick<Family, 'personId' | 'family'>): Statement =>
  deps.db.query
    .delete(walletGrants)
    .where(
      and(
        eq(walletGrants.personId, personId),
        or(
          eq(walletGrants.id, family),
          and(
            inArray(walletGrants.kind, ['access_token', 'refresh_token']),
            sql`json_extract(${walletGrants.data}, '$.family') = ${family}`,
          ),
        ),
      ),
    );
