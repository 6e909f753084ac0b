import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { readUnits, readVersion } from '../catalogue/index.ts';
import { members } from '../institutions/schema.ts';
import { identities } from '../people/schema.ts';
import type { Deps } from '../platform/context.ts';
import type { MoveName } from './commands.ts';
import { isGiven, listPartners, type Partner } from './partners.ts';
import { type PlanLine, readPlan } from './plan.ts';
import { type Dossier, readEvents, readOwnDossier, type Told } from './read.ts';
import { dossierAwards, dossierOutcomes, dossierPartners, dossiers } from './schema.ts';
import { readShared } from './share.ts';

/** From which side someone looks. */
export type Side = 'learner' | 'guide' | 'staff' | 'partner';

/** All that a page about a dossier tells to one side, and nothing that this side may not see. */
export interface Look {
  dossier: Dossier;
  events: Told[];
  /** Names of who acted, as far as they have one; by the id in the events. */
  names: Map<string, string>;
  shared: Awaited<ReturnType<typeof readShared>>;
  partners: Partner[];
  plan: PlanLine[];
  /** Titles of the achievements, by id. */
  titles: Map<string, string>;
  /** Titles of their units, by id. */
  units: Map<string, string>;
  awards: (typeof dossierAwards.$inferSelect)[];
  /** The one question after half a year, when it was asked. */
  came?: typeof dossierOutcomes.$inferSelect;
}

/** What staff goes on seeing of a dossier that has ended: the judgement, the decision, and what was done with it. */
const KEPT: readonly MoveName[] = [
  'request',
  'send-on',
  'judge',
  'reply',
  'decide',
  'ask-reconsideration',
  'reconsider',
  'record-appeal',
  'sample',
  'finish',
  'withdraw',
];

/** @param self who looks: a partner sees their own part of the talk only */
export async function lookAt(deps: Deps, dossier: Dossier, side: Side, self: string): Promise<Look> {
  const { query } = deps.db;
  const events = await talkSeenBy(deps, dossier, side, self);
  const [came] = await query.select().from(dossierOutcomes).where(eq(dossierOutcomes.dossierId, dossier.id));
  const titles = new Map<string, string>();
  const units = new Map<string, string>();
  for (const { id, version } of dossier.state.achievements) {
    const content = (await readVersion(deps.db, dossier.institutionId, id, version))?.content;
    titles.set(id, content?.name ?? id);
    for (const unit of (
      await readUnits(deps.db, dossier.institutionId, content?.policy?.requires?.units ?? [])
    ).values())
      units.set(unit.id, unit.content.name);
  }
  // What was written together goes back to the learner.
  const over = side === 'staff' && dossier.closedAt !== null;
  return {
    dossier,
    events,
    names: await namesOf(deps, dossier.id, [...new Set(events.map(event => event.actor)), ...staffOf(dossier)]),
    shared: dossier.closedAt ? [] : await readShared(deps, dossier.id, side === 'partner' ? 'partner' : 'staff'),
    partners: side === 'partner' || over ? [] : await listPartners(deps, dossier.id),
    plan: over ? [] : await readPlan(deps, dossier.id),
    titles,
    units,
    awards: await query.select().from(dossierAwards).where(eq(dossierAwards.dossierId, dossier.id)),
    ...(came && side === 'learner' ? { came } : {}),
  };
}

const staffOf = ({ state: { staff } }: Dossier) => [...staff.guide, ...staff.assessor, ...staff.examiner];

/** What was done and said, as far as one side reads it. */
export const talkSeenBy = async (deps: Deps, dossier: Dossier, side: Side, self: string): Promise<Told[]> =>
  seenBy(side, self, dossier, await readEvents(deps, dossier.id));

function seenBy(side: Side, self: string, dossier: Dossier, events: Told[]): Told[] {
  if (side === 'partner') {
    const mine = new Set(events.filter(event => event.actor === self).map(event => event.seq));
    return events.filter(
      event => mine.has(event.seq) || (event.data.type === 'answer' && mine.has(event.data.question)),
    );
  }
  // What the board told the assessor is a talk among staff.
  if (side !== 'staff') return events.filter(event => event.data.type !== 'sample');
  return dossier.closedAt ? events.filter(event => KEPT.includes(event.data.type)) : events;
}

/** How people are called who act in a dossier: what they are known by at their login, or what the learner calls them. */
async function namesOf(deps: Deps, dossierId: string, ids: string[]): Promise<Map<string, string>> {
  const names = await namesOfPeople(deps, ids);
  const invited = await deps.db.query
    .select({ id: dossierPartners.id, name: dossierPartners.name })
    .from(dossierPartners)
    .where(eq(dossierPartners.dossierId, dossierId));
  for (const { id, name } of invited) names.set(id, name);
  return names;
}

/** What people are known by at their login, by their id; no row for who gave no name. */
export async function namesOfPeople(deps: Deps, ids: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += 80) {
    const rows = await deps.db.query
      .select({ id: identities.personId, name: identities.name })
      .from(identities)
      .where(inArray(identities.personId, ids.slice(from, from + 80)));
    for (const { id, name } of rows) if (name && !names.has(id)) names.set(id, name);
  }
  return names;
}

/** The dossiers of a learner, newest first. */
export const listOwnDossiers = async (deps: Deps, personId: string): Promise<Dossier[]> =>
  deps.db.query.select().from(dossiers).where(eq(dossiers.personId, personId)).orderBy(desc(dossiers.createdAt));

/** The dossiers in which someone is beside the learner; whom the institution gave, for as long as they hold that role. */
export async function listGuided(deps: Deps, personId: string): Promise<Dossier[]> {
  const rows = await deps.db.query
    .select({ dossier: dossiers, partner: dossierPartners, membership: members.id })
    .from(dossierPartners)
    .innerJoin(dossiers, eq(dossiers.id, dossierPartners.dossierId))
    .leftJoin(
      members,
      and(
        eq(members.personId, dossierPartners.personId),
        eq(members.institutionId, dossiers.institutionId),
        eq(members.role, 'guide'),
        isNull(members.endedAt),
      ),
    )
    .where(and(eq(dossierPartners.personId, personId), isNull(dossierPartners.endedAt), isNull(dossiers.closedAt)));
  const beside = rows.filter(({ partner, membership }) => !isGiven(partner) || membership);
  return [...new Map(beside.map(({ dossier }) => [dossier.id, dossier])).values()];
}

/**
 * A dossier of one's own, or one that one guides along in.
 * @throws DomainError `not-found`
 */
export async function readOwnOrGuided(
  deps: Deps,
  { id, personId }: { id: string; personId: string },
): Promise<{ dossier: Dossier; role: 'learner' | 'guide' }> {
  const guided = (await listGuided(deps, personId)).find(dossier => dossier.id === id);
  if (guided) return { dossier: guided, role: 'guide' };
  return { dossier: await readOwnDossier(deps, { id, personId }), role: 'learner' };
}
