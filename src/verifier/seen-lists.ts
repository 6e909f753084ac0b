/** Remembers how new each status list was when it was last seen, so that an older one is known for what it is. */
export interface SeenLists {
  /**
   * Whether a newer version of the list was seen before; when not, this one is what later ones are compared with.
   * @param key the issuer and the address: another issuer's list at the same address is another list
   */
  isOlder(key: string, validFrom: Date): boolean;
}

const MAX_LISTS = 5_000;
/** Past this no old list could pass for fresh: a list that is to be believed is signed anew far more often. */
const KEEP_MS = 7 * 24 * 3_600_000;

/**
 * In memory, for this process, within bounds; aged from the moment of writing, so that a mistake of an issuer (a list
 * dated too late) wears off (threat S10).
 */
export function createSeenLists(now: () => Date): SeenLists {
  const seen = new Map<string, { validFrom: number; writtenAt: number }>();
  return {
    isOlder(key, validFrom) {
      const time = now().getTime();
      const known = seen.get(key);
      const age = known ? time - known.writtenAt : undefined;
      // A negative age means that the clock was set back: then nothing is known.
      const counts = known !== undefined && age! >= 0 && age! < KEEP_MS;
      if (counts && validFrom.getTime() < known.validFrom) return true;
      if (counts && validFrom.getTime() === known.validFrom) return false;
      seen.delete(key);
      seen.set(key, { validFrom: validFrom.getTime(), writtenAt: time });
      if (seen.size > MAX_LISTS) seen.delete(seen.keys().next().value!);
      return false;
    },
  };
}
