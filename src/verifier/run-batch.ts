import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { fromBase64url, sha256Hex } from '../platform/ids.ts';
import { domainOf } from '../vc/domain.ts';
import type { BatchRow, RowSummary } from './batch.ts';
import { type CheckInput, findBadges } from './check.ts';
import { choicesOf, chooseOne, type Found } from './inputs/choose.ts';
import { linkIn } from './inputs/text.ts';
import type { Report } from './report.ts';
import { verificationBatches, verificationRows } from './schema.ts';
import { shareFetches } from './shared-fetch.ts';
import { isThing, leaveRows, nameOfBadge, rowOfBadge, takeRows } from './split-row.ts';

/** Rows that are checked at the same time, over all batches of this process: whoever checks one badge goes first. */
const AT_ONCE = 2;
/** Tries of a row for which something was too busy, and the pause between them. */
const TRIES = 3;
const PAUSE_MS = 400;

/** What this process is checking. */
interface Running {
  batches: Set<string>;
  places: number;
  waiting: (() => void)[];
}
const running = new WeakMap<Database, Running>();
function runningOn(db: Database): Running {
  const known = running.get(db) ?? { batches: new Set<string>(), places: AT_ONCE, waiting: [] };
  running.set(db, known);
  return known;
}

type Work = Pick<typeof verificationBatches.$inferSelect, 'id' | 'asOf' | 'expiresAt'>;

/**
 * Checks what is left of a batch, or at most so many rows of it. A batch that this process is at work on is left to
 * that; a process that dies leaves rows that the next run takes up, and a row that two processes check has one answer.
 */
