import { experiencesSeen } from '../dossiers/index.ts';
import type { Deps } from '../platform/context.ts';
import { type Experience, furthest, type Holder, type Standing, standingOf } from '../portfolio/index.ts';

/** Experiences with what dossiers say of them as well: *beoordeeld*, *vastgesteld*, *vrijgesteld*. */
export const withDossiers = async (deps: Deps, holder: Holder, experiences: Experience[]): Promise<Experience[]> =>
  holder.by === 'person' ? withDossiersOf(deps, holder.person!, experiences) : experiences;

/** The same for experiences that a person shows others. */
export async function withDossiersOf<T extends { id: string; standing: Standing }>(
  deps: Deps,
  person: string,
  experiences: T[],
): Promise<T[]> {
  if (!experiences.length) return [];
  const seen = await experiencesSeen(deps, person);
  return experiences.map(experience => {
    const behind = seen.get(experience.id);
    return behind ? { ...experience, standing: furthest(experience.standing, standingOf(behind)) } : experience;
  });
}
