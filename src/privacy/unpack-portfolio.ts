/**
 * A package of a portfolio, taken in. The ZIP lies in the store while it is read; what it holds is put in a draft that
 * nobody has the code of, and one commit hands that over. Until then there is nothing of it, and what a crash leaves is
 * swept with the drafts.
 */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Deps, SignedIn } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { evidenceKinds } from '../platform/file-kind.ts';
import { dropBytes, FILE_LIMIT, keepFile, storeFile, type StoredFile } from '../platform/files.ts';
import { fromBase64url } from '../platform/ids.ts';
import { parseJson } from '../platform/json.ts';
import { macOf } from '../platform/mac.ts';
import { listZip, readEntry, refusePackage, type ZipEntry } from '../platform/read-zip.ts';
import type { Upload } from '../platform/upload.ts';
import {
  adoptStaged,
  commentOf,
  dropStaged,
  type Holder,
  holdOwn,
  openStaged,
  scopeOf,
  subjectOf,
} from '../portfolio/index.ts';
import { evidence, experiences, goals, references, selfAssessments } from '../portfolio/schema.ts';
import { hex, sha256 } from '../vc/bytes.ts';
import { checkCredential } from '../verifier/index.ts';
import { statementsToKeep } from '../wallets/index.ts';
import { manifest, type PackedPortfolio, packedPortfolio } from './portfolio-format.ts';

/** Bytes that a package may have, and that may come out of it. */
export const PACKAGE_LIMIT = 1_500_000_000;
const LIMITS = { entries: 25_000, total: 2_000_000_000 };
/** Bytes of what is no file of the person: held as a whole while it is read. */
const TEXT_LIMIT = 32_000_000;
/** Portfolios hold so many experiences. */
const MOST = 500;

/** What came of it. */
export interface Unpacked {
  experiences: number;
  /** Those that were here already, and stayed as they are. */
  known: number;
  badges: number;
}

/** Keeps a package while it comes in. @throws DomainError what `storeFile` throws */
export const storePackage = (deps: Deps, { person }: SignedIn, { name, bytes }: Upload): Promise<StoredFile> =>
  storeFile(deps, {
    bytes,
    name,
    scope: `portfolio-import:${person}`,
    kinds: new Set(['application/zip'] as const),
    limit: PACKAGE_LIMIT,
  });

/**
 * Takes a package in: all of it or nothing. Doing it again changes nothing: what is there stays as it is.
 * @throws DomainError `import-unreadable` with the fault, `limit-broken`, `import-state` while another import of theirs is
 * under way, `storage-full`
 */
export async function unpackPortfolio(deps: Deps, session: SignedIn, zip: StoredFile): Promise<Unpacked> {
  try {
    return await takeIn(deps, session, await openPackage(deps, zip));
  } finally {
    await dropBytes(deps, [zip.id]);
  }
}

/** A package whose list of contents names each entry, with the hash that it has to have. */
interface Package {
  content: PackedPortfolio;
  /** The bytes of an entry that the list names. @throws DomainError `import-unreadable` */
  read: (name: string, most: number) => Promise<Uint8Array<ArrayBuffer>>;
}

async function openPackage(deps: Deps, { id, size }: StoredFile): Promise<Package> {
  const entries = new Map((await listZip(deps.files, id, size, LIMITS)).map(entry => [entry.name, entry]));
  const open = (entry: ZipEntry | undefined, most: number) => {
    if (!entry) throw refusePackage('manifest');
    if (entry.size > most) throw refusePackage('bomb', entry.name);
    return readEntry(deps.files, id, entry);
  };
  const list = readAs(manifest, await open(entries.get('manifest.json'), TEXT_LIMIT), 'manifest');
  const named = new Map(list.entries.map(entry => [entry.name, entry]));
  const same =
    named.size === list.entries.length &&
    named.size === entries.size - 1 &&
    list.entries.every(({ name, size: told }) => entries.get(name)?.size === told);
  if (!same || named.has('manifest.json')) throw refusePackage('manifest');
  const read: Package['read'] = async (name, most) => {
    const bytes = await open(entries.get(name), most);
    if (hex(await sha256(bytes)) !== named.get(name)?.sha256) throw refusePackage('hash', name);
    return bytes;
  };
  const content = readAs(packedPortfolio, await read('portfolio.json', TEXT_LIMIT), 'contents');
  judge(content, named);
  // What nothing names is read all the same: nothing is taken from a package of which a part is not whole.
  for (const { name } of list.entries) if (name.startsWith('elm/')) await read(name, TEXT_LIMIT);
  return { content, read };
}

