import { and, eq } from 'drizzle-orm';
import { type AchievementContent, type PublishedVersion, readVersion, requireOwn } from '../catalogue/index.ts';
import { assertKeyOpens, type Institution, readInstitution } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import { type Ctx, requireRole } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { claimKey, releaseKey } from '../platform/idempotency.ts';
import { newId, newToken, newUrn } from '../platform/ids.ts';
import type { AwardInput } from './award-input.ts';
import { type AwardFacts, buildBadge } from './build.ts';
import { dayOf } from './dates.ts';
import { type LintedBadge, lint } from './lint.ts';
import { type Award, readAward } from './read.ts';
import { awardChanges, awards, claims, credentials, type StatusPurpose, statusEntries } from './schema.ts';
import { signBadge } from './sign.ts';
import { listUrl, takeStatusIndex } from './status.ts';

/**
 * Awards an achievement on a decision that was taken elsewhere, signs the badge, and hands it over as a bearer badge
 * (architecture.md, Walk: an award).
 * @throws DomainError `forbidden`, `not-found`, `achievement-not-published`, `award-not-allowed`, `lint-failed`,
 *   `award-exists` (naming the first), `key-not-opened`, `signing-failed`
 */
export async function awardCredential(ctx: Ctx, input: AwardInput): Promise<Award> {
  requireRole(ctx, 'awarder', 'admin');
  // 1. Facts, and a badge of them that would be good: what is wrong is said before anything is written.
  const prepared = await prepareAward(ctx, input);
  await refuseSecond(ctx, prepared);
  await assertKeyOpens(ctx.deps, ctx.institution);
  // 2. Intent: id and index are taken before the key is touched.
  const awardId = await reserve(ctx, prepared);
  // 3. Build, lint, sign, record.
  return finishAward(ctx, awardId);
}

export interface PreparedAward {
  input: AwardInput;
  institution: Institution;
  achievementId: string;
  version: PublishedVersion;
  recipientKey: string;
}

/** Looks up and judges an award without writing anything: the dry run, and the first step of a real one. */
export async function prepareAward(ctx: Ctx, input: AwardInput): Promise<PreparedAward> {
  await requireOwn(ctx, input.achievement);
  const version = await readVersion(ctx.db, ctx.institution.id, input.achievement);
  if (!version) throw new DomainError('achievement-not-published', 'Publish the achievement before awarding it.');
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  judge(input, version.content, ctx.now);
  const prepared = { input, institution, achievementId: input.achievement, version, recipientKey: recipientKey(input) };
  const placeholder = { listUrl: listUrl(ctx.deps, 'placeholder'), index: 0, purpose: purposeOf(version.content) };
  await lintFacts(
    ctx,
    factsOf(ctx, prepared, {
      credentialId: newUrn(),
      subjectId: subjectOf(input),
      status: placeholder,
      validFrom: ctx.now,
    }),
  );
  return prepared;
}

/** What the law and the calendar do not allow (domain.md, The basis of a decision). */
function judge(input: AwardInput, content: AchievementContent, now: Date): void {
  const refuse = (detail: string) => new DomainError('award-not-allowed', detail);
  const today = dayOf(now);
  if (input.decision.basis === 'exemption' && content.type === 'MicroCredential')
    throw refuse('An exemption yields a decision, not a microcredential of its own.');
  if (input.decision.decidedOn > today) throw refuse('The decision lies in the future.');
  if (input.awardedDate && input.awardedDate > today) throw refuse('The awarded date lies in the future.');
  if (input.awardedDate && input.awardedDate < input.decision.decidedOn)
    throw refuse('The awarded date lies before the decision.');
  if (input.validUntil && Date.parse(input.validUntil) <= now.getTime())
    throw refuse('The badge would have ended already.');
}

/** The recipient by the strongest thing that is known of them. */
function recipientKey({ recipient: { did, eduid, eppn, email } }: AwardInput): string {
  if (did) return `did:${did}`;
  if (eduid) return `eduid:${eduid.toLowerCase()}`;
  if (eppn) return `eppn:${eppn.toLowerCase()}`;
  return `email:${email!.normalize('NFC').toLowerCase()}`;
}

const subjectOf = (input: AwardInput) => input.recipient.did ?? newUrn();
const purposeOf = (content: AchievementContent): StatusPurpose => (content.suspendable ? 'suspension' : 'revocation');

const factsOf = (
  ctx: Ctx,
  { input, institution, achievementId, version }: PreparedAward,
  rest: Pick<AwardFacts, 'credentialId' | 'subjectId' | 'status' | 'validFrom'>,
): AwardFacts => ({ origin: ctx.deps.config.origin, institution, achievementId, version, input, ...rest });

const lintFacts = (ctx: Ctx, facts: AwardFacts): Promise<LintedBadge> =>
  lint(buildBadge(facts), { issuer: facts.institution.did, origin: ctx.deps.config.origin });

const onceKey = (ctx: Ctx, p: PreparedAward) =>
  and(
    eq(awards.institutionId, ctx.institution.id),
    eq(awards.achievementId, p.achievementId),
    eq(awards.achievementVersion, p.version.version),
    eq(awards.recipientKey, p.recipientKey),
    eq(awards.decidedOn, p.input.decision.decidedOn),
    eq(awards.reference, p.input.decision.reference ?? ''),
  );

