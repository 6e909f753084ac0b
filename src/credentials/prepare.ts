import { type AchievementContent, type PublishedVersion, readVersion, requireOwn } from '../catalogue/index.ts';
import { type Institution, readInstitution } from '../institutions/index.ts';
import { emailKey, eppnKey } from '../platform/addresses.ts';
import type { Ctx } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { newUrn } from '../platform/ids.ts';
import type { AwardInput } from './award-input.ts';
import { type AwardFacts, buildBadge } from './build.ts';
import { dayOf, startOfDay } from './dates.ts';
import { type LintedBadge, lint } from './lint.ts';
import type { StatusPurpose } from './schema.ts';
import { listUrl } from './status.ts';

export interface PreparedAward {
  input: AwardInput;
  institution: Institution;
  achievementId: string;
  version: PublishedVersion;
  recipientKey: string;
}

/** Looks up and judges an award without writing anything: the dry run, and the first step of a real one. */
export async function prepareAward(ctx: Ctx, asked: AwardInput): Promise<PreparedAward> {
  await requireOwn(ctx, asked.achievement);
  const version = await readVersion(ctx.db, ctx.institution.id, asked.achievement);
  if (!version) throw new DomainError('achievement-not-published', 'Publish the achievement before awarding it.');
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const input = withTerm(asked, version.content);
  judge(input, version.content, ctx.now);
  const prepared = { input, institution, achievementId: input.achievement, version, recipientKey: recipientKey(input) };
  await lintFacts(
    ctx,
    factsOf(ctx, prepared, {
      credentialId: newUrn(),
      subjectId: subjectOf(input),
      status: placeholderStatus(ctx, version.content),
      validFrom: ctx.now,
    }),
  );
  return prepared;
}

/** An end as the achievement's policy has it, where the award names none: so many months after the decision. */
function withTerm(input: AwardInput, { policy }: AchievementContent): AwardInput {
  if (!policy?.validMonths || input.validUntil) return input;
  const from = new Date(`${input.awardedDate ?? input.decision.decidedOn}T00:00:00Z`);
  const month = from.getUTCMonth() + policy.validMonths;
  // The last day of a month that has no such day.
  const days = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const end = new Date(Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), days)));
  return { ...input, validUntil: startOfDay(end.toISOString().slice(0, 10)) };
}

/** What the law and the calendar do not allow (domain.md, The basis of a decision). */
export function judge(input: AwardInput, content: AchievementContent, now: Date): void {
  const refuse = (detail: string) => new DomainError('award-not-allowed', detail);
  const today = dayOf(now);
  if (input.decision.basis === 'exemption' && content.type === 'MicroCredential')
    throw refuse('An exemption yields a decision, not a microcredential of its own.');
  if (content.policy?.bases && !content.policy.bases.includes(input.decision.basis))
    throw refuse(`This achievement is decided on the basis of ${content.policy.bases.join(' or ')}.`);
  if (input.decision.decidedOn > today) throw refuse('The decision lies in the future.');
  if (input.awardedDate && input.awardedDate > today) throw refuse('The awarded date lies in the future.');
  if (input.awardedDate && input.awardedDate < input.decision.decidedOn)
    throw refuse('The awarded date lies before the decision.');
  if (input.validUntil && Date.parse(input.validUntil) <= now.getTime())
    throw refuse('The badge would have ended already.');
}

/**
 * The recipient by the strongest thing that is known of them, in the one spelling that addresses are compared in. It is
 * what whoever claims has to prove.
 */
export function recipientKey({ recipient: { did, eduid, eppn, email } }: Pick<AwardInput, 'recipient'>): string {
  if (did) return `did:${did}`;
  if (eduid) return `eduid:${eduid.toLowerCase()}`;
  if (eppn) return `eppn:${eppnKey(eppn)}`;
  if (email) return `email:${emailKey(email)}`;
  // The recipient was erased: nobody proves to be them.
  return 'nobody';
}

/** Who the badge is about: the holder's own DID, or an id of this award alone. */
export const subjectOf = (input: AwardInput) => input.recipient.did ?? newUrn();
export const purposeOf = (content: AchievementContent): StatusPurpose =>
  content.suspendable ? 'suspension' : 'revocation';

/** A status entry for a badge that is only tried out: no place in a list is taken for it. */
export const placeholderStatus = (ctx: Ctx, content: AchievementContent): AwardFacts['status'] => ({
  listUrl: listUrl(ctx.deps, 'placeholder'),
  index: 0,
  purpose: purposeOf(content),
});

/** What a prepared award and its reservation say together. */
export const factsOf = (
  ctx: Ctx,
  {
    input,
    institution,
    achievementId,
    version,
  }: Pick<AwardFacts, 'input' | 'institution' | 'achievementId' | 'version'>,
  rest: Pick<AwardFacts, 'credentialId' | 'subjectId' | 'status' | 'validFrom' | 'identified' | 'replaces'>,
): AwardFacts => ({ origin: ctx.deps.config.origin, institution, achievementId, version, input, ...rest });

export const lintFacts = (ctx: Ctx, facts: AwardFacts): Promise<LintedBadge> =>
  lint(buildBadge(facts), { issuer: facts.institution.did, origin: ctx.deps.config.origin });
