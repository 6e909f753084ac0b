import { type Context, Hono } from 'hono';
import {
  acceptEndorsement,
  listForInstitution,
  refuseEndorsement,
  withdrawAsInstitution,
} from '../credentials/index.ts';
import { memberOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { ConsoleEndorsementsPage } from './pages/console/endorsements.tsx';

const base = '/console/:slug/endorsements';

/** What others say of an institution, and what it says of others. */
export const consoleEndorsementRoutes = new Hono<AppEnv>()
  .get(base, signedIn, memberOf, async c => {
    const { received, given } = await listForInstitution(c.var.ctx);
    return renderConsole(c, 'endorsements', (view, place) => ({
      title: view.t.endorse.console.title,
      body: <ConsoleEndorsementsPage {...{ view, place, received, given }} />,
    }));
  })
  .post(`${base}/:id/accept`, signedIn, memberOf, c => act(c, acceptEndorsement, 'endorsement-shown'))
  .post(`${base}/:id/refusal`, signedIn, memberOf, c => act(c, refuseEndorsement, 'endorsement-gone'))
  .post(`${base}/:id/withdrawal`, signedIn, memberOf, c => act(c, withdrawAsInstitution, 'endorsement-gone'));

async function act(c: Context<AppEnv>, verb: (ctx: Ctx, id: string) => Promise<void>, done: string) {
  await verb(c.var.ctx, c.req.param('id')!);
  return doneAt(c, `/console/${c.var.ctx.institution.slug}/endorsements`, done);
}
