import { type Context, Hono } from 'hono';
import {
  apiKeyRoles,
  createApiKey,
  listApiKeys,
  memberOf,
  type NewApiKey,
  requireRight,
  revokeApiKey,
  rotateApiKey,
} from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { ApiKeyMade, ApiKeysPage } from './pages/console/api-keys.tsx';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { type View, viewOf } from './view.ts';

async function showKeys(c: Context<AppEnv>, wrong?: Filled): Promise<Response> {
  const { deps, institution, actor } = c.var.ctx;
  const keys = await listApiKeys(deps, institution, actor);
  return renderConsole(c, 'apiKeys', (view, place) => ({
    title: view.t.console.apiKeys.title,
    status: wrong && 400,
    alert: wrong && <WrongFields view={view} form={wrong} />,
    body: <ApiKeysPage view={view} place={place} keys={keys} form={wrong ?? startWith()} />,
  }));
}

/** The secret, this once: an answer to the form itself, at no address that could be opened again. */
const showMade = (c: Context<AppEnv>, made: NewApiKey, overlapHours?: number): Promise<Response> =>
  renderConsole(c, 'apiKeys', (view, place) => ({
    title: view.t.console.apiKeys.made,
    body: <ApiKeyMade view={view} place={place} made={made} overlapHours={overlapHours} />,
  }));

/** The end of a day as people mean it; `null` for what is no day to come. */
function endOfDay(text: string, now: Date): Date | undefined | null {
  if (!text) return undefined;
  const end = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T23:59:59Z`) : new Date(Number.NaN);
  return end.getTime() > now.getTime() ? end : null;
}

async function make(c: Context<AppEnv>): Promise<Response> {
  const { deps, institution, actor, now } = c.var.ctx;
  requireRight(c.var.ctx, 'api-key.create', { whole: true });
  const form = await readForm(c);
  const role = apiKeyRoles.find(r => r === form.get('role'));
  const expiresAt = endOfDay(form.get('expires'), now);
  const wrong = wrongIn(await viewOf(c), form, { role, expiresAt });
  if (!role || Object.keys(wrong).length) return showKeys(c, sentWith(form, wrong));
  const input = { role, label: form.get('label'), ...(expiresAt ? { expiresAt } : {}) };
  return showMade(c, await createApiKey(deps, institution, input, actor));
}

function wrongIn(
  view: View,
  form: Form,
  { role, expiresAt }: { role?: string; expiresAt?: Date | null },
): Record<string, string> {
  const { apiKeys, forms } = view.t.console;
  const label = form.get('label');
  return {
    ...(label && label.length <= 200 ? {} : { label: forms.needed }),
    ...(role ? {} : { role: forms.choose }),
    ...(expiresAt === null ? { expires: apiKeys.expiresWrong } : {}),
  };
}

/** Keys for programs. */
export const consoleApiKeyRoutes = new Hono<AppEnv>()
  .get('/console/:slug/api-keys', signedIn, memberOf, c => showKeys(c))
  .post('/console/:slug/api-keys', signedIn, memberOf, make)
  .post('/console/:slug/api-keys/:id/rotation', signedIn, memberOf, async c => {
    const { deps, institution, actor } = c.var.ctx;
    const overlap = (await readForm(c)).get('overlap');
    if (!['0', '24', '168'].includes(overlap))
      throw new DomainError('request-invalid', 'Choose how long the old key goes on working.');
    const input = { id: c.req.param('id'), overlapHours: Number(overlap) };
    return showMade(c, await rotateApiKey(deps, institution, input, actor), input.overlapHours);
  })
  .post('/console/:slug/api-keys/:id/revocation', signedIn, memberOf, async c => {
    const { deps, institution, actor } = c.var.ctx;
    await revokeApiKey(deps, institution, c.req.param('id'), actor);
    return doneAt(c, `/console/${institution.slug}/api-keys`, 'api-key-revoked');
  });
