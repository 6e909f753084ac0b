/** How often one address may ask. */

const MAX_ADDRESSES = 50_000;

export type Taken =
  | { ok: true }
  /** `retryAfter`: whole seconds after which a request is let through. */
  | { ok: false; retryAfter: number };

export interface RateLimit {
  take(address: string): Taken;
}

interface RateLimitOptions {
  perMinute: number;
  burst: number;
  now: () => Date;
}

/**
 * Makes a token bucket for each address: `burst` requests at once, refilled at `perMinute`. An IPv6 /64 is one address,
 * since whoever has one has them all. It lives in memory, in a bounded map that forgets who asked longest ago.
 *
 * `take` wants the address of the connection or the one that a trusted proxy wrote, never a header as it came; all
 * texts that are no address share one bucket.
 */
export function createRateLimit({ perMinute, burst, now }: RateLimitOptions): RateLimit {
  const msPerToken = 60_000 / perMinute;
  // For each address the time at which its bucket is full again; that says how many tokens are missing now.
  const fullAt = new Map<string, number>();

  return {
    take(address) {
      const key = bucketOf(address);
      const time = now().getTime();
      const known = fullAt.get(key) ?? time;
      // Longer than a whole bucket takes means that the clock was set back.
      const full = known - time > burst * msPerToken ? time : Math.max(known, time);
      const wait = full + msPerToken - time - burst * msPerToken;
      if (wait > 0) return { ok: false, retryAfter: Math.ceil(wait / 1000) };
      fullAt.delete(key);
      fullAt.set(key, full + msPerToken);
      if (fullAt.size > MAX_ADDRESSES) fullAt.delete(fullAt.keys().next().value!);
      return { ok: true };
    },
  };
}

/** One spelling for each address: IPv4 in dots, also when mapped into IPv6; IPv6 as its first 64 bits. */
function bucketOf(address: string): string {
  const text = address.trim().split('%', 1)[0]!;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text;
  if (!text.includes(':') || !URL.canParse(`http://[${text}]/`)) return 'unknown';
  // WHATWG parsing gives lower case, no leading zeros and one `::`.
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = head ? head.split(':') : [];
  if (tail !== undefined) {
    const last = tail ? tail.split(':') : [];
    groups.push(...Array<string>(8 - groups.length - last.length).fill('0'), ...last);
  }
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') {
    const [high, low] = groups.slice(6).map(group => Number.parseInt(group, 16)) as [number, number];
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return groups.slice(0, 4).join(':');
}
