import type { Context } from 'hono';
import {
  countShareUse,
  findShareLink,
  readAwardShared,
  readShared,
  type Shared,
  type ShareLink,
  type SharePart,
} from '../credentials/index.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { givePass, hasPass } from './reader-pass.ts';

/** What a link of a learner leads to: the badge, or a button first, since previews of links press none. */
export type Opened = { link: ShareLink; shared?: Shared };

/**
 * Opens a link of a learner and counts that. Its maker, and a browser that opened it within the hour, are not counted.
 * @throws DomainError `not-found`
 */
export async function openLink(c: Context<AppEnv>, token: string): Promise<Opened> {
  const { deps, session } = c.var;
  const link = await findShareLink(deps, token);
  const counted = session?.person === link.personId || (await hasPass(c, token));
  if (!counted && link.mostUses !== null) {
    if (link.state === 'used') throw notFound('badge');
    return { link };
  }
  if (!counted && isRead(c)) await useLink(c, token);
  return { link, shared: await readAwardShared(deps, link.awardId, token) };
}

/** Uses a link, once: from then on its page opens in this browser. @throws DomainError `not-found` when it was used up */
export async function useLink(c: Context<AppEnv>, token: string): Promise<void> {
  if (await hasPass(c, token)) return;
  await countShareUse(c.var.deps, token);
  await givePass(c, token);
}

/** HEAD, and what a browser loads before anyone asks for it, is not somebody who reads. */
function isRead(c: Context): boolean {
  const purpose = `${c.req.header('sec-purpose') ?? ''} ${c.req.header('purpose') ?? ''} ${c.req.header('x-moz') ?? ''}`;
  return c.req.method === 'GET' && !/prefetch|prerender|preview/i.test(purpose);
}

/** A badge as it may be seen: by its own address whole, by a link of its holder without the parts that they leave out. */
export type Behind = { shared: Shared; without: readonly SharePart[] };

/** The badge behind a link, for a file of it; opening it counts. @throws DomainError `not-found` */
export async function readBehind(c: Context<AppEnv>, token: string): Promise<Behind> {
  const own = await unlessAbsent(readShared(c.var.deps, token));
  if (own) return { shared: own, without: [] };
  const { link, shared } = await openLink(c, token);
  if (!shared) throw notFound('badge');
  return { shared, without: link.without };
}

/**
 * The same, whole as it was signed. A link that leaves parts out leads to none.
 * @throws DomainError `not-found`
 */
export async function readWhole(c: Context<AppEnv>, token: string): Promise<Shared> {
  if ((await leftOutBy(c, token)).length > 0) throw notFound('badge');
  return (await readBehind(c, token)).shared;
}

/** The parts that a link leaves out; none at the address of a badge's own, or where there is nothing. */
export async function leftOutBy(c: Context<AppEnv>, token: string): Promise<readonly SharePart[]> {
  return (await unlessAbsent(findShareLink(c.var.deps, token)))?.without ?? [];
}

/** The value, or nothing where there is none. */
export async function unlessAbsent<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return undefined;
    throw error;
  }
}
