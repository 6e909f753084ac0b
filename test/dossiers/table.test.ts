import { describe, expect, it } from 'vitest';
import type { By, Command, MoveName } from '../../src/dossiers/commands.ts';
import { type DossierRole, dossierRoles, type DossierState, turnOf } from '../../src/dossiers/dossier.ts';
import { moves, transition } from '../../src/dossiers/moves.ts';
import { DomainError } from '../../src/platform/errors.ts';
import { after, by, chosen, loose, people, results, scenes, strict } from './scenes.ts';

const { accepted, judged, replied, decided, again } = scenes;

/** Each move as it would be made in a scene, so that only role and state decide. */
function commandIn(state: DossierState, type: MoveName, role: DossierRole): Command {
  const decision = state.decisions.at(-1)?.seq ?? 1;
  const all: { [K in MoveName]: Extract<Command, { type: K }> } = {
    request: { type: 'request', recognise: true, achievements: [chosen] },
    accept: { type: 'accept' },
    'send-on': { type: 'send-on' },
    assign: { type: 'assign', role: 'examiner', person: 'someone' },
    unassign: { type: 'unassign', role: 'assessor', person: people.assessor },
    'invite-partner': { type: 'invite-partner', partner: 'new', kind: 'work' },
    'end-partner': { type: 'end-partner', partner: people.partner },
    'join-as-guide': { type: 'join-as-guide', partner: people.partner, person: people.guide },
    share: { type: 'share', experiences: ['e'], partners: false },
    'take-back': { type: 'take-back', experiences: ['e'] },
    'add-achievement': { type: 'add-achievement', achievement: { id: 'b', version: 1, units: [] } },
    step: { type: 'step', phase: 'value' },
    'hand-in': { type: 'hand-in' },
    ask: { type: 'ask', to: role === 'learner' ? 'staff' : 'learner' },
    answer: { type: 'answer', question: state.questions[0]?.seq ?? 1 },
    'drop-question': { type: 'drop-question', question: state.questions[0]?.seq ?? 1 },
    comment: { type: 'comment' },
    report: { type: 'report' },
    'confirm-report': { type: 'confirm-report', report: state.reports[0]?.seq ?? 1 },
    'drop-report': { type: 'drop-report', report: state.reports[0]?.seq ?? 1 },
    judge: { type: 'judge', units: ['u'], links: [], route: 'examiner' },
    reply: { type: 'reply' },
    'lapse-reply': { type: 'lapse-reply' },
    decide: {
      type: 'decide',
      basis: state.judgement?.route === 'board' ? 'exemption' : 'assessment',
      results,
      evidence: [],
    },
    'ask-reconsideration': { type: 'ask-reconsideration', decision },
    reconsider: { type: 'reconsider', upheld: true, results: [], evidence: [] },
    'record-appeal': { type: 'record-appeal' },
    sample: { type: 'sample', decision, reading: 'same' },
    plan: { type: 'plan', line: 'l' },
    'confirm-plan': { type: 'confirm-plan', line: 'l' },
    'next-cycle': { type: 'next-cycle' },
    withdraw: { type: 'withdraw' },
    finish: { type: 'finish' },
  };
  return all[type];
}

/** What comes of a move: `yes`, or the code of the refusal. */
function outcome(state: DossierState, type: MoveName, who: By): string {
  try {
    transition(state, commandIn(state, type, who.role), who);
    return 'yes';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code;
  }
}

const titles: Record<keyof typeof scenes, string> = {
  begun: 'begun',
  accepted: 'accepted',
  handedIn: 'handed in',
  asked: 'a question is open',
  told: 'a report waits',
  judged: 'judged',
  toBoard: 'replied, for the board',
  replied: 'replied',
  decided: 'decided',
  again: 'looked at again',
  onward: 'in a second cycle, while the first is looked at again',
  advice: 'advice without a decision, replied to',
  finished: 'finished',
  withdrawn: 'withdrawn',
};

