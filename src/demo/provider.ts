/**
 * The local sign-in provider: it behaves like eduID behind SURFconext towards this service, knows a handful of made-up
 * people, and asks for no password. For development, the demo and the tests; production has no way to it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderConfig } from '../platform/config.ts';
import { LOCAL_PROVIDER } from '../platform/config.ts';
import { newToken } from '../platform/ids.ts';
import { fromHeader } from '../web/index.ts';
import { type Account, answeredLevel, linksOf, reached } from './provider-claims.ts';
import { choosePage, type Page, stepUpPage } from './provider-pages.tsx';
import { accountToLink, personas } from './provider-people.ts';
import type { makeProvider as Make } from './provider-setup.ts';

type Provider = Awaited<ReturnType<typeof Make>>;

export interface LocalProvider {
  /** How this service knows it. */
  config: ProviderConfig;
  /** Whether a path is the provider's. */
  serves(path: string): boolean;
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Hears who is about to come in, before the service does. */
  onArrival?: (account: Account) => Promise<void>;
}

/**
 * A provider with its issuer under `/dev/idp` of `origin`, for the service at `service`. Its library is loaded when
 * somebody first asks, so that starting costs nothing.
 */
export function localProvider(origin: string, service = origin): LocalProvider {
  const issuer = `${origin}${LOCAL_PROVIDER}`;
  const config: ProviderConfig = {
    id: 'eduid',
    name: 'eduID (proef)',
    issuer,
    clientId: 'waarmerk',
    clientSecret: newToken(32),
    profile: 'surfconext',
    linksUrl: `${issuer}/myconext/api/eduid/links`,
    local: true,
  };
  const accounts = new Map<string, Account>(personas.map(p => [p.id, { ...p, linked: [...p.linked] }]));
  let made: Promise<Provider> | undefined;
  const provider = () =>
    (made ??= import('./provider-setup.ts').then(({ makeProvider }) => makeProvider({ config, service, accounts })));

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const op = await provider();
    const path = new URL(req.url ?? '/', origin).pathname.slice(LOCAL_PROVIDER.length);
    if (/^\/interaction\/[\w-]+$/.test(path)) return interact(op, req, res);
    if (path === '/myconext/api/eduid/links') return sendLinks(op, req, res);
    // The library looks at the path behind its own, and finds its own in front of it as with other frameworks.
    Object.assign(req, { originalUrl: req.url });
    req.url = (req.url ?? '').slice(LOCAL_PROVIDER.length) || '/';
    await op.callback()(req, res);
  }

  /** Choosing who one is, and what was asked for on top of that. */
  async function interact(op: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { params, session, prompt } = await op.interactionDetails(req, res).catch(() => ({}) as never);
    if (!params) return sendPage(res, service, choosePage([], service), 410);
    const asked = String(params.acr_values ?? '')
      .split(' ')
      .filter(Boolean);
    const form = req.method === 'POST' ? await readForm(req) : new URLSearchParams();
    const finish = (result: object) => op.interactionFinished(req, res, result as never);
    if (form.has('cancel'))
      return finish({ error: 'access_denied', error_description: 'The person did not want to go on' });

    const again = prompt.reasons.some(reason => ['login_prompt', 'max_age'].includes(reason));
    const hint = accounts.get(String(params.login_hint ?? ''));
    const known = again ? undefined : accounts.get(session?.accountId ?? '');
    const account = accounts.get(form.get('who') ?? '') ?? hint ?? known;
    if (!account) return sendPage(res, service, choosePage([...accounts.values()], service));
    if (form.has('link')) account.linked.push(accountToLink(account));
    const short = account.eduid && asked.length > 0 && reached(account, asked).length === 0;
    if (short && !form.has('link') && !form.has('later'))
      return sendPage(res, service, stepUpPage(account, asked, accountToLink(account), service));
    account.language = fromHeader(req.headers['accept-language']);
    await local.onArrival?.(account);
    await finish({ login: { accountId: account.id, acr: answeredLevel(account, asked), remember: false } });
  }

  async function sendLinks(op: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const token = /^Bearer ([\w-]+)$/.exec(req.headers.authorization ?? '')?.[1];
    const access = token ? await op.AccessToken.find(token) : undefined;
    const account = access?.scope?.split(' ').includes('eduid.nl/links') && accounts.get(access.accountId);
    res.writeHead(account ? 200 : 401, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    res.end(JSON.stringify(account ? linksOf(account) : { error: 'invalid_token' }));
  }

  const local: LocalProvider = {
    config,
    serves: path => path === LOCAL_PROVIDER || path.startsWith(`${LOCAL_PROVIDER}/`),
    handle,
  };
  return local;
}

function sendPage(res: ServerResponse, service: string, { html }: Page, status = 200): void {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // No `form-action`: the answer to a form leads back to the service, which may have another origin.
    'content-security-policy': `default-src 'none'; style-src ${service}; img-src data:; frame-ancestors 'none'; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  res.end(html);
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of req) if (text.length < 10_000) text += String(chunk);
  return new URLSearchParams(text);
}
