import type { Context } from 'hono';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import { DomainError } from './errors.ts';
import type { Fetcher } from './fetch.ts';
import type { Log } from './log.ts';
import type { RateLimit } from './rate-limit.ts';

/** What the runtime hands to the app; the entries make it, nothing else does. */
export interface Deps {
  config: Config;
  db: Database;
  clock: () => Date;
  fetcher: Fetcher;
  log: Log;
  /** Absent when the operator switched the limit off. */
  rateLimit?: RateLimit;
  /** The address of the connection that a request came by, as the runtime knows it. */
  clientAddress: (c: Context) => string;
}

/** A membership's role, also the scope of an API key (domain.md, Roles). */
export const roles = ['admin', 'coordinator', 'guide', 'assessor', 'examiner', 'board', 'awarder'] as const;
export type Role = (typeof roles)[number];

export type Actor =
  | { kind: 'api-key'; id: string; role: Role }
  /** Someone at the command line of the machine, or the service itself on their behalf. */
  | { kind: 'operator' }
  /** A timer that finishes what was begun. */
  | { kind: 'service' }
  /** Whoever holds a claim link. */
  | { kind: 'bearer' };

/** How an actor stands in the audit log: no names of people. */
export const actorName = (actor: Actor) => (actor.kind === 'api-key' ? `api-key:${actor.id}` : actor.kind);

/** Who acts, for which institution, and when. Every query of a verb is scoped to `institution.id`. */
export interface Ctx {
  actor: Actor;
  institution: { id: string; slug: string };
  now: Date;
  requestId: string;
  db: Database;
  deps: Deps;
  /** Set for a write that came with an Idempotency-Key; the first commit of the verb claims it. */
  once?: { key: string; request: string };
}

/** Line one of a verb that writes. The operator's command line stands above roles; a bearer has none. */
export function requireRole(ctx: Ctx, ...allowed: Role[]): void {
  if (ctx.actor.kind === 'operator' || ctx.actor.kind === 'service') return;
  if (ctx.actor.kind === 'api-key' && allowed.includes(ctx.actor.role)) return;
  throw new DomainError('forbidden', `This asks for the role ${allowed.join(' or ')}.`);
}
