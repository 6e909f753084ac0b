import { and, asc, eq, or } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { type Database, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import type { FrameworkInput, Words } from './outcome-content.ts';
import type { FrameworkKind } from './outcome-kinds.ts';
import { frameworks } from './schema.ts';

/** Whose a framework is that is there for every institution. */
export const SERVICE = 'service';

export interface Framework {
  id: string;
  /** The institution that keeps it, or `service`. */
  owner: string;
  kind: FrameworkKind;
  source: string;
  uri: string;
  version: string | null;
  names: Words;
  shared: boolean;
  changedAt: string;
}

/** A standard in the words of a reader's language, as far as it has them. */
export const nameOf = (names: Words, language: 'nl' | 'en'): string => names[language] ?? names.nl ?? names.en ?? '';

const columns = {
  id: frameworks.id,
  owner: frameworks.owner,
  kind: frameworks.kind,
  source: frameworks.source,
  uri: frameworks.uri,
  version: frameworks.version,
  names: frameworks.names,
  shared: frameworks.shared,
  changedAt: frameworks.changedAt,
};

/** What an institution may refer to: its own, and what others share. Without one: what is shared. */
export const readable = (institution?: string) =>
  institution ? or(eq(frameworks.shared, true), eq(frameworks.owner, institution)) : eq(frameworks.shared, true);

/** The frameworks that an institution may refer to; without one, those that are shared. */
export async function listFrameworks(db: Database, institution?: string): Promise<Framework[]> {
  const rows = await db.query.select(columns).from(frameworks).where(readable(institution)).orderBy(asc(frameworks.id));
  return rows;
}

/** @throws DomainError `not-found`, also for one that another institution does not share */
export async function readFramework(db: Database, id: string, institution?: string): Promise<Framework> {
  const rows = await db.query
    .select(columns)
    .from(frameworks)
    .where(and(eq(frameworks.id, id), readable(institution)));
  if (!rows[0]) throw notFound('framework');
  return rows[0];
}

/** @throws DomainError `not-found`, also for a shared one of another institution */
export async function requireOwnFramework(ctx: Ctx, id: string): Promise<Framework> {
  const framework = await readFramework(ctx.db, id, ctx.institution.id);
  if (framework.owner !== ctx.institution.id) throw notFound('framework');
  return framework;
}

/** Begins a framework of the institution's own. @throws DomainError `framework-exists` when its address is taken */
export async function createFramework(ctx: Ctx, input: FrameworkInput): Promise<Framework> {
  requireRight(ctx, 'framework.edit', { whole: true });
  const { db, institution, actor, now } = ctx;
  const id = newId(now);
  const at = now.toISOString();
  const { uri = `${ctx.deps.config.origin}/frameworks/${id}`, version = null, ...rest } = input;
  const row = { id, owner: institution.id, source: 'own', uri, version, ...rest, createdAt: at, changedAt: at };
  await commit(
    db,
    [db.query.insert(frameworks).values(row), ...claimKey(ctx, id)],
    [{ institution: institution.id, actor, action: 'framework.create', subject: id, at: now, details: input }],
  ).catch(asTaken);
  return readFramework(db, id, institution.id);
}

/** Changes what a framework of the institution is called and who may refer to it; its outcomes stay. */
export async function editFramework(ctx: Ctx, id: string, input: FrameworkInput): Promise<Framework> {
  requireRight(ctx, 'framework.edit', { whole: true });
  const before = await requireOwnFramework(ctx, id);
  const { db, institution, actor, now } = ctx;
  const { uri = before.uri, version = null, ...rest } = input;
  await commit(
    db,
    [
      db.query
        .update(frameworks)
        .set({ uri, version, ...rest, changedAt: now.toISOString() })
        .where(and(eq(frameworks.id, id), eq(frameworks.owner, institution.id))),
      ...claimKey(ctx, id),
    ],
    [{ institution: institution.id, actor, action: 'framework.edit', subject: id, at: now, details: input }],
  ).catch(asTaken);
  return readFramework(db, id, institution.id);
}

function asTaken(error: unknown): never {
  if (violatedKey(error) === 'frameworks.owner, frameworks.uri')
    throw new DomainError('framework-exists', 'You keep a framework with this address already.', { cause: error });
  throw error;
}
