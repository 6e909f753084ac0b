// Links by which a learner shows a badge: for whom and until when is theirs to say, and theirs alone to see.
import { and, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newToken } from '../platform/ids.ts';
import { DAY_MS } from '../platform/clock.ts';
import { awards, shareLinks, shares, shareUses } from './schema.ts';

/** What can be left out of the page behind a link. */
export const shareParts = ['name', 'results', 'evidence', 'narrative'] as const;
export type SharePart = (typeof shareParts)[number];

/** Days after which a link ends; the badge goes on. */
const DAYS = { day: 1, week: 7, month: 30, none: null } as const;
export const shareTerms = Object.keys(DAYS) as (keyof typeof DAYS)[];
export const MAX_PURPOSE = 200;
/** Links that one badge can have, ended ones included: nobody looks through more. */
const MAX_LINKS = 100;

export const shareLinkInput = z.strictObject({
  purpose: z.string().trim().min(1).max(MAX_PURPOSE),
  readers: z.enum(['one', 'many']),
  term: z.enum(['day', 'week', 'month', 'none']),
  without: z.array(z.enum(shareParts)).max(shareParts.length),
  /** Whether a chat or a site where the link is put may show what it leads to: the title, and a picture of it. */
  preview: z.boolean().default(false),
});
type ShareLinkInput = z.input<typeof shareLinkInput>;

/** Stands among the parts of a link that may be previewed. */
const PREVIEW = '+preview';

type ShareLinkState = 'live' | 'used' | 'ended' | 'withdrawn';

/** A link as its maker sees it. */
export interface ShareLink {
  token: string;
  awardId: string;
  personId: string;
  purpose: string;
  without: SharePart[];
  preview: boolean;
  createdAt: string;
  expiresAt: string | null;
  mostUses: number | null;
  withdrawnAt: string | null;
  uses: number;
  state: ShareLinkState;
}

/**
 * Makes a link to a badge of who is signed in.
 * @returns its token
 * @throws DomainError `not-found`, also for somebody else's; `not-signed`; `limit-broken`
 */
export async function makeShareLink(
  deps: Deps,
  session: SignedIn,
  awardId: string,
  { purpose, readers, term, without, preview }: ShareLinkInput,
): Promise<string> {
  const award = await ownAward(deps, session, awardId);
  if (award.state === 'reserved')
    throw new DomainError('not-signed', 'This badge is being signed. Try again in a minute.');
  if ((await shareLinksOf(deps, session.person, awardId)).length >= MAX_LINKS)
    throw new DomainError('limit-broken', `A badge has at most ${MAX_LINKS} links.`);
  const now = deps.clock();
  const days = DAYS[term];
  const token = newToken();
  const link = {
    token,
    awardId,
    personId: session.person,
    purpose,
    without: [...new Set<string>(without), ...(preview ? [PREVIEW] : [])],
    createdAt: now.toISOString(),
    expiresAt: days === null ? null : new Date(now.getTime() + days * DAY_MS).toISOString(),
    mostUses: readers === 'one' ? 1 : null,
  };
  await commit(deps.db, [deps.db.query.insert(shareLinks).values(link)], [entry(deps, session, 'share.make', awardId)]);
  return token;
}

/** Ends a link at once; doing it again changes nothing. @throws DomainError `not-found` */
export async function withdrawShareLink(deps: Deps, session: SignedIn, awardId: string, token: string): Promise<void> {
  await ownAward(deps, session, awardId);
  const link = (await shareLinksOf(deps, session.person, awardId)).find(one => one.token === token);
  if (!link) throw notFound('link');
  if (link.withdrawnAt) return;
  const at = deps.clock().toISOString();
  await commit(
    deps.db,
    [deps.db.query.update(shareLinks).set({ withdrawnAt: at }).where(eq(shareLinks.token, token))],
    [entry(deps, session, 'share.withdraw', awardId)],
  );
}

/**
 * Gives the public page of a badge a new address. The old one leads nowhere from then on, wherever it stands.
 * @throws DomainError `not-found`, also for a badge without such a page
 */
export async function renewShare(deps: Deps, session: SignedIn, awardId: string): Promise<void> {
  await ownAward(deps, session, awardId);
  const { query } = deps.db;
  const [share] = await query.select().from(shares).where(eq(shares.awardId, awardId));
  if (!share) throw notFound('link');
  const fresh = { token: newToken(), createdAt: deps.clock().toISOString() };
  await commit(
    deps.db,
    [query.update(shares).set(fresh).where(eq(shares.awardId, awardId))],
    [entry(deps, session, 'share.renew', awardId)],
  );
}

