/** The questions that a portfolio asks, in sets of three. Their words stand with the pages; an answer by its key. */
export const promptSets = {
  'look-back': ['did', 'proud', 'differently'],
  motives: ['moved', 'energy', 'hard'],
  qualities: ['others-say', 'good-at', 'learned'],
  exploration: ['fits', 'try', 'need'],
  network: ['who', 'helped', 'ask'],
} as const;
export type PromptSet = keyof typeof promptSets;
export type Prompt = (typeof promptSets)[PromptSet][number];

export const promptSetNames = Object.keys(promptSets) as PromptSet[];
export const allPrompts = Object.values(promptSets).flat() as Prompt[];

/** The set to ask next: the first one in which nothing was answered; undefined when each was. */
export const nextSet = (answers: Record<string, string>): PromptSet | undefined =>
  promptSetNames.find(name => promptSets[name].every(prompt => !answers[prompt]));

/** Cards for those who come without a plan (domain.md, The cycle). */
export const goalCards = [
  'start',
  'switch',
  'return',
  'update',
  'another-job',
  're-entry',
  'migrant',
  'volunteer',
  'growth',
] as const;
export type GoalCard = (typeof goalCards)[number];
