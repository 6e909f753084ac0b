// What a browser takes along of the check. It draws in nothing that a phone need not carry.
import type { Listing } from './checks/issuer.ts';
import type { Report } from './report.ts';
import { readShort, verifyShort } from './verify-short.ts';

export { remedyOf } from './remedies.ts';
export type { CheckId, Outcome, Report } from './report.ts';

/** What was known at a moment, to check short forms with while nobody can be asked. */
export interface Knowledge {
  /** By the clock of the service; RFC 3339 UTC. */
  at: string;
  /** When the last of the lists ends: after that no badge can be called good. */
  until: string | null;
  /** What trust lists say of each issuer, by its DID. */
  listings: Record<string, Listing[]>;
  /** DID documents and status lists as they are served, by their addresses. */
  documents: Record<string, unknown>;
}

/** What there is nothing of is away, as any address is without a network. */
class NotKept extends Error {
  override readonly name = 'NotKept';
  readonly code = 'not-kept';
}

/**
 * Checks the short form of a badge with what was known before, by the rules of every check; nothing is fetched. A text
 * that is no short form gets no answer.
 */
export async function checkFromKnowledge(text: string, knowledge: Knowledge, now: Date): Promise<Report | undefined> {
  const short = readShort(text);
  if (short === undefined) return undefined;
  const { documents, listings } = knowledge;
  const at = new Date(knowledge.at);
  const fetchKept = async (url: string) => {
    if (!Object.hasOwn(documents, url)) throw new NotKept(url);
    return { document: documents[url], at };
  };
  return verifyShort(short, {
    now,
    fetchKept,
    fetchJson: async url => (await fetchKept(url)).document,
    known: async did => (Object.hasOwn(listings, did) ? listings[did]! : []),
  });
}

/** What is known of more institutions, as one: as old as the oldest. */
export const joinKnowledge = (one: Knowledge, other: Knowledge): Knowledge => ({
  at: one.at < other.at ? one.at : other.at,
  until:
    [one.until, other.until]
      .filter(end => end !== null)
      .sort()
      .at(-1) ?? null,
  listings: { ...one.listings, ...other.listings },
  documents: { ...one.documents, ...other.documents },
});
