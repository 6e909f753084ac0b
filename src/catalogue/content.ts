import { z } from 'zod';
import { assurances } from '../people/index.ts';
import { qualityAssurance } from '../institutions/index.ts';
import { bases } from './basis.ts';
import { assessmentTypes, keysOf, participationForms, supervisionForms } from './vocabulary.ts';

/** The types of OB 3.0 (Achievement.achievementType) that an institution of ours gives out. */
const achievementTypes = [
  'MicroCredential',
  'Badge',
  'Course',
  'CoCurricular',
  'Competency',
  'Certificate',
  'CertificateOfCompletion',
  'Assessment',
  'LearningProgram',
  'Fieldwork',
  'CommunityService',
  'Membership',
] as const;

const resultTypes = [
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'RawScore',
  'Result',
  'ScaledScore',
  'Status',
] as const;

const line = (max: number) => z.string().trim().min(1).max(max);
const prose = (max: number) => z.string().trim().max(max);
/** An absolute http(s) address; relative ones would change their meaning with the reader. */
const address = z.url({ protocol: /^https?$/ }).max(1000);

/** How a badge of the achievement is claimed, and how long its offer stands. */
const claimPolicy = z.strictObject({
  /** The least that has to be known of who claims. */
  assurance: z.enum(assurances),
  /** Days after the offer on which the learner is reminded. */
  remindAfterDays: z.array(z.int().min(1).max(365)).max(5).default([7, 21]),
  lapseAfterDays: z.int().min(1).max(730).default(60),
});

/** How a decision about the achievement comes about. What is left out is as the policy of the institution has it. */
const achievementPolicy = z.strictObject({
  /** Left out: every basis that the law allows. */
  bases: z.array(z.enum(bases)).min(1).max(4).optional(),
  /** The examiner is another person than the assessor: a second pair of eyes. */
  examinerApart: z.boolean().optional(),
  /** Who guides a learner does not assess them. */
  guideApart: z.boolean().optional(),
  /** Badges end so many months after the day of the decision. By default they do not end. */
  validMonths: z.int().min(1).max(600).optional(),
  /** What together leads to it: versions of units, and achievements of the institution. */
  requires: z
    .strictObject({
      units: z
        .array(z.strictObject({ id: line(100), version: z.int().min(1) }))
        .max(30)
        .default([]),
      achievements: z.array(line(100)).max(30).default([]),
    })
    .optional(),
  /** What happens once all of that is there: an examiner is asked, or it is awarded at once. */
  whenComplete: z.enum(['propose', 'award']).optional(),
});

/** What someone wants to know who considers it, in words of the institution. */
const achievementOffer = z.strictObject({
  cost: line(200).optional(),
  duration: line(200).optional(),
  /** What it counts for: a programme, a function, an exemption. */
  countsFor: line(500).optional(),
});

/** One learning outcome; without a code it is told in the criteria only. */
export const outcome = z.strictObject({
  name: line(2000),
  /** The same in plain language. */
  plain: line(1000).optional(),
  code: z
    .strictObject({
      framework: line(100),
      url: address,
      code: line(200).optional(),
      /** An OB 3.0 AlignmentTargetType; `ext:ESCO` for ESCO. */
      type: z
        .string()
        .regex(/^(ext:[A-Za-z0-9._]+|ceasn:Competency|ceterms:Credential|CFItem|CFRubric|CTDL)$/)
        .optional(),
    })
    .optional(),
});

/**
 * Our own form of an achievement: the European elements by their own names. `toAchievement` says them in plain
 * OB 3.0; `completeness` says which are missing.
 */
export const achievementContent = z.strictObject({
  type: z.enum(achievementTypes).default('MicroCredential'),
  name: line(300),
  description: prose(10_000).default(''),
  /** BCP 47. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a BCP 47 tag such as nl or en-GB')
    .default('nl'),
  criteria: z
    .strictObject({ narrative: prose(20_000).default(''), url: address.optional() })
    .default({ narrative: '' }),
  outcomes: z.array(outcome).max(100).default([]),
  workload: z
    .strictObject({
      /** ECTS credits. */
      ects: z.number().min(0.5).max(240).multipleOf(0.5).optional(),
      /** Study load hours (mbo). */
      sbu: z.number().int().min(1).max(20_000).optional(),
      /** Hours it takes in all, when told apart. */
      hours: z.number().int().min(1).max(20_000).optional(),
    })
    .default({}),
  level: z
    .strictObject({
      eqf: z.number().int().min(1).max(8).optional(),
      nlqf: z.enum(['entry', '1', '2', '3', '4', '4+', '5', '6', '7', '8']).optional(),
    })
    .default({}),
  assessment: z
    .array(z.enum(keysOf(assessmentTypes)))
    .max(10)
    .default([]),
  participation: z
    .array(z.enum(keysOf(participationForms)))
    .max(10)
    .default([]),
  /** Several, when more than one judgement of quality stands behind it; none: the institution's own. */
  qualityAssurance: z.array(qualityAssurance).max(5).default([]),
  supervision: z.enum(keysOf(supervisionForms)).optional(),
  /** Whether the identity of the learner is checked at the assessment. */
  identityChecked: z.boolean().optional(),
  prerequisites: prose(5_000).optional(),
  image: address.optional(),
  results: z
    .array(
      z.strictObject({
        name: line(200),
        type: z.union([z.enum(resultTypes), z.string().regex(/^ext:[A-Za-z0-9._]+$/)]),
        min: line(50).optional(),
        max: line(50).optional(),
        required: line(50).optional(),
      }),
    )
    .max(10)
    .default([]),
  /** Codes of the programme or course it belongs to (CROHO, CREBO, RIO). */
  identifiers: z
    .array(
      z.strictObject({
        type: z.string().regex(/^(ext:[A-Za-z0-9._]+|sourcedId|systemId|identifier)$/),
        identifier: line(100),
      }),
    )
    .max(10)
    .default([]),
  tags: z.array(line(100)).max(30).default([]),
  /** Addresses of achievements that this one stacks with. */
  related: z.array(address).max(20).default([]),
  /** Its badges can be suspended; their status entry is then of purpose `suspension` (domain.md, Suspension). */
  suspendable: z.boolean().default(false),
  /**
   * Its badges are offered first, and signed when their owner logs in and is known well enough (domain.md, *released*).
   * Left out: signed at once, for whoever has the link.
   */
  claim: claimPolicy.optional(),
  /** Minutes in which an award can be undone before anything of it leaves the house. */
  undoMinutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60)
    .optional(),
  policy: achievementPolicy.optional(),
  offer: achievementOffer.optional(),
});
export type AchievementContent = z.infer<typeof achievementContent>;
