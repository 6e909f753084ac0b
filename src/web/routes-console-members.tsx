import { type Context, Hono } from 'hono';
import { listAchievements } from '../catalogue/index.ts';
import {
  endMembership,
  invitationInput,
  type Invited,
  inviteMembers,
  listInvitations,
  listMembers,
  MAX_GROUP,
  mayDo,
  memberOf,
  memberRoles,
  type RefusedLine,
  resendInvitation,
  withdrawInvitation,
} from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, parse } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { LinksPage, MembersPage } from './pages/console/members.tsx';
import { type View, viewOf } from './view.ts';

const base = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}/members`;

interface Wrong {
  status: number;
  form?: Filled;
  /** A sentence when it is not about a field. */
  sentence?: (view: View) => string;
}

async function showMembers(c: Context<AppEnv>, wrong?: Wrong): Promise<Response> {
  const { ctx } = c.var;
  const cursor = c.req.query('cursor')?.slice(0, 100);
  const { items, next } = await listMembers(ctx, { limit: 100, ...(cursor ? { cursor } : {}) });
  const mayInvite = mayDo(ctx.actor, 'member.invite', { whole: true });
  const catalogue = mayInvite ? (await listAchievements(ctx, { limit: 80 })).items : [];
  const inviting = mayInvite && {
    invitations: await listInvitations(ctx),
    achievements: catalogue.map(a => ({ id: a.id, name: (a.draft ?? a.published?.content)!.name })),
    form: wrong?.form ?? startWith({ kind: 'email' }),
  };
  return renderConsole(c, 'members', (view, place) => ({
    title: view.t.console.members.title,
    status: wrong?.status,
    alert: wrong && (wrong.form ? <WrongFields view={view} form={wrong.form} /> : wrong.sentence?.(view)),
    body: <MembersPage view={view} place={place} members={items} next={next} inviting={inviting || undefined} />,
  }));
}

/** One address on a line, as people paste them: also with commas between, or with a name before it. */
const linesOf = (text: string): string[] =>
  text
    .split(/[\n,;]+/)
    .map(line => /<([^<>]+)>\s*$/.exec(line)?.[1]?.trim() ?? line.trim())
    .filter(Boolean);

/** What is wrong with an invitation before anyone is looked up. */
function wrongIn(view: View, form: Form): Record<string, string> {
  const { members: t, forms } = view.t.console;
  const lines = linesOf(form.get('addresses'));
  const role = memberRoles.find(r => r === form.get('role'));
  return {
    ...(lines.length ? {} : { addresses: forms.needed }),
    ...(lines.length > MAX_GROUP ? { addresses: t.tooMany(MAX_GROUP) } : {}),
    ...(['email', 'eppn'].includes(form.get('kind')) ? {} : { kind: forms.choose }),
    ...(role ? {} : { role: forms.choose }),
    ...(role === 'admin' && form.all('achievements').length ? { achievements: t.adminInPart } : {}),
  };
}

async function invite(c: Context<AppEnv>): Promise<Response> {
  const form = await readForm(c);
  const view = await viewOf(c);
  const wrong = wrongIn(view, form);
  if (Object.keys(wrong).length) return showMembers(c, { status: 400, form: sentWith(form, wrong) });
  const achievements = form.all('achievements');
  const input = parse(invitationInput, {
    addresses: linesOf(form.get('addresses')).map(line =>
      form.get('kind') === 'email' ? { email: line.slice(0, 320) } : { eppn: line.slice(0, 320) },
    ),
    role: form.get('role'),
    achievements: achievements.length ? achievements : null,
    language: view.language,
  });
  try {
    return await told(c, await inviteMembers(c.var.ctx, input), 'invited');
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invitation-refused') throw error;
    const sentences = (error.extensions.lines as RefusedLine[]).map(({ line, text, why }) =>
      view.t.console.members.lines[why](line, text),
    );
    return showMembers(c, { status: 422, form: sentWith(form, { addresses: sentences.join(' ') }) });
  }
}

/** Letters are on their way; links to accounts are shown, this once. */
async function told(c: Context<AppEnv>, made: Invited[], done: string): Promise<Response> {
  const links = made.flatMap(({ address, link }) => (link ? [{ address, link }] : []));
  if (!links.length) return doneAt(c, base(c), done);
  return renderConsole(c, 'members', (view, place) => ({
    title: view.t.console.members.links,
    body: <LinksPage view={view} place={place} made={links} />,
  }));
}

/** People of an institution: who has a role, and who is invited to one. */
export const consoleMemberRoutes = new Hono<AppEnv>()
  .get('/console/:slug/members', signedIn, memberOf, c => showMembers(c))
  .post('/console/:slug/members/invitations', signedIn, memberOf, invite)
  .post('/console/:slug/members/invitations/:id/letter', signedIn, memberOf, async c =>
    told(c, [await resendInvitation(c.var.ctx, c.req.param('id'), (await viewOf(c)).language)], 'invited-again'),
  )
  .post('/console/:slug/members/invitations/:id/withdrawal', signedIn, memberOf, async c => {
    await withdrawInvitation(c.var.ctx, c.req.param('id'));
    return doneAt(c, base(c), 'invitation-withdrawn');
  })
  .post('/console/:slug/members/:id/end', signedIn, memberOf, async c => {
    try {
      await endMembership(c.var.ctx, c.req.param('id'));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'last-admin') throw error;
      return showMembers(c, { status: 409, sentence: view => view.t.console.members.lastAdmin });
    }
    // Who ended their own role may have none left here.
    const { actor } = c.var.ctx;
    const mine = actor.kind === 'member' && !mayDo(actor, 'member.read', { whole: true });
    return doneAt(c, mine ? '/console' : base(c), 'role-ended');
  });
