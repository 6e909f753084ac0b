/**
 * The only way out: every request that the service makes on behalf of a document it was handed goes through here.
 *
 * The URL comes from a stranger, so it is judged before anything is looked up, each check has a budget, nothing is sent
 * that tells who asks, and what comes back never stands in a message. What the connected address may be is judged
 * where the socket is (`fetch-node.ts`); Workers have no such hook and rely on these rules and on their platform.
 */
import { createFetchCache } from './fetch-cache.ts';
import { parseJson } from './json.ts';

/** What was fetched: a 200 with a plain body within the limits. `url` is the one that answered, after redirects. */
export interface Fetched {
  readonly status: number;
  readonly contentType: string;
  /** Shared between checks: read it, do not write to it. */
  readonly body: Uint8Array;
  readonly url: string;
  readonly fetchedAt: Date;
}

type FetchErrorCode =
  /** The rules forbid this URL, address or redirect; nothing was sent there. */
  | 'fetch-refused'
  /** No answer: no such name, no connection, a broken TLS or HTTP exchange. */
  | 'fetch-failed'
  | 'fetch-timeout'
  | 'fetch-too-large'
  /** Any status but 200. */
  | 'fetch-status'
  /** Not the expected kind of content: encoded, another media type, not JSON. */
  | 'fetch-type'
  /** The check has used its fetches or its time. */
  | 'fetch-budget';

/** Why something could not be fetched. The message holds no fetched bytes and is safe to log. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly code: FetchErrorCode;
  /** Of `fetch-status`: the status of HTTP. */
  readonly status: number | undefined;

  constructor(code: FetchErrorCode, detail: string, status?: number) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.status = status;
  }
}

interface TransportOptions {
  headers: Record<string, string>;
  /** Bytes of body after which it stops reading and throws `fetch-too-large`. */
  maxBytes: number;
  /** Milliseconds in all, from the name's look-up to the last byte; then it throws `fetch-timeout`. */
  timeoutMs: number;
}

/**
 * One GET without redirects, cookies or credentials. Calls `checkHead` before it reads a body, and reads none unless
 * the status is 200. Anything it throws that is not a FetchError counts as `fetch-failed`.
 */
export type Transport = (
  url: URL,
  options: TransportOptions,
) => Promise<{ status: number; headers: Headers; body: Uint8Array }>;

export interface GetOptions {
  /** Bytes of body. */
  maxBytes: number;
  /** The `Accept` header. */
  accept: string;
  /** Seconds that a cached answer may be old; 300 at most and by default. */
  maxAge?: number;
  /** Seconds that an earlier answer may be old which stands in when nothing answers; none is kept for long. */
  maxKept?: number;
}

/** The budget of one check: 8 different fetches, 3 seconds each, 8 seconds in all from its making. */
export interface FetchSession {
  /**
   * Fetches a URL under the rules of this file. The same URL with the same options is one fetch of the session.
   * @throws FetchError and nothing else
   */
  get(url: string, options: GetOptions): Promise<Fetched>;
  /** The same, for an answer of a JSON media type, parsed by `parseJson`. */
  json(url: string, options: GetOptions): Promise<unknown>;
}

export interface Fetcher {
  session(): FetchSession;
}

const MAX_FETCHES = 8;
const MAX_MS_EACH = 3_000;
const MAX_MS_IN_ALL = 8_000;
const MAX_REDIRECTS = 3;
const MAX_URL_LENGTH = 2_048;

/** What the service answers about itself; the only paths that a check may ask of its own origin. */
const OWN_PATHS = ['/i/', '/status/', '/c/', '/.well-known/'];

/**
 * @param transport how a request leaves: `nodeTransport` or `workerTransport`
 * @param own our public origin, answered in-process and never cached. did:web always says https, so
 *   `https://HOST/…` is ours too when `origin` is http.
 * @param map stands in for the network when given: URL to content. A URL that is not in it fails.
 * @param now stamps `fetchedAt` and ages the cache
 */
export function createFetcher({
  transport,
  own,
  map,
  now,
}: {
  transport: Transport;
  own?: { origin: string; request: (request: Request) => Response | Promise<Response> };
  map?: ReadonlyMap<string, Uint8Array | string>;
  now: () => Date;
}): Fetcher {
  const cache = createFetchCache(now);
  const network = map ? mapTransport(map) : transport;
  const ownOrigin = own ? new URL(own.origin) : undefined;
  const isOwn = (url: URL) =>
    url.host === ownOrigin?.host && (url.protocol === 'https:' || url.protocol === ownOrigin.protocol);

  /** Follows redirects on the same host, within one time limit, to a 200. */
  async function load(url: URL, { maxBytes, accept }: GetOptions): Promise<Fetched> {
    const deadline = performance.now() + MAX_MS_EACH;
    const headers = { accept, 'accept-encoding': 'identity', 'user-agent': 'Waarmerk' };
    let at = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const timeoutMs = Math.max(1, Math.ceil(deadline - performance.now()));
      const send = own && isOwn(at) ? inProcess(own.origin, own.request) : network;
      const answer = await within(timeoutMs, send(at, { headers, maxBytes, timeoutMs }));
      checkHead(answer.status, answer.headers, maxBytes);
      if (!isRedirect(answer.status)) {
        if (answer.body.length > maxBytes) throw tooLarge();
        const contentType = answer.headers.get('content-type') ?? '';
        return { status: answer.status, contentType, body: answer.body, url: at.href, fetchedAt: now() };
      }
      const next = parseUrl(answer.headers.get('location') ?? '', at);
      if (next.host !== at.host) throw new FetchError('fetch-refused', 'a redirect to another host');
      checkUrl(next, isOwn(next));
      at = next;
    }
    throw new FetchError('fetch-refused', 'too many redirects');
  }

  return {
    session() {
      const end = performance.now() + MAX_MS_IN_ALL;
      const asked = new Map<string, Promise<Fetched>>();

      const get = async (text: string, options: GetOptions): Promise<Fetched> => {
        const url = parseUrl(text);
        checkUrl(url, isOwn(url));
        const key = `${options.maxBytes} ${options.accept} ${url.href}`;
        const before = asked.get(key);
        if (before) return before;
        const left = end - performance.now();
        if (asked.size >= MAX_FETCHES || left <= 0) throw new FetchError('fetch-budget', 'the check used its fetches');
        const loading = isOwn(url) ? load(url, options) : cache.get(key, options.maxAge, () => load(url, options));
        const answer = within(Math.min(MAX_MS_EACH, left), loading).catch((failure: FetchError) => {
          const kept = isAway(failure) ? cache.kept(key, options.maxKept ?? 0) : undefined;
          if (kept) return kept;
          throw failure;
        });
        asked.set(key, answer);
        return answer;
      };

      return { get, json: async (url, options) => readJson(await get(url, options)) };
    },
  };
}

