import type { Command, DossierEvent } from '../../src/dossiers/commands.ts';
import {
  type DossierRole,
  type DossierState,
  emptyDossier,
  isDecided,
  openAchievements,
  type Result,
  type Turn,
  turnOf,
  turns,
} from '../../src/dossiers/dossier.ts';
import { applyEvent, moves, transition } from '../../src/dossiers/moves.ts';
import { REPLY_DAYS, type Run } from './random.ts';

const DAY = 24 * 3_600_000;

/**
 * What must hold of any run, worked out from its events alone and in another way than the state machine does.
 * @throws Error that says which promise was broken
 */
export function check(run: Run, policy: { guideApart: boolean; examinerApart: boolean }): void {
  const before = JSON.stringify(run.events);
  run.events.forEach((event, i) => {
    const past = run.events.slice(0, i);
    ensure(event.seq === i + 1, 'a gap between events');
    if (event.role !== 'timer') ensure((event.actor === 'learner') === (event.role === 'learner'), 'acts on their own');
    ensure(moves[event.data.type].by.includes(event.role), 'a role that may not');
    if (event.data.type === 'decide') checkDecision(event, past, policy);
    if (event.data.type === 'reconsider') checkReconsidered(event.data.results, past);
    if (event.data.type === 'judge') {
      const guided = past.some(e => guideIn(e) === event.actor);
      ensure(!guided || !policy.guideApart, 'a guide assesses');
      ensure(!guided || event.data.waived?.includes('guide-apart') === true, 'a waiver that is not told');
    }
  });
  const awards = run.events.flatMap(awardsOf);
  ensure(new Set(awards).size === awards.length, 'awarded twice');

  let decided = false;
  for (const [i, state] of run.states.entries()) {
    const last = run.events[i - 1]?.data.type;
    decided = last === 'decide' || (decided && last !== 'next-cycle');
    const turn = turnOf(state);
    ensure(turns.includes(turn), 'a turn that belongs to nobody');
    if (state.version && turn !== 'closed') ensure(canMoveOn(state, turn), `a turn without a move: ${turn}`);
    ensure(isDecided(state) === decided, 'a cycle that is decided by another one');
  }
  let replayed = emptyDossier('learner');
  for (const event of run.events) replayed = applyEvent(replayed, event);
  ensure(JSON.stringify(replayed) === JSON.stringify(run.states.at(-1)), 'a replay that differs');
  ensure(JSON.stringify(run.events) === before, 'an event that changes');
}

function checkDecision(event: DossierEvent, past: DossierEvent[], policy: { examinerApart: boolean }): void {
  ensure(openQuestions(past).size === 0, 'decided with an open question');
  ensure(openReports(past).size === 0, 'decided with an open report');
  const again = past.findLastIndex(e => e.data.type === 'ask-reconsideration');
  ensure(again <= past.findLastIndex(e => e.data.type === 'reconsider'), 'decided while the board looks again');
  for (const { role, data } of past)
    ensure(
      role !== 'guide' || (data.type !== 'answer' && data.type !== 'confirm-report'),
      'a guide speaks for the institution',
    );
  const judged = past.findLastIndex(e => e.data.type === 'judge');
  ensure(judged >= 0, 'decided without a judgement');
  const since = past.slice(judged + 1);
  ensure(!since.some(e => e.data.type === 'step' || e.data.type === 'next-cycle'), 'decided on an old judgement');
  ensure(!since.some(e => e.data.type === 'add-achievement'), 'decided on what was added after the judgement');
  const replied = since.some(e => e.data.type === 'reply');
  const lapsed = since.find(e => e.data.type === 'lapse-reply');
  ensure(
    replied || (lapsed && Date.parse(lapsed.at) >= Date.parse(past[judged]!.at) + REPLY_DAYS * DAY) === true,
    'decided without a reply or its lapsed term',
  );
  const assessed = past.some(e => e.data.type === 'judge' && e.actor === event.actor);
  ensure(!assessed || !policy.examinerApart, 'an assessor decides');
  ensure(!assessed || event.data.waived?.includes('examiner-apart') === true, 'a waiver that is not told');
}

