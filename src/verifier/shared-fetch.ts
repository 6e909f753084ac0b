/**
 * What the checks of one batch fetch. Each has its own budget and the rules of every fetch; beyond that they share what
 * they found, so that 200 badges of one issuer ask for its list once, and a host that does not answer is not waited for
 * 200 times.
 */
import { FetchError, type Fetcher, type FetchSession, type GetOptions } from '../platform/fetch.ts';

/** A host that did not answer in time this often is asked nothing more by this batch. */
const MAX_LATE = 3;
/** How long our own lists and keys count as known: answering them costs little, reading them again does not. */
const OWN_MS = 10_000;

/** @param origin what we answer about ourselves, which the fetcher does not keep */
export function shareFetches(fetcher: Fetcher, origin: string, now: () => Date): Fetcher {
  const late = new Map<string, number>();
  const known = new Map<string, { at: number; answer: Promise<unknown> }>();
  const { host } = new URL(origin);

  async function patient<T>(url: URL | undefined, load: () => Promise<T>): Promise<T> {
    const at = url?.host ?? '';
    if ((late.get(at) ?? 0) >= MAX_LATE) throw new FetchError('fetch-timeout', 'a host that did not answer before');
    try {
      return await load();
    } catch (error) {
      if (error instanceof FetchError && error.code === 'fetch-timeout') late.set(at, (late.get(at) ?? 0) + 1);
      throw error;
    }
  }

  /** Lists and DID documents of our own; a shared badge is asked for once by each row anyway. */
  const isShared = (url: URL | undefined) => url?.host === host && /^\/(status|i|\.well-known)\//.test(url.pathname);

  function ask<T>(kind: string, text: string, options: GetOptions, load: () => Promise<T>): Promise<T> {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!isShared(url)) return patient(url, load);
    const key = `${kind} ${options.maxBytes} ${options.accept} ${text}`;
    const before = known.get(key);
    const time = now().getTime();
    if (before && time >= before.at && time - before.at < OWN_MS) return before.answer as Promise<T>;
    const answer = load();
    known.set(key, { at: time, answer });
    answer.catch(() => known.delete(key));
    return answer;
  }

  return {
    session() {
      const session: FetchSession = fetcher.session();
      return {
        get: (url, options) => ask('get', url, options, () => session.get(url, options)),
        json: (url, options) => ask('json', url, options, () => session.json(url, options)),
      };
    },
  };
}
