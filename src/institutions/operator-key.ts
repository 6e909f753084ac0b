import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { sha256Hex } from '../platform/ids.ts';

/** The guard of the operator from a distance, where there is no command line beside the database (Workers). */
export const operatorKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { operatorKey: secret } = c.var.deps.config;
  const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  // Hashes are compared, so that the time it takes tells nothing of the secret.
  if (!secret || !given || (await sha256Hex(given)) !== (await sha256Hex(secret)))
    throw new DomainError('unauthenticated', 'Send Authorization: Bearer with the operator’s key.');
  c.header('cache-control', 'no-store');
  await next();
};
