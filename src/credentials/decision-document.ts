/**
 * A decision as a document that its institution signed: for an exemption, which is no badge, it is all that there is.
 * It is made once for each decision, and is no credential: no checker takes it for a badge.
 */
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { bases, readUnits, readVersion } from '../catalogue/index.ts';
import { type Decision, type Dossier, readEvents, recourseOf, type Told } from '../dossiers/index.ts';
import { decisionDocuments, dossierEvents, dossiers } from '../dossiers/schema.ts';
import { type Institution, readInstitution, roleName, signerFor } from '../institutions/index.ts';
import { institutions } from '../institutions/schema.ts';
import { commit } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newUrn, sha256Hex } from '../platform/ids.ts';
import { jsonProof, signJson } from '../vc/signed-json.ts';
import { toSeconds } from './dates.ts';
import { learnerOf } from './learner-of.ts';

export const DECISION_TYPE = 'ValidationDecision';

const result = z.strictObject({
  achievement: z.string().describe('the address of the version that was decided on'),
  title: z.string(),
  outcome: z.enum(['awarded', 'not-yet']),
  stands: z.array(z.strictObject({ id: z.string(), title: z.string() })).describe('units that stand'),
  ways: z.string().optional().describe('how the rest can be shown'),
});

/** A signed decision as it stands in a file. */
export const decisionDocument = z.strictObject({
  type: z.literal(DECISION_TYPE),
  id: z.string(),
  issuer: z.strictObject({ id: z.string(), name: z.string(), url: z.string() }),
  created: z.string(),
  language: z.enum(['nl', 'en']),
  holder: z.strictObject({ name: z.string() }).optional(),
  decision: z.strictObject({
    dossier: z.string(),
    number: z.int(),
    cycle: z.int(),
    decidedOn: z.string(),
    decidedBy: z.enum(['examiner', 'board']),
    body: z.string().describe('what that role is called there'),
    basis: z.enum(bases),
    waived: z.array(z.enum(['guide-apart', 'examiner-apart'])).describe('what policy let pass'),
    motive: z.string().optional(),
    eventHash: z.string().describe('SHA-256 of the event in the chain of the dossier'),
  }),
  results: z.array(result).min(1),
  evidence: z.array(z.strictObject({ kind: z.string(), sha256: z.string() })),
  recourse: z.strictObject({
    reconsideration: z.string().optional(),
    reconsiderUntil: z.string().optional(),
    appeal: z.string(),
  }),
  proof: jsonProof,
});
export type DecisionDocument = z.infer<typeof decisionDocument>;

/**
 * The document of a decision as it was signed, made now when it was not before.
 * @throws DomainError `not-found` for a decision that is not there, or whose learner was erased; what signing throws
 */
export async function decisionDocumentOf(deps: Deps, dossier: Dossier, number: number): Promise<string> {
  const decision = dossier.state.decisions.find(d => d.seq === number);
  if (!decision || !dossier.personId) throw notFound('decision');
  const kept = await readKept(deps, dossier.id, number);
  if (kept) return kept;
  const document = JSON.stringify(await sign(deps, dossier, decision));
  const { db } = deps;
  const now = deps.clock();
  try {
    await commit(
      db,
      [
        db.query.delete(decisionDocuments).where(and(whichOf(dossier.id, number), eq(decisionDocuments.document, ''))),
        // Nothing for whoever was erased while it was being signed.
        db.query.insert(decisionDocuments).select(
          db.query
            .select({
              dossierId: dossiers.id,
              decision: sql<number>`${number}`.as('decision'),
              document: sql<string>`${document}`.as('document'),
              createdAt: sql<string>`${now.toISOString()}`.as('created_at'),
            })
            .from(dossiers)
            .where(and(eq(dossiers.id, dossier.id), isNotNull(dossiers.personId))),
        ),
      ],
      [
        {
          institution: dossier.institutionId,
          actor: { kind: 'service' },
          action: 'decision.sign',
          subject: dossier.id,
          at: now,
          details: { decision: number, sha256: await sha256Hex(document) },
        },
      ],
    );
    return document;
  } catch (error) {
    // Someone else made it in the same moment: theirs stands.
    if (violatedKey(error) !== 'decision_documents.dossier_id, decision_documents.decision') throw error;
    return (await readKept(deps, dossier.id, number))!;
  }
}