function readAs<T extends z.ZodType>(schema: T, bytes: Uint8Array, fault: 'manifest' | 'contents'): z.infer<T> {
  let value: unknown;
  try {
    value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refusePackage(fault);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refusePackage(fault, parsed.error.issues[0]?.path.join('.'));
  return parsed.data;
}

/** Each thing has a number of its own, and every entry is something's. */
function judge(content: PackedPortfolio, named: ReadonlyMap<string, unknown>): void {
  const shown = content.experiences.flatMap(e => e.evidence);
  for (const list of [content.experiences, shown, content.references, content.goals])
    if (new Set(list.map(item => item.id)).size !== list.length) throw refusePackage('contents');
  const outcomes = new Set(content.selfAssessments.map(said => said.outcomeId));
  const wanted = content.goals.flatMap(goal => goal.achievementId ?? []);
  const once = outcomes.size === content.selfAssessments.length && new Set(wanted).size === wanted.length;
  if (!once || shown.some(item => (item.url === null) === (item.file === null))) throw refusePackage('contents');
  const files = [...shown, ...content.references].flatMap(item => item.file?.path ?? []);
  const badges = content.badges.map(badge => badge.path);
  const used = new Set(['portfolio.json', ...files, ...badges]);
  if (used.size !== 1 + files.length + badges.length) throw refusePackage('contents');
  for (const name of used) if (!named.has(name)) throw refusePackage('manifest', name);
  for (const name of named.keys())
    if (!used.has(name) && !name.startsWith('elm/')) throw refusePackage('contents', name);
}

async function takeIn(deps: Deps, session: SignedIn, { content, read }: Package): Promise<Unpacked> {
  const own = await holdOwn(deps, session);
  const here = await idsIn(deps, own);
  // An entry keeps the time in its number; the rest is of this person, so that nobody meets another's.
  const renamed = async (id: string) => {
    if (here.has(id)) return id;
    const bytes = fromBase64url(await macOf(deps, 'portfolio-import', session.person, id))!;
    const tail = hex(bytes);
    return `${id.slice(0, 13)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8, 20)}`;
  };
  const badges = await readBadges(deps, session, content, read);
  const fresh = [];
  const ids = new Map<string, string>();
  for (const experience of content.experiences) {
    const id = await renamed(experience.id);
    ids.set(experience.id, id);
    if (!here.has(id)) fresh.push({ ...experience, id });
  }
  if (fresh.length + here.experiences > MOST)
    throw new DomainError('limit-broken', `There is room for ${MOST} experiences.`);
  const staged = await openStaged(deps, content.portfolio);
  const staging: Staging = { deps, staged, read, renamed, ids, has: id => here.has(id), stored: [] };
  try {
    for (const experience of fresh) await stageExperience(staging, experience);
    for (const said of content.references) await stageReference(staging, content, said);
    await stageRest(staging, content);
    await adoptStaged(deps, session, staged, badges);
  } catch (error) {
    await dropStaged(deps, staged);
    // Those whose row did not come to be.
    await dropBytes(deps, staging.stored);
    // The numbers stand in a draft of another import of theirs.
    if (/^(experiences|evidence|goals|reference_answers)\./.test(violatedKey(error) ?? ''))
      throw new DomainError('import-state', 'Another import is under way, or was cut off. Try again in an hour.');
    throw error;
  }
  return { experiences: fresh.length, known: content.experiences.length - fresh.length, badges: badges.length };
}

/** What stands in their portfolio now. */
async function idsIn({ db: { query } }: Deps, { portfolio }: Holder) {
  const told = await query
    .select({ id: experiences.id })
    .from(experiences)
    .where(eq(experiences.portfolioId, portfolio));
  const said = await query.select({ id: references.id }).from(references).where(eq(references.portfolioId, portfolio));
  const wanted = await query.select({ id: goals.id }).from(goals).where(eq(goals.portfolioId, portfolio));
  const ids = new Set([...told, ...said, ...wanted].map(row => row.id));
  return { has: (id: string) => ids.has(id), experiences: told.length };
}

interface Staging {
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
async function stageExperience(
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

async function stageReference(staging: Staging, content: PackedPortfolio, said: Said): Promise<void> {
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

async function stageRest({ deps, staged, renamed, ids, has }: Staging, content: PackedPortfolio): Promise<void> {
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

/** Badges are checked as any badge from elsewhere, and kept with what that found. */
async function readBadges(
  deps: Deps,
  session: SignedIn,
  { badges }: PackedPortfolio,
  read: Package['read'],
): Promise<Statement[]> {
  const given = [];
  for (const { path, source } of badges) {
    const document = new TextDecoder().decode(await read(path, 1_000_000));
    given.push({ document, source });
  }
  try {
    return await statementsToKeep(deps, session, given);
  } catch (error) {
    if (error instanceof DomainError && error.code.startsWith('credential-')) throw refusePackage('contents', 'badges');
    throw error;
  }
}