function parseUrl(text: string, base?: URL): URL {
  // URL.parse is not there on Node 20.
  if (!text || text.length > MAX_URL_LENGTH || !URL.canParse(text, base?.href)) {
    throw new FetchError('fetch-refused', 'not a URL');
  }
  const url = new URL(text, base);
  url.hash = '';
  return url;
}

/** Judges a URL before anything is looked up. WHATWG parsing has made 0x7f.1, 2130706433 and 127。0。0。1 plain. */
function checkUrl(url: URL, own: boolean): void {
  const refuse = (why: string) => new FetchError('fetch-refused', why);
  if (url.username || url.password) throw refuse('a URL with a user name');
  if (own) {
    // An encoded slash could be one path here and another one for the router.
    if (/%2f|%5c/i.test(url.pathname) || !OWN_PATHS.some(path => url.pathname.startsWith(path))) {
      throw refuse('a path of our own that is not public data');
    }
    return;
  }
  if (url.protocol !== 'https:' || url.port) throw refuse('not https on port 443');
  const host = url.hostname;
  if (host.startsWith('[') || /^[\d.]+$/.test(host)) throw refuse('an address in place of a name');
  if (!host.includes('.') || host.endsWith('.') || /\.(local|localhost|internal|home\.arpa)$/.test(host)) {
    throw refuse('not a public name');
  }
}

/** Refuses an answer by its status and headers, before any of its body is read. */
export function checkHead(status: number, headers: Headers, maxBytes: number): void {
  if (status !== 200 && !isRedirect(status)) throw new FetchError('fetch-status', `status ${status}`, status);
  // We ask for identity; an encoded body could be a bomb.
  const encoding = headers.get('content-encoding');
  if (encoding && encoding.toLowerCase() !== 'identity') throw new FetchError('fetch-type', 'an encoded body');
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Reads a body up to `maxBytes`; stops the sender and throws `fetch-too-large` at the first byte past it. */
export async function readCapped(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Throwing out of the loop cancels the stream.
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    parts.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

/** Nobody answered, or only to say that they cannot: that says nothing against what they said before. */
const isAway = ({ code, status = 0 }: FetchError): boolean =>
  code === 'fetch-failed' || code === 'fetch-timeout' || (code === 'fetch-status' && status >= 500);

function tooLarge(): FetchError {
  return new FetchError('fetch-too-large', 'the body is over the limit');
}

/** Settles as `work` does, or with `fetch-timeout` after `ms`, so that no transport can hang a check. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FetchError('fetch-timeout', 'no answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    // A library's message may quote what it read.
    throw error instanceof FetchError ? error : new FetchError('fetch-failed', 'no usable answer');
  } finally {
    clearTimeout(timer);
  }
}

function readJson({ contentType, body }: Fetched): unknown {
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  // application/vc and application/did are JSON without the suffix.
  if (!/^application\/(json|vc|did|[\w.+-]+\+json)$/.test(essence)) throw new FetchError('fetch-type', 'not JSON');
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    throw new FetchError('fetch-type', 'not JSON that we read');
  }
}

function inProcess(origin: string, request: (request: Request) => Response | Promise<Response>): Transport {
  return async (url, { headers, maxBytes }) => {
    const response = await request(new Request(new URL(url.pathname + url.search, origin), { headers }));
    checkHead(response.status, response.headers, maxBytes);
    return { status: response.status, headers: response.headers, body: await readResponse(response, maxBytes) };
  };
}

/** The body of a 200, capped; nothing of any other. */
export async function readResponse(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.status === 200 && response.body) return readCapped(response.body, maxBytes);
  await response.body?.cancel();
  return new Uint8Array();
}

function mapTransport(map: ReadonlyMap<string, Uint8Array | string>): Transport {
  return async (url, { maxBytes }) => {
    const content = map.get(url.href);
    if (content === undefined) throw new FetchError('fetch-failed', 'not in the map that stands in for the network');
    const body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    if (body.length > maxBytes) throw tooLarge();
    const isJson = body[0] === 0x7b || body[0] === 0x5b;
    const headers = new Headers({ 'content-type': isJson ? 'application/json' : 'application/octet-stream' });
    return { status: 200, headers, body };
  };
}