const names = Object.keys(moves) as MoveName[];

describe('who may do what in a dossier, and when', () => {
  it('is the table that stands beside this test', async () => {
    const lines = [
      '# Who may do what in a dossier',
      '',
      '`·` not for this role, `–` not in this state, `x` roles that do not go together.',
    ];
    for (const [scene, state] of Object.entries(scenes)) {
      lines.push(
        '',
        `## ${titles[scene as keyof typeof scenes]} (${turnOf(state)})`,
        '',
        `| move | ${dossierRoles.join(' | ')} |`,
        `|---|${'---|'.repeat(dossierRoles.length)}`,
      );
      for (const type of names) {
        const cells = dossierRoles.map(role => signs[outcome(state, type, by(role))]);
        if (cells.includes('yes')) lines.push(`| ${type} | ${cells.join(' | ')} |`);
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./moves-table.md');
  });

  it.each([
    ['strict', strict],
    ['loose', loose],
  ])('never lets a person act on their own dossier in another role, under a %s policy', (_, policy) => {
    for (const state of Object.values(scenes))
      for (const type of names)
        for (const role of dossierRoles.filter(r => r !== 'learner' && r !== 'timer'))
          expect([type, role, outcome(state, type, by(role, 'learner', policy))]).toEqual([type, role, 'forbidden']);
  });

  it.each([
    ['strict', strict],
    ['loose', loose],
  ])('never assigns a learner to their own dossier, under a %s policy', (_, policy) => {
    for (const role of ['guide', 'assessor', 'examiner'] as const)
      expect(() =>
        transition(accepted, { type: 'assign', role, person: 'learner' }, by('coordinator', 'cor', policy)),
      ).toThrow(/own dossier/);
  });

  it.each([
    ['strict', strict],
    ['loose', loose],
  ])('never lets anyone but the learner do what is the learner’s, under a %s policy', (_, policy) => {
    for (const state of Object.values(scenes))
      for (const type of names.filter(name => moves[name].by.every(role => role === 'learner')))
        expect([type, outcome(state, type, by('learner', 'someone', policy))]).toEqual([type, 'forbidden']);
  });

  it('keeps guide and assessor, and assessor and examiner, apart: or says in the event that it did not', () => {
    const guide: Command = { type: 'assign', role: 'assessor', person: people.guide };
    expect(outcomeOf(accepted, guide, strict)).toBe('role-conflict');
    expect(transition(accepted, guide, by('coordinator', 'cor', loose)).data.waived).toEqual(['guide-apart']);
    const decide: Command = { type: 'decide', basis: 'assessment', results, evidence: [] };
    expect(() => transition(replied, decide, by('examiner', people.assessor))).toThrow(/not the assessor/);
    expect(transition(replied, decide, by('examiner', people.assessor, loose)).data.waived).toEqual(['examiner-apart']);
  });

  it('never looks at one’s own decision or judgement again, whatever the policy', () => {
    for (const policy of [strict, loose])
      for (const id of [people.assessor, people.examiner]) {
        expect(outcome(again, 'reconsider', by('board', id, policy))).toBe('dossier-state');
        expect(outcome(decided, 'sample', by('board', id, policy))).toBe('dossier-state');
      }
  });

  it('gives an assessor who was removed midway nothing more to do, and leaves what they judged', () => {
    const removed = after(judged, ['coordinator', { type: 'unassign', role: 'assessor', person: people.assessor }]);
    expect(outcome(removed, 'judge', by('assessor'))).toBe('forbidden');
    expect(removed.judgement?.by).toBe(people.assessor);
  });
});

const signs: Record<string, string> = { yes: 'yes', forbidden: '·', 'dossier-state': '–', 'role-conflict': 'x' };

function outcomeOf(state: DossierState, command: Command, policy: typeof strict): string {
  try {
    transition(state, command, by('coordinator', 'cor', policy));
    return 'yes';
  } catch (error) {
    return (error as DomainError).code;
  }
}
