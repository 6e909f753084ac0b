/**
 * A package of a portfolio, taken in. The ZIP lies in the store while it is read; what it holds is put in a draft that
 * nobody has the code of, and one commit hands that over. Until then there is nothing of it, and what a crash leaves is
 * swept with the drafts.
 */
import { eq } from 'drizzle-orm';
import type { Deps, SignedIn } from '../platform/context.ts';
import { type Statement, violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { dropBytes, storeFile, type StoredFile } from '../platform/files.ts';
import { fromBase64url } from '../platform/ids.ts';
import { macOf } from '../platform/mac.ts';
import { refusePackage } from '../platform/read-zip.ts';
import type { Upload } from '../platform/upload.ts';
import { adoptStaged, dropStaged, type Holder, holdOwn, openStaged } from '../portfolio/index.ts';
import { experiences, goals, references } from '../portfolio/schema.ts';
import { hex } from '../vc/bytes.ts';
import { statementsToKeep } from '../wallets/index.ts';
import { openPackage, type Package } from './open-package.ts';
import type { PackedPortfolio } from './portfolio-format.ts';
import { stageExperience, stageReference, stageRest, type Staging } from './stage-portfolio.ts';

/** Bytes that a package may have, and that may come out of it. */
export const PACKAGE_LIMIT = 1_500_000_000;
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
 * @throws DomainError `import-unreadable` with the fault, `limit-broken`, `import-state` while another import of theirs
 * is under way, `storage-full`
 */
export async function unpackPortfolio(deps: Deps, session: SignedIn, zip: StoredFile): Promise<Unpacked> {
  try {
    return await takeIn(deps, session, await openPackage(deps, zip));
  } finally {
    await dropBytes(deps, [zip.id]);
  }
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
