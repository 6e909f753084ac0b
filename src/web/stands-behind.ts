import { experiencesSeen } from '../dossiers/index.ts';
import type { Deps } from '../platform/context.ts';
import { type Experience, furthest, type Holder, standingOf } from '../portfolio/index.ts';

/** Experiences with what dossiers say of them as well: *beoordeeld*, *vastgesteld*, *vrijgesteld*. */
export async function withDossiers(deps: Deps, holder: Holder, experiences: Experience[]): Promise<Experience[]> {
  if (holder.by !== 'person') return experiences;
  const seen = await experiencesSeen(deps, holder.person!);
  return experiences.map(experience => {
    const behind = seen.get(experience.id);
    return behind ? { ...experience, standing: furthest(experience.standing, standingOf(behind)) } : experience;
  });
}
