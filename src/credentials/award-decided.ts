import { and, eq, isNotNull, isNull, min } from 'drizzle-orm';
import { readVersion } from '../catalogue/index.ts';
import { type Dossier, readEvents, type Shown, type Told } from '../dossiers/index.ts';
import { dossierAwards, dossiers } from '../dossiers/schema.ts';
import { institutions } from '../institutions/schema.ts';
import type { Identity } from '../people/index.ts';
import { commit } from '../platform/audit.ts';
import type { Ctx, Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { AwardInput } from './award-input.ts';
import { identifiedBy } from './claimant.ts';
import { dayOf } from './dates.ts';
import { documentDecided } from './decision-document.ts';
import { finishAward } from './finish.ts';
import { holdOf } from './hold.ts';
import { learnerOf } from './learner-of.ts';
import { makeOffer } from './make-offer.ts';
import { prepareAward } from './prepare.ts';
import { findSameDecision, reservation } from './reserve.ts';

/**
 * Makes the awards that a dossier's decisions ask for and that are not there yet: exactly one for each positive result,
 * however often this is asked. The learner is signed in when they make a dossier, so the badge is theirs at once, with
 * how they were identified; where the achievement asks for a claim, or can be undone, it is offered or held first. An
 * exemption is no badge: its document is signed.
 * @returns how many were made
 * @throws DomainError what `awardCredential` throws; the decision stands, and a timer tries again
 */
export async function awardDecided(deps: Deps, dossierId: string): Promise<number> {
  await documentDecided(deps, dossierId);
  const waiting = await deps.db.query
    .select({ intent: dossierAwards, dossier: dossiers, slug: institutions.slug })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .innerJoin(institutions, eq(institutions.id, dossiers.institutionId))
    .where(and(eq(dossierAwards.dossierId, dossierId), isNull(dossierAwards.awardId)));
  if (!waiting.length) return 0;
  const events = await readEvents(deps, dossierId);
  for (const { intent, dossier, slug } of waiting) {
    const ctx: Ctx = {
      actor: { kind: 'service' },
      institution: { id: dossier.institutionId, slug },
      now: deps.clock(),
      requestId: 'decision',
      db: deps.db,
      deps,
    };
    await awardOne(ctx, dossier, intent, events);
  }
  return waiting.length;
}

/** What the timer does: awards of decisions that a crash, or a key that could not be opened, left waiting. */
export async function awardAllDecided(deps: Deps): Promise<void> {
  const left = await deps.db.query
    .select({ id: dossierAwards.dossierId })
    .from(dossierAwards)
    .innerJoin(dossiers, eq(dossiers.id, dossierAwards.dossierId))
    .where(and(isNull(dossierAwards.awardId), isNotNull(dossiers.personId)))
    .groupBy(dossierAwards.dossierId)
    .orderBy(min(dossierAwards.createdAt), dossierAwards.dossierId)
    .limit(200);
  for (const { id } of left) {
    try {
      await awardDecided(deps, id);
    } catch (error) {
      deps.log.error('award.decided', error, { dossier: id });
    }
  }
}

type Intent = typeof dossierAwards.$inferSelect;

async function awardOne(ctx: Ctx, dossier: Dossier, intent: Intent, events: Told[]): Promise<void> {
  const { deps, db } = ctx;
  const event = events.find(e => e.seq === intent.decision);
  const learner = dossier.personId && (await learnerOf(deps, dossier.personId));
  const result =
    event && 'results' in event.data && event.data.results.find(r => r.achievement === intent.achievementId);
  // Whoever was erased since, or has no way left to be known by, gets nothing in their name.
  if (!event || !result || !learner) return;
  // A decision is about the version that it names; the newest may be another by now.
  const version = await readVersion(db, ctx.institution.id, intent.achievementId, result.version);
  if (!version) throw new DomainError('internal', 'A decision names a version that is not there.');
  const language = version.content.language.startsWith('nl') ? 'nl' : 'en';
  const prepared = await prepareAward(ctx, inputOf(ctx, { dossier, intent, event, learner, events, language }));
  const about = { ...prepared, version };
  const held = await holdOf(ctx, version.content);
  if (held || version.content.claim) return record(ctx, intent, await offerOnce(ctx, about, held));
  const { id, row, statements, details } = await reservation(ctx, {
    ...about,
    personId: dossier.personId,
    identified: identifiedBy(learner),
  });
  try {
    await commit(
      db,
      [...statements, db.query.update(dossierAwards).set({ awardId: id }).where(whichOf(intent))],
      [
        {
          institution: ctx.institution.id,
          actor: ctx.actor,
          action: 'award.reserve',
          subject: id,
          at: ctx.now,
          details: { ...details, dossier: dossier.id, decision: intent.decision },
        },
      ],
    );
  } catch (error) {
    if (!violatedKey(error)?.startsWith('awards.institution_id')) throw error;
    return record(ctx, intent, (await findSameDecision(ctx, row))!);
  }
  await finishAward(ctx, id);
}

/** The offer of this decision, made now or before. */
async function offerOnce(...asked: Parameters<typeof makeOffer>): Promise<string> {
  try {
    return (await makeOffer(...asked)).id;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'award-exists') throw error;
    return String(error.extensions.award);
  }
}

