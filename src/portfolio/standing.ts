import type { references } from './schema.ts';

/**
 * Who stands behind an experience or a badge, from the learner's own word to a decision (domain.md, Who stands behind
 * it). Each is complete and honest; none is failed.
 */
export const standings = [
  'told',
  'recognised',
  'confirmed',
  'endorsed',
  'assessed',
  'established',
  'exempted',
] as const;
export type Standing = (typeof standings)[number];

/** The key under which a learner hid a reference stands beside its answers, which have keys of their own. */
export const HIDDEN = 'hidden';
export const isHidden = ({ answers }: Pick<typeof references.$inferSelect, 'answers'>): boolean => HIDDEN in answers;

/** What is known of what others said and decided. */
export interface Behind {
  references?: readonly (typeof references.$inferSelect)['standing'][];
  /** An assessor saw in it what an outcome asks. */
  assessed?: boolean;
  /** The basis of a decision that it led to. */
  decided?: readonly ('assessment' | 'exemption' | 'evc' | 'organisation')[];
}

const said = { named: 'recognised', 'logged-in': 'confirmed', signed: 'endorsed' } as const;

/** The furthest that is known; without anything the learner's own word, which always stands. */
export function standingOf({ references = [], assessed = false, decided = [] }: Behind): Standing {
  const reached = new Set<Standing>(references.map(standing => said[standing]));
  if (assessed) reached.add('assessed');
  for (const basis of decided) reached.add(basis === 'exemption' ? 'exempted' : 'established');
  return standings.findLast(standing => reached.has(standing)) ?? 'told';
}

/** The one of two that goes further. */
export const furthest = (one: Standing, other: Standing): Standing =>
  standings.indexOf(one) < standings.indexOf(other) ? other : one;
