import { z } from 'zod';
import type { referenceRequests } from './schema.ts';

export const relations = [
  'colleague',
  'client',
  'peer',
  'trainer',
  'neighbour',
  'other',
] as const satisfies readonly Relation[];
export type Relation = (typeof referenceRequests.$inferSelect)['relation'];

/** Asked of each who says something about what someone can, so that the answers can be laid beside each other. */
export const referenceQuestions = ['good-at', 'example', 'with-others', 'next'] as const;
export type ReferenceQuestion = (typeof referenceQuestions)[number];

export const WORDS = 5_000;
const oneLine = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);

/** A question to someone. `as`: how they know the one who asks. */
export const referenceAsk = z.strictObject({
  experienceId: z.string().nullable(),
  name: oneLine.min(1).max(80),
  relation: z.enum(relations),
  // A letter carries it: a name, and nothing that a mail program makes a link of.
  as: oneLine
    .min(1)
    .max(80)
    .refine(text => !/[/:@]|\.\p{L}{2}/u.test(text)),
  message: z.string().trim().max(1_000),
  email: z.string().trim().max(254).nullable(),
});
export type ReferenceAsk = z.infer<typeof referenceAsk>;

/** What someone answers: words, answers to the questions, or what they recorded. */
export const referenceAnswer = z.strictObject({
  name: oneLine.min(1).max(80),
  words: z.string().trim().max(WORDS),
  answers: z.partialRecord(z.enum(referenceQuestions), z.string().trim().max(2_000)),
});
export type ReferenceAnswer = z.infer<typeof referenceAnswer>;

/** Who asks stands under what they wrote, as under a letter. */
export const underSigned = (message: string, as: string): string => (message ? `${message}\n${as}` : as);

export function readMessage(kept: string): { message: string; as: string } {
  const at = kept.lastIndexOf('\n');
  return { message: at < 0 ? '' : kept.slice(0, at), as: kept.slice(at + 1) };
}
