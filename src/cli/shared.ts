import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CommanderError } from 'commander';
import { openNode } from '../deps-node.ts';
import { readInstitution } from '../institutions/index.ts';
import type { Actor, Ctx, Deps } from '../platform/context.ts';
import type { NodeDatabase } from '../platform/database-node.ts';

/** The exit code of a mistake in the call. */
export const USAGE = 64;
export const operator = { kind: 'operator' } as const satisfies Actor;

/** Results go to standard output, words and progress to standard error. */
export const print = (line: string) => process.stdout.write(`${line}\n`);
export const tell = (line: string) => process.stderr.write(`${line}\n`);
export const printJson = (value: unknown) => print(JSON.stringify(value));

/** What a command throws for a mistake in how it was called. */
export const usage = (message: string) => new CommanderError(USAGE, 'usage', message);

/** Opens the database that the environment names, runs `work`, and closes it whatever happens. */
export async function withService<T>(work: (service: { deps: Deps; db: NodeDatabase }) => Promise<T>): Promise<T> {
  const service = openNode({ ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' }, tell);
  try {
    return await work(service);
  } finally {
    service.close();
  }
}

/** The operator, acting for an institution. */
export async function operatorFor(deps: Deps, slug: string): Promise<Ctx> {
  const institution = await readInstitution(deps, slug);
  return { actor: operator, institution, now: deps.clock(), requestId: 'cli', db: deps.db, deps };
}

/** A file as text, or standard input for `-`. */
export const readFile = (file: string): string => readBytes(file).toString('utf8');

/** A file of any kind, or standard input for `-`. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw usage(
      `${file === '-' ? 'standard input' : basename(file)} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** A day or a moment of RFC 3339. */
export function readDate(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(date.getTime()))
    throw usage(`"${text}" is not a date such as 2026-11-03 or 2026-11-03T12:00:00Z`);
  return date;
}
