import { DomainError } from './errors.ts';
import { fromBase64url } from './ids.ts';
import type { LogLevel } from './log.ts';

export interface Config {
  production: boolean;
  port: number;
  /** The public base URL without a slash at its end; decides DIDs and links. */
  origin: string;
  /** The path of the SQLite file, or `:memory:`. */
  database: string;
  /** 32 bytes that seal the signing keys. */
  keyEncryptionKey: Uint8Array;
  /** 32 bytes that sign sessions. */
  sessionSecret: Uint8Array;
  /** A secret of 32 bytes in base64url that lets a program act as the operator; without it no program can. */
  operatorKey?: string;
  logLevel: LogLevel;
  rateLimit: boolean;
  /** A file that stands in for the network; development and tests only. */
  fetchMap?: string;
}

/** The secrets of `keys.example/`: they open development databases and nothing else. */
export interface ExampleSecrets {
  keyEncryptionKey: string;
  sessionSecret: string;
}

/**
 * Reads the environment. In production nothing is assumed and nothing of the example serves.
 * @throws DomainError `configuration`, naming every variable that is not right
 */
export function readConfig(env: Record<string, string | undefined>, example: ExampleSecrets): Config {
  const wrong: string[] = [];
  const production = env.NODE_ENV === 'production';
  const port = Number(env.PORT ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65535) wrong.push('PORT is not a port number');

  const secret = (name: 'KEY_ENCRYPTION_KEY' | 'SESSION_SECRET', fallback: string): Uint8Array => {
    const given = env[name];
    if (production && !given) wrong.push(`${name} is missing`);
    if (production && given === fallback) wrong.push(`${name} is the example of keys.example/`);
    const bytes = fromBase64url(given ?? fallback);
    if (bytes?.length !== 32) wrong.push(`${name} is not 32 bytes in base64url`);
    return bytes ?? new Uint8Array(32);
  };
  const keyEncryptionKey = secret('KEY_ENCRYPTION_KEY', example.keyEncryptionKey);
  const sessionSecret = secret('SESSION_SECRET', example.sessionSecret);
  if (production && env.KEY_ENCRYPTION_KEY && env.KEY_ENCRYPTION_KEY === env.SESSION_SECRET)
    wrong.push('SESSION_SECRET is the same as KEY_ENCRYPTION_KEY');

  if (env.OPERATOR_KEY && (fromBase64url(env.OPERATOR_KEY)?.length ?? 0) < 32)
    wrong.push('OPERATOR_KEY is not 32 bytes in base64url');

  if (production && !env.ORIGIN) wrong.push('ORIGIN is missing');
  const origin = readOrigin(env.ORIGIN ?? `http://localhost:${port}`);
  if (!origin) wrong.push('ORIGIN is not a base URL such as https://badges.example.nl');
  else if (production && env.ORIGIN && !origin.startsWith('https://')) wrong.push('ORIGIN is not https');

  const database = env.DATABASE ?? 'file:data/waarmerk.db';
  if (!database.startsWith('file:') && database !== ':memory:') wrong.push('DATABASE is not file:PATH');

  if (production && env.FETCH_MAP) wrong.push('FETCH_MAP is for development and tests');
  const logLevel = (env.LOG_LEVEL ?? 'info') as LogLevel;
  if (!['info', 'warn', 'error', 'silent'].includes(logLevel))
    wrong.push('LOG_LEVEL is not info, warn, error or silent');

  if (wrong.length) throw new DomainError('configuration', `${wrong.join('; ')}.`);
  return {
    production,
    port,
    origin: origin!,
    database: database === ':memory:' ? database : database.slice('file:'.length),
    keyEncryptionKey,
    sessionSecret,
    operatorKey: env.OPERATOR_KEY || undefined,
    logLevel,
    rateLimit: env.RATE_LIMIT !== 'off',
    fetchMap: env.FETCH_MAP,
  };
}

function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return bare && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
