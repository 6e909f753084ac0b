import { importAchievement, publishAchievement } from '../catalogue/index.ts';
import { awardCredential, awardInput, claimAward, readAward, readCredential } from '../credentials/index.ts';
import { createInstitution, type Institution, institutionProfile, listInstitutions } from '../institutions/index.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { ensureStaff } from './staff.ts';
import sample from './validated-outcomes.json';

export interface Demo {
  institutionUrl: string;
  badgeUrl: string;
}

/**
 * Makes the demo institution and one microcredential from the bundled sample of validated outcomes, by the verbs that
 * everyone uses. A second start finds the same badge. With a local provider, its staff get their roles there.
 */
export async function ensureDemo(deps: Deps): Promise<Demo> {
  const institution = await ensureInstitution(deps);
  const provider = deps.config.providers.find(({ local }) => local);
  if (provider) await ensureStaff(deps, institution, provider.issuer);
  const ctx: Ctx = {
    actor: { kind: 'operator' },
    institution,
    now: deps.clock(),
    requestId: 'demo',
    db: deps.db,
    deps,
  };
  const imported = await importAchievement(ctx, sample.achievement);
  const achievement = imported.published ? imported : await publishAchievement(ctx, imported.id);
  const awardId = await ensureAward(ctx, institution, achievement.id);
  const award = await readAward(ctx, awardId);
  const { shareToken } = await claimAward(deps, award.claimToken!);
  return { institutionUrl: institution.url, badgeUrl: `${deps.config.origin}/c/${shareToken}` };
}

async function ensureInstitution(deps: Deps): Promise<Institution> {
  const { slug, ...profile } = sample.institution;
  const found = (await listInstitutions(deps)).find(i => i.slug === slug);
  return found ?? createInstitution(deps, { slug, profile: institutionProfile.parse(profile) });
}

/** The award of the sample. Under another ORIGIN the institution has another DID, so the badge is made again there. */
async function ensureAward(ctx: Ctx, institution: Institution, achievement: string): Promise<string> {
  for (let round = 1; ; round++) {
    const { reference } = sample.award.decision;
    const decision = { ...sample.award.decision, reference: round === 1 ? reference : `${reference}-${round}` };
    const id = await awardOrFind(ctx, { ...sample.award, achievement, decision });
    const { issuer } = JSON.parse(await readCredential(ctx, id)) as { issuer: { id: string } };
    if (issuer.id === institution.did) return id;
  }
}

async function awardOrFind(ctx: Ctx, input: object): Promise<string> {
  try {
    return (await awardCredential(ctx, awardInput.parse(input))).id;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'award-exists') return error.extensions.award as string;
    throw error;
  }
}
