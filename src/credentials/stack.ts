/**
 * Stacking (domain.md, The award and its life): an achievement may require units and other achievements of its
 * institution. Who has all of them is proposed to an examiner, or awarded at once where its policy says so.
 */
import { and, eq, inArray, isNotNull, like, sql } from 'drizzle-orm';
import { type Basis, bases, listPublished, readVersion } from '../catalogue/index.ts';
import type { DossierState } from '../dossiers/index.ts';
import { dossierAwards, dossiers } from '../dossiers/schema.ts';
import { type Institution, readInstitution } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import { awards, offers } from './schema.ts';

/** What someone has that a set may ask for, each with what it stands in. */
export interface Having {
  /** Of units, as `ID@VERSION`: the dossier and the decision in which they stand. */
  units: Map<string, string>;
  /** Of achievements: the award that counts. */
  achievements: Map<string, string>;
}

export interface Requires {
  units: { id: string; version: number }[];
  achievements: string[];
}

/** What together completes a set, or undefined when something of it is missing. An empty set is never complete. */
export function completedBy({ units, achievements }: Requires, having: Having): string[] | undefined {
  const by = [
    ...units.map(({ id, version }) => having.units.get(unitKey(id, version))),
    ...achievements.map(id => having.achievements.get(id)),
  ];
  return by.length && by.every(each => each !== undefined) ? [...new Set(by)] : undefined;
}

export const unitKey = (id: string, version: number): string => `${id}@${version}`;

/** The units that stand in someone's dossier: what the newest decision on each achievement says. */
export function standingIn({ decisions }: Pick<DossierState, 'decisions'>) {
  const newest = new Map(
    decisions.flatMap(d => d.results.map(result => [result.achievement, { ...result, seq: d.seq }])),
  );
  return [...newest.values()];
}

/** The ground that is usual at an institution, where the achievement allows it; an exemption yields no badge. */
export function basisOfStack(
  kind: Institution['profile']['kind'],
  allowed: readonly Basis[] = bases,
): Basis | undefined {
  const usual: Basis = kind === 'evc' ? 'evc' : ['mbo', 'hbo', 'wo'].includes(kind) ? 'assessment' : 'organisation';
  return allowed.includes(usual) ? usual : allowed.find(basis => basis !== 'exemption');
}

/** A set that someone completed and that was not awarded yet. */
export interface Stack {
  person: string;
  achievement: string;
  version: number;
  title: string;
  basis: Basis;
  whenComplete: 'propose' | 'award';
  /** Decisions and awards, as `DOSSIER/DECISION` and ids. */
  by: string[];
}

/** For whom, and what completed it, as far as there is room; the audit log has all of it. */
export const referenceOf = ({ person, by }: Pick<Stack, 'person' | 'by'>): string =>
  [`stack:${person}`, ...by].join(' ').slice(0, 200);

type Place = Pick<Ctx, 'db' | 'deps' | 'institution' | 'now'>;

/** The published achievements that ask for something, with what they ask for. */
async function askingOf({ db, institution }: Place) {
  return (await listPublished(db, institution.id)).flatMap(({ id, version, content }) => {
    const { requires, whenComplete = 'propose', bases: allowed } = content.policy ?? {};
    const size = requires ? requires.units.length + requires.achievements.length : 0;
    return requires && size ? [{ id, version, title: content.name, requires, whenComplete, allowed }] : [];
  });
}

/**
 * Every set of the institution that someone completed and has not been given.
 * @param which only those that are proposed, or only those that are awarded at once
 */
export async function findStacks(ctx: Place, which?: Stack['whenComplete']): Promise<Stack[]> {
  const asking = (await askingOf(ctx)).filter(({ whenComplete }) => !which || whenComplete === which);
  if (!asking.length) return [];
  const { profile } = await readInstitution(ctx.deps, ctx.institution.slug);
  const stacks: Stack[] = [];
  for (const { id, version, title, requires, whenComplete, allowed } of asking) {
    const basis = basisOfStack(profile.kind, allowed);
    if (!basis) continue;
    const given = await givenTo(ctx, id);
    for (const [person, having] of await havingOf(ctx, requires)) {
      const by = given.has(person) ? undefined : completedBy(requires, having);
      if (by) stacks.push({ person, achievement: id, version, title, basis, whenComplete, by });
    }
  }
  return stacks;
}

