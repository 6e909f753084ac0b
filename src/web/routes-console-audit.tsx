import { type Context, Hono } from 'hono';
import { listApiKeys, listMembers, mayDo, memberOf, requireRight } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { readAudit } from '../platform/audit.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { renderConsole } from './console.tsx';
import { csvLine } from './csv.ts';
import { AuditPage, type AuditRow } from './pages/console/audit.tsx';
import { sendPrivateFile } from './send-file.ts';
import { type View, viewOf } from './view.ts';
import { whatWasDone } from './what-was-done.ts';

const ON_A_PAGE = 50;
const AT_A_TIME = 500;

async function showAudit(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'audit.read', { whole: true });
  const asked = c.req.query('before');
  const before = asked === undefined ? undefined : Number(asked);
  if (before !== undefined && !Number.isSafeInteger(before))
    throw new DomainError('request-invalid', 'There is no such page of the log.');
  const rows = await readAudit(ctx.db, ctx.institution.id, {
    limit: ON_A_PAGE + 1,
    ...(before === undefined ? {} : { before }),
  });
  const shown = rows.slice(0, ON_A_PAGE);
  const { items: members } = await listMembers(ctx, { limit: 200 });
  const apiKeys = mayDo(ctx.actor, 'api-key.read', { whole: true })
    ? await listApiKeys(ctx.deps, ctx.institution, ctx.actor)
    : [];
  return renderConsole(c, 'audit', (view, place) => ({
    title: view.t.console.audit.title,
    body: (
      <AuditPage
        view={view}
        place={place}
        rows={shown}
        before={rows.length > ON_A_PAGE ? shown.at(-1)!.seq : undefined}
        first={before === undefined}
        members={members}
        apiKeys={apiKeys}
      />
    ),
  }));
}

/** The whole log, read a part at a time while it is sent. */
function asCsv({ db, institution }: Ctx, view: View): ReadableStream<Uint8Array> {
  const { audit } = view.t.console;
  const utf8 = new TextEncoder();
  let before: number | undefined;
  const line = (r: AuditRow) =>
    csvLine([r.seq, r.at, r.actor, whatWasDone(view, r.action), r.action, r.subject, r.digest, r.previous, r.hash]);
  return new ReadableStream({
    start(out) {
      const head = ['seq', audit.when, audit.who, audit.what, 'action', audit.about, 'digest', 'previous', 'hash'];
      // Spreadsheets take a file for UTF-8 by its first character.
      out.enqueue(utf8.encode(`\ufeff${csvLine(head)}`));
    },
    async pull(out) {
      const rows = await readAudit(db, institution.id, {
        limit: AT_A_TIME,
        ...(before === undefined ? {} : { before }),
      });
      before = rows.at(-1)?.seq;
      if (rows.length) out.enqueue(utf8.encode(rows.map(line).join('')));
      if (rows.length < AT_A_TIME) out.close();
    },
  });
}

/** The log of an institution, to read and to take away. */
export const consoleAuditRoutes = new Hono<AppEnv>()
  .get('/console/:slug/audit', signedIn, memberOf, showAudit)
  .get('/console/:slug/audit.csv', signedIn, memberOf, async c => {
    const { ctx } = c.var;
    requireRight(ctx, 'audit.read', { whole: true });
    const day = ctx.now.toISOString().slice(0, 10);
    return sendPrivateFile(c, asCsv(ctx, await viewOf(c)), {
      type: 'text/csv; charset=utf-8; header=present',
      name: `audit-${ctx.institution.slug}-${day}.csv`,
    });
  });
