// Badges from elsewhere that a person keeps here: as they came, with what the check found and when.
import { and, count, desc, eq } from 'drizzle-orm';
import { type AuditEntry, commit, OPERATOR } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newId, sha256Hex } from '../platform/ids.ts';
import { checkCredential, readCandidate, type Report } from '../verifier/index.ts';
import { importedBadges } from './schema.ts';

/** So many one person can keep. */
const MAX_KEPT = 200;
/** Characters of an issuer or an id; a longer one is told apart by its hash. */
const MAX_NAME = 500;

export type ImportedBadge = typeof importedBadges.$inferSelect & {
  /** What stands in it, as it was read and not as it was checked. */
  content: Record<string, unknown>;
};

/** Whose shelf it is kept on. */
type Keeper = Pick<SignedIn, 'person'>;

/** What a badge is kept from: the text of it, and where it came from, in words. */
interface Import {
  document: string;
  source: string;
}

/** What came of keeping a badge; `older`: the one that is kept was issued later, and stays. */
export type Kept = { id: string; outcome: 'created' | 'replaced' | 'older' };

/**
 * Checks a badge and keeps it as it came; the same badge of the same issuer again takes the place of the old one.
 * @returns its id here
 * @throws DomainError `limit-broken`, and what the check throws for what it cannot read
 */
export async function importBadge(deps: Deps, keeper: Keeper, given: Import): Promise<string> {
  const before = await findSame(deps, keeper, given.document);
  return (await keep(deps, keeper, given, before, await check(deps, given))).id;
}

/**
 * The same for a service: of two with one id and one issuer, the one that was issued later is kept (OB 3.0 §6.2.3,
 * "Credential equality and comparison"). What it says of itself counts among equals only: anyone can write a name and a
 * later date, so what was found good gives way to nothing that was not, and what was not gives way to what is.
 * @throws as `importBadge`; `request-invalid` for what would take the place of a better one
 */
export async function upsertBadge(deps: Deps, keeper: Keeper, given: Import): Promise<Kept> {
  const before = await findSame(deps, keeper, given.document);
  const issued = (document: string) => issuedAt(readCandidate(document).document) ?? 0;
  const report = await check(deps, given);
  const [was, is] = [before?.verdict === 'valid', report.verdict === 'valid'];
  if (was && !is)
    throw new DomainError(
      'request-invalid',
      `The one that is kept was found valid, and this one not (${report.code}).`,
    );
  if (before && was === is && issued(before.document) > issued(given.document))
    return { id: before.id, outcome: 'older' };
  return keep(deps, keeper, given, before, report);
}

const check = (deps: Deps, { document }: Import): Promise<Report> => checkCredential(deps, { credential: document });

/** When a badge says that it was issued, in milliseconds: `validFrom`, and what it was called before. */
export function issuedAt({ validFrom, issuanceDate }: Record<string, unknown>): number | undefined {
  const at = Date.parse(String(validFrom ?? issuanceDate));
  return Number.isNaN(at) ? undefined : at;
}

async function findSame(deps: Deps, { person }: Keeper, document: string) {
  const { issuer, credentialId } = await nameOf(document);
  const [before] = await deps.db.query
    .select({ id: importedBadges.id, document: importedBadges.document, verdict: importedBadges.verdict })
    .from(importedBadges)
    .where(same(person, issuer, credentialId));
  return before;
}

const same = (person: string, issuer: string, credentialId: string) =>
  and(
    eq(importedBadges.personId, person),
    eq(importedBadges.issuer, issuer),
    eq(importedBadges.credentialId, credentialId),
  );

async function keep(
  deps: Deps,
  keeper: Keeper,
  { document, source }: Import,
  before: { id: string } | undefined,
  report: Report,
): Promise<Kept> {
  const { query } = deps.db;
  const { person } = keeper;
  const { issuer, credentialId } = await nameOf(document);
  const [kept] = await query.select({ n: count() }).from(importedBadges).where(eq(importedBadges.personId, person));
  if (!before && (kept?.n ?? 0) >= MAX_KEPT)
    throw new DomainError('limit-broken', `At most ${MAX_KEPT} badges from elsewhere can be kept.`);
  const now = deps.clock();
  const found = { document, mediaType: mediaTypeOf(document), source, ...toldBy(report) };
  const id = newId(now);
  await commit(
    deps.db,
    [
      query
        .insert(importedBadges)
        .values({ id, personId: person, issuer, credentialId, createdAt: now.toISOString(), ...found })
        .onConflictDoUpdate({
          target: [importedBadges.personId, importedBadges.issuer, importedBadges.credentialId],
          set: found,
        }),
    ],
    [entry(deps, keeper, 'import.keep', before?.id ?? id)],
  );
  const [row] = await query
    .select({ id: importedBadges.id })
    .from(importedBadges)
    .where(same(person, issuer, credentialId));
  const here = row?.id ?? id;
  return { id: here, outcome: here === id ? 'created' : 'replaced' };
}