/** The same decision about the same person is one award; this names it, and the key in the table enforces it. */
async function refuseSecond(ctx: Ctx, prepared: PreparedAward): Promise<void> {
  // A repeated request must reach its first answer, which `once` gives when the key collides.
  if (ctx.once) return;
  const rows = await ctx.db.query.select({ id: awards.id }).from(awards).where(onceKey(ctx, prepared));
  if (rows[0]) throw awardExists(rows[0].id);
}

const awardExists = (id: string) =>
  new DomainError('award-exists', `The same decision was awarded before, as award ${id}.`, {
    extensions: { award: id },
  });

async function reserve(ctx: Ctx, prepared: PreparedAward): Promise<string> {
  const { db, institution, actor, now } = ctx;
  const { input, version } = prepared;
  const place = await takeStatusIndex(ctx.deps, institution, purposeOf(version.content), actor);
  const id = newId(now);
  const at = now.toISOString();
  const row = {
    id,
    institutionId: institution.id,
    achievementId: prepared.achievementId,
    achievementVersion: version.version,
    recipientKey: prepared.recipientKey,
    decidedOn: input.decision.decidedOn,
    reference: input.decision.reference ?? '',
    input,
    state: 'reserved' as const,
    changes: 1,
    credentialId: newUrn(),
    subjectId: subjectOf(input),
    statusListId: place.listId,
    statusIndex: place.index,
    createdAt: at,
  };
  try {
    await commit(
      db,
      [
        ...claimKey(ctx, id),
        db.query.insert(awards).values(row),
        db.query.insert(awardChanges).values({ awardId: id, seq: 1, state: 'reserved', at }),
        db.query.insert(statusEntries).values({ listId: place.listId, index: place.index, awardId: id }),
      ],
      [
        {
          institution: institution.id,
          actor,
          action: 'award.reserve',
          subject: id,
          at: now,
          details: {
            achievement: prepared.achievementId,
            version: version.version,
            basis: input.decision.basis,
            decidedOn: input.decision.decidedOn,
            credential: row.credentialId,
            status: [place.listId, place.index],
          },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('awards.institution_id')) throw error;
    const rows = await db.query.select({ id: awards.id }).from(awards).where(onceKey(ctx, prepared));
    throw awardExists(rows[0]!.id);
  }
  return id;
}

/**
 * Signs and records a reserved award; also what takes up an award that a crash left behind. When another process
 * recorded it first, theirs stands. What cannot become a good badge is abandoned: the award goes, its index stays used.
 */
export async function finishAward(ctx: Ctx, awardId: string): Promise<Award> {
  const award = await readAward(ctx, awardId);
  if (award.state !== 'reserved') return award;
  const institution = await readInstitution(ctx.deps, ctx.institution.slug);
  const version = await readVersion(ctx.db, ctx.institution.id, award.achievementId, award.achievementVersion);
  if (!version) throw new DomainError('internal', 'A reserved award names a version that is not there.');
  const now = ctx.deps.clock();
  const prepared = {
    input: award.input,
    institution,
    achievementId: award.achievementId,
    version,
    recipientKey: award.recipientKey,
  };
  const facts = factsOf(ctx, prepared, {
    credentialId: award.credentialId,
    subjectId: award.subjectId,
    status: {
      listUrl: listUrl(ctx.deps, award.statusListId),
      index: award.statusIndex,
      purpose: purposeOf(version.content),
    },
    validFrom: now,
  });
  let linted: LintedBadge;
  try {
    linted = await lintFacts(ctx, facts);
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'lint-failed' || error.code === 'award-not-allowed'))
      await abandonAward(ctx, awardId);
    throw error;
  }
  const { document, verificationMethod } = await signBadge(ctx.deps, institution, linted, now);
  const at = now.toISOString();
  try {
    await commit(
      ctx.db,
      [
        ctx.db.query
          .insert(credentials)
          .values({ awardId, format: 'ldp_vc', document: JSON.stringify(document), verificationMethod, signedAt: at }),
        ctx.db.query.insert(awardChanges).values({ awardId, seq: award.changes + 1, state: 'released', at }),
        ctx.db.query
          .update(awards)
          .set({ state: 'released', changes: award.changes + 1 })
          .where(eq(awards.id, awardId)),
        ctx.db.query.insert(claims).values({ token: newToken(), awardId, createdAt: at }),
      ],
      [
        {
          institution: ctx.institution.id,
          actor: ctx.actor,
          action: 'credential.issue',
          subject: award.credentialId,
          at: now,
          details: { award: awardId, verificationMethod, proofValue: document.proof[0].proofValue },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)) throw error;
  }
  return readAward(ctx, awardId);
}

/** Undoes an intent as a whole. Its index is never given again, and the audit log keeps that it was. */
async function abandonAward(ctx: Ctx, awardId: string): Promise<void> {
  const { db } = ctx;
  await commit(
    db,
    [
      db.query.delete(awardChanges).where(eq(awardChanges.awardId, awardId)),
      db.query.delete(awards).where(and(eq(awards.id, awardId), eq(awards.state, 'reserved'))),
      releaseKey(ctx, awardId),
    ],
    [
      {
        institution: ctx.institution.id,
        actor: ctx.actor,
        action: 'award.abandon',
        subject: awardId,
        at: ctx.now,
        details: {},
      },
    ],
  );
}
