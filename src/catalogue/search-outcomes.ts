import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Language } from '../platform/language.ts';
import type { Database } from '../platform/database.ts';
import { fold } from './fold.ts';
import { listFrameworks } from './frameworks.ts';
import type { OutcomeKind } from './outcome-kinds.ts';
import { type Outcome, readOutcomes, wordsOf } from './outcomes.ts';
import { outcomes } from './schema.ts';

export interface OutcomeSearch {
  text: string;
  /** The reader's: names in it come first. */
  language: Language;
  kinds?: readonly OutcomeKind[];
  /** Ids; left out: every framework that may be read. */
  frameworks?: readonly string[];
  /** Whose own frameworks are searched too; without it only what is shared. */
  institution?: string;
  limit: number;
}

/** As many as are put in order by their names; a word of one letter finds thousands. */
const CANDIDATES = 120;

/**
 * Finds outcomes by their names as someone types, in any of their languages: what begins with the text first, then what
 * has a word that does, then the rest. Every word must occur. What its standard dropped is not found.
 */
export async function searchOutcomes(db: Database, search: OutcomeSearch): Promise<Outcome[]> {
  const text = fold(search.text).slice(0, 200);
  const parts = text.split(' ').filter(Boolean).slice(0, 8);
  if (!parts.length) return [];
  const all = await listFrameworks(db, search.institution);
  const asked = search.frameworks && new Set(search.frameworks);
  const ids = all.map(f => f.id).filter(id => !asked || asked.has(id));
  if (!ids.length) return [];
  // One look over the table: by the index each row would be fetched on its own.
  const inFrameworks = sql`+${outcomes.frameworkId} in (select value from json_each(${JSON.stringify(ids)}))`;
  const contains = (part: string) => sql`instr(${outcomes.search}, ${part}) > 0`;
  const rank = sql`case when instr(${outcomes.search}, ${`\n${text}`}) > 0 then 0
    when instr(${outcomes.search}, ${` ${text}`}) > 0 then 1 else 2 end`;
  const rows = await db.query
    .select({ id: outcomes.id })
    .from(outcomes)
    .where(
      and(
        ...parts.map(contains),
        inFrameworks,
        isNull(outcomes.retiredAt),
        ...(search.kinds?.length ? [inArray(outcomes.kind, [...search.kinds])] : []),
      ),
    )
    .orderBy(rank, sql`length(${outcomes.search})`, outcomes.id)
    .limit(Math.max(CANDIDATES, search.limit));
  const found = await readOutcomes(
    db,
    rows.map(r => r.id),
    search.institution,
  );
  const order = new Map(found.map((o, i) => [o.id, [...closeness(o, text, search.language), i]]));
  return found.sort((a, b) => compare(order.get(a.id)!, order.get(b.id)!)).slice(0, search.limit);
}

/** How near an outcome is to what was typed: its own name before other names, the reader's language before the other. */
function closeness(outcome: Outcome, text: string, language: Language): number[] {
  const own = wordsOf(outcome, language);
  const name = fold(own.name);
  const fit = (names: string[]) =>
    names.some(n => n.startsWith(text)) ? 0 : names.some(n => n.includes(` ${text}`)) ? 1 : 2;
  const named = fit([name]);
  const also = fit((own.also ?? []).map(fold));
  const steps = name === text ? 0 : named === 0 ? 1 : also === 0 ? 2 : named === 1 ? 3 : also === 1 ? 4 : 5;
  return [steps, name.length];
}

function compare(a: number[], b: number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
