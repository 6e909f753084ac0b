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
const CANDIDATES = 60;

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
  // All that is compared stands in one index, so that the words of each row are not read.
  const inFrameworks = sql`${outcomes.frameworkId} in (select value from json_each(${JSON.stringify(ids)}))`;
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
  const near = new Map(found.map(o => [o, closeness(o, text, search.language)]));
  return found
    .sort((a, b) => {
      const [x, y] = [near.get(a)!, near.get(b)!];
      return x.step - y.step || x.name.length - y.name.length || (x.name < y.name ? -1 : 1);
    })
    .slice(0, search.limit);
}

/** How near an outcome is to what was typed: its own name before other names, the reader's language before the other. */
function closeness(outcome: Outcome, text: string, language: Language): { step: number; name: string } {
  const own = wordsOf(outcome, language);
  const name = fold(own.name);
  if (name === text) return { step: 0, name };
  const begin = (label: string) => label.startsWith(text);
  const within = (label: string) => label.includes(` ${text}`);
  const also = (own.also ?? []).map(fold);
  const step = begin(name) ? 1 : also.some(begin) ? 2 : within(name) ? 3 : also.some(within) ? 4 : 5;
  return { step, name };
}
