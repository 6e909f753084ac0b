import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { type Database, violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { claimKey } from '../platform/idempotency.ts';
import { newId, sha256Hex } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import { searchText } from './fold.ts';
import { readable, readFramework, requireOwnFramework } from './frameworks.ts';
import type { OutcomeInput, OutcomeWords, Words } from './outcome-content.ts';
import type { OutcomeKind } from './outcome-kinds.ts';
import { frameworks, outcomes } from './schema.ts';

/** An outcome with the framework that it stands in. */
export interface Outcome {
  id: string;
  framework: { id: string; names: Words; uri: string; version: string | null; source: string; shared: boolean };
  uri: string;
  kind: OutcomeKind;
  code: string | null;
  level: string | null;
  words: { nl?: OutcomeWords; en?: OutcomeWords };
  /** When the standard dropped it. */
  retiredAt: string | null;
}

const outcomeColumns = {
  id: outcomes.id,
  framework: {
    id: frameworks.id,
    names: frameworks.names,
    uri: frameworks.uri,
    version: frameworks.version,
    source: frameworks.source,
    shared: frameworks.shared,
  },
  uri: outcomes.uri,
  kind: outcomes.kind,
  code: outcomes.code,
  level: outcomes.level,
  words: outcomes.words,
  retiredAt: outcomes.retiredAt,
};

/** The words of an outcome in a reader's language, as far as it has them. */
export const wordsOf = (outcome: Pick<Outcome, 'words'>, language: 'nl' | 'en'): OutcomeWords =>
  outcome.words[language] ?? outcome.words.nl ?? outcome.words.en ?? { name: '' };

/** SHA-256 over all that an outcome says: the same again changes nothing. */
export const outcomeDigest = ({ kind, code, level, words }: Omit<OutcomeInput, 'uri'>): Promise<string> =>
  sha256Hex(canonicalJson({ kind, code: code ?? null, level: level ?? null, words }));

/**
 * Outcomes by their ids, in that order, without those that are not there for this institution. One that its standard
 * dropped is among them: what refers to it goes on doing so.
 */
export async function readOutcomes(db: Database, ids: readonly string[], institution?: string): Promise<Outcome[]> {
  const found = new Map<string, Outcome>();
  // D1 binds at most 100 parameters in a statement.
  for (let i = 0; i < ids.length; i += 90) {
    const rows = await db.query
      .select(outcomeColumns)
      .from(outcomes)
      .innerJoin(frameworks, eq(frameworks.id, outcomes.frameworkId))
      .where(and(inArray(outcomes.id, ids.slice(i, i + 90)), readable(institution)));
    for (const row of rows) found.set(row.id, row);
  }
  return ids.flatMap(id => found.get(id) ?? []);
}

/** @throws DomainError `not-found`, also for one of a framework that another institution does not share */
export async function readOutcome(db: Database, id: string, institution?: string): Promise<Outcome> {
  const [outcome] = await readOutcomes(db, [id], institution);
  if (!outcome) throw notFound('outcome');
  return outcome;
}

/** A page of a framework, oldest first. */
export async function listOutcomes(
  db: Database,
  framework: string,
  page: { cursor?: string; limit: number },
  institution?: string,
): Promise<{ items: Outcome[]; next?: string }> {
  await readFramework(db, framework, institution);
  const here = eq(outcomes.frameworkId, framework);
  const rows = await db.query
    .select(outcomeColumns)
    .from(outcomes)
    .innerJoin(frameworks, eq(frameworks.id, outcomes.frameworkId))
    .where(page.cursor ? and(here, gt(outcomes.id, page.cursor)) : here)
    .orderBy(asc(outcomes.id))
    .limit(page.limit + 1);
  const items = rows.slice(0, page.limit);
  return { items, ...(rows.length > page.limit ? { next: items.at(-1)!.id } : {}) };
}

const valuesOf = async (input: OutcomeInput, now: Date) => ({
  kind: input.kind,
  code: input.code ?? null,
  level: input.level ?? null,
  words: input.words,
  search: searchText(input.words, input.code),
  digest: await outcomeDigest(input),
  changedAt: now.toISOString(),
});

/** Adds an outcome to a framework of the institution. @throws DomainError `outcome-exists`, `not-found` */
export async function createOutcome(ctx: Ctx, framework: string, input: OutcomeInput): Promise<Outcome> {
  requireRight(ctx, 'framework.edit', { whole: true });
  await requireOwnFramework(ctx, framework);
  const { db, institution, actor, now } = ctx;
  const id = newId(now);
  const uri = input.uri ?? `${ctx.deps.config.origin}/outcomes/${id}`;
  const row = { id, frameworkId: framework, uri, ...(await valuesOf(input, now)) };
  await commit(
    db,
    [db.query.insert(outcomes).values(row), ...claimKey(ctx, id)],
    [{ institution: institution.id, actor, action: 'outcome.create', subject: id, at: now, details: input }],
  ).catch(asTaken);
  return readOutcome(db, id, institution.id);
}

/** Changes the words of an outcome in a framework of the institution. Units that were published keep theirs. */
export async function editOutcome(ctx: Ctx, id: string, input: OutcomeInput): Promise<Outcome> {
  requireRight(ctx, 'framework.edit', { whole: true });
  const before = await requireOwnOutcome(ctx, id);
  const { db, institution, actor, now } = ctx;
  const set = { uri: input.uri ?? before.uri, ...(await valuesOf(input, now)), retiredAt: null };
  await commit(
    db,
    [db.query.update(outcomes).set(set).where(eq(outcomes.id, id)), ...claimKey(ctx, id)],
    [{ institution: institution.id, actor, action: 'outcome.edit', subject: id, at: now, details: input }],
  ).catch(asTaken);
  return readOutcome(db, id, institution.id);
}

/** Takes an outcome out of use: it is no longer found, and what refers to it goes on doing so. */
export async function retireOutcome(ctx: Ctx, id: string): Promise<Outcome> {
  requireRight(ctx, 'framework.edit', { whole: true });
  const before = await requireOwnOutcome(ctx, id);
  if (before.retiredAt) return before;
  const { db, institution, actor, now } = ctx;
  await commit(
    db,
    [db.query.update(outcomes).set({ retiredAt: now.toISOString() }).where(eq(outcomes.id, id)), ...claimKey(ctx, id)],
    [{ institution: institution.id, actor, action: 'outcome.retire', subject: id, at: now, details: {} }],
  );
  return readOutcome(db, id, institution.id);
}

async function requireOwnOutcome(ctx: Ctx, id: string): Promise<Outcome> {
  const outcome = await readOutcome(ctx.db, id, ctx.institution.id);
  await requireOwnFramework(ctx, outcome.framework.id);
  return outcome;
}

function asTaken(error: unknown): never {
  if (violatedKey(error) === 'outcomes.framework_id, outcomes.uri')
    throw new DomainError('outcome-exists', 'This framework has an outcome with this address already.', {
      cause: error,
    });
  throw error;
}
