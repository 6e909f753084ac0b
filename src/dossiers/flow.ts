import { and, asc, eq, isNotNull, ne } from 'drizzle-orm';
import { requireRight } from '../institutions/index.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Ctx } from '../platform/context.ts';
import type { DossierEvent } from './commands.ts';
import { emptyDossier, type Phase, phases, type Turn, turns } from './dossier.ts';
import { hideParts, hideSmall, told } from './hide-small.ts';
import { applyEvent } from './moves.ts';
import { dossierEvents, dossierOutcomes, dossiers, dossierSamples } from './schema.ts';
import { type CameOfIt, cameOfIt } from './what-came.ts';

/** Null in all of it: a group that is not told, since it is small or a small one would follow from it. */
export interface Flow {
  /** Dossiers under way by phase, and how many days the middle one has been in it. */
  phases: { phase: Phase; count: number | null; days: number | null }[];
  /** Dossiers by whose turn it is, and how many days the middle one has been waiting. */
  turns: { turn: Turn; count: number | null; days: number | null }[];
  /** Decisions that the board looked at, and how many of those it read otherwise. */
  sampled: { looked: number | null; different: number | null };
  decisions: { awarded: number | null; notYet: number | null };
  /** Of what was awarded: what became a badge, and was collected. */
  badges: { made: number | null; claimed: number | null };
  /** What came of it, as learners told. */
  outcomes: { answer: CameOfIt; count: number | null }[];
}

/**
 * How the dossiers of an institution go: counts of groups, and no person's score anywhere.
 * @param badges what became of the awards that decisions asked for
 * @throws DomainError `forbidden`
 */
export async function readFlow(ctx: Ctx, badges: { made: number; claimed: number }): Promise<Flow> {
  requireRight(ctx, 'dossier.flow');
  const { query } = ctx.db;
  const ours = eq(dossiers.institutionId, ctx.institution.id);
  const rows = await query
    .select({ person: dossiers.personId, turn: dossiers.turn, turnAt: dossiers.turnAt, state: dossiers.state })
    .from(dossiers)
    .where(ours);
  const samples = await query
    .select({ reading: dossierSamples.reading })
    .from(dossierSamples)
    .innerJoin(dossiers, eq(dossiers.id, dossierSamples.dossierId))
    .where(and(ours, isNotNull(dossierSamples.reading)));
  const results = rows.flatMap(r => r.state.decisions.flatMap(d => d.results));
  const awarded = results.filter(r => r.outcome === 'awarded').length;
  const [shown, made, claimed] = hideParts([awarded, badges.made, badges.claimed]);
  const [looked, different] = hideParts([samples.length, samples.filter(s => s.reading === 'different').length]);
  return {
    phases: timed(phases, await inPhase(ctx), ctx.now).map(({ name, ...told }) => ({ phase: name, ...told })),
    turns: turnsOf(rows, ctx.now),
    sampled: { looked: looked!, different: different! },
    decisions: { awarded: shown!, notYet: told(results.length - awarded) },
    badges: { made: made!, claimed: claimed! },
    outcomes: await outcomesOf(ctx),
  };
}

/** Something that is in a group, and since when; RFC 3339. */
interface Since<G> {
  group: G;
  at: string;
}

/** Of each group how many there are, and how many days the middle one of them has been there. */
function timed<G>(groups: readonly G[], all: readonly Since<G>[], now: Date) {
  const within = groups.map(group => all.filter(each => each.group === group));
  const counts = hideSmall(within.map(each => each.length));
  return groups.map((name, i) => ({ name, count: counts[i]!, days: counts[i] ? middleAge(within[i]!, now) : null }));
}

function turnsOf(rows: { person: string | null; turn: Turn; turnAt: string }[], now: Date): Flow['turns'] {
  // One of a learner who was erased waits for nobody.
  const open = rows.filter(r => r.turn !== 'closed' && r.person !== null);
  const waits = open.map(({ turn, turnAt }) => ({ group: turn, at: turnAt }));
  const closed = rows.filter(r => r.turn === 'closed').length;
  const waiting = timed(
    turns.filter(turn => turn !== 'closed'),
    waits,
    now,
  );
  return [
    ...waiting.map(({ name, ...rest }) => ({ turn: name, ...rest })),
    { turn: 'closed', count: told(closed), days: null },
  ];
}

/** Since when each dossier under way has been in its phase, from its events. */
async function inPhase(ctx: Ctx): Promise<Since<Phase>[]> {
  const rows = await ctx.db.query
    .select({ event: dossierEvents })
    .from(dossierEvents)
    .innerJoin(dossiers, eq(dossiers.id, dossierEvents.dossierId))
    .where(
      and(eq(dossiers.institutionId, ctx.institution.id), isNotNull(dossiers.personId), ne(dossiers.turn, 'closed')),
    )
    .orderBy(asc(dossierEvents.dossierId), asc(dossierEvents.seq));
  const since = new Map<string, Since<Phase>>();
  let state = emptyDossier('');
  for (const { event } of rows) {
    if (event.seq === 1) state = emptyDossier(event.actor);
    state = applyEvent(state, { ...event, data: { ...event.data, type: event.type } } as unknown as DossierEvent);
    if (since.get(event.dossierId)?.group !== state.phase)
      since.set(event.dossierId, { group: state.phase, at: event.at });
  }
  return [...since.values()];
}

/** What learners answered, once someone did. */
async function outcomesOf(ctx: Ctx): Promise<Flow['outcomes']> {
  const answers = await ctx.db.query
    .select({ answer: dossierOutcomes.answer })
    .from(dossierOutcomes)
    .innerJoin(dossiers, eq(dossiers.id, dossierOutcomes.dossierId))
    .where(and(eq(dossiers.institutionId, ctx.institution.id), isNotNull(dossierOutcomes.answer)));
  if (!answers.length) return [];
  return cameOfIt.map(answer => ({ answer, count: told(answers.filter(a => a.answer === answer).length) }));
}

/** Days that the middle one of a group has been where it is. */
function middleAge(group: readonly { at: string }[], now: Date): number {
  const days = group.map(({ at }) => (now.getTime() - Date.parse(at)) / DAY_MS).sort((a, b) => a - b);
  return Math.round(days[Math.floor(days.length / 2)]!);
}
