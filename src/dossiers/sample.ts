import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { makeMove, type Moved, type Mover } from './move.ts';
import type { Dossier } from './read.ts';
import { dossierSamples } from './schema.ts';

/**
 * The board looks at the newest decision again and tells the assessor what it read: a talk about quality, which changes
 * nothing for the learner.
 * @throws DomainError `dossier-state`, `forbidden`
 */
export async function sampleDossier(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  { reading, feedback, form }: { reading: 'same' | 'different'; feedback: string; form?: string },
): Promise<Moved> {
  const decision = dossier.state.decisions.at(-1);
  if (!decision) throw new DomainError('dossier-state', 'There is no decision to look at.');
  const at = deps.clock().toISOString();
  return makeMove(deps, dossier, { type: 'sample', decision: decision.seq, reading }, mover, {
    words: { feedback },
    ...(form ? { form } : {}),
    also: () => [
      deps.db.query
        .update(dossierSamples)
        .set({ doneAt: at, reading })
        .where(and(eq(dossierSamples.dossierId, dossier.id), isNull(dossierSamples.doneAt))),
    ],
  });
}

/** Whether the board has yet to look at a dossier again. */
export async function waitsForSample(deps: Deps, { id }: Dossier): Promise<boolean> {
  const mine = and(eq(dossierSamples.dossierId, id), isNull(dossierSamples.doneAt));
  return (await deps.db.query.select({ why: dossierSamples.why }).from(dossierSamples).where(mine)).length > 0;
}
