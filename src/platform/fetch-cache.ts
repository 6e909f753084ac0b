/** Remembers what was fetched, for a while and within bounds, and lets one request answer all who ask at once. */
import type { Fetched } from './fetch.ts';

const MAX_AGE_SECONDS = 300;
const MAX_AGE_OF_FAILURE_SECONDS = 60;
const MAX_ENTRIES = 1_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** A larger answer is not kept: a few files of strangers would push out all that is asked for again and again. */
const MAX_BYTES_EACH = 1_100_000;

type Outcome = { fetched: Fetched } | { failure: unknown };

interface Entry {
  outcome: Outcome;
  /** What was fetched before a failure. */
  before?: Fetched;
  writtenAt: number;
  bytes: number;
}

interface FetchCache {
  get(key: string, maxAge: number | undefined, load: () => Promise<Fetched>): Promise<Fetched>;
  /** What was fetched before, however long ago up to `maxKept` seconds, if it is still here. */
  kept(key: string, maxKept: number): Fetched | undefined;
}

/**
 * Makes a cache that is aged from the moment of writing, not of use: a busy key is fetched again all the same, so a
 * withdrawn key or a new status list is seen within `maxAge` seconds (300 at most, 60 for a failure).
 * Least recently used entries leave first, past 1,000 entries or 32 MiB.
 */
export function createFetchCache(now: () => Date): FetchCache {
  const entries = new Map<string, Entry>();
  const flights = new Map<string, Promise<Fetched>>();
  let bytes = 0;

  function forget(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  function remember(key: string, outcome: Outcome): void {
    const good = 'fetched' in outcome ? outcome.fetched : lastGood(entries.get(key));
    forget(key);
    const size = key.length + (good?.body.length ?? 0);
    if (size > MAX_BYTES_EACH) return;
    const before = 'fetched' in outcome ? undefined : good;
    entries.set(key, { outcome, ...(before ? { before } : {}), writtenAt: now().getTime(), bytes: size });
    bytes += size;
    for (const oldest of entries.keys()) {
      if (entries.size <= MAX_ENTRIES && bytes <= MAX_BYTES) break;
      forget(oldest);
    }
  }

  function recall(key: string, maxAge: number): Outcome | undefined {
    const entry = entries.get(key);
    if (!entry) return undefined;
    const age = (now().getTime() - entry.writtenAt) / 1000;
    const most = 'fetched' in entry.outcome ? MAX_AGE_SECONDS : MAX_AGE_OF_FAILURE_SECONDS;
    // A negative age means that the clock was set back: then nothing is known about it.
    if (age < 0 || age >= Math.min(most, maxAge)) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    return entry.outcome;
  }

  async function fly(key: string, load: () => Promise<Fetched>): Promise<Fetched> {
    try {
      const fetched = await load();
      remember(key, { fetched });
      return fetched;
    } catch (failure) {
      remember(key, { failure });
      throw failure;
    } finally {
      flights.delete(key);
    }
  }

  return {
    async get(key, maxAge = MAX_AGE_SECONDS, load) {
      const known = recall(key, maxAge);
      if (known && 'failure' in known) throw known.failure;
      if (known) return known.fetched;
      const flight = flights.get(key) ?? fly(key, load);
      flights.set(key, flight);
      return flight;
    },
    kept(key, maxKept) {
      const good = lastGood(entries.get(key));
      const age = good && now().getTime() - good.fetchedAt.getTime();
      return age !== undefined && age >= 0 && age < maxKept * 1000 ? good : undefined;
    },
  };
}

const lastGood = (entry: Entry | undefined): Fetched | undefined =>
  entry && ('fetched' in entry.outcome ? entry.outcome.fetched : entry.before);
