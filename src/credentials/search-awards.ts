import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { requireRight, scopeOf } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { AwardInput } from './award-input.ts';
import { type AwardState, awards, offers, type OfferState } from './schema.ts';

/** An award in a list, signed or not yet. */
export interface AwardLine {
  id: string;
  achievementId: string;
  recipient: AwardInput['recipient'];
  decidedOn: string;
  createdAt: string;
  /** `released` where it is offered and waits for a claim. */
  state: AwardState | 'lapsed' | 'declined';
  /** It waits for its owner: nothing is signed yet. */
  offered: boolean;
}

export interface AwardSearch {
  /** A part of a name or an address. */
  text?: string;
  achievement?: string;
  state?: AwardLine['state'] | 'offered';
  /** Days, in UTC, on which it was made: from and including. */
  from?: string;
  until?: string;
  batch?: string;
  cursor?: string;
  limit: number;
}

/** So many awards are looked through at a time, so that a search in many holds nobody else up. */
const WINDOW = 2_000;
const WINDOWS = 10;

/**
 * Awards of the institution, newest first, those that are only offered among them. A member sees what their role
 * reaches. A search that finds little ends after a while with a `next` to go on from.
 * @throws DomainError `forbidden`
 */
export async function searchAwards(ctx: Ctx, search: AwardSearch): Promise<{ items: AwardLine[]; next?: string }> {
  requireRight(ctx, 'award.read');
  const items: AwardLine[] = [];
  let before = search.cursor;
  for (let n = 0; n < WINDOWS; n++) {
    const end = await endOfWindow(ctx, before);
    const room = search.limit + 1 - items.length;
    items.push(...(await readWindow(ctx, search, { before, end, room })));
    if (items.length > search.limit) return { items: items.slice(0, -1), next: items.at(-2)!.id };
    if (!end) return { items };
    before = end;
    // Others get their turn: the embedded database answers without letting go.
    await new Promise(resolve => setTimeout(resolve));
  }
  return { items, next: before };
}

/** The id at which a window ends, itself outside; undefined when there is nothing beyond. */
async function endOfWindow({ db, institution }: Ctx, before: string | undefined): Promise<string | undefined> {
  const rows = await db.query
    .select({ id: awards.id })
    .from(awards)
    .where(and(eq(awards.institutionId, institution.id), before ? lt(awards.id, before) : undefined))
    .orderBy(desc(awards.id))
    .limit(1)
    .offset(WINDOW);
  // The next window begins below this id, so it belongs to this one still.
  return rows[0]?.id;
}

interface Window {
  before: string | undefined;
  end: string | undefined;
  room: number;
}

async function readWindow(ctx: Ctx, search: AwardSearch, { before, end, room }: Window): Promise<AwardLine[]> {
  const { state } = search;
  const inWindow = (id: typeof awards.id | typeof offers.id) =>
    and(before ? lt(id, before) : undefined, end ? gte(id, end) : undefined);
  const signed =
    state === 'offered' || state === 'lapsed' || state === 'declined' || search.batch
      ? []
      : await ctx.db.query
          .select({
            id: awards.id,
            achievementId: awards.achievementId,
            input: awards.input,
            decidedOn: awards.decidedOn,
            createdAt: awards.createdAt,
            state: awards.state,
          })
          .from(awards)
          .where(and(inWindow(awards.id), conditions(ctx, search, awards), state ? eq(awards.state, state) : undefined))
          .orderBy(desc(awards.id))
          .limit(room);
  const offered = await ctx.db.query
    .select({
      id: offers.id,
      achievementId: offers.achievementId,
      input: offers.input,
      decidedOn: offers.decidedOn,
      createdAt: offers.createdAt,
      state: offers.state,
    })
    .from(offers)
    .where(and(inWindow(offers.id), conditions(ctx, search, offers), ofState(state), ofBatch(search.batch)))
    .orderBy(desc(offers.id))
    .limit(room);
  const lines = [
    ...signed.map(row => ({ ...row, recipient: row.input.recipient, offered: false })),
    ...offered.map(row => ({
      ...row,
      recipient: row.input.recipient,
      state: row.state === 'offered' ? ('released' as const) : row.state,
      offered: true,
    })),
  ];
  return lines.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, room);
}

const ofBatch = (batch: string | undefined) => (batch ? eq(offers.batch, batch) : undefined);
const ofState = (state: AwardSearch['state']): SQL | undefined => {
  if (!state) return undefined;
  const found = (['held', 'offered', 'lapsed', 'declined'] as OfferState[]).find(s => s === state);
  return found ? eq(offers.state, found) : sql`0`;
};

function conditions(ctx: Ctx, { text, achievement, from, until }: AwardSearch, table: typeof awards | typeof offers) {
  const scope = scopeOf(ctx.actor, 'award.read');
  const part = text?.normalize('NFC').toLowerCase().slice(0, 200);
  const holds = (member: string) =>
    sql`instr(lower(coalesce(json_extract(${table.input}, ${`$.recipient.${member}`}), '')), ${part}) > 0`;
  return and(
    eq(table.institutionId, ctx.institution.id),
    scope ? inArray(table.achievementId, scope) : undefined,
    achievement ? eq(table.achievementId, achievement) : undefined,
    part ? or(...['email', 'name', 'eppn', 'eduid'].map(holds)) : undefined,
    from ? gte(table.createdAt, from) : undefined,
    until ? lt(table.createdAt, `${until}T24`) : undefined,
  );
}

/** A batch that waits for a second person. */
export interface WaitingBatch {
  batch: string;
  count: number;
  achievementId: string;
  madeBy: string;
  createdAt: string;
}

/** Batches that wait for a second awarder, oldest first. @throws DomainError `forbidden` */
export async function listBatches(ctx: Ctx): Promise<WaitingBatch[]> {
  requireRight(ctx, 'award.read');
  const scope = scopeOf(ctx.actor, 'award.read');
  const rows = await ctx.db.query
    .select({
      batch: offers.batch,
      count: sql<number>`count(*)`,
      achievementId: sql<string>`min(${offers.achievementId})`,
      madeBy: sql<string>`min(${offers.madeBy})`,
      createdAt: sql<string>`min(${offers.createdAt})`,
    })
    .from(offers)
    .where(
      and(
        eq(offers.institutionId, ctx.institution.id),
        eq(offers.state, 'held'),
        isNull(offers.releaseAt),
        scope ? inArray(offers.achievementId, scope) : undefined,
      ),
    )
    .groupBy(offers.batch)
    .orderBy(sql`min(${offers.createdAt})`);
  return rows.flatMap(({ batch, ...rest }) => (batch ? [{ batch, ...rest }] : []));
}
