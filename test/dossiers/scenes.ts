// Where a dossier can stand, each played from its beginning.
import type { By, Command } from '../../src/dossiers/commands.ts';
import { type DossierRole, type DossierState, emptyDossier } from '../../src/dossiers/dossier.ts';
import { applyEvent, transition } from '../../src/dossiers/moves.ts';

export const chosen = { id: 'a', version: 1, units: ['u'] };
export const results = [{ achievement: 'a', version: 1, outcome: 'awarded' as const, stands: ['u'], ways: 0 }];
const AT = new Date('2026-03-02T09:00:00Z');
export const strict = { guideApart: true, examinerApart: true, replyDays: 14, reconsiderDays: 42 };
export const loose = { ...strict, guideApart: false, examinerApart: false };

/** Who plays each role; `person` of a scene may be in several. */
export const people: Record<DossierRole, string> = {
  learner: 'learner',
  guide: 'gus',
  partner: 'pam',
  coordinator: 'cor',
  assessor: 'ann',
  examiner: 'eva',
  board: 'bea',
  timer: 'timer',
};

export const by = (role: DossierRole, id = people[role], policy = strict, at = AT): By => ({ id, role, at, policy });
export const after = (state: DossierState, ...steps: [DossierRole, Command, Date?, typeof strict?][]): DossierState =>
  steps.reduce(
    (now, [role, command, at, policy = strict]) =>
      applyEvent(now, transition(now, command, by(role, undefined, policy, at))),
    state,
  );

const begun = after(emptyDossier('learner'), ['learner', { type: 'request', recognise: true, achievements: [chosen] }]);
const accepted = after(
  begun,
  ['coordinator', { type: 'accept' }],
  ['coordinator', { type: 'assign', role: 'guide', person: people.guide }],
  ['coordinator', { type: 'assign', role: 'assessor', person: people.assessor }],
  ['learner', { type: 'invite-partner', partner: people.partner, kind: 'work' }],
);
const handedIn = after(accepted, ['learner', { type: 'hand-in' }]);
const asked = after(handedIn, ['assessor', { type: 'ask', to: 'learner' }]);
const told = after(handedIn, ['assessor', { type: 'report' }]);
const judged = after(handedIn, ['assessor', { type: 'judge', units: ['u'], links: [], route: 'examiner' }]);
const toBoard = after(
  handedIn,
  ['assessor', { type: 'judge', units: ['u'], links: [], route: 'board' }],
  ['learner', { type: 'reply' }],
);
const replied = after(judged, ['learner', { type: 'reply' }]);
const decided = after(replied, ['examiner', { type: 'decide', basis: 'assessment', results, evidence: [] }]);
const onward = after(
  decided,
  ['learner', { type: 'next-cycle' }],
  ['learner', { type: 'add-achievement', achievement: { id: 'b', version: 1, units: [] } }],
  ['learner', { type: 'ask-reconsideration', decision: decided.version }],
);
const advice = after(
  emptyDossier('learner'),
  ['learner', { type: 'request', recognise: false, achievements: [] }],
  ['coordinator', { type: 'accept' }],
  ['coordinator', { type: 'assign', role: 'assessor', person: people.assessor }],
  ['learner', { type: 'hand-in' }],
  ['assessor', { type: 'judge', units: [], links: [], route: 'examiner' }],
  ['learner', { type: 'reply' }],
);
const again = after(decided, ['learner', { type: 'ask-reconsideration', decision: decided.version }]);
const finished = after(decided, ['learner', { type: 'finish' }]);
const withdrawn = after(handedIn, ['learner', { type: 'withdraw' }]);

/** By the name of where it stands. */
export const scenes = {
  begun,
  accepted,
  handedIn,
  asked,
  told,
  judged,
  toBoard,
  replied,
  decided,
  again,
  onward,
  advice,
  finished,
  withdrawn,
};