/** Awards that were made since a set was complete, of which a part does not count any more: told, and nothing else. */
export async function findBroken(ctx: Place): Promise<{ award: string; person: string; title: string }[]> {
  const broken: { award: string; person: string; title: string }[] = [];
  for (const { id, title, requires } of await askingOf(ctx)) {
    const made = await ctx.db.query
      .select({ award: awards.id, person: awards.personId })
      .from(awards)
      .where(
        and(
          eq(awards.institutionId, ctx.institution.id),
          eq(awards.achievementId, id),
          like(awards.reference, 'stack:%'),
          inArray(awards.state, ['released', 'claimed']),
        ),
      );
    const having = made.length ? await havingOf(ctx, requires) : undefined;
    for (const { award, person } of made) {
      const had = person ? having!.get(person) : undefined;
      if (person && !(had && completedBy(requires, had))) broken.push({ award, person, title });
    }
  }
  return broken;
}

/** Titles of the sets that someone was given for what an award is a part of, and that count still. */
export async function setsOf(ctx: Place, { personId, achievementId }: typeof awards.$inferSelect): Promise<string[]> {
  const asking = (await askingOf(ctx)).filter(({ requires }) => requires.achievements.includes(achievementId));
  if (!asking.length || !personId) return [];
  const given = await ctx.db.query
    .select({ achievement: awards.achievementId })
    .from(awards)
    .where(
      and(
        eq(awards.institutionId, ctx.institution.id),
        eq(awards.personId, personId),
        like(awards.reference, 'stack:%'),
        inArray(awards.state, ['released', 'claimed']),
      ),
    );
  return asking.filter(({ id }) => given.some(each => each.achievement === id)).map(({ title }) => title);
}

/** Who was given it before: whatever became of that, it is not given again by itself. */
async function givenTo(
  { db, institution }: Pick<Ctx, 'db' | 'institution'>,
  achievement: string,
): Promise<Set<string>> {
  const mine = (table: typeof awards | typeof offers) =>
    and(eq(table.institutionId, institution.id), eq(table.achievementId, achievement));
  const awarded = await db.query.select({ person: awards.personId }).from(awards).where(mine(awards));
  const offered = await db.query.select({ reference: offers.reference }).from(offers).where(mine(offers));
  const decided = await db.query
    .select({ person: dossiers.personId })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .where(and(eq(dossiers.institutionId, institution.id), eq(dossierAwards.achievementId, achievement)));
  return new Set([
    ...decided.map(row => row.person ?? ''),
    ...awarded.map(row => row.person ?? ''),
    ...offered.map(row => /^stack:(\S+)/.exec(row.reference)?.[1] ?? ''),
  ]);
}

/** Of everyone who has something of a set, what they have. */
async function havingOf(
  ctx: Pick<Ctx, 'db' | 'institution' | 'now'>,
  requires: Requires,
): Promise<Map<string, Having>> {
  const { db, institution, now } = ctx;
  const having = new Map<string, Having>();
  const of = (person: string): Having => {
    const known = having.get(person) ?? { units: new Map(), achievements: new Map() };
    having.set(person, known);
    return known;
  };
  if (requires.achievements.length) {
    const rows = await db.query
      .select({ id: awards.id, person: awards.personId, achievement: awards.achievementId, input: awards.input })
      .from(awards)
      .where(
        and(
          eq(awards.institutionId, institution.id),
          inArray(awards.achievementId, requires.achievements),
          inArray(awards.state, ['released', 'claimed']),
          isNotNull(awards.personId),
        ),
      );
    for (const { id, person, achievement, input } of rows)
      if (!input.validUntil || Date.parse(input.validUntil) > now.getTime())
        of(person!).achievements.set(achievement, id);
  }
  for (const unit of requires.units) {
    const rows = await db.query
      .select({ id: dossiers.id, person: dossiers.personId, state: dossiers.state })
      .from(dossiers)
      .where(
        and(
          eq(dossiers.institutionId, institution.id),
          isNotNull(dossiers.personId),
          sql`instr(json_extract(${dossiers.state}, '$.decisions'), ${unit.id}) > 0`,
        ),
      );
    for (const { id, person, state } of rows)
      for (const result of standingIn(state)) {
        if (!result.stands.includes(unit.id)) continue;
        const decided = await readVersion(db, institution.id, result.achievement, result.version);
        const stood = decided?.content.policy?.requires?.units.find(each => each.id === unit.id);
        if (stood?.version === unit.version)
          of(person!).units.set(unitKey(unit.id, unit.version), `${id}/${result.seq}`);
      }
  }
  return having;
}
