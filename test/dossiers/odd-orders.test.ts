import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/dossiers/commands.ts';
import { type DossierRole, type DossierState, isDecided, turnOf } from '../../src/dossiers/dossier.ts';
import { transition } from '../../src/dossiers/moves.ts';
import { after, by, chosen, loose, people, results, scenes, strict } from './scenes.ts';

const { accepted, judged, told, replied, decided, onward, again, toBoard } = scenes;
const decide: Command = { type: 'decide', basis: 'assessment', results, evidence: [] };
const judge: Command = { type: 'judge', units: ['u'], links: [], route: 'examiner' };
const reconsider = (achievement: string): Command => ({
  type: 'reconsider',
  upheld: false,
  results: [{ achievement, version: 1, outcome: 'awarded', stands: [], ways: 0 }],
  evidence: [],
});
const refusal = (state: DossierState, role: DossierRole, command: Command, id?: string, policy = strict) => {
  try {
    transition(state, command, by(role, id, policy));
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

/** The same dossier, not awarded: there is something left to decide on. */
const refused = after(replied, [
  'examiner',
  { ...decide, results: [{ ...results[0]!, outcome: 'not-yet', ways: 1 }] } as Command,
]);

describe('a dossier whose moves come in an odd order', () => {
  it('is not decided while a question that came after the reply is open, of whichever side', () => {
    for (const [role, to, answers] of [
      ['learner', 'staff', 'coordinator'],
      ['examiner', 'learner', 'learner'],
      ['partner', 'learner', 'learner'],
    ] as const) {
      const asked = after(replied, [role, { type: 'ask', to }]);
      expect(refusal(asked, 'examiner', decide)).toMatch(/question/);
      const answered = after(asked, [answers, { type: 'answer', question: asked.version }]);
      expect(refusal(answered, 'examiner', decide)).toBe('none');
    }
  });

  it('is not decided on a judgement of something else: what is added goes past the assessor and the learner again', () => {
    const added = after(replied, ['coordinator', { type: 'add-achievement', achievement: { ...chosen, version: 2 } }]);
    expect(turnOf(added)).toBe('awaiting-assessor');
    expect(refusal(added, 'examiner', decide)).toMatch(/no judgement/);
    const rejudged = after(added, ['assessor', judge]);
    expect(refusal(rejudged, 'examiner', decide)).toMatch(/not replied/);
    const ready = after(rejudged, ['learner', { type: 'reply' }]);
    expect(refusal(ready, 'examiner', decide)).toMatch(/Another version/);
  });

  it('is decided once in a cycle, by an examiner or by the board', () => {
    expect(refusal(decided, 'examiner', decide, 'other')).toMatch(/has been decided/);
    expect(refusal(toBoard, 'examiner', decide)).toMatch(/for the board/);
    expect(refusal(toBoard, 'board', decide)).toMatch(/board exempts/);
  });

  it('goes on with the judgement of an assessor who was removed, and with a new assessor', () => {
    const removed = after(judged, ['coordinator', { type: 'unassign', role: 'assessor', person: people.assessor }]);
    expect(refusal(removed, 'assessor', judge)).toMatch(/do not work/);
    const ready = after(removed, ['learner', { type: 'reply' }]);
    expect(refusal(ready, 'examiner', decide)).toBe('none');
    // Who judged is still not who decides.
    expect(refusal(ready, 'examiner', decide, people.assessor)).toMatch(/not the assessor/);
    expect(refusal(ready, 'coordinator', { type: 'assign', role: 'examiner', person: people.assessor })).toMatch(
      /not the assessor/,
    );
  });

  it('keeps guide and assessor apart in both orders, however someone came to guide', () => {
    const joining: Command = { type: 'join-as-guide', partner: people.partner, person: people.assessor };
    expect(refusal(accepted, 'guide', joining, people.assessor)).toMatch(/does not assess/);
    expect(refusal(judged, 'guide', joining, people.assessor)).toMatch(/does not assess/);
    const event = transition(accepted, joining, by('guide', people.assessor, loose));
    expect(event.data.waived).toEqual(['guide-apart']);
    const left = after(accepted, ['coordinator', { type: 'unassign', role: 'guide', person: people.guide }]);
    const asAssessor: Command = { type: 'assign', role: 'assessor', person: people.guide };
    expect(refusal(left, 'coordinator', asAssessor)).toMatch(/does not assess/);
  });

  it('is judged by the policy of now: who could be assigned once, and not any more, does not judge', () => {
    const joined = after(
      accepted,
      ['coordinator', { type: 'assign', role: 'assessor', person: people.guide }, undefined, loose],
      ['learner', { type: 'hand-in' }],
    );
    expect(refusal(joined, 'assessor', judge, people.guide)).toMatch(/does not assess/);
    expect(refusal(joined, 'assessor', judge, people.guide, loose)).toBe('none');
  });

  it('is looked at again as what it was: for its own cycle, on what was decided then, and once', () => {
    expect(refusal(onward, 'board', reconsider('b'))).toMatch(/something else/);
    expect(refusal(onward, 'board', reconsider('a'))).toMatch(/awarded before/);
    const asked = after(
      refused,
      ['learner', { type: 'next-cycle' }],
      ['learner', { type: 'ask-reconsideration', decision: refused.version }],
    );
    const revised = after(asked, ['board', reconsider('a')]);
    expect(revised.decisions.map(d => d.cycle)).toEqual([1, 1]);
    expect(isDecided(revised)).toBe(false);
    expect(turnOf(revised)).toBe('awaiting-learner');
    for (const decision of revised.decisions.map(d => d.seq))
      expect(refusal(revised, 'learner', { type: 'ask-reconsideration', decision })).toMatch(/Only an appeal/);
    const stands = after(again, ['board', { type: 'reconsider', upheld: true, results: [], evidence: [] }]);
    const once: Command = { type: 'ask-reconsideration', decision: decided.version };
    expect(refusal(stands, 'learner', once)).toMatch(/Only an appeal/);
  });

  it('goes back to its learner where the board awarded meanwhile all that a second judgement was about', () => {
    const second = after(
      refused,
      ['learner', { type: 'next-cycle' }],
      ['learner', { type: 'hand-in' }],
      ['assessor', judge],
      ['learner', { type: 'ask-reconsideration', decision: refused.version }],
      ['learner', { type: 'reply' }],
      ['board', reconsider('a')],
    );
    expect(turnOf(second)).toBe('awaiting-learner');
    expect(refusal(second, 'examiner', decide)).toMatch(/no judgement/);
  });

  it('takes no new achievement while the board looks again, only another version of what was decided', () => {
    const add = (id: string, version: number): Command => ({
      type: 'add-achievement',
      achievement: { id, version, units: [] },
    });
    expect(refusal(again, 'learner', add('b', 1))).toMatch(/has been decided/);
    expect(refusal(again, 'learner', add('a', 2))).toBe('none');
  });

  it('is not decided anew while the board looks at the decision before', () => {
    const second = after(onward, ['learner', { type: 'hand-in' }], ['assessor', judge], ['learner', { type: 'reply' }]);
    const other: Command = { ...decide, results: [{ ...results[0]!, achievement: 'b', stands: [] }] } as Command;
    expect(turnOf(second)).toBe('awaiting-board');
    expect(refusal(second, 'examiner', other)).toMatch(/looking at an earlier decision/);
    const looked = after(second, ['board', { type: 'reconsider', upheld: true, results: [], evidence: [] }]);
    expect(refusal(looked, 'examiner', other)).toBe('none');
  });

  it('is not held up for ever by a report that the other side cannot agree with: either side lets it go', () => {
    const report = told.version;
    expect(refusal(told, 'guide', { type: 'drop-report', report })).toMatch(/wrote/);
    expect(refusal(told, 'examiner', { type: 'drop-report', report })).toMatch(/wrote/);
    expect(refusal(told, 'assessor', { type: 'confirm-report', report })).toMatch(/other side/);
    expect(turnOf(after(told, ['learner', { type: 'drop-report', report }]))).toBe('awaiting-assessor');
    expect(turnOf(after(told, ['assessor', { type: 'drop-report', report }]))).toBe('awaiting-assessor');
  });
});
