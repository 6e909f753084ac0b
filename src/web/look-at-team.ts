import { badgesShownBy, type MyBadge } from '../credentials/index.ts';
import type { Deps } from '../platform/context.ts';
import { readTeamMates, type Team, type TeamMate } from '../portfolio/index.ts';
import { withDossiersOf } from './stands-behind.ts';

/** One person in a team, with what they show there. */
export interface Mate extends Omit<TeamMate, 'badges'> {
  badges: MyBadge[];
}

interface ShownBy {
  title: string;
  /** Who show it, by name. */
  names: string[];
}

/** A team as its people and its coordinator see it. */
export interface TeamLook {
  people: Mate[];
  badges: ShownBy[];
  outcomes: ShownBy[];
}

/** What people show a team now. Who took everything away, or whose badges ended, is not in it. */
export async function lookAtTeam(deps: Deps, team: Team): Promise<TeamLook> {
  const mates = await readTeamMates(deps, team);
  const shown = await badgesShownBy(deps, mates);
  const people: Mate[] = [];
  for (const mate of mates) {
    const badges = shown.get(mate.person) ?? [];
    const experiences = await withDossiersOf(deps, mate.person, mate.experiences);
    if (badges.length + experiences.length > 0) people.push({ ...mate, experiences, badges });
  }
  const each = people.flatMap(({ name, badges }) => badges.map(({ achievement }) => ({ name, achievement })));
  return {
    people,
    badges: byTitle(each.map(({ name, achievement }) => [achievement.name, name])),
    outcomes: byTitle(each.flatMap(({ name, achievement }) => achievement.outcomes.map(o => [o.name, name]))),
  };
}

/** Each title once, by the alphabet, with who show it. */
function byTitle(pairs: string[][]): ShownBy[] {
  const found = new Map<string, Set<string>>();
  for (const [title, name] of pairs as [string, string][])
    found.set(title, (found.get(title) ?? new Set<string>()).add(name));
  return [...found]
    .map(([title, names]) => ({ title, names: [...names] }))
    .sort((a, b) => a.title.localeCompare(b.title, 'nl'));
}