/** What the timer does, and whoever decides right after: makes the documents that exemptions still wait for. */
export async function documentDecided(deps: Deps, dossierId?: string): Promise<void> {
  const waiting = await deps.db.query
    .select({ dossier: dossiers, number: decisionDocuments.decision })
    .from(decisionDocuments)
    .innerJoin(dossiers, eq(dossiers.id, decisionDocuments.dossierId))
    .where(and(eq(decisionDocuments.document, ''), ...(dossierId ? [eq(decisionDocuments.dossierId, dossierId)] : [])))
    .orderBy(decisionDocuments.createdAt, decisionDocuments.dossierId, decisionDocuments.decision)
    .limit(200);
  for (const { dossier, number } of waiting) {
    try {
      await decisionDocumentOf(deps, dossier, number);
    } catch (error) {
      if (dossierId) throw error;
      deps.log.error('decision.document', error, { dossier: dossier.id });
    }
  }
}

const whichOf = (dossierId: string, decision: number) =>
  and(eq(decisionDocuments.dossierId, dossierId), eq(decisionDocuments.decision, decision));

async function readKept(deps: Deps, dossierId: string, decision: number): Promise<string | undefined> {
  const [row] = await deps.db.query.select().from(decisionDocuments).where(whichOf(dossierId, decision));
  return row?.document || undefined;
}

async function sign(deps: Deps, dossier: Dossier, decision: Decision): Promise<DecisionDocument> {
  const [owner] = await deps.db.query
    .select({ slug: institutions.slug })
    .from(institutions)
    .where(eq(institutions.id, dossier.institutionId));
  const institution = await readInstitution(deps, owner!.slug);
  const signer = await signerFor(deps, institution);
  const now = deps.clock();
  const events = await readEvents(deps, dossier.id);
  const event = events.find(each => each.seq === decision.seq);
  if (!event) throw new DomainError('internal', 'A decision without its event.');
  const { results, language } = await resultsOf(deps, { dossier, decision, event, institution });
  const learner = await learnerOf(deps, dossier.personId!);
  const { kind, name } = institution.profile;
  const motive = event.words?.motive ?? event.words?.text;
  const recourse = recourseOf(language, kind, decision);
  return signJson(
    {
      type: DECISION_TYPE,
      id: newUrn(),
      issuer: { id: signer.controller, name, url: `${deps.config.origin}/i/${institution.slug}` },
      created: toSeconds(now),
      language,
      ...(learner?.name ? { holder: { name: learner.name } } : {}),
      decision: {
        dossier: dossier.id,
        number: decision.seq,
        cycle: decision.cycle,
        decidedOn: event.at,
        decidedBy: decision.role,
        body: roleName(language, kind, decision.role),
        basis: decision.basis,
        waived: event.data.waived ?? [],
        ...(typeof motive === 'string' && motive ? { motive } : {}),
        eventHash: await hashOf(deps, dossier.id, decision.seq),
      },
      results,
      evidence: 'evidence' in event.data ? event.data.evidence : [],
      recourse: {
        ...recourse,
        ...(recourse.reconsideration ? { reconsiderUntil: decision.reconsiderUntil } : {}),
      },
    },
    signer,
    now,
  );
}

interface About {
  dossier: Dossier;
  decision: Decision;
  event: Told;
  institution: Institution;
}

async function resultsOf(deps: Deps, { dossier, decision, event, institution }: About) {
  const ways = (event.words?.ways ?? {}) as Record<string, string>;
  const results: DecisionDocument['results'] = [];
  let language: 'nl' | 'en' = 'nl';
  for (const { achievement, version, outcome, stands } of decision.results) {
    const decided = await readVersion(deps.db, dossier.institutionId, achievement, version);
    if (!decided) throw new DomainError('internal', 'A decision names a version that is not there.');
    const { content } = decided;
    if (!results.length) language = content.language.startsWith('nl') ? 'nl' : 'en';
    const known = await readUnits(deps.db, dossier.institutionId, content.policy?.requires?.units ?? []);
    results.push({
      achievement: `${institution.url}/achievements/${achievement}/versions/${version}`,
      title: content.name,
      outcome,
      stands: stands.map(id => ({ id, title: known.get(id)?.content.name ?? id })),
      ...(outcome === 'not-yet' && ways[achievement] ? { ways: ways[achievement] } : {}),
    });
  }
  return { results, language };
}

async function hashOf(deps: Deps, dossierId: string, seq: number): Promise<string> {
  const [row] = await deps.db.query
    .select({ hash: dossierEvents.hash })
    .from(dossierEvents)
    .where(and(eq(dossierEvents.dossierId, dossierId), eq(dossierEvents.seq, seq)));
  return row!.hash;
}
