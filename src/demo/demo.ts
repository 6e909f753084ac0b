import { importAchievement, publishAchievement } from '../catalogue/index.ts';
import {
  awardCredential,
  awardInput,
  claimAward,
  keepBadge,
  readAward,
  readClaim,
  readCredential,
  readSummary,
} from '../credentials/index.ts';
import { createInstitution, type Institution, institutionProfile, listInstitutions } from '../institutions/index.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { ensureArrived, persona } from './arrive.ts';
import { ensureStaff } from './staff.ts';
import { ensureValidation } from './validation.ts';
import sample from './validated-outcomes.json';

export interface Demo {
  institutionUrl: string;
  badgeUrl: string;
  /** Waits for its owner, who has to sign in for it. */
  offerUrl: string;
  /** A validation under way; only with the local provider, whose people are in it. */
  validationUrl?: string;
}

/**
 * Makes the demo institution, one microcredential from the bundled sample of validated outcomes, and an offer of
 * another that waits for its owner, by the verbs that everyone uses. A second start finds the same ones. With a local
 * provider, its staff get their roles there.
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
  const achievement = await ensureAchievement(ctx, sample.achievement);
  const awardId = await ensureAward(ctx, institution, achievement);
  const award = await readAward(ctx, awardId);
  const { shareToken } = await claimAward(deps, award.claimToken!);
  if (provider) await ensureKept(deps, award.claimToken!, provider.issuer);
  // Later, so that it stands behind the other in every list.
  const offered = await ensureAchievement({ ...ctx, now: deps.clock() }, sample.offered.achievement);
  const offer = await readSummary(ctx, await awardOrFind(ctx, { ...sample.offered.award, achievement: offered }));
  const validation = provider && (await ensureValidation(deps, institution, achievement, provider.issuer));
  return {
    institutionUrl: institution.url,
    badgeUrl: `${deps.config.origin}/c/${shareToken}`,
    offerUrl: `${deps.config.origin}/claim/${offer.claimToken}`,
    ...(validation ? { validationUrl: `${deps.config.origin}/validations/${validation}` } : {}),
  };
}

/** Imported and published, once. */
async function ensureAchievement(ctx: Ctx, document: object): Promise<string> {
  const { id, published } = await importAchievement(ctx, document);
  return published ? id : (await publishAchievement(ctx, id)).id;
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

/** The badge stands on Sam's shelf, as if Sam had kept it; unless somebody else did. */
async function ensureKept(deps: Deps, token: string, issuer: string): Promise<void> {
  if ((await readClaim(deps, token)).kept) return;
  await keepBadge(deps, await ensureArrived(deps, issuer, persona('sam')), token);
}

async function awardOrFind(ctx: Ctx, input: object): Promise<string> {
  try {
    return (await awardCredential(ctx, awardInput.parse(input))).id;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'award-exists') return error.extensions.award as string;
    throw error;
  }
}