export async function runBatch(deps: Deps, { id, asOf, expiresAt }: Work, most = Infinity): Promise<void> {
  const { batches } = runningOn(deps.db);
  if (batches.has(id)) return;
  batches.add(id);
  try {
    const undone = await deps.db.query
      .select({ seq: verificationRows.seq })
      .from(verificationRows)
      .where(and(eq(verificationRows.batchId, id), isNull(verificationRows.doneAt)))
      .orderBy(asc(verificationRows.seq));
    const queue = undone
      .map(row => row.seq)
      .filter(isThing)
      .slice(0, most);
    const shared = { ...deps, fetcher: shareFetches(deps.fetcher, deps.config.origin, deps.clock) };
    const work = async () => {
      for (let seq = queue.shift(); seq !== undefined; seq = queue.shift()) {
        if (expiresAt <= deps.clock().toISOString()) return;
        await inPlace(deps.db, () => checkRow(shared, id, seq!, asOf ? new Date(asOf) : undefined));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    batches.delete(id);
  }
}

/** Takes up every batch that a process left, for the jobs. */
export async function runBatches(deps: Deps, most?: number): Promise<void> {
  const open = await deps.db.query
    .selectDistinct({
      id: verificationBatches.id,
      asOf: verificationBatches.asOf,
      expiresAt: verificationBatches.expiresAt,
    })
    .from(verificationBatches)
    .innerJoin(verificationRows, eq(verificationRows.batchId, verificationBatches.id))
    .where(isNull(verificationRows.doneAt))
    .orderBy(asc(verificationBatches.expiresAt), asc(verificationBatches.id));
  for (const batch of open) await runBatch(deps, batch, most);
}

/** Runs one row at a time in each place, and lets what else was asked go first in between. */
async function inPlace(db: Database, work: () => Promise<void>): Promise<void> {
  const state = runningOn(db);
  if (state.places === 0) await new Promise<void>(resolve => state.waiting.push(resolve));
  else state.places--;
  try {
    await work();
    await pause(0);
  } finally {
    const next = state.waiting.shift();
    if (next) next();
    else state.places++;
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function checkRow(deps: Deps, batchId: string, seq: number, at: Date | undefined): Promise<void> {
  const ofRow = and(eq(verificationRows.batchId, batchId), eq(verificationRows.seq, seq));
  const [row] = await deps.db.query.select().from(verificationRows).where(ofRow);
  if (!row || row.doneAt !== null || row.input === null) return;
  const file = row.inputKind === 'file' ? fromBase64url(row.input) : undefined;
  const judged = await judgeAll(deps, row, file ? { file } : { credential: row.input }, at);
  const { query } = deps.db;
  const doneAt = deps.clock().toISOString();
  const tell = ({ verdict, code, several: _, ...result }: Judged, k: number) => {
    const name = nameOfBadge(row.name, k, judged.length);
    const ofBadge = and(eq(verificationRows.batchId, batchId), eq(verificationRows.seq, rowOfBadge(seq, k)));
    return (
      query
        .update(verificationRows)
        .set({ name, verdict, code, result, input: null, doneAt })
        // What another process found first stands.
        .where(and(ofBadge, isNull(verificationRows.doneAt)))
    );
  };
  await deps.db.batch([...judged.map(tell), leaveRows(deps.db, batchId, seq, judged.length)]);
}

/** The check of each badge in what was brought as one row. Where there is no room for all, one answer says so. */
async function judgeAll(
  deps: Deps,
  { batchId, seq }: { batchId: string; seq: number },
  input: CheckInput,
  at: Date | undefined,
): Promise<Judged[]> {
  const first = await judge(deps, input, at);
  if (!first.several || !(await takeRows(deps.db, batchId, seq, first.several))) return [first];
  const judged: Judged[] = [];
  for (let choice = 0; choice < first.several; choice++) {
    judged.push(await judge(deps, input, at, choice));
    await pause(0);
  }
  return judged;
}

interface Judged {
  verdict: Report['verdict'] | null;
  code: string;
  summary: RowSummary;
  report?: Report;
  /** How many badges there are, where nobody said which is meant. */
  several?: number;
}

/** The check of one badge, as a row by itself. */
export async function judgeOne(deps: Deps, text: string, at: Date | undefined): Promise<BatchRow> {
  const { verdict, code, summary } = await judge(deps, { credential: text.trim() }, at);
  // A text is a badge itself, and a report holds no more than its number.
  return { row: 1, name: linkIn(text.trim()) ?? '–', verdict, code, ...summary };
}

/** The check of one badge. Whatever goes wrong is an answer of that row and of no other. */
async function judge(deps: Deps, input: CheckInput, at: Date | undefined, choice?: number): Promise<Judged> {
  for (let tries = 1; ; tries++) {
    try {
      const { found, check } = await findBadges(deps, input);
      const one = chooseOne(found, choice);
      const report = await check(one, { at });
      return { verdict: report.verdict, code: report.code, summary: await summaryOf(report, one), report };
    } catch (error) {
      const told = error instanceof DomainError ? error : new DomainError('internal', 'Something went wrong here.');
      if (['too-busy', 'database-busy'].includes(told.code) && tries < TRIES) {
        await pause(PAUSE_MS);
        continue;
      }
      if (told !== error) deps.log.error('batch.row', error);
      // Words that are no JSON at all were never meant to be.
      const words = told.code === 'json-malformed' && 'credential' in input && !/^[{[]/.test(String(input.credential));
      const kind = typeof told.extensions.kind === 'string' ? told.extensions.kind : words ? 'other' : told.code;
      const checkedAt = deps.clock().toISOString();
      const { choices } = told.extensions as { choices?: unknown[] };
      return {
        verdict: null,
        code: told.code,
        summary: { kind, detail: told.detail, checkedAt },
        ...(choices ? { several: choices.length } : {}),
      };
    }
  }
}

/** What stands beside the verdict. Nothing about whoever the badge is for. */
async function summaryOf(report: Report, found: Found): Promise<RowSummary> {
  const { id, issuer } = report.credential ?? {};
  const by = typeof issuer === 'object' && issuer !== null ? (issuer as { id?: unknown }).id : issuer;
  const title = choicesOf([found])[0]!.title;
  const statusAsOf = report.checks.find(check => check.id === 'status')?.evidence.listValidFrom;
  const domain = typeof by === 'string' ? domainOf(by) : undefined;
  const signed = report.checks.find(check => check.id === 'signature')?.outcome === 'ok';
  return {
    ...(title ? { title } : {}),
    ...(typeof by === 'string' ? { issuer: by } : {}),
    ...(domain ? { issuerDomain: domain } : {}),
    // What nobody is known to have signed may borrow the id of another badge.
    ...(typeof id === 'string' && signed ? { badge: await sha256Hex(id) } : {}),
    checkedAt: report.checkedAt,
    ...(typeof statusAsOf === 'string' ? { statusAsOf } : {}),
  };
}
