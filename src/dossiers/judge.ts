import { inArray } from 'drizzle-orm';
import { type Basis, bases, readUnits, readVersion } from '../catalogue/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { selfAssessments } from '../portfolio/schema.ts';
import { openAchievements, type Result } from './dossier.ts';
import { makeMove, type Making, type Moved, type Mover } from './move.ts';
import type { Dossier } from './read.ts';
import { readShared } from './share.ts';

/** What is judged as a whole: a unit, or an achievement that has none. */
export interface Part {
  id: string;
  achievement: string;
  title: string;
  /** Ids of outcomes where the catalogue knows them, and their words. */
  outcomes: { id?: string; name: string }[];
  /** Experiences that the learner laid beside its outcomes, each with those outcomes. */
  own: Map<string, string[]>;
}

/** An achievement that can still be decided on. */
export interface Open {
  id: string;
  version: number;
  title: string;
  /** The newest published version; another one has to be put into the dossier before a decision. */
  newest: number | null;
  bases: readonly Basis[];
  parts: Part[];
}

/** What a dossier is judged on: its open achievements, in the version that was chosen, each in its parts. */
export async function readOpen(deps: Deps, dossier: Dossier): Promise<Open[]> {
  const links = await learnersLinks(deps, dossier);
  const open: Open[] = [];
  for (const { id, version, units } of openAchievements(dossier.state)) {
    const chosen = await readVersion(deps.db, dossier.institutionId, id, version);
    const newest = await readVersion(deps.db, dossier.institutionId, id);
    const title = chosen?.content.name ?? id;
    const known = await readUnits(deps.db, dossier.institutionId, chosen?.content.policy?.requires?.units ?? []);
    const part = (partId: string, name: string, outcomes: Part['outcomes']): Part => ({
      id: partId,
      achievement: id,
      title: name,
      outcomes,
      own: ownOf(outcomes, links),
    });
    const parts = units.map(unit => {
      const content = known.get(unit)?.content;
      const told = content?.told ?? content?.outcomes.map(each => ({ id: each, name: each }));
      return part(unit, content?.name ?? unit, told ?? []);
    });
    if (!units.length) parts.push(part(id, title, chosen?.content.outcomes.map(({ name }) => ({ name })) ?? []));
    open.push({
      id,
      version,
      title,
      newest: newest?.version ?? null,
      bases: newest?.content.policy?.bases ?? bases,
      parts,
    });
  }
  return open;
}

function ownOf(outcomes: Part['outcomes'], links: Map<string, string[]>): Map<string, string[]> {
  const own = new Map<string, string[]>();
  for (const { id } of outcomes)
    for (const experience of (id && links.get(id)) || []) own.set(experience, [...(own.get(experience) ?? []), id!]);
  return own;
}

/** Of each outcome the shared experiences that the learner laid beside it. */
async function learnersLinks(deps: Deps, dossier: Dossier): Promise<Map<string, string[]>> {
  const shared = dossier.closedAt ? [] : await readShared(deps, dossier.id, 'staff');
  if (!shared.length) return new Map();
  const rows = await deps.db.query
    .select()
    .from(selfAssessments)
    .where(inArray(selfAssessments.portfolioId, [...new Set(shared.map(e => e.portfolioId))]));
  const seen = new Set(shared.map(e => e.id));
  return new Map(rows.map(row => [row.outcomeId, row.experiences.filter(id => seen.has(id))]));
}

export interface Judging extends Omit<Making, 'also' | 'words'> {
  /** Of each part the view of the whole. */
  whole: Record<string, string>;
  /** Parts that the portfolio shows. */
  stands: string[];
  /** Experiences that carry a part. */
  carried: { part: string; experience: string }[];
  advice: string;
  sees?: string;
  overall?: string;
  /** Of an achievement that is not shown in all its parts: how the rest can be shown. */
  ways: Record<string, string>;
  route: 'examiner' | 'board';
}

/**
 * Writes the judgement: a view of the whole for each part, what stands, and experiences linked to the outcomes that they
 * carry; where the learner said which outcome of a part that is, to that one, else to the part. Outcomes get no mark.
 * @throws DomainError as `makeMove`; `request-invalid` with what is missing
 */
export async function judgeDossier(deps: Deps, dossier: Dossier, mover: Mover, judging: Judging): Promise<Moved> {
  const { whole, stands, carried, advice, sees, overall, ways, route, ...making } = judging;
  const open = await readOpen(deps, dossier);
  const parts = open.flatMap(a => a.parts);
  const shared = new Set((await readShared(deps, dossier.id, 'staff')).map(e => e.id));
  const missing = [
    ...parts.filter(part => !whole[part.id]).map(part => `whole-${part.id}`),
    ...(advice ? [] : ['advice']),
    ...(dossier.state.recognise ? open : [])
      .filter(a => a.parts.some(part => !stands.includes(part.id)) && !ways[a.id])
      .map(a => `ways-${a.id}`),
  ];
  if (missing.length)
    throw new DomainError('request-invalid', 'Something of the judgement is missing.', { extensions: { missing } });
  const links = carried
    .filter(({ experience }) => shared.has(experience))
    .flatMap(({ part: id, experience }) => {
      const part = parts.find(each => each.id === id);
      return part ? (part.own.get(experience) ?? [id]).map(outcome => ({ experience, outcome })) : [];
    });
  const units = parts.map(part => part.id).filter(id => stands.includes(id));
  const said = Object.fromEntries(parts.map(part => [part.id, whole[part.id]]));
  return makeMove(deps, dossier, { type: 'judge', units, links, route }, mover, {
    ...making,
    words: {
      ...(overall ? { overall } : {}),
      units: said,
      advice,
      ...(sees ? { sees } : {}),
      ...(Object.keys(ways).length ? { ways } : {}),
    },
  });
}

/** What the assessor's judgement comes to as results: what an examiner agrees to. */
export function advised(open: Open[], units: string[], ways: Record<string, string>): Result[] {
  return open.map(({ id, version, parts }) => {
    const shown = parts.filter(part => units.includes(part.id));
    const awarded = shown.length === parts.length;
    return {
      achievement: id,
      version,
      outcome: awarded ? 'awarded' : 'not-yet',
      stands: shown.map(part => part.id).filter(part => part !== id),
      ways: awarded ? 0 : countWays(ways[id]),
    };
  });
}

/** How many ways to show the rest a text offers: one on each line. */
export const countWays = (text = ''): number => text.split('\n').filter(line => line.trim()).length;

/** The grounds on which a role can decide here: those that every open achievement allows (domain.md, The basis). */
export function groundsFor(role: 'examiner' | 'board', open: Open[]): Basis[] {
  const mine: Basis[] = role === 'board' ? ['exemption', 'evc', 'organisation'] : ['assessment', 'evc', 'organisation'];
  return mine.filter(basis => open.every(a => a.bases.includes(basis)));
}
