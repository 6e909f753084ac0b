import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, parse, readJson, sendAnswer, withIdempotencyKey } from '../platform/http.ts';
import { once } from '../platform/idempotency.ts';
import { languages } from '../platform/language.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import { apiKey } from './api-key-guard.ts';
import { invitationInput } from './invitation-input.ts';
import {
  type Invitation,
  type Invited,
  inviteMembers,
  listInvitations,
  resendInvitation,
  withdrawInvitation,
} from './invitations.ts';
import { listMembers } from './list-members.ts';
import { endMembership, memberRoles } from './members.ts';

export const member = z.object({
  id: z.string(),
  person: z.string().describe('a random id, the one that the audit log names'),
  name: z.string().nullable(),
  account: z.string().nullable().describe('an institution account, or a hint of another address'),
  role: z.enum([...memberRoles, 'guide']),
  achievements: z.array(z.string()).nullable().describe('only for these; null for all of the institution'),
  since: z.string(),
});
export const invitation = z.object({
  id: z.string(),
  address: z.union([z.object({ email: z.string() }), z.object({ eppn: z.string() })]),
  role: z.enum(memberRoles),
  achievements: z.array(z.string()).nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
/** As it was made just now. */
export const invited = invitation.extend({
  link: z
    .url()
    .optional()
    .describe('only for an eppn, this once: pass it on. To an e-mail address the letter carries it, and nothing else'),
});
const letterInput = z.strictObject({ language: z.enum(languages).default('nl').describe('of the letter') });
const tag = 'Members';
const readErrors = ['unauthenticated', 'forbidden'] as const;
const writeErrors = ['request-invalid', 'json-malformed', ...readErrors] as const;
const onceErrors = ['idempotency-key-reused', 'idempotency-in-progress'] as const;

/** An invitation as the API tells it, with the address by its kind. */
export function presentInvitation({ addressKind, address, ...rest }: Invited) {
  return { ...rest, address: addressKind === 'email' ? { email: address } : { eppn: address } };
}

/** The invitations of a first try that was cut off; their links were told to nobody. */
async function madeBefore(ctx: Ctx, subject: string): Promise<Invitation[]> {
  const ids = subject.split(',');
  return (await listInvitations(ctx)).filter(({ id }) => ids.includes(id));
}

/** Makes invitations. A link goes into this answer alone, and not into the one that is kept for a repeated request. */
async function make(c: Context<AppEnv>, ctx: Ctx, status: number, run: () => Promise<Invited[]>): Promise<Response> {
  let fresh: Invited[] | undefined;
  const body = (items: Invited[]) => JSON.stringify({ items: items.map(presentInvitation) });
  const answer = await once<Invitation[]>(ctx, {
    run: async () => {
      fresh = await run();
      return fresh;
    },
    resume: subject => madeBefore(ctx, subject),
    done: subject => madeBefore(ctx, subject),
    present: items => ({ status, body: body(items.map(({ link: _, ...item }: Invited) => item)) }),
  });
  return sendAnswer(c, fresh ? { ...answer, body: body(fresh) } : answer);
}

/** Ends something, and answers with its id. */
async function end(c: Context<AppEnv>, run: (ctx: Ctx, id: string) => Promise<void>): Promise<Response> {
  const id = c.req.param('id')!;
  const ctx = await withIdempotencyKey(c);
  const answer = await once(ctx, {
    run: () => run(ctx, id),
    resume: async () => undefined,
    present: () => ({ status: 200, body: JSON.stringify({ id }) }),
  });
  return sendAnswer(c, answer);
}
const ended = { description: 'Ended', schema: z.object({ id: z.string() }) };

export const memberRoutes = new Hono<AppEnv>()
  .get(
    '/api/v1/members',
    operation({
      summary: 'Who has a role at the institution',
      tag,
      query: pageQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ items: z.array(member), next: z.string().nullable() }) },
      },
      errors: ['request-invalid', ...readErrors],
    }),
    apiKey,
    async c => {
      const { items, next } = await listMembers(c.var.ctx, readPage(c.req.query()));
      return c.json({ items, next: next ?? null });
    },
  )
  .delete(
    '/api/v1/members/:id',
    operation({
      summary: 'End a role',
      description: 'Asks for the role `admin`. It holds from the next request on. The last admin stays.',
      tag,
      answers: { 200: ended },
      errors: [...readErrors, 'not-found', 'last-admin'],
    }),
    apiKey,
    c => end(c, endMembership),
  )
  .get(
    '/api/v1/invitations',
    operation({
      summary: 'Who was invited and has not answered',
      description: 'Asks for the role `admin`.',
      tag,
      answers: { 200: { description: 'All', schema: z.object({ items: z.array(invitation), next: z.null() }) } },
      errors: [...readErrors],
    }),
    apiKey,
    async c => c.json({ items: (await listInvitations(c.var.ctx)).map(presentInvitation), next: null }),
  )
  .post(
    '/api/v1/invitations',
    operation({
      summary: 'Invite one or a group to a role',
      description:
        'Asks for the role `admin`. All or nobody: `lines` of a refusal names each address that is wrong, was given twice or was invited before.',
      tag,
      body: invitationInput,
      answers: { 201: { description: 'Invited', schema: z.object({ items: z.array(invited) }) } },
      errors: [...writeErrors, 'not-found', 'invitation-refused', ...onceErrors],
    }),
    apiKey,
    async c => {
      const input = parse(invitationInput, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      return make(c, ctx, 201, () => inviteMembers(ctx, input));
    },
  )
  .post(
    '/api/v1/invitations/:id/letter',
    operation({
      summary: 'Send an invitation again',
      description: 'Asks for the role `admin`. The link before no longer works.',
      tag,
      body: letterInput,
      answers: { 200: { description: 'Sent', schema: z.object({ items: z.array(invited) }) } },
      errors: [...writeErrors, 'not-found', ...onceErrors],
    }),
    apiKey,
    async c => {
      const { language } = parse(letterInput, await readJson(c));
      const ctx = await withIdempotencyKey(c);
      const id = c.req.param('id');
      return make(c, ctx, 200, async () => [await resendInvitation(ctx, id, language)]);
    },
  )
  .delete(
    '/api/v1/invitations/:id',
    operation({
      summary: 'Take an invitation back',
      description: 'Asks for the role `admin`.',
      tag,
      answers: { 200: ended },
      errors: [...readErrors, 'not-found'],
    }),
    apiKey,
    c => end(c, withdrawInvitation),
  );
