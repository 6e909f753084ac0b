/** A whole portfolio as one file, to keep or to go on with elsewhere. */
import { asc, eq } from 'drizzle-orm';
import { readOutcomes, wordsOf } from '../catalogue/index.ts';
import * as credentials from '../credentials/index.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { endings } from '../platform/file-kind.ts';
import { filesOf, type StoredFile } from '../platform/files.ts';
import { sha256Hex } from '../platform/ids.ts';
import { chunksOf } from '../platform/multipart.ts';
import { type Packed, streamOf, writeZip } from '../platform/write-zip.ts';
import { type Holder, holdOwn, listExperiences, readPortfolio, scopeOf } from '../portfolio/index.ts';
import { evidence, experiences, goals, references, selfAssessments } from '../portfolio/schema.ts';
import { issuedBadge } from '../vc/open-badge.ts';
import { importedBy, toElm } from '../wallets/index.ts';
import type { Manifest, PackedPortfolio } from './portfolio-format.ts';

/** Text of the package, held; files come from the store as they are asked for. */
interface Plan {
  texts: Map<string, string>;
  files: { path: string; file: StoredFile }[];
}

/**
 * The portfolio of who is signed in as a ZIP that is made while it is read: `portfolio.json`, `files/`, `badges/` as they
 * were signed, `elm/` of those that were made here, and `manifest.json` with the SHA-256 of each.
 * @throws DomainError `not-found` where nothing was told yet
 */
export async function packPortfolio(deps: Deps, session: SignedIn): Promise<ReadableStream<Uint8Array>> {
  const plan = await planPackage(deps, session);
  return streamOf(writeZip(entriesOf(deps, plan), deps.clock()));
}

async function* entriesOf(deps: Deps, { texts, files }: Plan): AsyncGenerator<Packed> {
  const entries: Manifest['entries'] = files.map(({ path, file: { size, sha256 } }) => ({ name: path, size, sha256 }));
  for (const [name, text] of texts)
    entries.push({ name, size: new TextEncoder().encode(text).length, sha256: await sha256Hex(text) });
  const manifest: Manifest = {
    format: 'waarmerk-manifest',
    version: 1,
    service: deps.config.origin,
    madeAt: deps.clock().toISOString(),
    entries,
  };
  yield { name: 'manifest.json', bytes: JSON.stringify(manifest, null, 2) };
  for (const [name, bytes] of texts) yield { name, bytes };
  for (const { path, file } of files) {
    const stream = await deps.files.get(file.id);
    if (!stream) throw notFound('file');
    yield { name: path, bytes: chunksOf(stream) };
  }
}

async function planPackage(deps: Deps, session: SignedIn): Promise<Plan> {
  const holder = await holdOwn(deps, session);
  const portfolio = await readPortfolio(deps, holder);
  if (!portfolio) throw notFound('portfolio');
  const stored = new Map((await filesOf(deps, scopeOf(holder.portfolio))).map(file => [file.id, file]));
  const kept = new Map<string, { path: string; file: StoredFile }>();
  const fileOf = (id: string | null) => {
    const file = id === null ? undefined : stored.get(id);
    if (!file) return null;
    const path = `files/${file.id}.${endings[file.mediaType as keyof typeof endings]}`;
    kept.set(path, { path, file });
    return { path, name: file.name };
  };
  const texts = new Map<string, string>();
  const badges = await addBadges(deps, session, texts);
  const { language, goal, help, standard, createdAt } = portfolio;
  const packed: PackedPortfolio = {
    format: 'waarmerk-portfolio',
    version: 1,
    portfolio: { language, goal: goal as PackedPortfolio['portfolio']['goal'], help, standard, createdAt },
    experiences: await experiencesOf(deps, holder, fileOf),
    ...(await besides(deps, holder)),
    references: await referencesOf(deps, holder, fileOf),
    badges,
  };
  texts.set('portfolio.json', JSON.stringify(packed, null, 1));
  return { texts, files: [...kept.values()] };
}

type FileOf = (id: string | null) => { path: string; name: string } | null;

async function experiencesOf(deps: Deps, holder: Holder, fileOf: FileOf): Promise<PackedPortfolio['experiences']> {
  const told = await listExperiences(deps, holder);
  const rows = await deps.db.query
    .select({ evidence })
    .from(evidence)
    .innerJoin(experiences, eq(experiences.id, evidence.experienceId))
    .where(eq(experiences.portfolioId, holder.portfolio))
    .orderBy(asc(evidence.createdAt), asc(evidence.id));
  return told.map(({ portfolioId: _p, standing: _s, evidence: _e, ...experience }) => ({
    ...experience,
    evidence: rows
      .filter(row => row.evidence.experienceId === experience.id)
      .map(({ evidence: { experienceId: _, fileId, ...shown } }) => ({ ...shown, file: fileOf(fileId) })),
  }));
}

async function referencesOf(deps: Deps, { portfolio }: Holder, fileOf: FileOf): Promise<PackedPortfolio['references']> {
  const rows = await deps.db.query.select().from(references).where(eq(references.portfolioId, portfolio));
  return rows
    .sort((a, b) => a.id.localeCompare(b.id))
    .map(({ portfolioId: _p, requestId: _r, personId: _person, fileId, ...said }) => ({
      ...said,
      file: fileOf(fileId),
    }));
}

/** What someone says of outcomes, with their words, which a service elsewhere may not know; and goals. */
async function besides(deps: Deps, { portfolio }: Holder) {
  const { query } = deps.db;
  const said = await query.select().from(selfAssessments).where(eq(selfAssessments.portfolioId, portfolio));
  const ids = said.map(row => row.outcomeId);
  const names = new Map((await readOutcomes(deps.db, ids)).map(outcome => [outcome.id, wordsOf(outcome, 'nl').name]));
  const wanted = await query.select().from(goals).where(eq(goals.portfolioId, portfolio)).orderBy(asc(goals.id));
  return {
    selfAssessments: said.map(({ portfolioId: _, ...row }) => ({
      ...row,
      ...(names.has(row.outcomeId) ? { name: names.get(row.outcomeId)! } : {}),
    })),
    goals: wanted.map(({ portfolioId: _, ...goal }) => goal),
  };
}

/** Badges byte for byte; of those that were made here also what Europass reads. */
async function addBadges(
  deps: Deps,
  { person }: SignedIn,
  texts: Map<string, string>,
): Promise<PackedPortfolio['badges']> {
  const { origin } = deps.config;
  const found: PackedPortfolio['badges'] = [];
  const { awards } = await credentials.heldAbout(deps, person);
  for (const { id, documents } of awards)
    for (const [n, { document }] of documents.entries()) {
      const path = `badges/${id}${n ? `-${n}` : ''}.${document.startsWith('{') ? 'json' : 'txt'}`;
      texts.set(path, document);
      found.push({ path, source: new URL(origin).host });
      const badge = document.startsWith('{') ? issuedBadge.safeParse(JSON.parse(document)) : undefined;
      if (badge?.success) texts.set(`elm/${id}.json`, JSON.stringify(toElm(badge.data, `${origin}/verify`)));
    }
  for (const { id, document, source } of await importedBy(deps, person)) {
    const path = `badges/${id}.${document.startsWith('{') ? 'json' : 'txt'}`;
    texts.set(path, document);
    found.push({ path, source });
  }
  return found;
}
