import { z } from 'zod';
import { allPrompts, type Prompt } from './prompts.ts';
import { experienceContexts, experienceKinds } from './schema.ts';

/** A year, a month or a day, as much as is known. */
const moment = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
  .refine(text => text.length < 10 || new Date(`${text}T00:00:00Z`).toISOString().startsWith(text))
  .nullable();

export const STORY = 20_000;
const answer = z.string().max(5_000);

const fields = z.strictObject({
  kind: z.enum(experienceKinds),
  context: z.enum(experienceContexts).nullable(),
  title: z.string().trim().min(1).max(200),
  periodFrom: moment,
  periodTo: moment,
  story: z.string().max(STORY),
  answers: z.partialRecord(z.enum(allPrompts as [Prompt, ...Prompt[]]), answer),
});

/** An entry in a portfolio, as someone tells it. */
export const experienceInput = fields.refine(
  e => !e.periodFrom || !e.periodTo || e.periodFrom <= `${e.periodTo}\uffff`,
  {
    path: ['periodTo'],
    message: 'ends before it begins',
  },
);
export type ExperienceInput = z.infer<typeof experienceInput>;
