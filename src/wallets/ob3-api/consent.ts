import { and, eq } from 'drizzle-orm';
import { isSpent, linkSpent, spend, wasSpent } from '../../people/index.ts';
import { commit, OPERATOR } from '../../platform/audit.ts';
import type { Deps, SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { newId, newToken } from '../../platform/ids.ts';
import { findGrant, newGrant } from '../oauth/grants.ts';
import { connections, oauthClients, walletGrants } from '../schema.ts';
import { type Asked, backWith } from './authorize.ts';
import { findClient, nameOf } from './clients.ts';
import type { Registration } from './register-client.ts';
import type { Scope } from './scopes.ts';
import type { CodeData } from './token.ts';

const CONSENT = 'ob3-consent';
/** OB 3.0 §7.1.2: seconds that a code is good for. */
const CODE_MS = 600_000;

/** What someone decides on. */
export interface Consent {
  name: string;
  host: string;
  scopes: Scope[];
  redirectUri: string;
  policyUri: Registration['policy_uri'];
  termsUri: Registration['tos_uri'];
}

/** What a service asks of whoever is signed in. @throws DomainError `not-found`; `link-spent` once it was decided */
export async function readConsent(deps: Deps, token: string): Promise<Consent> {
  const { asked, registration } = await readRequest(deps, token);
  return {
    ...nameOf(registration),
    scopes: asked.scopes,
    redirectUri: asked.redirectUri,
    policyUri: registration.policy_uri,
    termsUri: registration.tos_uri,
  };
}

/**
 * Lets a service in, or does not; once.
 * @returns where the browser goes back to
 * @throws DomainError `not-found`; `link-spent` when it was decided before
 */
export async function decideConsent(deps: Deps, session: SignedIn, token: string, allow: boolean): Promise<string> {
  const { asked, expires } = await readRequest(deps, token);
  const { redirectUri, state, scopes } = asked;
  const once = await spend(deps, CONSENT, token, expires);
  const code = newToken(32);
  const now = deps.clock();
  const statements = allow ? await allowing(deps, session.person, asked, code) : [];
  try {
    await commit(
      deps.db,
      [...once, ...statements],
      [
        {
          institution: OPERATOR,
          actor: { kind: 'person', person: session.person },
          action: allow ? 'connection.allow' : 'connection.deny',
          subject: asked.clientId,
          at: now,
          details: { scopes },
        },
      ],
    );
  } catch (error) {
    throw wasSpent(error) ? linkSpent() : error;
  }
  return backWith(
    deps,
    redirectUri,
    allow ? { code, scope: scopes.join(' '), state } : { error: 'access_denied', state },
  );
}

/** The connection, with what it may from now on beside what it could before, and the code by which it is begun. */
async function allowing(deps: Deps, personId: string, asked: Asked, code: string) {
  const { query } = deps.db;
  const { clientId, redirectUri, challenge, scopes } = asked;
  const now = deps.clock();
  const at = now.toISOString();
  const [before] = await query
    .select({ allowed: connections.allowed })
    .from(connections)
    .where(and(eq(connections.personId, personId), eq(connections.clientId, clientId)));
  const allowed = {
    scopes: [...new Set([...(before?.allowed.scopes ?? []), ...scopes])],
    usedAt: before?.allowed.usedAt ?? null,
  };
  const data: CodeData = { clientId, redirectUri, challenge, scopes };
  return [
    query
      .insert(connections)
      .values({ id: newId(now), personId, clientId, allowed, createdAt: at })
      .onConflictDoUpdate({ target: [connections.personId, connections.clientId], set: { allowed } }),
    query.update(oauthClients).set({ usedAt: at }).where(eq(oauthClients.id, clientId)),
    query.insert(walletGrants).values(await newGrant(deps, 'authorization_code', code, CODE_MS, { personId, data })),
  ];
}

async function readRequest(deps: Deps, token: string) {
  const row = await findGrant(deps, { kind: 'pushed_request', secret: token, institution: null });
  const asked = row?.data as unknown as Asked | undefined;
  const client = asked && (await findClient(deps, asked.clientId));
  if (!row || !client) throw notFound('request');
  if (await isSpent(deps, CONSENT, token)) throw linkSpent();
  return { asked: asked!, registration: client.registration, expires: new Date(row.expiresAt) };
}
