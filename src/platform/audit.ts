import { asc, eq, inArray, sql } from 'drizzle-orm';
import { type Actor, actorName } from './context.ts';
import { type Database, type Statement, violatedKey } from './database.ts';
import { sha256Hex } from './ids.ts';
import { canonicalJson } from './json.ts';
import { auditHeads, auditLog } from './schema.ts';

/** One fact for the audit log. `details` is hashed, never kept: it may name things, and must not hold words of people. */
export interface AuditEntry {
  institution: string;
  actor: Actor;
  action: string;
  subject: string;
  at: Date;
  details: Record<string, unknown>;
}

/** The operator's own chain, for what belongs to no institution. */
export const OPERATOR = '';

interface Link {
  institution: string;
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  digest: string;
  previous: string;
}

const hashLink = (l: Link) =>
  sha256Hex(JSON.stringify([l.institution, l.seq, l.at, l.actor, l.action, l.subject, l.digest, l.previous]));

/**
 * Runs the statements and the audit rows as one, or nothing. When another writer took the next place in the chain,
 * the rows are linked again behind it; any other conflict is the caller's.
 */
export async function commit(
  db: Database,
  statements: Statement[],
  entries: [AuditEntry, ...AuditEntry[]],
): Promise<void> {
  const institutions = [...new Set(entries.map(e => e.institution))];
  await db.inTurn(`audit:${institutions.join(',')}`, async () => {
    for (let attempt = 0; ; attempt++) {
      const rows = await linkRows(db, institutions, entries);
      try {
        return await db.batch([...statements, ...rows]);
      } catch (error) {
        if (violatedKey(error) !== 'audit_log.institution, audit_log.seq' || attempt >= 50) throw error;
      }
    }
  });
}

async function linkRows(db: Database, institutions: string[], entries: AuditEntry[]): Promise<Statement[]> {
  const heads = await db.query.select().from(auditHeads).where(inArray(auditHeads.institution, institutions));
  const head = new Map(heads.map(h => [h.institution, { seq: h.seq, hash: h.hash }]));
  const statements: Statement[] = [];
  for (const entry of entries) {
    const before = head.get(entry.institution) ?? { seq: 0, hash: '' };
    const link: Link = {
      institution: entry.institution,
      seq: before.seq + 1,
      at: entry.at.toISOString(),
      actor: actorName(entry.actor),
      action: entry.action,
      subject: entry.subject,
      digest: await sha256Hex(canonicalJson(entry.details)),
      previous: before.hash,
    };
    const hash = await hashLink(link);
    head.set(entry.institution, { seq: link.seq, hash });
    statements.push(db.query.insert(auditLog).values({ ...link, hash }));
  }
  for (const institution of institutions) {
    const { seq, hash } = head.get(institution)!;
    statements.push(
      db.query
        .insert(auditHeads)
        .values({ institution, seq, hash })
        .onConflictDoUpdate({ target: auditHeads.institution, set: { seq, hash } }),
    );
  }
  return statements;
}

interface AuditFinding {
  institution: string;
  rows: number;
  /** The first row that is not what was written, with why; absent when the chain is whole. */
  firstBad?: { seq: number; why: 'changed' | 'missing' | 'unlinked' | 'cut' };
}

/** Reads every chain from its start and names the first row that was changed, left out, put elsewhere or cut off. */
export async function verifyAudit(db: Database): Promise<AuditFinding[]> {
  const heads = new Map((await db.query.select().from(auditHeads)).map(h => [h.institution, h]));
  const inLog = await db.query.selectDistinct({ institution: auditLog.institution }).from(auditLog);
  const chains = [...new Set([...heads.keys(), ...inLog.map(r => r.institution)])].sort();
  const findings: AuditFinding[] = [];
  for (const institution of chains) findings.push(await verifyChain(db, institution, heads.get(institution)));
  return findings;
}

async function verifyChain(
  db: Database,
  institution: string,
  head?: { seq: number; hash: string },
): Promise<AuditFinding> {
  let previous = '';
  let seq = 0;
  for (;;) {
    const rows = await db.query
      .select()
      .from(auditLog)
      .where(sql`${auditLog.institution} = ${institution} and ${auditLog.seq} > ${seq}`)
      .orderBy(asc(auditLog.seq))
      .limit(500);
    if (!rows.length) break;
    for (const row of rows) {
      const bad = (why: 'changed' | 'missing' | 'unlinked'): AuditFinding => ({
        institution,
        rows: seq,
        firstBad: { seq: why === 'missing' ? seq + 1 : row.seq, why },
      });
      if (row.seq !== seq + 1) return bad('missing');
      if ((await hashLink(row)) !== row.hash) return bad('changed');
      if (row.previous !== previous) return bad('unlinked');
      previous = row.hash;
      seq = row.seq;
    }
  }
  if (!head || head.seq !== seq || head.hash !== previous)
    return { institution, rows: seq, firstBad: { seq: Math.min(seq, head?.seq ?? seq) + 1, why: 'cut' } };
  return { institution, rows: seq };
}

/** A page of an institution's chain, newest first. */
export async function readAudit(db: Database, institution: string, page: { before?: number; limit: number }) {
  const rows = await db.query
    .select()
    .from(auditLog)
    .where(
      page.before !== undefined
        ? sql`${auditLog.institution} = ${institution} and ${auditLog.seq} < ${page.before}`
        : eq(auditLog.institution, institution),
    )
    .orderBy(sql`${auditLog.seq} desc`)
    .limit(page.limit);
  return rows;
}
