import { and, eq, ne } from 'drizzle-orm';
import { type AchievementContent, readVersion } from '../catalogue/index.ts';
import { type Institution, readInstitution } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import type { Deps } from '../platform/context.ts';
import { offers } from './schema.ts';

export type Offer = typeof offers.$inferSelect;

/** An offer with what it is about. */
export interface Offered {
  offer: Offer;
  institution: Institution;
  achievement: AchievementContent;
}

/** What a claim link leads to while nothing is signed; undefined for no such offer, also for one that is still held. */
export const readOffer = (deps: Deps, token: string): Promise<Offered | undefined> =>
  find(deps, eq(offers.token, token));

/** The same by its id, for who proves to be its recipient. */
export const readOfferById = (deps: Deps, id: string): Promise<Offered | undefined> => find(deps, eq(offers.id, id));

async function find(deps: Deps, which: ReturnType<typeof eq>): Promise<Offered | undefined> {
  const [row] = await deps.db.query
    .select({ offer: offers, slug: institutions.slug })
    .from(offers)
    .innerJoin(institutions, eq(institutions.id, offers.institutionId))
    // Nothing of what is held has left the house: it reads as if it were not there.
    .where(and(which, ne(offers.state, 'held')));
  if (!row) return undefined;
  const { offer } = row;
  const version = await readVersion(deps.db, offer.institutionId, offer.achievementId, offer.achievementVersion);
  if (!version) return undefined;
  return { offer, institution: await readInstitution(deps, row.slug), achievement: version.content };
}
