// The notebook as a browser fills it in: forms with files, and the cookies that go to and fro.
import { setCookies } from './cookies.ts';
import type { World } from './world.ts';

type Headers = Record<string, string>;
export type Sent = Record<string, string | { name: string; bytes: Uint8Array }>;

/** A browser that keeps its cookies. */
export function browserOf(world: Pick<World, 'request' | 'origin'>, start: Headers = {}) {
  const jar = new Map<string, string>();
  for (const pair of start.cookie?.split('; ') ?? []) jar.set(pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1));
  async function send(path: string, init: RequestInit = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      accept: 'text/html',
      'accept-language': 'nl',
      origin: world.origin,
      ...(cookie ? { cookie } : {}),
    };
    const answer = await world.request(path, { ...init, headers: { ...headers, ...(init.headers as Headers) } });
    setCookies(jar, answer);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return {
      status: answer.status,
      headers: answer.headers,
      location: answer.headers.get('location') ?? '',
      bytes,
      text: new TextDecoder().decode(bytes),
    };
  }
  return {
    jar,
    get: (path: string, headers: Headers = {}) => send(path, { headers }),
    post: (path: string, fields: Record<string, string> = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    raw: (path: string, body: Uint8Array, headers: Headers) =>
      send(path, { method: 'POST', headers, body: body as never }),
    upload: (path: string, fields: Sent) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields))
        form.append(name, typeof value === 'string' ? value : new File([value.bytes as never], value.name));
      const { headers, body } = new Request('http://x', { method: 'POST', body: form });
      return send(path, {
        method: 'POST',
        headers: { 'content-type': headers.get('content-type')! },
        body,
        duplex: 'half',
      } as RequestInit);
    },
  };
}
export type Browser = ReturnType<typeof browserOf>;
