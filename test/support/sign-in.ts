import type { Assurance } from '../../src/people/index.ts';
import type { Rogue } from './rogue-provider.ts';
import type { World } from './world.ts';

/** The cookies of one browser at one origin, as a header. */
export function jar(start = '') {
  const cookies = new Map<string, string>(
    start
      .split('; ')
      .filter(Boolean)
      .map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  return {
    take(response: Response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split('; ');
        const name = pair.slice(0, pair.indexOf('='));
        if (attributes.some(a => /^max-age=0$/i.test(a) || /^expires=thu, 01 jan 1970/i.test(a))) cookies.delete(name);
        else cookies.set(name, pair.slice(pair.indexOf('=') + 1));
      }
      return response;
    },
    get header() {
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    has: (name: string) => cookies.has(name),
  };
}

export type Jar = ReturnType<typeof jar>;

/** The press that the page to add something gives to this browser. */
export async function pressIn(world: World, { header }: Jar): Promise<string> {
  const page = await world.request('/account/add', { headers: { cookie: header, accept: 'text/html' } });
  return /press=([\w-]+)/.exec(await page.text())?.[1] ?? '';
}

export interface RogueLogin {
  provider?: string;
  query?: string;
  browser?: Jar;
  /** The level that the provider answers. */
  acr?: string;
}

/** A whole login at a hand-made provider; the answer is that of the callback. */
export async function loginAt(world: World, rogue: Rogue, { provider, query = '', browser, acr }: RogueLogin = {}) {
  const own = browser ?? jar();
  const ask = async (path: string) => own.take(await world.request(path, { headers: { cookie: own.header } }));
  const start = await ask(`/login/${provider ?? rogue.config.id}${query}`);
  const location = start.headers.get('location');
  if (start.status !== 303 || !location) return { response: start, browser: own, url: undefined };
  const url = new URL(location);
  return { response: await ask(rogue.authorize(url, acr ?? null)), browser: own, url };
}

export interface SignInOptions {
  level?: Assurance;
  fresh?: boolean;
  purpose?: 'link';
  return?: string;
  /** At the step-up: link an institution, or go on without. */
  link?: boolean;
  /** What the browser asks for, as `Accept-Language`. */
  speaks?: string;
  /** A browser that was used before. */
  service?: Jar;
  atProvider?: Jar;
}

/** A whole login at the local provider, as a browser does it. */
export async function signIn(world: World, persona: string, options: SignInOptions = {}) {
  const service = options.service ?? jar();
  const atProvider = options.atProvider ?? jar();
  const query = new URLSearchParams({ hint: persona, return: options.return ?? '/account' });
  if (options.level) query.set('level', options.level);
  if (options.fresh) query.set('fresh', '1');
  if (options.purpose) {
    query.set('purpose', options.purpose);
    query.set('press', await pressIn(world, service));
  }
  const ours = new URL(world.origin).origin;
  let url = new URL(`/login/eduid?${query}`, world.origin);
  let response: Response;
  let body: URLSearchParams | undefined;
  for (let step = 0; ; step++) {
    const here = url.origin === ours ? service : atProvider;
    const init: RequestInit = {
      redirect: 'manual',
      headers: {
        cookie: here.header,
        accept: 'text/html',
        ...(options.speaks ? { 'accept-language': options.speaks } : {}),
      },
      ...(body ? { method: 'POST', body } : {}),
    };
    const answer: Response = url.origin === ours ? await world.request(url.href, init) : await fetch(url, init);
    response = here.take(answer);
    body = undefined;
    const to = response.headers.get('location');
    const ended = url.origin === ours && url.pathname.endsWith('/callback');
    if (ended || step > 20) break;
    if (to) url = new URL(to, url);
    else if (url.origin !== ours && response.status === 200)
      body = new URLSearchParams({ who: persona, [options.link ? 'link' : 'later']: '1' });
    else break;
  }
  return {
    response,
    then: response.headers.get('location'),
    service,
    atProvider,
    headers: { cookie: service.header, origin: world.origin },
  };
}
