import { eq } from 'drizzle-orm';
import type { Basis } from '../catalogue/index.ts';
import type { Deps } from '../platform/context.ts';
import { readEvents } from './read.ts';
import { dossiers } from './schema.ts';

/** What dossiers say of an experience of their learner. */
export interface SeenIn {
  /** An assessor linked it to an outcome. */
  assessed: boolean;
  /** The grounds of the positive decisions that followed. */
  decided: Basis[];
}

/** For each experience that was linked in a judgement: what came of it, over all dossiers of a person. */
export async function experiencesSeen(deps: Deps, personId: string): Promise<Map<string, SeenIn>> {
  const rows = await deps.db.query.select().from(dossiers).where(eq(dossiers.personId, personId));
  const seen = new Map<string, SeenIn>();
  for (const { id, state } of rows) {
    const judged = (await readEvents(deps, id)).filter(event => event.data.type === 'judge');
    for (const [i, event] of judged.entries()) {
      if (event.data.type !== 'judge') continue;
      // Until the next judgement: a decision rests on the one before it.
      const until = judged[i + 1]?.seq ?? Infinity;
      const decided = state.decisions
        .filter(d => d.seq > event.seq && d.seq < until && d.results.some(r => r.outcome === 'awarded'))
        .map(d => d.basis);
      for (const { experience } of event.data.links) {
        const before = seen.get(experience);
        seen.set(experience, { assessed: true, decided: [...(before?.decided ?? []), ...decided] });
      }
    }
  }
  return seen;
}
