import { eq } from 'drizzle-orm';
import { assertKeyOpens } from '../institutions/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx, Deps, SignedIn } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { newUrn } from '../platform/ids.ts';
import type { AwardInput } from './award-input.ts';
import { hadLeft, leaveState } from './leave-state.ts';
import { dropLetters } from './letters.ts';
import { type Look, lookAtOffer, refusalOf } from './look-at-offer.ts';
import { openClaimed } from './open-claimed.ts';
import { factsOf, lintFacts, placeholderStatus, purposeOf, subjectOf } from './prepare.ts';
import { awardChanges, awards, claims, offers, statusEntries } from './schema.ts';
import { takeStatusIndex } from './take-index.ts';

/**
 * Makes an offered badge the claimant's: signed now, about whoever is signed in (domain.md, *released*). Doing it again
 * leads to the same page.
 * @throws DomainError `not-found`, `not-signed-in`, `not-the-recipient`, `assurance-too-low`, `offer-state`,
 *   `key-not-opened`, `signing-failed`
 */
export function claimOffer(
  deps: Deps,
  session: SignedIn,
  token: string,
  letter?: string,
): Promise<{ awardId: string; shareToken: string }> {
  // Many presses of one button, in this process: the first one signs and the others find its badge.
  return deps.db.inTurn(`claim:${token}`, async () => {
    for (;;) {
      // 1. Read and decide.
      const look = await lookAtOffer(deps, token, session, letter);
      if (!look) return openClaimed(deps, session, token);
      if (look.standing !== 'ready' || !look.known) throw refusalOf(look);
      const ctx = contextOf(deps, session, look);
      const input = inputOf(look);
      await lintClaim(ctx, look, input);
      await assertKeyOpens(deps, look.institution);
      // 2. Intent: the offer becomes an award of the same id and link, or someone else ended it first.
      if (!(await reserve(ctx, look, input))) continue;
      // 3. Build, lint, sign, record.
      return openClaimed(deps, session, token);
    }
  });
}

const contextOf = (deps: Deps, session: SignedIn, { institution }: Look): Ctx => ({
  actor: { kind: 'person', person: session.person },
  institution: { id: institution.id, slug: institution.slug },
  now: deps.clock(),
  requestId: 'claim',
  db: deps.db,
  deps,
});

/**
 * The name that was validated takes the place of the one that the institution typed; without a typed one there is none.
 */
const inputOf = ({ offer: { input }, name }: Look): AwardInput =>
  name ? { ...input, recipient: { ...input.recipient, name } } : input;

/** What cannot become a good badge is refused before the offer is touched. */
async function lintClaim(ctx: Ctx, look: Look, input: AwardInput): Promise<void> {
  const { institution, offer, achievement } = look;
  const version = { version: offer.achievementVersion, content: achievement };
  await lintFacts(
    ctx,
    factsOf(
      ctx,
      { input, institution, achievementId: offer.achievementId, version },
      {
        credentialId: newUrn(),
        subjectId: subjectOf(input),
        status: placeholderStatus(ctx, achievement),
        validFrom: ctx.now,
        identified: look.known!.identified,
      },
    ),
  );
}

/** The first commit of a claim. False when the offer became something else in the same moment. */
async function reserve(ctx: Ctx, look: Look, input: AwardInput): Promise<boolean> {
  const { db, deps, now, actor } = ctx;
  const { offer, institution, achievement } = look;
  const { identified } = look.known!;
  const { id } = offer;
  const left = await leaveState(deps, offer, now);
  const place = await takeStatusIndex(deps, institution, purposeOf(achievement), actor);
  const at = now.toISOString();
  const row = {
    id,
    institutionId: offer.institutionId,
    achievementId: offer.achievementId,
    achievementVersion: offer.achievementVersion,
    recipientKey: offer.recipientKey,
    decidedOn: offer.decidedOn,
    reference: offer.reference,
    input,
    state: 'reserved' as const,
    changes: 1,
    credentialId: newUrn(),
    subjectId: subjectOf(input),
    statusListId: place.listId,
    statusIndex: place.index,
    createdAt: at,
    personId: look.personId!,
    identified,
  };
  try {
    await commit(
      db,
      [
        ...left,
        db.query.insert(awards).values(row),
        db.query.insert(awardChanges).values({ awardId: id, seq: 1, state: 'reserved', at }),
        db.query.insert(statusEntries).values({ listId: place.listId, index: place.index, awardId: id }),
        db.query.insert(claims).values({ token: offer.token, awardId: id, createdAt: at }),
        db.query.delete(offers).where(eq(offers.id, id)),
        dropLetters(db, id),
      ],
      [
        {
          institution: offer.institutionId,
          actor,
          action: 'award.claim',
          subject: id,
          at: now,
          details: {
            credential: row.credentialId,
            status: [place.listId, place.index],
            kind: identified.kind,
            assurance: identified.assurance,
          },
        },
      ],
    );
    return true;
  } catch (error) {
    if (hadLeft(error) || violatedKey(error) === 'awards.id') return false;
    if (!violatedKey(error)?.startsWith('awards.institution_id')) throw error;
    // The same decision was offered again while this offer was being claimed (decision 7).
    throw new DomainError('offer-state', 'This decision was awarded already.', { extensions: { state: 'claimed' } });
  }
}
