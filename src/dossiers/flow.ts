import { eq } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Ctx } from '../platform/context.ts';
import { type Phase, phases, type Turn, turns } from './dossier.ts';
import { dossierAwards, dossierOutcomes, dossiers, dossierSamples } from './schema.ts';

/** Groups smaller than this are not told: they could be someone. */
export const SMALLEST_GROUP = 10;

export interface Flow {
  /** Dossiers by phase; null for a group that is too small to tell. */
  phases: { phase: Phase; count: number | null }[];
  /** Dossiers by whose turn it is, and how many days the middle one has been waiting. */
  turns: { turn: Turn; count: number | null; days: number | null }[];
  /** Decisions that the board looked at, and how many it read otherwise. */
  sampled: { looked: number | null; different: number | null };
  decisions: { awarded: number | null; notYet: number | null };
  badges: number | null;
  /** What came of it, as learners told. */
  outcomes: { answer: string; count: number | null }[];
}

const told = (count: number): number | null => (count === 0 || count >= SMALLEST_GROUP ? count : null);

/**
 * How the dossiers of an institution go: counts of groups, and no person's score anywhere.
 * @throws DomainError `forbidden`
 */
export async function readFlow(ctx: Ctx): Promise<Flow> {
  requireRight(ctx, 'dossier.flow');
  const { query } = ctx.db;
  const rows = await query
    .select({ phase: dossiers.phase, turn: dossiers.turn, turnAt: dossiers.turnAt, state: dossiers.state })
    .from(dossiers)
    .where(eq(dossiers.institutionId, ctx.institution.id));
  const ofInstitution = eq(dossiers.institutionId, ctx.institution.id);
  const samples = await query
    .select({ reading: dossierSamples.reading })
    .from(dossierSamples)
    .innerJoin(dossiers, eq(dossiers.id, dossierSamples.dossierId))
    .where(ofInstitution);
  const awards = await query
    .select({ awardId: dossierAwards.awardId })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .where(ofInstitution);
  const answers = await query
    .select({ answer: dossierOutcomes.answer })
    .from(dossierOutcomes)
    .innerJoin(dossiers, eq(dossiers.id, dossierOutcomes.dossierId))
    .where(ofInstitution);
  const open = rows.filter(r => r.turn !== 'closed');
  const looked = samples.filter(s => s.reading !== null);
  const results = rows.flatMap(r => r.state.decisions.flatMap(d => d.results));
  return {
    phases: phases.map(phase => ({ phase, count: told(open.filter(r => r.phase === phase).length) })),
    turns: turns.map(turn => {
      const group = rows.filter(r => r.turn === turn);
      const count = told(group.length);
      return { turn, count, days: count === null || turn === 'closed' ? null : middleAge(group, ctx.now) };
    }),
    sampled:
      told(looked.length) === null
        ? { looked: null, different: null }
        : {
            looked: looked.length,
            different: looked.filter(s => s.reading === 'different').length,
          },
    decisions: {
      awarded: told(results.filter(r => r.outcome === 'awarded').length),
      notYet: told(results.filter(r => r.outcome === 'not-yet').length),
    },
    badges: told(awards.filter(a => a.awardId !== null).length),
    outcomes: [...new Set(answers.flatMap(a => a.answer ?? []))].map(answer => ({
      answer,
      count: told(answers.filter(a => a.answer === answer).length),
    })),
  };
}

/** Days that the middle one of a group has been where it is. */
function middleAge(group: { turnAt: string }[], now: Date): number | null {
  if (!group.length) return null;
  const days = group.map(({ turnAt }) => (now.getTime() - Date.parse(turnAt)) / DAY_MS).sort((a, b) => a - b);
  return Math.round(days[Math.floor(days.length / 2)]!);
}
