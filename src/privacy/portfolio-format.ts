import { z } from 'zod';
import { experienceContexts, experienceKinds, goalCards, scales } from '../portfolio/index.ts';

/** A portfolio as it stands in `portfolio.json` of its package, with the names of its files in the same package. */
const at = z.iso.datetime();
const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const file = z.strictObject({ path: z.string().max(300), name: z.string().min(1).max(200) });
const texts = z.record(z.string().max(60), z.string().max(5_000));
const moment = z.string().max(10).nullable();

const shown = z.strictObject({
  id,
  use: z.enum(['story', 'evidence']),
  title: z.string().max(200),
  url: z
    .string()
    .max(2_000)
    .regex(/^https?:\/\//)
    .nullable(),
  file: file.nullable(),
  createdAt: at,
});

const experience = z.strictObject({
  id,
  kind: z.enum(experienceKinds),
  context: z.enum(experienceContexts).nullable(),
  title: z.string().min(1).max(200),
  periodFrom: moment,
  periodTo: moment,
  story: z.string().max(20_000),
  answers: texts,
  version: z.int().min(1),
  createdAt: at,
  changedAt: at,
  evidence: z.array(shown).max(40),
});

const reference = z.strictObject({
  id,
  experienceId: id.nullable(),
  name: z.string().min(1).max(80),
  relation: z.string().max(20),
  words: z.string().max(5_000),
  answers: texts,
  file: file.nullable(),
  standing: z.enum(['named', 'logged-in', 'signed']),
  document: z.string().max(100_000).nullable(),
  createdAt: at,
  changedAt: at,
});

const badge = z.strictObject({ path: z.string().max(300), source: z.string().max(200) });

export const packedPortfolio = z.strictObject({
  format: z.literal('waarmerk-portfolio'),
  version: z.literal(1),
  portfolio: z.strictObject({
    language: z.enum(['nl', 'en']),
    goal: z.enum(goalCards).nullable(),
    help: z.enum(['self', 'some', 'together']),
    standard: z.strictObject({
      important: z.string().max(5_000).optional(),
      wants: z.string().max(5_000).optional(),
      made: z.string().max(5_000).optional(),
    }),
    createdAt: at,
  }),
  experiences: z.array(experience).max(500),
  selfAssessments: z
    .array(
      z.strictObject({
        outcomeId: z.string().min(1).max(200),
        name: z.string().max(2_000).optional(),
        scale: z.enum(scales),
        experiences: z.array(id).max(500),
        changedAt: at,
      }),
    )
    .max(5_000),
  goals: z
    .array(
      z.strictObject({ id, achievementId: z.string().max(200).nullable(), words: z.string().max(300), createdAt: at }),
    )
    .max(1_000),
  references: z.array(reference).max(1_000),
  badges: z.array(badge).max(500),
});
export type PackedPortfolio = z.infer<typeof packedPortfolio>;

/** `manifest.json`: every other entry with its size and hash. */
export const manifest = z.strictObject({
  format: z.literal('waarmerk-manifest'),
  version: z.literal(1),
  service: z.string().max(300),
  madeAt: at,
  entries: z
    .array(
      z.strictObject({
        name: z.string().max(300),
        size: z.int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(30_000),
});
export type Manifest = z.infer<typeof manifest>;
