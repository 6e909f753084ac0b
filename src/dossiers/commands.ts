/** What can be done in a dossier, by whom, and the event that it becomes. Words travel beside them. */
import type { Basis } from '../catalogue/index.ts';
import type { Chosen, DossierRole, Phase, Result, Side } from './dossier.ts';

/** What is done, with the choices that go with it. The words travel beside it. */
export type Command =
  | { type: 'request'; recognise: boolean; achievements: Chosen[] }
  | { type: 'accept' }
  | { type: 'send-on' }
  | { type: 'assign'; role: StaffRole; person: string }
  | { type: 'unassign'; role: StaffRole; person: string }
  | { type: 'invite-partner'; partner: string; kind: 'guide' | 'work' }
  | { type: 'end-partner'; partner: string; person?: string }
  | { type: 'join-as-guide'; partner: string; person: string }
  | { type: 'share'; experiences: string[]; partners: boolean }
  | { type: 'take-back'; experiences: string[] }
  | { type: 'add-achievement'; achievement: Chosen }
  | { type: 'step'; phase: Phase }
  | { type: 'hand-in' }
  | { type: 'ask'; to: Side }
  | { type: 'answer'; question: number }
  | { type: 'drop-question'; question: number }
  | { type: 'comment' }
  | { type: 'report' }
  | { type: 'confirm-report'; report: number }
  | { type: 'drop-report'; report: number }
  | { type: 'judge'; units: string[]; links: { experience: string; outcome: string }[]; route: 'examiner' | 'board' }
  | { type: 'reply' }
  | { type: 'lapse-reply' }
  | { type: 'decide'; basis: Basis; results: Result[]; evidence: Shown[] }
  | { type: 'ask-reconsideration'; decision: number }
  | { type: 'reconsider'; upheld: boolean; results: Result[]; evidence: Shown[] }
  | { type: 'record-appeal' }
  | { type: 'sample'; decision: number; reading: 'same' | 'different' }
  | { type: 'plan'; line: string }
  | { type: 'confirm-plan'; line: string }
  | { type: 'next-cycle' }
  | { type: 'withdraw' }
  | { type: 'finish' };

/** An experience that a decision rests on: its kind and a hash of its content, which stays the learner's own. */
export interface Shown {
  kind: string;
  sha256: string;
}

export type MoveName = Command['type'];
export type StaffRole = 'guide' | 'assessor' | 'examiner';

/** What an institution leaves to policy (domain.md, Roles, and who may not do both); terms in days. */
export interface DossierPolicy {
  guideApart: boolean;
  examinerApart: boolean;
  replyDays: number;
  reconsiderDays: number;
}

/** Who acts, in what role and when. The caller has established the role; an assignment is looked up here. */
export interface By {
  id: string;
  role: DossierRole;
  at: Date;
  policy: DossierPolicy;
}

/** A move that was made. Events are only ever added. */
export interface DossierEvent {
  seq: number;
  at: string;
  actor: string;
  role: DossierRole;
  data: Command & {
    /** What policy lets pass and the decision has to tell. */
    waived?: ('guide-apart' | 'examiner-apart')[];
    /** Terms that begin with this move; RFC 3339. */
    until?: string;
  };
}
