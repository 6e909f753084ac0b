export const phases = ['identify', 'value', 'calibrate', 'develop'] as const;
export type Phase = (typeof phases)[number];
export const turns = [
  'awaiting-coordinator',
  'awaiting-learner',
  'awaiting-assessor',
  'awaiting-reply',
  'awaiting-examiner',
  'awaiting-board',
  'closed',
] as const;
export type Turn = (typeof turns)[number];
export interface DossierState {
  version: number;
}
