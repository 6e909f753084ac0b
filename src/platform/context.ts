import type { Context } from 'hono';
import type { Assets } from './assets.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Fetcher } from './fetch.ts';
import type { FileStore } from './files.ts';
import type { Language } from './language.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mail.ts';
import type { RateLimit } from './rate-limit.ts';

/** The letters of pictures and paper, as TrueType. */
export interface Fonts {
  regular: Uint8Array;
  bold: Uint8Array;
}

/** What pictures and paper are made with. */
export interface Drawing {
  /** An SVG of ours as a PNG. */
  png: (svg: string) => Promise<Uint8Array>;
  fonts: () => Promise<Fonts>;
}

/** What the runtime hands to the app; the entries make it, nothing else does. */
export interface Deps {
  config: Config;
  db: Database;
  clock: () => Date;
  fetcher: Fetcher;
  log: Log;
  /** The texts of the QR codes in a PNG or a JPEG. */
  readQr: (picture: Uint8Array) => Promise<string[]>;
  drawing: Drawing;
  /** Where the bytes of files lie that people brought. */
  files: FileStore;
  /** What browsers load beside a page. */
  assets: Assets;
  /** Absent when the operator switched the limit off. */
  rateLimit?: RateLimit;
  /** Absent where no mail system is configured: then nothing is offered that needs one. */
  mailer?: Mailer;
  /** How the sign-in providers are reached. */
  providerFetch: typeof fetch;
  /** The address of the connection that a request came by, as the runtime knows it. */
  clientAddress: (c: Context) => string;
}

/** A membership's role, also the scope of an API key (domain.md, Roles). */
export const roles = ['admin', 'coordinator', 'guide', 'assessor', 'examiner', 'board', 'awarder'] as const;
export type Role = (typeof roles)[number];

export type Actor =
  | { kind: 'api-key'; id: string; role: Role }
  /** A signed-in person with their roles at the institution; a role may reach some achievements only. */
  | { kind: 'member'; person: string; roles: { role: Role; achievements: string[] | null }[] }
  /** A signed-in person on their own behalf. */
  | { kind: 'person'; person: string }
  /** Someone at the command line of the machine, or the service itself on their behalf. */
  | { kind: 'operator' }
  /** A timer that finishes what was begun. */
  | { kind: 'service' }
  /** Whoever holds a claim link. */
  | { kind: 'bearer' };

/** Who is signed in with this browser. */
export interface SignedIn {
  /** Of the session: the hash of the cookie's secret. */
  id: string;
  person: string;
  /** The identity that the session was opened with. */
  identity: string;
  provider: string | null;
  /** When they last proved who they are in this session; RFC 3339 UTC. */
  provenAt: string;
  language: Language;
}

/** How an actor stands in the audit log: no names of people. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'api-key') return `api-key:${actor.id}`;
  return 'person' in actor ? `${actor.kind}:${actor.person}` : actor.kind;
}

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