/** The links to a badge of theirs, the newest first. */
export async function shareLinksOf(deps: Deps, personId: string, awardId: string): Promise<ShareLink[]> {
  const own = and(eq(shareLinks.awardId, awardId), eq(shareLinks.personId, personId));
  return readLinks(deps, own);
}

/** How many live links each badge of theirs has. */
export async function liveLinksOf(deps: Deps, personId: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { awardId, state } of await readLinks(deps, eq(shareLinks.personId, personId)))
    if (state === 'live') counts.set(awardId, (counts.get(awardId) ?? 0) + 1);
  return counts;
}

/**
 * A link that leads somewhere: live, or used by as many as it was for.
 * @throws DomainError `not-found`: the same for one that ended, was withdrawn or never was (threat W6)
 */
export async function findShareLink(deps: Deps, token: string): Promise<ShareLink> {
  const [link] = await readLinks(deps, eq(shareLinks.token, token));
  if (!link || link.state === 'ended' || link.state === 'withdrawn') throw notFound('badge');
  return link;
}

/** Uses that are counted; above it the number says enough, and nobody fills a database by reloading. */
const MOST_COUNTED = 10_000;

/**
 * Counts a use: a moment, and nothing about who. Of many at once, as many get through as the link is for.
 * @throws DomainError `not-found` when it was used up
 */
export async function countShareUse(deps: Deps, token: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const { mostUses, uses } = await findShareLink(deps, token);
    if (mostUses !== null && uses >= mostUses) throw notFound('badge');
    if (uses >= MOST_COUNTED) return;
    const use = { token, seq: uses + 1, at: deps.clock().toISOString() };
    try {
      return await deps.db.batch([deps.db.query.insert(shareUses).values(use)]);
    } catch (error) {
      // Somebody else took this place in the same moment.
      if (!violatedKey(error)?.startsWith('share_uses.')) throw error;
    }
  }
}

async function readLinks(deps: Deps, which: SQL | undefined): Promise<ShareLink[]> {
  const { query } = deps.db;
  const rows = await query
    .select({ link: shareLinks })
    .from(shareLinks)
    // A link shows what its maker has, for as long as they have it.
    .innerJoin(awards, and(eq(awards.id, shareLinks.awardId), eq(awards.personId, shareLinks.personId)))
    .where(which)
    .orderBy(desc(shareLinks.createdAt));
  const found: ShareLink[] = [];
  for (let i = 0; i < rows.length; i += 50) {
    const some = rows.slice(i, i + 50).map(({ link }) => link);
    const used = await query
      .select({ token: shareUses.token, uses: count() })
      .from(shareUses)
      .where(
        inArray(
          shareUses.token,
          some.map(({ token }) => token),
        ),
      )
      .groupBy(shareUses.token);
    const uses = new Map(used.map(row => [row.token, row.uses]));
    for (const row of some) {
      const without = shareParts.filter(part => row.without.includes(part));
      const link = { ...row, without, preview: row.without.includes(PREVIEW), uses: uses.get(row.token) ?? 0 };
      found.push({ ...link, state: stateOf(link, deps.clock()) });
    }
  }
  return found;
}

function stateOf(link: Omit<ShareLink, 'state'>, now: Date): ShareLinkState {
  if (link.withdrawnAt) return 'withdrawn';
  if (link.expiresAt !== null && Date.parse(link.expiresAt) <= now.getTime()) return 'ended';
  return link.mostUses !== null && link.uses >= link.mostUses ? 'used' : 'live';
}

async function ownAward(deps: Deps, session: SignedIn, awardId: string) {
  const own = and(eq(awards.id, awardId), eq(awards.personId, session.person));
  const [award] = await deps.db.query.select().from(awards).where(own);
  if (!award) throw notFound('badge');
  return award;
}

/** Whom a learner shows a badge to is no business of the institution: its log says nothing of it. */
const entry = (deps: Deps, session: SignedIn, action: string, awardId: string): AuditEntry => ({
  institution: OPERATOR,
  actor: { kind: 'person', person: session.person },
  action,
  subject: awardId,
  at: deps.clock(),
  details: {},
});
