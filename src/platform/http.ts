import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import type { Ctx, Deps, SignedIn } from './context.ts';
import type { Database } from './database.ts';
import { DomainError } from './errors.ts';
import type { Answer } from './idempotency.ts';
import { sha256Hex } from './ids.ts';
import { parseJson } from './json.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** What handlers find in `c.var`: `session` when someone is signed in, `ctx` only behind a guard. */
export interface AppEnv {
  Variables: { deps: Deps; requestId: string; session?: SignedIn; ctx: Ctx };
}

/** Bytes that a JSON body may have (interfaces.md, Limits). */
export const BODY_LIMIT = 1_000_000;
/** Bytes that a form with a file may have: a file of 10 MB and what the form puts around it. */
export const UPLOAD_LIMIT = 10_016_384;

/**
 * Reads a JSON body strictly.
 * @throws DomainError `media-type-unsupported`, `json-malformed`, `limit-depth`
 */
export async function readJson(c: Context): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type))
    throw new DomainError('media-type-unsupported', 'Send JSON with Content-Type: application/json.');
  return parseJson(await readText(c));
}

/** The body as text; bytes that are not UTF-8 are refused, not replaced. */
export async function readText(c: Context): Promise<string> {
  const bytes = await c.req.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DomainError('json-malformed', 'The body is not UTF-8.');
  }
}

/**
 * Parses a value at the edge, once.
 * @throws DomainError `request-invalid` with `errors: [{path, message}]`
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 20).map(issue => ({
    path: issue.path.map(String).join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `unknown member ${issue.keys.map(k => JSON.stringify(k)).join(', ')}`
        : issue.message,
  }));
  const first = errors[0]!;
  throw new DomainError('request-invalid', `${first.path ? `${first.path}: ` : ''}${first.message}.`, {
    extensions: { errors },
  });
}

/**
 * Does something behind the answer. A Worker waits for it, for a while and within bounds, which `work` is told; elsewhere
 * the process goes on by itself.
 */
export function keepAlive(c: Context<AppEnv>, work: (bounded: boolean) => Promise<unknown>, job: string): void {
  const { deps } = c.var;
  let wait: ((promise: Promise<unknown>) => void) | undefined;
  try {
    const context = c.executionCtx;
    wait = promise => context.waitUntil(promise);
  } catch {
    // Node has no such context, and says so by throwing.
  }
  const done = work(wait !== undefined).catch(error => deps.log.error(`job.${job}`, error));
  wait?.(done);
}

/** Puts the Idempotency-Key of a write, with a hash of what it asks, into the context. */
export async function withIdempotencyKey(c: Context<AppEnv>): Promise<Ctx> {
  const key = c.req.header('idempotency-key');
  const ctx = c.var.ctx;
  if (key === undefined) return ctx;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new DomainError('request-invalid', 'Idempotency-Key is 1 to 255 visible ASCII characters.');
  // The stored answer comes before the verb, and so before its right: another role's key is another request.
  const who = ctx.actor.kind === 'api-key' ? ctx.actor.role : ctx.actor.kind;
  const request = await sha256Hex(`${who} ${c.req.method} ${new URL(c.req.url).pathname}\n${await readText(c)}`);
  return { ...ctx, once: { key, request } };
}

/** Sends a stored or fresh answer of a write as JSON that no cache keeps. */
export const sendAnswer = (c: Context, answer: Answer, headers: Record<string, string> = {}) =>
  c.body(answer.body, answer.status as ContentfulStatusCode, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...headers,
  });

/** Public data that any origin may read, without credentials. */
export const openToAll: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'OPTIONS') {
    return c.body(null, 204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'content-type, accept, authorization, dpop',
      'access-control-max-age': '86400',
    });
  }
  // Before, for an answer that comes of an error; after, for one that was made elsewhere.
  c.header('access-control-allow-origin', '*');
  await next();
  c.res.headers.set('access-control-allow-origin', '*');
};

/** Refuses who asks more often than the open endpoints allow. */
export const rateLimited: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { rateLimit } = c.var.deps;
  if (rateLimit) takeFrom(c, rateLimit, 'Please wait before you check again.');
  await next();
};

/**
 * A limit of its own for one address, for what costs more than a check or is kept: it takes one from it, or refuses with
 * `sentence`. Counted for each database, since that is what fills up.
 */
export function ownLimit(limit: { burst: number; perMinute: number }, sentence: string) {
  const limits = new WeakMap<Database, RateLimit>();
  return (c: Context<AppEnv>): void => {
    const { db, clock, rateLimit } = c.var.deps;
    if (!rateLimit) return;
    const own = limits.get(db) ?? createRateLimit({ ...limit, now: clock });
    limits.set(db, own);
    takeFrom(c, own, sentence);
  };
}

/** @throws DomainError `rate-limited` */
export function takeFrom(c: Context<AppEnv>, limit: RateLimit, sentence: string): void {
  const answer = limit.take(c.var.deps.clientAddress(c));
  if (!answer.ok) throw new DomainError('rate-limited', sentence, { extensions: { retryAfter: answer.retryAfter } });
}

/**
 * Refuses a form that another site sent. Browsers say where it came from; programs that say nothing send no cookies
 * either, and the API has keys of its own.
 */
export const refuseOtherSites: MiddlewareHandler<AppEnv> = async (c, next) => {
  const unsafe = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
  if (unsafe && !/^\/((vc-)?api|ims)\//.test(c.req.path)) {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const ours = c.var.deps.config.origin;
    // Under our Referrer-Policy a browser says `null` for our own pages too (Fetch, append a request Origin header).
    const contradicts = origin !== undefined && origin !== 'null' && origin !== ours;
    const foreign = site
      ? (site !== 'same-origin' && site !== 'none') || contradicts
      : origin !== undefined && origin !== ours;
    if (foreign || (!site && !origin && c.req.header('cookie')))
      throw new DomainError(
        'cross-site',
        'This form was sent from another site. Open the page here and send it again.',
      );
  }
  await next();
};
