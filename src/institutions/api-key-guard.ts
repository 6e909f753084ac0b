import { eq } from 'drizzle-orm';
import type { Context, MiddlewareHandler } from 'hono';
import type { Deps, Role } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { sha256Hex } from '../platform/ids.ts';
import { apiKeys, apiKeyUses, institutions } from './schema.ts';

/** How exact the last use of a key is told. */
const USE_MS = 5 * 60_000;
const MAX_USES = 10_000;

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
  noteUse(c, found.id, now);
  c.header('cache-control', 'no-store');
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

/** When this process last wrote down that a key was used, for each database that it serves. */
const noted = new WeakMap<Deps, Map<string, number>>();

/** Writes down that a key was used, beside the request: it is not waited for, and it can fail. */
function noteUse(c: Context<AppEnv>, id: string, now: Date): void {
  const { deps } = c.var;
  const times = noted.get(deps) ?? new Map<string, number>();
  noted.set(deps, times);
  if (Math.abs(now.getTime() - (times.get(id) ?? 0)) < USE_MS) return;
  times.delete(id);
  times.set(id, now.getTime());
  if (times.size > MAX_USES) times.delete(times.keys().next().value!);
  const usedAt = now.toISOString();
  const written = deps.db
    .attempt(() =>
      deps.db.query
        .insert(apiKeyUses)
        .values({ keyId: id, usedAt })
        .onConflictDoUpdate({ target: apiKeyUses.keyId, set: { usedAt } }),
    )
    .catch((error: unknown) => deps.log.error('api-key-use', error));
  try {
    // On Workers nothing goes on after the answer that was not named here.
    c.executionCtx.waitUntil(written);
  } catch {
    // Node has no such thing, and needs none.
  }
}
