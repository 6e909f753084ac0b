import { z } from 'zod';
import { frameworkKinds, outcomeKinds } from './outcome-kinds.ts';

const line = (max: number) => z.string().trim().min(1).max(max);
const prose = (max: number) => z.string().trim().max(max);
const address = z.url({ protocol: /^https?$/ }).max(1000);
const oneAtLeast = (value: { nl?: unknown; en?: unknown }) => value.nl !== undefined || value.en !== undefined;

/** A text in Dutch, English or both. */
export const words = z
  .strictObject({ nl: line(300).optional(), en: line(300).optional() })
  .refine(oneAtLeast, 'is told in Dutch (nl), English (en) or both');
export type Words = z.infer<typeof words>;

/** The words of an outcome in one language. */
const outcomeWords = z.strictObject({
  name: line(2000),
  description: prose(10_000).optional(),
  /** The same in plain language. */
  plain: line(1000).optional(),
  /** Other names by which it is found. */
  also: z.array(line(300)).max(100).optional(),
});
export type OutcomeWords = z.infer<typeof outcomeWords>;

/** A framework as an institution writes it. */
export const frameworkInput = z.strictObject({
  kind: z.enum(frameworkKinds).default('qualification'),
  names: words,
  /** Its address, where it has one of its own. */
  uri: address.optional(),
  version: line(50).optional(),
  /** Whether other institutions may refer to it. */
  shared: z.boolean().default(false),
});
export type FrameworkInput = z.infer<typeof frameworkInput>;

/** An outcome of a framework, as an institution writes it or a package brings it. */
export const outcomeInput = z.strictObject({
  kind: z.enum(outcomeKinds).default('outcome'),
  uri: address.optional(),
  code: line(200).optional(),
  /** As the framework says it: `EQF 4`, `NLQF 4+`. */
  level: line(50).optional(),
  words: z
    .strictObject({ nl: outcomeWords.optional(), en: outcomeWords.optional() })
    .refine(oneAtLeast, 'is told in Dutch (nl), English (en) or both'),
});
export type OutcomeInput = z.infer<typeof outcomeInput>;

/** What an outcome was called when a unit was published: its words may change over there, not in the version. */
interface ToldOutcome {
  id: string;
  uri: string;
  name: string;
  plain?: string;
  code?: string;
  level?: string;
}

/** A unit of learning outcomes: what is judged together. */
export const unitContent = z.strictObject({
  name: line(300),
  description: prose(10_000).default(''),
  /** BCP 47. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a BCP 47 tag such as nl or en-GB')
    .default('nl'),
  level: line(50).optional(),
  /** Ids of outcomes. */
  outcomes: z.array(line(100)).max(100).default([]),
  /** Whether other institutions may refer to its versions. */
  shared: z.boolean().default(false),
});
export type UnitContent = z.infer<typeof unitContent> & {
  /** Of a published version: the outcomes in the words of that day. */
  told?: ToldOutcome[];
};

/** "Vastgesteld door": the body that adopted the words of a version. */
export const establishedBy = line(200);
