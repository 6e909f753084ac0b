import { z } from 'zod';

const value = z.string().trim().min(1).max(320);

/** What a checker knows of the one in front of them. It is compared, and neither kept nor repeated. */
export const recipientAsked = z
  .strictObject({
    email: value.optional(),
    eduid: value.optional(),
    eppn: value.optional(),
    studentId: value.optional(),
    identifier: value.optional(),
    did: value.optional(),
    name: value.optional(),
  })
  .refine(asked => Object.values(asked).some(one => one !== undefined), { message: 'names at least one thing' });
export type RecipientAsked = z.infer<typeof recipientAsked>;
