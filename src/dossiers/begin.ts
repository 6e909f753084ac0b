import { readVersion } from '../catalogue/index.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { type Chosen, emptyDossier } from './dossier.ts';
import { makeMove, type Moved } from './move.ts';
import { dossierShares } from './schema.ts';

export interface Beginning {
  institution: { id: string };
  /** Whether it is to end in a decision; without one it gives advice and sight only. */
  recognise: boolean;
  /** Achievements of the institution; none is fine, they can be found on the way. */
  achievements: string[];
  /** What the learner wants with it, in their own words. */
  aim: string;
  /** Experiences that the institution may see. */
  experiences: string[];
  form?: string;
  /** The dossier that this one builds on. */
  previousId?: string;
  /** What comes with it in the same commit. */
  also?: (dossierId: string) => Statement[];
}

/**
 * Begins a dossier: the learner asks an institution to look at what they can ("Ik kan dit al").
 * @throws DomainError `achievement-not-published`
 */
export async function beginDossier(deps: Deps, session: SignedIn, beginning: Beginning): Promise<Moved> {
  const { institution, recognise, aim, experiences, form } = beginning;
  const achievements: Chosen[] = [];
  for (const id of new Set(beginning.achievements))
    achievements.push(await chooseAchievement(deps, institution.id, id));
  const now = deps.clock();
  const at = now.toISOString();
  const id = newId(now);
  const dossier = {
    id,
    institutionId: institution.id,
    personId: session.person,
    previousId: beginning.previousId ?? null,
    cycle: 1,
    state: emptyDossier(session.person),
    phase: 'identify' as const,
    turn: 'closed' as const,
    dueAt: null,
    createdAt: at,
    turnAt: at,
    closedAt: null,
  };
  const actor = { kind: 'person' as const, person: session.person };
  return makeMove(
    deps,
    dossier,
    { type: 'request', recognise, achievements },
    { actor, id: session.person, role: 'learner' },
    {
      words: { aim },
      ...(form ? { form } : {}),
      also: () => [
        ...experiences.map(experienceId =>
          deps.db.query.insert(dossierShares).values({ dossierId: id, experienceId, partners: false, sharedAt: at }),
        ),
        ...(beginning.also?.(id) ?? []),
      ],
    },
  );
}

/**
 * The newest published version of an achievement, as a dossier names it.
 * @throws DomainError `achievement-not-published`
 */
export async function chooseAchievement(deps: Deps, institutionId: string, id: string): Promise<Chosen> {
  const version = await readVersion(deps.db, institutionId, id);
  if (!version) throw new DomainError('achievement-not-published', 'This can no longer be earned here.');
  const { requires, guideApart, examinerApart } = version.content.policy ?? {};
  return {
    id,
    version: version.version,
    units: requires?.units.map(unit => unit.id) ?? [],
    ...(guideApart ? { guideApart } : {}),
    ...(examinerApart ? { examinerApart } : {}),
  };
}