const whichOf = (intent: Intent) =>
  and(
    eq(dossierAwards.dossierId, intent.dossierId),
    eq(dossierAwards.decision, intent.decision),
    eq(dossierAwards.achievementId, intent.achievementId),
  );

async function record(ctx: Ctx, intent: Intent, awardId: string): Promise<void> {
  await ctx.db.attempt(() => ctx.db.query.update(dossierAwards).set({ awardId }).where(whichOf(intent)));
}

interface About {
  dossier: Dossier;
  intent: Intent;
  event: Told;
  learner: Identity;
  events: Told[];
  language: 'nl' | 'en';
}

function inputOf({ now }: Ctx, { dossier, intent, event, learner, events, language }: About): AwardInput {
  const decision = dossier.state.decisions.find(d => d.seq === intent.decision)!;
  const said = events.findLast(e => e.role === 'learner' && typeof e.words?.ownWords === 'string');
  const shown = 'evidence' in event.data ? event.data.evidence : [];
  const ownWords = said?.words?.ownWords as string | undefined;
  return {
    achievement: intent.achievementId,
    recipient: {
      ...(learner.kind === 'eduid' ? { eduid: learner.subject } : {}),
      ...(learner.eppn ? { eppn: learner.eppn } : {}),
      ...(learner.email ? { email: learner.email } : {}),
      ...(learner.kind === 'did' ? { did: learner.subject } : {}),
      ...(learner.name ? { name: learner.name } : {}),
    },
    decision: {
      basis: decision.basis,
      decidedBy: decision.role,
      decidedOn: dayOf(new Date(event.at) < now ? new Date(event.at) : now),
      reference: `${dossier.id}/${intent.decision}`,
    },
    ...(ownWords ? { narrative: ownWords } : {}),
    ...(shown.length ? { evidence: shown.map(each => toEvidence(each, language)) } : {}),
  };
}

/** The content of an experience stays its learner's; a hash lets them show later that this is what was looked at. */
const toEvidence = ({ kind, sha256 }: Shown, language: 'nl' | 'en') => ({
  name: kindWords[language][kind as keyof (typeof kindWords)['nl']],
  genre: 'Experience',
  description: `sha256:${sha256}`,
});

const kindWords = {
  nl: { informal: 'Informele leerervaring', 'non-formal': 'Non-formele leerervaring', formal: 'Formele leerervaring' },
  en: { informal: 'Informal experience', 'non-formal': 'Non-formal experience', formal: 'Formal experience' },
} as const;
