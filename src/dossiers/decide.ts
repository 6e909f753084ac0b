import { and, asc, count, eq } from 'drizzle-orm';
import { type Basis, readVersion } from '../catalogue/index.ts';
import { readPolicy } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/ids.ts';
import { canonicalJson } from '../platform/json.ts';
import { experiences } from '../portfolio/schema.ts';
import type { Result } from './dossier.ts';
import { makeMove, type Moved, type Mover } from './move.ts';
import type { DossierEvent, Shown } from './commands.ts';
import type { Dossier } from './read.ts';
import { decisionDocuments, dossierAwards, dossierSamples, dossiers, dossierShares } from './schema.ts';
import type { Words } from './words.ts';

export interface Deciding {
  basis: Basis;
  results: Result[];
  /** A motive, and for each `not-yet` how the rest can be shown. */
  words: Words;
  on?: number;
  form?: string;
}

/**
 * Decides on the judgement. In the same commit stand the awards to be made of it, one for each positive result, which
 * `awardDecided` makes; and whether the board looks at it again. An exemption makes none: it is a decision and no badge,
 * of which a document is to be signed.
 * @throws DomainError as `makeMove`; `dossier-state` when another version of an achievement was published since
 */
export async function decideDossier(deps: Deps, dossier: Dossier, mover: Mover, deciding: Deciding): Promise<Moved> {
  const { basis, results, ...making } = deciding;
  await requireCurrent(deps, dossier, results, basis);
  const sample = await sampleOf(deps, dossier);
  return makeMove(deps, dossier, { type: 'decide', basis, results, evidence: await shownIn(deps, dossier) }, mover, {
    ...making,
    also: ({ event }) => [
      ...awardsToMake(deps, dossier, event, results, basis),
      ...(basis === 'exemption' ? [documentToMake(deps, dossier, event)] : []),
      ...(sample ? [drawn(deps, dossier, event, sample)] : []),
    ],
  });
}

/**
 * Looks at a decision again, as the learner asked: it stands, or it is revised. What was awarded stays awarded.
 * @throws DomainError as `decideDossier`
 */
export async function reconsiderDossier(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  { upheld, results, ...making }: Omit<Deciding, 'basis'> & { upheld: boolean },
): Promise<Moved> {
  await requireCurrent(deps, dossier, results);
  const basis = dossier.state.decisions.find(d => d.seq === dossier.state.reconsidering)?.basis;
  return makeMove(
    deps,
    dossier,
    { type: 'reconsider', upheld, results, evidence: await shownIn(deps, dossier) },
    mover,
    {
      ...making,
      also: ({ event }) => (basis ? awardsToMake(deps, dossier, event, results, basis) : []),
    },
  );
}

/**
 * What the learner showed, as kinds and hashes: it stays as it was at the decision, whatever they change or take back.
 */
async function shownIn(deps: Deps, { id }: Dossier): Promise<Shown[]> {
  const rows = await deps.db.query
    .select({ experience: experiences })
    .from(dossierShares)
    .innerJoin(experiences, eq(experiences.id, dossierShares.experienceId))
    .where(eq(dossierShares.dossierId, id))
    .orderBy(asc(experiences.createdAt));
  return Promise.all(
    rows.map(async ({ experience: { kind, context, title, periodFrom, periodTo, story, answers } }) => ({
      kind,
      sha256: await sha256Hex(canonicalJson({ kind, context, title, periodFrom, periodTo, story, answers })),
    })),
  );
}

/**
 * A decision is of the words that hold now: those who choose and those who judge have seen the same version. It rests on
 * a ground that the achievement allows.
 */
async function requireCurrent(deps: Deps, dossier: Dossier, results: Result[], basis?: Basis): Promise<void> {
  for (const { achievement, version } of results) {
    const newest = await readVersion(deps.db, dossier.institutionId, achievement);
    if (newest?.version !== version)
      throw new DomainError('dossier-state', 'A newer version was published. Put that one into the dossier first.', {
        extensions: { achievement, version: newest?.version ?? null },
      });
    const allowed = newest.content.policy?.bases;
    if (basis && allowed && !allowed.includes(basis))
      throw new DomainError('dossier-state', 'This achievement is not decided on that ground.', {
        extensions: { achievement, allowed },
      });
  }
}

const awardsToMake = (
  deps: Deps,
  { id }: Dossier,
  event: DossierEvent,
  results: Result[],
  basis: Basis,
): Statement[] =>
  basis === 'exemption'
    ? []
    : results
        .filter(r => r.outcome === 'awarded')
        .map(r =>
          deps.db.query.insert(dossierAwards).values({
            dossierId: id,
            decision: event.seq,
            achievementId: r.achievement,
            awardId: null,
            createdAt: event.at,
          }),
        );

/** An exemption is told by a document that the institution signs: empty until it has. */
const documentToMake = (deps: Deps, { id }: Dossier, event: DossierEvent): Statement =>
  deps.db.query
    .insert(decisionDocuments)
    .values({ dossierId: id, decision: event.seq, document: '', createdAt: event.at });

/** Why the board looks at a decision again, or undefined: the first of a new assessor, then one in so many. */
async function sampleOf(deps: Deps, { institutionId, state }: Dossier): Promise<'new-assessor' | 'drawn' | undefined> {
  const assessor = state.judgement?.by;
  if (!assessor) return undefined;
  const { dossier: policy } = await readPolicy({ db: deps.db, institution: { id: institutionId, slug: '' } });
  const [seen] = await deps.db.query
    .select({ count: count() })
    .from(dossierSamples)
    .innerJoin(dossiers, eq(dossiers.id, dossierSamples.dossierId))
    .where(
      and(
        eq(dossiers.institutionId, institutionId),
        eq(dossierSamples.assessorId, assessor),
        eq(dossierSamples.why, 'new-assessor'),
      ),
    );
  if ((seen?.count ?? 0) < policy.sampleFirst) return 'new-assessor';
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return policy.sampleOneIn !== null && random! % policy.sampleOneIn === 0 ? 'drawn' : undefined;
}

/** A dossier is looked at once, whatever the number of its cycles. */
const drawn = (deps: Deps, { id, state }: Dossier, event: DossierEvent, why: 'new-assessor' | 'drawn'): Statement =>
  deps.db.query
    .insert(dossierSamples)
    .values({ dossierId: id, why, assessorId: state.judgement!.by, drawnAt: event.at, doneAt: null, reading: null })
    .onConflictDoNothing();
