import { and, eq, isNotNull, lte } from 'drizzle-orm';
import { readVersion } from '../catalogue/index.ts';
import { readInstitution } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { commit } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import { DAY_MS } from '../platform/clock.ts';
import { hadLeft, leaveState } from './leave-state.ts';
import { dropLetters, dropLettersUnless, offerLetter } from './letters.ts';
import type { Offered } from './read-offer.ts';
import { offers } from './schema.ts';

export interface Tended {
  reminded: number;
  lapsed: number;
}

/** How many are done at a time; what is left is done the next time. */
const AT_A_TIME = 200;

/**
 * Reminds of offers that wait, on the days that their achievement sets, and ends those whose term is over. Safe to run
 * at any time and in several processes at once: a reminder has a number, and the same one again is the same letter.
 */
export async function tendOffers(deps: Deps): Promise<Tended> {
  return { lapsed: await lapse(deps), reminded: await remind(deps) };
}

async function lapse(deps: Deps): Promise<number> {
  const { db } = deps;
  const now = deps.clock();
  const over = await db.query
    .select()
    .from(offers)
    .where(and(eq(offers.state, 'offered'), lte(offers.lapsesAt, now.toISOString())))
    .limit(AT_A_TIME);
  let lapsed = 0;
  for (const offer of over) {
    const left = await leaveState(deps, offer, now);
    try {
      await commit(
        db,
        [
          ...left,
          db.query.update(offers).set({ state: 'lapsed' }).where(eq(offers.id, offer.id)),
          dropLetters(db, offer.id),
        ],
        [
          {
            institution: offer.institutionId,
            actor: { kind: 'service' },
            action: 'offer.lapse',
            subject: offer.id,
            at: now,
            details: {},
          },
        ],
      );
      lapsed++;
    } catch (error) {
      // Claimed or withdrawn in the same moment.
      if (!hadLeft(error)) throw error;
    }
  }
  return lapsed;
}

async function remind(deps: Deps): Promise<number> {
  let reminded = 0;
  for (const version of await versionsOnOffer(deps)) {
    const published = await readVersion(deps.db, version.institutionId, version.achievementId, version.version);
    const days = [...(published?.content.claim?.remindAfterDays ?? [])].sort((a, b) => a - b);
    for (const [number, day] of days.entries()) {
      const due = await dueFor(deps, version, number, day);
      const institution = due.length ? await readInstitution(deps, version.slug) : undefined;
      for (const offer of due)
        if (await remindOf(deps, { offer, institution: institution!, achievement: published!.content }, number))
          reminded++;
    }
  }
  return reminded;
}

const versionsOnOffer = (deps: Deps) =>
  deps.db.query
    .selectDistinct({
      institutionId: offers.institutionId,
      slug: institutions.slug,
      achievementId: offers.achievementId,
      version: offers.achievementVersion,
    })
    .from(offers)
    .innerJoin(institutions, eq(institutions.id, offers.institutionId));

type VersionOnOffer = Awaited<ReturnType<typeof versionsOnOffer>>[number];

const dueFor = (deps: Deps, version: VersionOnOffer, number: number, day: number) =>
  deps.db.query
    .select()
    .from(offers)
    .where(
      and(
        eq(offers.institutionId, version.institutionId),
        eq(offers.achievementId, version.achievementId),
        eq(offers.achievementVersion, version.version),
        eq(offers.state, 'offered'),
        eq(offers.reminders, number),
        isNotNull(offers.offeredAt),
        lte(offers.offeredAt, new Date(deps.clock().getTime() - day * DAY_MS).toISOString()),
      ),
    )
    .limit(AT_A_TIME);

/** One reminder. Whether a letter goes or there is no address for it: this day is done. */
async function remindOf(deps: Deps, offered: Offered, number: number): Promise<boolean> {
  const { db } = deps;
  const now = deps.clock();
  const { id, links } = offered.offer;
  const letters = await offerLetter(deps, offered, now, number + 1);
  const still = and(eq(offers.id, id), eq(offers.links, links), eq(offers.state, 'offered'));
  await db.batch([
    ...letters,
    // Claimed, withdrawn or erased since it was read: then nobody is reminded, and no address is left behind.
    ...(letters.length
      ? [dropLettersUnless(db, id, db.query.select({ id: offers.id }).from(offers).where(still))]
      : []),
    db.query
      .update(offers)
      .set({ reminders: number + 1 })
      .where(and(still, eq(offers.reminders, number))),
  ]);
  return letters.length > 0;
}