/**
 * Many at once, each checked, for a commit of the caller. What is kept already stays as it is.
 * @throws as `importBadge`
 */
export async function statementsToKeep(deps: Deps, keeper: Keeper, given: readonly Import[]): Promise<Statement[]> {
  const { query } = deps.db;
  const kept = await importedBy(deps, keeper.person);
  const statements: Statement[] = [];
  for (const { document, source } of given) {
    const { issuer, credentialId } = await nameOf(document);
    if (kept.some(badge => badge.issuer === issuer && badge.credentialId === credentialId)) continue;
    const report = await checkCredential(deps, { credential: document });
    const now = deps.clock();
    const row = { id: newId(now), personId: keeper.person, issuer, credentialId, createdAt: now.toISOString() };
    const found = { document, mediaType: mediaTypeOf(document), source, ...toldBy(report) };
    statements.push(
      query
        .insert(importedBadges)
        .values({ ...row, ...found })
        .onConflictDoNothing(),
    );
  }
  if (kept.length + statements.length > MAX_KEPT)
    throw new DomainError('limit-broken', `At most ${MAX_KEPT} badges from elsewhere can be kept.`);
  return statements;
}

/** The badges from elsewhere that a person keeps, the newest first. */
export async function importedBy(deps: Deps, personId: string): Promise<ImportedBadge[]> {
  const rows = await deps.db.query
    .select()
    .from(importedBadges)
    .where(eq(importedBadges.personId, personId))
    .orderBy(desc(importedBadges.createdAt));
  return rows.map(withContent);
}

/** One of them. @throws DomainError `not-found`, also for somebody else's */
export async function readImported(deps: Deps, personId: string, id: string): Promise<ImportedBadge> {
  const own = and(eq(importedBadges.id, id), eq(importedBadges.personId, personId));
  const [row] = await deps.db.query.select().from(importedBadges).where(own);
  if (!row) throw notFound('badge');
  return withContent(row);
}

/** Checks it once more and keeps what is found now. @throws DomainError `not-found` */
export async function recheckImported(deps: Deps, session: SignedIn, id: string): Promise<void> {
  const { document } = await readImported(deps, session.person, id);
  const told = toldBy(await checkCredential(deps, { credential: document }));
  await commit(
    deps.db,
    [deps.db.query.update(importedBadges).set(told).where(eq(importedBadges.id, id))],
    [entry(deps, session, 'import.check', id)],
  );
}

/** Takes it off the shelf; nothing of it stays. @throws DomainError `not-found` */
export async function removeImported(deps: Deps, session: SignedIn, id: string): Promise<void> {
  await readImported(deps, session.person, id);
  await commit(
    deps.db,
    [deps.db.query.delete(importedBadges).where(eq(importedBadges.id, id))],
    [entry(deps, session, 'import.remove', id)],
  );
  await deps.db.scrub();
}

const toldBy = ({ verdict, code, checkedAt }: Report) => ({ verdict, code, checkedAt });

/** What was kept under other limits than today's is still there, if only to be taken along. */
function withContent(row: typeof importedBadges.$inferSelect): ImportedBadge {
  try {
    return { ...row, content: readCandidate(row.document).document };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...row, content: {} };
  }
}

/** By what the same badge is recognised: its issuer and its id, as it says itself. */
async function nameOf(document: string): Promise<{ issuer: string; credentialId: string }> {
  const { issuer, badge, id } = readCandidate(document).document;
  const by = idOf(issuer) ?? idOf((badge as { issuer?: unknown } | undefined)?.issuer) ?? '';
  const name = idOf(id) ?? `sha256:${await sha256Hex(document)}`;
  return { issuer: await short(by), credentialId: await short(name) };
}

function idOf(value: unknown): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

const short = async (text: string) => (text.length <= MAX_NAME ? text : `sha256:${await sha256Hex(text)}`);

/** VCDM 2.0 §C.1, VC-JOSE-COSE §6, SD-JWT VC §3.1; what is older has no type of its own. */
function mediaTypeOf(document: string): string {
  if (!document.startsWith('{')) return document.includes('~') ? 'application/dc+sd-jwt' : 'application/jwt';
  const context = (JSON.parse(document) as { '@context'?: unknown })['@context'];
  return [context].flat().includes('https://www.w3.org/ns/credentials/v2') ? 'application/vc' : 'application/ld+json';
}

/** What someone keeps is their own business: no institution reads of it. */
const entry = (deps: Deps, { person }: Keeper, action: string, subject: string): AuditEntry => ({
  institution: OPERATOR,
  actor: { kind: 'person', person },
  action,
  subject,
  at: deps.clock(),
  details: {},
});
