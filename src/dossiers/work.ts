import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { mayDo, requireRight } from '../institutions/index.ts';
import type { Ctx, Role } from '../platform/context.ts';
import type { Turn } from './dossier.ts';
import type { Dossier } from './read.ts';
import { dossierSamples, dossiers } from './schema.ts';

/** Something that waits for whoever asks. */
export interface Work {
  dossier: Dossier;
  /** In which of their roles. */
  role: 'coordinator' | 'assessor' | 'examiner' | 'board';
  /** The board looks at a decided dossier again. */
  sample: boolean;
  /** Nobody has taken it up yet. */
  free: boolean;
}

const turnsOf: [Work['role'], Turn][] = [
  ['coordinator', 'awaiting-coordinator'],
  ['assessor', 'awaiting-assessor'],
  ['examiner', 'awaiting-examiner'],
  ['board', 'awaiting-board'],
];

/**
 * "Wat op mij wacht": what someone can do now in each of their roles, soonest due first. Their own dossier is never among
 * it, nor what must not go together with what they did in it.
 * @throws DomainError `forbidden`
 */
export async function listWork(ctx: Ctx): Promise<Work[]> {
  requireRight(ctx, 'dossier.read');
  const { db, institution } = ctx;
  const me = 'person' in ctx.actor ? ctx.actor.person : '';
  const mine = turnsOf.filter(([role]) => holds(ctx, role));
  if (!mine.length) return [];
  const rows = await db.query
    .select()
    .from(dossiers)
    .where(
      and(
        eq(dossiers.institutionId, institution.id),
        inArray(
          dossiers.turn,
          mine.map(([, turn]) => turn),
        ),
      ),
    )
    .orderBy(asc(dossiers.dueAt))
    .limit(500);
  const work = rows.flatMap((dossier): Work[] => {
    const [role] = mine.find(([, turn]) => turn === dossier.turn)!;
    const { state } = dossier;
    if (state.learner === me) return [];
    const assigned = role === 'assessor' || role === 'examiner' ? state.staff[role] : [];
    if (assigned.length && !assigned.includes(me)) return [];
    if (role === 'assessor' && !assigned.includes(me) && state.guided.includes(me)) return [];
    if ((role === 'examiner' || role === 'board') && state.judged.includes(me)) return [];
    return [{ dossier, role, sample: false, free: !assigned.length }];
  });
  if (!holds(ctx, 'board')) return work;
  const samples = await db.query
    .select({ dossier: dossiers })
    .from(dossierSamples)
    .innerJoin(dossiers, eq(dossiers.id, dossierSamples.dossierId))
    .where(and(eq(dossiers.institutionId, institution.id), isNull(dossierSamples.doneAt)))
    .orderBy(asc(dossierSamples.drawnAt))
    .limit(200);
  return [
    ...work,
    ...samples
      .filter(({ dossier: { state } }) => ![...state.judged, ...state.decisions.map(d => d.by)].includes(me))
      .map(({ dossier }): Work => ({ dossier, role: 'board', sample: true, free: true })),
  ];
}

const rightOf = {
  coordinator: 'dossier.intake',
  assessor: 'dossier.judge',
  examiner: 'dossier.decide',
  board: 'dossier.safeguard',
} as const satisfies Partial<Record<Role, string>>;

const holds = (ctx: Ctx, role: Work['role']): boolean => mayDo(ctx.actor, rightOf[role]);