/** What is looked at again is what was decided, once, and nothing that was not judged then. */
function checkReconsidered(results: Result[], past: DossierEvent[]): void {
  const asked = past.findLast(e => e.data.type === 'ask-reconsideration')?.data;
  const seq = asked?.type === 'ask-reconsideration' ? asked.decision : 0;
  const first = past.find(e => e.seq === seq)?.data;
  ensure(first?.type === 'decide', 'looked again at what nobody but the board decided');
  const about = first?.type === 'decide' ? first.results.map(r => r.achievement) : [];
  ensure(
    results.every(r => about.includes(r.achievement)),
    'awarded by looking again at something else',
  );
  const times = past.filter(e => e.data.type === 'ask-reconsideration' && e.data.decision === seq);
  ensure(times.length === 1, 'looked at again twice');
}

function openQuestions(past: DossierEvent[]): Set<number> {
  const open = new Set<number>();
  for (const { seq, data } of past) {
    if (data.type === 'ask') open.add(seq);
    if (data.type === 'answer' || data.type === 'drop-question') open.delete(data.question);
  }
  return open;
}

function openReports(past: DossierEvent[]): Set<number> {
  const open = new Set<number>();
  for (const { seq, data } of past) {
    if (data.type === 'report') open.add(seq);
    if (data.type === 'confirm-report' || data.type === 'drop-report') open.delete(data.report);
  }
  return open;
}

const guideIn = ({ data }: DossierEvent): string | undefined =>
  (data.type === 'assign' && data.role === 'guide') || data.type === 'join-as-guide' ? data.person : undefined;

const awardsOf = ({ data }: DossierEvent): string[] =>
  data.type === 'decide' || data.type === 'reconsider'
    ? data.results.filter(r => r.outcome === 'awarded').map(r => r.achievement)
    : [];

/** Whether whoever's turn it is can do what it is their turn for; a newcomer may be assigned for it first. */
function canMoveOn(state: DossierState, turn: Turn): boolean {
  const question = state.questions.find(q => (q.to === 'learner') === (turn === 'awaiting-learner'));
  const report = state.reports.find(r => (r.waits === 'learner') === (turn === 'awaiting-learner'));
  const results = openAchievements(state).map(a => ({
    achievement: a.id,
    version: a.version,
    outcome: 'awarded' as const,
    stands: [],
    ways: 0,
  }));
  if (question) return does(state, { type: 'answer', question: question.seq }, turn);
  if (report) return does(state, { type: 'confirm-report', report: report.seq }, turn);
  if (turn === 'awaiting-coordinator') return does(state, { type: 'accept' }, turn);
  if (turn === 'awaiting-assessor') {
    // With nothing to decide on, whoever assesses adds what they found, or asks.
    if (state.recognise && !results.length) return does(state, { type: 'ask', to: 'learner' }, turn);
    return does(state, { type: 'judge', units: [], links: [], route: 'examiner' }, turn);
  }
  if (turn === 'awaiting-reply') return does(state, { type: 'reply' }, turn);
  if (state.reconsidering !== null)
    return does(state, { type: 'reconsider', upheld: true, results: [], evidence: [] }, turn);
  if (turn === 'awaiting-examiner')
    return does(state, { type: 'decide', basis: 'assessment', results, evidence: [] }, turn);
  if (turn === 'awaiting-board')
    return does(state, { type: 'decide', basis: 'exemption', results, evidence: [] }, turn);
  const ended = isDecided(state) || (!state.recognise && state.reply !== null);
  return does(state, { type: ended ? 'finish' : 'hand-in' }, turn);
}

function does(state: DossierState, command: Command, turn: Turn): boolean {
  const role = turn === 'awaiting-reply' ? 'learner' : (turn.replace('awaiting-', '') as DossierRole);
  const policy = { guideApart: true, examinerApart: true, replyDays: REPLY_DAYS, reconsiderDays: 42 };
  const at = new Date(Date.parse('2027-01-01'));
  const newcomer = role === 'learner' ? 'learner' : 'newcomer';
  let now = state;
  if (role === 'assessor' || role === 'examiner') {
    const assign: Command = { type: 'assign', role, person: newcomer };
    now = applyEvent(now, transition(now, assign, { id: 'zoe', role: 'coordinator', at, policy }));
  }
  transition(now, command, { id: newcomer, role, at, policy });
  return true;
}

function ensure(holds: boolean | undefined, promise: string): void {
  if (!holds) throw new Error(promise);
}
