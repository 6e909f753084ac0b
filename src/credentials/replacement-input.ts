import { z } from 'zod';
import { type AwardInput, awardInput } from './award-input.ts';
import { replacementKinds } from './replacement-evidence.ts';

const { shape } = awardInput;

/** What takes the place of an award: what is left out stays as it was, `null` takes it away. */
export const replacementInput = z.strictObject({
  kind: z
    .enum(replacementKinds)
    .describe('`correction`: the badge was wrong; `renewal`: there is a new decision about the same achievement'),
  text: z.string().trim().min(1).max(5000).optional().describe('for the learner'),
  recipient: z
    .strictObject({ name: z.string().trim().min(1).max(200).nullable() })
    .optional()
    .describe('the name in the badge; who the badge is of does not change'),
  decision: shape.decision.optional().describe('asked for at a renewal: no decision, no award'),
  awardedDate: shape.awardedDate.unwrap().nullable().optional(),
  validUntil: shape.validUntil.unwrap().nullable().optional(),
  narrative: shape.narrative.unwrap().nullable().optional(),
  evidence: shape.evidence.unwrap().optional(),
  results: shape.results.unwrap().optional(),
  creditsEarned: shape.creditsEarned.unwrap().nullable().optional(),
});
export type ReplacementInput = z.infer<typeof replacementInput>;

/**
 * The award that takes the place of `before`. Pure. The days of a decision belong to it: with a new decision they are
 * not carried over.
 */
export function replacedInput(before: AwardInput, changes: ReplacementInput): AwardInput {
  const { kind: _, text: __, recipient, decision, evidence, results, ...rest } = changes;
  const { awardedDate, validUntil, ...kept } = before;
  const next: Record<string, unknown> = {
    ...kept,
    ...(decision ? { decision } : { awardedDate, validUntil }),
    ...(evidence ? { evidence } : {}),
    ...(results ? { results } : {}),
    ...rest,
  };
  if (recipient) next.recipient = { ...before.recipient, name: recipient.name };
  // Made of the members of an award's input that were parsed, and of nothing else.
  return withoutNothing(next) as AwardInput;
}

/** Without the members that hold nothing: `null` took them away. */
const withoutNothing = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, key === 'recipient' ? withoutNothing(member as Record<string, unknown>) : member]),
  );
