import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { linkSpent, spend, wasSpent } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newToken } from '../platform/ids.ts';
import { change, type Holder, helperHash, requireOwner, requireRoom } from './holder.ts';
import { portfolioAccess } from './schema.ts';

const MINUTE = 60_000;
export const CODE_MINUTES = 30;
export const HELP_HOURS = 2;
/** No letter or digit that can be taken for another one, read out or written down: 39 bits in eight. */
const SIGNS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 8;
const MOST = 5;

function newCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte! < 240) code += SIGNS[byte! % SIGNS.length];
  }
  return code;
}

/** What someone typed, as it was made; undefined for what can be none. */
function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === LENGTH && [...code].every(sign => SIGNS.includes(sign)) ? code : undefined;
}

/** *Samen invullen*: a code that lets one helper in, for half an hour. @throws DomainError `limit-broken` */
export async function askHelper(deps: Deps, holder: Holder): Promise<{ code: string; expiresAt: string }> {
  requireOwner(holder);
  requireRoom((await listHelpers(deps, holder)).length, MOST, 'helpers at a time');
  const code = newCode();
  const now = deps.clock();
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * MINUTE).toISOString();
  const row = {
    id: await helperHash(deps, code),
    portfolioId: holder.portfolio,
    kind: 'code' as const,
    label: '',
    reading: [] as [],
    createdAt: now.toISOString(),
    expiresAt,
  };
  await change(deps, holder, 'helper.ask', [deps.db.query.insert(portfolioAccess).values(row)]);
  return { code, expiresAt };
}

/**
 * Lets a helper in by a code, once. The secret is for their browser; it ends by itself, or when the owner ends it.
 * @throws DomainError `not-found` for a code that is wrong, was used or has lapsed: these read the same
 */
export async function joinAsHelper(deps: Deps, typed: string, name: string): Promise<{ secret: string; until: Date }> {
  const code = readCode(typed);
  const id = code && (await helperHash(deps, code));
  const now = deps.clock();
  const valid = and(
    eq(portfolioAccess.id, id ?? ''),
    eq(portfolioAccess.kind, 'code'),
    gt(portfolioAccess.expiresAt, now.toISOString()),
  );
  const [row] = await deps.db.query.select().from(portfolioAccess).where(valid);
  if (!code || !row) throw noSuchCode();
  const secret = newToken();
  const until = new Date(now.getTime() + HELP_HOURS * 60 * MINUTE);
  const helper = {
    ...row,
    id: await helperHash(deps, secret),
    kind: 'helper' as const,
    label: name.slice(0, 80),
    createdAt: now.toISOString(),
    expiresAt: until.toISOString(),
  };
  const holder: Holder = { portfolio: row.portfolioId, by: 'helper' };
  const { query } = deps.db;
  try {
    await change(deps, holder, 'helper.join', [
      ...(await spend(deps, 'helper-code', code, until)),
      query.delete(portfolioAccess).where(eq(portfolioAccess.id, row.id)),
      query.insert(portfolioAccess).values(helper),
    ]);
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    throw error;
  }
  return { secret, until };
}

const noSuchCode = () =>
  new DomainError('not-found', 'This code is not right, was used before, or has ended. Ask for a new one.');

/** Who helps now, and codes that wait for someone. The id is a hash, and opens nothing. */
export async function listHelpers(deps: Deps, holder: Holder) {
  return deps.db.query
    .select({
      id: portfolioAccess.id,
      kind: portfolioAccess.kind,
      name: portfolioAccess.label,
      until: portfolioAccess.expiresAt,
    })
    .from(portfolioAccess)
    .where(
      and(
        eq(portfolioAccess.portfolioId, holder.portfolio),
        gt(portfolioAccess.expiresAt, deps.clock().toISOString()),
        // Readers see what was chosen, and are no helpers.
        inArray(portfolioAccess.kind, ['code', 'helper']),
      ),
    )
    .orderBy(asc(portfolioAccess.createdAt));
}

/** Ends a helper's look, or a code, at once. @throws DomainError `not-found` */
export async function endHelp(deps: Deps, holder: Holder, id: string): Promise<void> {
  requireOwner(holder);
  if (!(await listHelpers(deps, holder)).some(helper => helper.id === id)) throw notFound('helper');
  await change(deps, holder, 'helper.end', [deps.db.query.delete(portfolioAccess).where(eq(portfolioAccess.id, id))]);
}

/** A helper leaves. */
export async function leaveHelp(deps: Deps, holder: Holder, secret: string): Promise<void> {
  const id = await helperHash(deps, secret);
  await change(deps, holder, 'helper.leave', [deps.db.query.delete(portfolioAccess).where(eq(portfolioAccess.id, id))]);
}
