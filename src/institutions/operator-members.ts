import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Ctx } from '../platform/context.ts';
import { type AppEnv, parse, readJson } from '../platform/http.ts';
import { operation, pageQuery, readPage } from '../platform/openapi.ts';
import { invitationInput } from './invitation-input.ts';
import { inviteMembers } from './invitations.ts';
import { listMembers } from './list-members.ts';
import { endMembership } from './members.ts';
import { operatorKey } from './operator-key.ts';
import { readInstitution } from './profile.ts';
import { invited, member, presentInvitation } from './routes-members.ts';

/** The operator, acting for the institution in the path. */
async function operatorAt(c: Context<AppEnv>): Promise<Ctx> {
  const { deps, requestId } = c.var;
  const institution = await readInstitution(deps, c.req.param('slug')!);
  return { actor: { kind: 'operator' }, institution, now: deps.clock(), requestId, db: deps.db, deps };
}

const tag = 'Operator';

/** People of an institution, from above: someone has to invite its first admin. */
export const operatorMemberRoutes = new Hono<AppEnv>()
  .get(
    '/api/v1/institutions/:slug/members',
    operation({
      summary: 'Who has a role at an institution',
      tag,
      query: pageQuery,
      answers: {
        200: { description: 'A page', schema: z.object({ items: z.array(member), next: z.string().nullable() }) },
      },
      errors: ['request-invalid', 'unauthenticated', 'not-found'],
    }),
    operatorKey,
    async c => {
      const { items, next } = await listMembers(await operatorAt(c), readPage(c.req.query()));
      return c.json({ items, next: next ?? null });
    },
  )
  .post(
    '/api/v1/institutions/:slug/invitations',
    operation({
      summary: 'Invite one or a group to a role at an institution',
      description: 'As the first admin of an institution has to be.',
      tag,
      body: invitationInput,
      answers: { 201: { description: 'Invited', schema: z.object({ items: z.array(invited) }) } },
      errors: ['request-invalid', 'unauthenticated', 'not-found', 'invitation-refused'],
    }),
    operatorKey,
    async c => {
      const input = parse(invitationInput, await readJson(c));
      const items = await inviteMembers(await operatorAt(c), input);
      return c.json({ items: items.map(presentInvitation) }, 201);
    },
  )
  .delete(
    '/api/v1/institutions/:slug/members/:id',
    operation({
      summary: 'End a role at an institution',
      description: 'Also that of its last admin.',
      tag,
      answers: { 200: { description: 'Ended', schema: z.object({ id: z.string() }) } },
      errors: ['unauthenticated', 'not-found'],
    }),
    operatorKey,
    async c => {
      const id = c.req.param('id');
      await endMembership(await operatorAt(c), id);
      return c.json({ id });
    },
  );
