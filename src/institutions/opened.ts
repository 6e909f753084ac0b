import type { Deps } from '../platform/context.ts';

/** An opened key is kept no longer than this; then it is unsealed again, or let go. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 100;

/** By the key-encryption key that opened them: under another one nothing counts as open. */
const kept = new WeakMap<Uint8Array, Map<string, { opened: unknown; until: number }>>();

/**
 * What `open` makes of a sealed key, for a while: unsealing and importing one costs more than a signature. What is kept
 * can sign and cannot be read. `name` holds the sealed text itself, so that another text is opened anew.
 */
export async function openOnce<T extends object>(deps: Deps, name: string, open: () => Promise<T>): Promise<T> {
  const { keyEncryptionKey } = deps.config;
  const now = deps.clock().getTime();
  const keys = kept.get(keyEncryptionKey) ?? new Map<string, { opened: unknown; until: number }>();
  kept.set(keyEncryptionKey, keys);
  const found = keys.get(name);
  // Longer than it was kept for means that the clock was set back.
  if (found && found.until > now && found.until <= now + KEPT_MS) return found.opened as T;
  for (const [other, { until }] of keys) if (until <= now || keys.size >= MOST_KEPT) keys.delete(other);
  keys.delete(name);
  const opened = await open();
  keys.set(name, { opened, until: now + KEPT_MS });
  return opened;
}
