import { and, asc, eq, isNull } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps, Role } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import { apiKeys, institutions } from './schema.ts';

/** The roles that a program may have; the others judge, and that takes a person. */
export const apiKeyRoles = ['admin', 'coordinator', 'awarder'] as const satisfies readonly Role[];
export type ApiKeyRole = (typeof apiKeyRoles)[number];

export interface NewApiKey {
  id: string;
  role: ApiKeyRole;
  /** Shown this once: `wmk_` + id + `_` + 256 random bits. */
  key: string;
}

/** Makes an API key of one institution and role. The secret is not kept, only its hash. */
export async function createApiKey(
  deps: Deps,
  institution: { id: string },
  input: { role: ApiKeyRole; label?: string; expiresAt?: Date },
  actor: Actor,
): Promise<NewApiKey> {
  const now = deps.clock();
  const id = newToken(9).replaceAll(/[-_]/g, 'x');
  const secret = newToken(32);
  const row = {
    id,
    institutionId: institution.id,
    role: input.role,
    label: input.label ?? null,
    secretHash: await sha256Hex(secret),
    createdAt: now.toISOString(),
    expiresAt: input.expiresAt?.toISOString() ?? null,
    revokedAt: null,
  };
  await commit(
    deps.db,
    [deps.db.query.insert(apiKeys).values(row)],
    [
      {
        institution: institution.id,
        actor,
        action: 'api-key.create',
        subject: id,
        at: now,
        details: { role: input.role },
      },
    ],
  );
  return { id, role: input.role, key: `wmk_${id}_${secret}` };
}

/** The keys of an institution, without anything secret. */
export async function listApiKeys(deps: Deps, institution: { id: string }) {
  return deps.db.query
    .select({
      id: apiKeys.id,
      role: apiKeys.role,
      label: apiKeys.label,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.institutionId, institution.id))
    .orderBy(asc(apiKeys.createdAt));
}

/** Ends an API key at once. Ending it again changes nothing. */
export async function revokeApiKey(deps: Deps, institution: { id: string }, id: string, actor: Actor): Promise<void> {
  const mine = and(eq(apiKeys.id, id), eq(apiKeys.institutionId, institution.id));
  const rows = await deps.db.query.select().from(apiKeys).where(mine);
  if (!rows[0]) throw notFound('API key');
  if (rows[0].revokedAt) return;
  const now = deps.clock();
  await commit(
    deps.db,
    [
      deps.db.query
        .update(apiKeys)
        .set({ revokedAt: now.toISOString() })
        .where(and(mine, isNull(apiKeys.revokedAt))),
    ],
    [{ institution: institution.id, actor, action: 'api-key.revoke', subject: id, at: now, details: {} }],
  );
}

/**
 * The guard of a route: finds who asks by `Authorization: Bearer`, and puts the context of their institution in place.
 * Which role a verb asks for is the verb's own first line.
 * @throws DomainError `unauthenticated`, the same for whatever is wrong with the key
 */
export const apiKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const deps = c.var.deps;
  const now = deps.clock();
  const match = /^Bearer wmk_([A-Za-z0-9]{12})_([A-Za-z0-9_-]{43})$/.exec(c.req.header('authorization') ?? '');
  const found = match ? await findKey(deps, match[1]!, match[2]!, now) : undefined;
  if (!found) throw new DomainError('unauthenticated', 'Send Authorization: Bearer with an API key that is in use.');
  c.set('ctx', {
    actor: { kind: 'api-key', id: found.id, role: found.role as Role },
    institution: { id: found.institutionId, slug: found.slug },
    now,
    requestId: c.var.requestId,
    db: deps.db,
    deps,
  });
  await next();
};

async function findKey(deps: Deps, id: string, secret: string, now: Date) {
  const rows = await deps.db.query
    .select({
      id: apiKeys.id,
      role: apiKeys.role,
      secretHash: apiKeys.secretHash,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      institutionId: apiKeys.institutionId,
      slug: institutions.slug,
    })
    .from(apiKeys)
    .innerJoin(institutions, eq(institutions.id, apiKeys.institutionId))
    .where(eq(apiKeys.id, id));
  const row = rows[0];
  // Hashes of 256-bit secrets may be compared as they are: their timing tells nothing that helps.
  if (!row || row.secretHash !== (await sha256Hex(secret))) return undefined;
  if (row.revokedAt || (row.expiresAt && Date.parse(row.expiresAt) <= now.getTime())) return undefined;
  return row;
}
