import {
  type ActingRole,
  assignedNow,
  type Candidate,
  type Dossier,
  type MoveName,
  moves,
  type RoleHolder,
  type WorkRole,
} from '../../../dossiers/index.ts';

/** What waits for whoever looks, and in which of their roles. */
export interface Step {
  name: 'intake' | 'assign' | 'takeUp' | 'answer' | 'confirm' | 'judge' | 'decide' | 'reconsider' | 'sample';
  role: ActingRole;
  /** Of a question or a report. */
  seq?: number;
}

export interface Standing {
  dossier: Dossier;
  self: string;
  /** Roles of theirs that reach this dossier. */
  roles: ActingRole[];
  holders: RoleHolder[];
  candidates: Candidate[];
  /** The board has yet to look at it again. */
  sample: boolean;
  /** Whether who judged here may not decide. */
  apart: boolean;
}

/** The one thing that waits for someone in a dossier; undefined when it is someone else's turn. */
export function stepOf(standing: Standing): Step | undefined {
  return nextStep(standing) ?? sampleStep(standing);
}

function nextStep(standing: Standing): Step | undefined {
  const { dossier, roles, self } = standing;
  const { state, turn } = dossier;
  switch (turn) {
    case 'awaiting-coordinator':
      return roles.includes('coordinator') ? { name: 'intake', role: 'coordinator' } : undefined;
    case 'awaiting-assessor': {
      if (!isAssigned(standing, 'assessor')) return giveOut(standing, 'assessor');
      const question = state.questions.find(q => q.to === 'staff');
      if (question) return { name: 'answer', role: 'assessor', seq: question.seq };
      const report = state.reports.find(r => r.waits === 'staff');
      return report ? { name: 'confirm', role: 'assessor', seq: report.seq } : { name: 'judge', role: 'assessor' };
    }
    case 'awaiting-examiner':
      if (isAssigned(standing, 'examiner')) return { name: 'decide', role: 'examiner' };
      if (state.staff.examiner.length) return giveOut(standing, 'examiner');
      return mayTake(standing, 'examiner') ? { name: 'decide', role: 'examiner' } : giveOut(standing, 'examiner');
    case 'awaiting-board': {
      if (!roles.includes('board')) return undefined;
      if (state.reconsidering === null)
        return tookPart(standing) && standing.apart ? undefined : { name: 'decide', role: 'board' };
      const decided = state.decisions.find(d => d.seq === state.reconsidering)?.by === self;
      return decided || tookPart(standing) ? undefined : { name: 'reconsider', role: 'board' };
    }
    default:
      return undefined;
  }
}

/** Work that is nobody's is taken up by who can, or given out by a coordinator. */
function giveOut(standing: Standing, role: WorkRole): Step | undefined {
  if (assignedNow(standing.dossier, role, standing.holders).length) return undefined;
  if (mayTake(standing, role)) return { name: 'takeUp', role };
  return standing.roles.includes('coordinator') ? { name: 'assign', role: 'coordinator' } : undefined;
}

function sampleStep(standing: Standing): Step | undefined {
  const { sample, roles, dossier, self } = standing;
  const decided = dossier.state.decisions.some(d => d.by === self);
  return sample && roles.includes('board') && !decided && !tookPart(standing)
    ? { name: 'sample', role: 'board' }
    : undefined;
}

const tookPart = ({ dossier, self }: Standing) => dossier.state.judged.includes(self);

export const isAssigned = ({ dossier, self, roles }: Standing, role: WorkRole): boolean =>
  roles.includes(role) && dossier.state.staff[role].includes(self);

/** Whether someone can take up work for themselves: they hold the role, and nothing of it goes badly together. */
export const mayTake = ({ roles, candidates, self }: Standing, role: WorkRole): boolean =>
  roles.includes(role) && candidates.some(c => c.role === role && c.person === self && !c.conflict);

/** The first role of theirs in which someone may make a move: an assessor and an examiner only where they work on it. */
export function roleFor(standing: Standing, move: MoveName): ActingRole | undefined {
  const { dossier, roles } = standing;
  const acting = (['assessor', 'examiner', 'coordinator', 'board'] as const).filter(role => {
    if (!roles.includes(role)) return false;
    if (role === 'assessor') return isAssigned(standing, role);
    return role !== 'examiner' || !dossier.state.staff.examiner.length || isAssigned(standing, role);
  });
  return acting.find(role => moves[move].by.includes(role));
}
