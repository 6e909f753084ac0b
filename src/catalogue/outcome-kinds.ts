export const frameworkKinds = ['qualification', 'occupation', 'function', 'sector', 'volunteering', 'skills'] as const;
export type FrameworkKind = (typeof frameworkKinds)[number];

export const outcomeKinds = ['outcome', 'skill', 'knowledge', 'competence', 'occupation', 'group'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];
