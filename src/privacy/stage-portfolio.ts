/** What a package holds, put into a draft piece by piece. */
import { z } from 'zod';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { evidenceKinds } from '../platform/file-kind.ts';
import { FILE_LIMIT, keepFile, storeFile, type StoredFile } from '../platform/files.ts';
import { refusePackage } from '../platform/read-zip.ts';
import { commentOf, type Holder, scopeOf, subjectOf } from '../portfolio/index.ts';
import { evidence, experiences, goals, references, selfAssessments } from '../portfolio/schema.ts';
import { checkCredential } from '../verifier/index.ts';
import type { Package } from './open-package.ts';
import type { PackedPortfolio } from './portfolio-format.ts';

/** What is put together in a draft that nobody has the code of. */
export interface Staging {
  deps: Deps;
  staged: Holder;
  read: Package['read'];
  renamed: (id: string) => Promise<string>;
  has: (id: string) => boolean;
  /** The files that were put in the store. */
  stored: string[];
  /** Experiences of the package, by the number that they had there. */
  ids: ReadonlyMap<string, string>;
}

/** One experience with its files: at most one file is held at a time. */
export async function stageExperience(
  staging: Staging,
  { evidence: shown, ...experience }: PackedPortfolio['experiences'][number],
): Promise<void> {
  const { deps, staged, renamed } = staging;
  const statements: Statement[] = [
    deps.db.query.insert(experiences).values({ ...experience, portfolioId: staged.portfolio }),
  ];
  for (const { file, ...item } of shown) {
    const stored = file && (await stageFile(staging, file));
    const row = { ...item, id: await renamed(item.id), experienceId: experience.id, fileId: stored?.id ?? null };
    statements.push(...(stored ? keepFile(deps, stored) : []), deps.db.query.insert(evidence).values(row));
  }
  await deps.db.batch(statements);
}

/** A file of the package into the store, by the rules of any file. */
async function stageFile({ deps, staged, read, stored }: Staging, { path, name }: { path: string; name: string }) {
  const bytes = await read(path, FILE_LIMIT);
  const whole = (async function* () {
    yield bytes;
  })();
  try {
    const file = await storeFile(deps, { bytes: whole, name, scope: scopeOf(staged.portfolio), kinds: evidenceKinds });
    stored.push(file.id);
    return file;
  } catch (error) {
    if (
      error instanceof DomainError &&
      ['media-type-unsupported', 'limit-broken', 'request-invalid'].includes(error.code)
    )
      throw refusePackage('kind', path);
    throw error;
  }
}

type Said = PackedPortfolio['references'][number];

export async function stageReference(staging: Staging, content: PackedPortfolio, said: Said): Promise<void> {
  const { deps, staged, renamed, ids } = staging;
  const id = await renamed(said.id);
  const experienceId = said.experienceId === null ? null : ids.get(said.experienceId);
  if (experienceId === undefined) throw refusePackage('contents', 'references');
  if (staging.has(id)) return;
  const stored = said.file && (await stageFile(staging, said.file));
  const { file: _, ...rest } = said;
  const row = {
    ...rest,
    id,
    experienceId,
    // Its link was of another place, or has ended.
    requestId: `import:${id}`,
    portfolioId: staged.portfolio,
    fileId: stored?.id ?? null,
    standing: await standingHere(deps, content, said, stored),
  };
  await deps.db.batch([...(stored ? keepFile(deps, stored) : []), deps.db.query.insert(references).values(row)]);
}

/**
 * What can be checked counts: a signature over these words and this experience. That someone logged in elsewhere is
 * only said by a file that anyone can write.
 */
async function standingHere(
  deps: Deps,
  content: PackedPortfolio,
  { document, words, answers, experienceId }: Said,
  recording: StoredFile | null,
): Promise<'named' | 'signed'> {
  if (!document) return 'named';
  try {
    const { verdict, credential } = await checkCredential(deps, { credential: document });
    const subject = z
      .object({ id: z.string(), credentialSubject: z.object({ id: z.string(), endorsementComment: z.string() }) })
      .parse(credential);
    const comments = (['nl', 'en'] as const).map(language =>
      commentOf({ words, answers }, language, recording ?? undefined),
    );
    const experience = content.experiences.find(e => e.id === experienceId);
    const about = !experience || subject.credentialSubject.id === (await subjectOf(subject.id, experience));
    const sound = verdict === 'valid' && about && comments.includes(subject.credentialSubject.endorsementComment);
    return sound ? 'signed' : 'named';
  } catch (error) {
    if (error instanceof DomainError || error instanceof z.ZodError) return 'named';
    throw error;
  }
}

export async function stageRest({ deps, staged, renamed, ids, has }: Staging, content: PackedPortfolio): Promise<void> {
  const { query } = deps.db;
  const statements: Statement[] = [];
  for (const { name: _, ...said } of content.selfAssessments) {
    const shownBy = said.experiences.flatMap(id => ids.get(id) ?? []);
    statements.push(
      query.insert(selfAssessments).values({ ...said, experiences: shownBy, portfolioId: staged.portfolio }),
    );
  }
  for (const goal of content.goals) {
    const id = await renamed(goal.id);
    if (!has(id)) statements.push(query.insert(goals).values({ ...goal, id, portfolioId: staged.portfolio }));
  }
  for (let at = 0; at < statements.length; at += 100) await deps.db.batch(statements.slice(at, at + 100));
}
