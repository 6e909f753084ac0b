import { record, strings } from './badge-values.ts';

/** One alignment: what the achievement points to, and where that is explained. */
export interface AlignmentView {
  name: string;
  url?: string;
  code?: string;
  framework?: string;
  description?: string;
  type?: string;
}

export interface Alignments {
  outcomes: AlignmentView[];
  eqf?: string;
  nlqf?: string;
  sbu?: string;
  hours?: string;
  assessment: AlignmentView[];
  participation: AlignmentView[];
  supervision: AlignmentView[];
  quality: AlignmentView[];
}

/** Sorts alignments by what they tell (domain.md, The achievement); whatever is none of ours is an outcome. */
export function readAlignments(values: unknown[], say: (value: unknown) => string | undefined): Alignments {
  const all = values.map(value => readAlignment(record(value), say)).filter(a => a !== undefined);
  const of = (type: string) => all.filter(a => a.type?.toLowerCase() === type.toLowerCase());
  const level = (type: string) => {
    const found = of(type)[0];
    return found && (found.code ?? found.name);
  };
  const named = ['ext:EQF', 'ext:NLQF', 'ext:SBU', 'ext:TimeInvestment', 'ext:AssessmentType', 'ext:Participation'];
  const special = new Set([...named, 'ext:Supervision', 'ext:QualityAssurance'].map(t => t.toLowerCase()));
  return {
    outcomes: all.filter(a => !special.has(a.type?.toLowerCase() ?? '')),
    eqf: level('ext:EQF'),
    nlqf: level('ext:NLQF'),
    sbu: level('ext:SBU'),
    hours: level('ext:TimeInvestment'),
    assessment: of('ext:AssessmentType'),
    participation: of('ext:Participation'),
    supervision: of('ext:Supervision'),
    quality: of('ext:QualityAssurance'),
  };
}

function readAlignment(
  value: Record<string, unknown>,
  say: (value: unknown) => string | undefined,
): AlignmentView | undefined {
  const url = strings(value.targetUrl)[0];
  const name = say(value.targetName) ?? url;
  if (!name) return undefined;
  return {
    name,
    url,
    code: say(value.targetCode),
    framework: say(value.targetFramework),
    description: say(value.targetDescription),
    type: strings(value.targetType)[0],
  };
}
