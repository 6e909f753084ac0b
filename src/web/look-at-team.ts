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
  return {
    people,
    badges: byTitle(people, ({ badges }) => badges.map(({ achievement }) => achievement.name)),
    outcomes: byTitle(people, ({ badges }) => badges.flatMap(b => b.achievement.outcomes.map(({ name }) => name))),
  };
}

/** Each title once, by the alphabet, with who show it. */
function byTitle(people: Mate[], titlesOf: (mate: Mate) => string[]): ShownBy[] {
  const found = new Map<string, string[]>();
  for (const mate of people)
    for (const title of new Set(titlesOf(mate))) found.set(title, [...(found.get(title) ?? []), mate.name]);
  return [...found].map(([title, names]) => ({ title, names })).sort((a, b) => a.title.localeCompare(b.title, 'nl'));
}
