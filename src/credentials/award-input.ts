import { z } from 'zod';
import { bases } from '../catalogue/index.ts';
import { emailKey, eppnKey } from '../platform/addresses.ts';

const line = (max: number) => z.string().trim().min(1).max(max);
const prose = (max: number) => z.string().trim().min(1).max(max);

/** What an award is made from: a decision that was taken elsewhere, and who it is about. */
export const awardInput = z.strictObject({
  achievement: z.string().min(1).max(100).describe('id of a published achievement of the institution'),
  recipient: z
    .strictObject({
      email: line(254)
        .refine(text => z.regexes.html5Email.test(emailKey(text) ?? ''), 'an e-mail address')
        .optional(),
      eduid: line(200).optional(),
      eppn: z
        .string()
        .trim()
        .max(254)
        .refine(text => eppnKey(text) !== undefined, 'name@institution')
        .optional(),
      did: z
        .string()
        .regex(/^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,2000}$/, 'a DID')
        .optional(),
      name: line(200).optional().describe('stands in the badge when given'),
    })
    .refine(r => r.email || r.eduid || r.eppn || r.did, 'name an email, eduid, eppn or did'),
  decision: z.strictObject({
    basis: z.enum(bases),
    decidedBy: line(200).describe('kept with the award; no name of a person goes into the badge'),
    decidedOn: z.iso.date(),
    reference: line(200).optional(),
  }),
  awardedDate: z.iso.date().optional().describe('the day in the badge; the day of the decision when left out'),
  validUntil: z.iso.datetime({ offset: true }).optional(),
  narrative: prose(10_000).optional(),
  evidence: z
    .array(
      z.strictObject({
        name: line(300),
        description: prose(2_000).optional(),
        narrative: prose(10_000).optional(),
        genre: line(100).optional(),
        audience: line(300).optional(),
        url: z
          .url({ protocol: /^https?$/ })
          .max(1000)
          .optional(),
      }),
    )
    .max(50)
    .optional(),
  results: z
    .array(
      z.strictObject({
        result: line(200).optional().describe('name of one of the achievement’s results; the only one when left out'),
        value: line(100).optional(),
        status: z
          .enum(['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'])
          .optional(),
      }),
    )
    .max(10)
    .optional(),
  creditsEarned: z.number().min(0).max(1000).optional(),
});
export type AwardInput = z.infer<typeof awardInput>;
