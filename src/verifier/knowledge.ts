import { currentTokenLists, type TokenLists } from '../credentials/index.ts';
import { readDidDocument, readInstitution } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { parseDidWeb } from '../vc/did.ts';
import { verifyDepsOf } from './check.ts';
import type { Knowledge } from './in-browser.ts';

/** Institutions in one answer: each costs a handful of queries, and a Worker may make so many at a time. */
const AT_ONCE = 50;

/**
 * What a check without a network rests on: the keys of the institutions of this service that signed short forms, their
 * lists as they are served, and what the trust lists here say of them. All of it is public. `next` asks for the rest.
 */
export async function gatherKnowledge(deps: Deps, after = ''): Promise<Knowledge & { next?: string }> {
  const { known, now } = verifyDepsOf(deps);
  const owners = await currentTokenLists(deps, after, AT_ONCE);
  const knowledge: Knowledge = { at: now.toISOString(), until: null, listings: {}, documents: {} };
  for (const { institution, lists } of owners) {
    const whole = await readInstitution(deps, institution.slug);
    knowledge.listings[whole.did] = await known(whole.did);
    knowledge.documents[parseDidWeb(whole.did).href] = await readDidDocument(deps, whole);
    for (const { url, document } of lists) knowledge.documents[url] = document;
  }
  knowledge.until = latestEnd(owners);
  return { ...knowledge, ...(owners.length === AT_ONCE ? { next: owners.at(-1)!.institution.id } : {}) };
}

const latestEnd = (owners: TokenLists[]): string | null =>
  owners
    .flatMap(({ lists }) => lists.map(({ validUntil }) => validUntil))
    .sort()
    .at(-1) ?? null;
