import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { sha256Hex } from '../platform/ids.ts';

/** Whether this is the operator's key; never, where none is set. */
export async function isOperatorKey({ config: { operatorKey: secret } }: Deps, given: string): Promise<boolean> {
  // Hashes are compared, so that the time it takes tells nothing of the secret.
  return secret !== undefined && (await sha256Hex(given)) === (await sha256Hex(secret));
}

/** The guard of the operator from a distance, where there is no command line beside the database (Workers). */
export const operatorKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (!given || !(await isOperatorKey(c.var.deps, given)))
    throw new DomainError('unauthenticated', 'Send Authorization: Bearer with the operator’s key.');
  c.header('cache-control', 'no-store');
  await next();
};
