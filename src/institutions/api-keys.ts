import { and, asc, eq, isNull } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps, Role } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { newToken, sha256Hex } from '../platform/ids.ts';
import { requireRight } from './rights.ts';
import { apiKeys, apiKeyUses } from './schema.ts';

/** The roles that a program may have; the others judge, and that takes a person. */
export const apiKeyRoles = ['admin', 'coordinator', 'awarder'] as const satisfies readonly Role[];
export type ApiKeyRole = (typeof apiKeyRoles)[number];

/** An API key without anything secret. */
export interface ApiKey {
  id: string;
  role: ApiKeyRole;
  label: string | null;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  /** The key that takes its place. */
  replacedBy: string | null;
  /** To within a few minutes. */
  lastUsedAt: string | null;
}

export interface NewApiKey {
  id: string;
  role: ApiKeyRole;
  /** Shown this once: `wmk_` + id + `_` + 256 random bits. */
  key: string;
}

interface ApiKeyInput {
  role: ApiKeyRole;
  label?: string | null;
  expiresAt?: Date;
}

/** Gives the statements that claim an Idempotency-Key for what was made. */
export type Claim = (subject: string) => Statement[];
const noClaim: Claim = () => [];

/** What a new key consists of: its row, without the secret, and the key itself. */
export async function newApiKey(deps: Deps, institutionId: string, input: ApiKeyInput) {
  const id = newToken(9).replaceAll(/[-_]/g, 'x');
  const secret = newToken(32);
  const row = {
    id,
    institutionId,
    role: input.role,
    label: input.label ?? null,
    secretHash: await sha256Hex(secret),
    createdAt: deps.clock().toISOString(),
    expiresAt: input.expiresAt?.toISOString() ?? null,
    revokedAt: null,
  };
  return { row, made: { id, role: input.role, key: `wmk_${id}_${secret}` } satisfies NewApiKey };
}

/** Makes an API key of one institution and role. The secret is not kept, only its hash. */
export async function createApiKey(
  deps: Deps,
  institution: { id: string },
  input: ApiKeyInput,
  actor: Actor,
  claim: Claim = noClaim,
): Promise<NewApiKey> {
  requireRight({ actor }, 'api-key.create', { whole: true });
  const { row, made } = await newApiKey(deps, institution.id, input);
  await commit(
    deps.db,
    [deps.db.query.insert(apiKeys).values(row), ...claim(row.id)],
    [
      {
        institution: institution.id,
        actor,
        action: 'api-key.create',
        subject: row.id,
        at: deps.clock(),
        details: { role: input.role },
      },
    ],
  );
  return made;
}

const shown = {
  id: apiKeys.id,
  role: apiKeys.role,
  label: apiKeys.label,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
  replacedBy: apiKeys.replacedBy,
  lastUsedAt: apiKeyUses.usedAt,
};

/** The keys of an institution, oldest first. */
export async function listApiKeys(deps: Deps, institution: { id: string }, actor: Actor): Promise<ApiKey[]> {
  requireRight({ actor }, 'api-key.read', { whole: true });
  const rows = await deps.db.query
    .select(shown)
    .from(apiKeys)
    .leftJoin(apiKeyUses, eq(apiKeyUses.keyId, apiKeys.id))
    .where(eq(apiKeys.institutionId, institution.id))
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
  return rows as ApiKey[];
}

/** @throws DomainError `not-found`, also for another institution's */
export async function readApiKey(deps: Deps, institution: { id: string }, id: string): Promise<ApiKey> {
  const rows = await deps.db.query
    .select(shown)
    .from(apiKeys)
    .leftJoin(apiKeyUses, eq(apiKeyUses.keyId, apiKeys.id))
    .where(and(eq(apiKeys.id, id), eq(apiKeys.institutionId, institution.id)));
  if (!rows[0]) throw notFound('API key');
  return rows[0] as ApiKey;
}

/** Ends an API key at once. Ending it again changes nothing. */
export async function revokeApiKey(
  deps: Deps,
  institution: { id: string },
  id: string,
  actor: Actor,
  claim: Claim = noClaim,
): Promise<void> {
  requireRight({ actor }, 'api-key.revoke', { whole: true });
  const key = await readApiKey(deps, institution, id);
  if (key.revokedAt) return;
  const now = deps.clock();
  await commit(
    deps.db,
    [
      deps.db.query
        .update(apiKeys)
        .set({ revokedAt: now.toISOString() })
        .where(and(eq(apiKeys.id, id), eq(apiKeys.institutionId, institution.id), isNull(apiKeys.revokedAt))),
      ...claim(id),
    ],
    [{ institution: institution.id, actor, action: 'api-key.revoke', subject: id, at: now, details: {} }],
  );
}
