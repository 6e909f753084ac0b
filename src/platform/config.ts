import { z } from 'zod';
import { DomainError } from './errors.ts';
import { fromBase64url } from './ids.ts';
import type { LogLevel } from './log.ts';
import { readRetention, type Retention } from './retention.ts';

/** An OpenID provider at which people sign in. */
export interface ProviderConfig {
  /** Lower-case letters, digits and hyphens; stands in its callback, `/login/ID/callback`. */
  id: string;
  /** As people know it. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /**
   * `surfconext`: eduID and institution accounts with their claims and levels; `oidc`: any other, known by its subject.
   */
  profile: 'surfconext' | 'oidc';
  /** Where eduID tells which institutions are linked, for `surfconext`; that of SURFconext itself is known. */
  linksUrl?: string;
  /** The bundled provider for development; never in production. */
  local?: true;
}

export interface Config {
  production: boolean;
  port: number;
  /** The public base URL without a slash at its end; decides DIDs and links. */
  origin: string;
  /** The path of the SQLite file, or `:memory:`. */
  database: string;
  /** The folder for files that people bring; on Workers a binding stands in for it. */
  files: string;
  /** 32 bytes that seal the signing keys. */
  keyEncryptionKey: Uint8Array;
  /** 32 bytes that sign sessions. */
  sessionSecret: Uint8Array;
  /** A secret of 32 bytes in base64url that lets a program act as the operator; without it no program can. */
  operatorKey?: string;
  /** Where people sign in, in the order in which they are offered. */
  providers: ProviderConfig[];
  mail: {
    /** `smtp://user:password@host:port` or `smtps://…`; Node. */
    smtpUrl?: string;
    /** An https address that takes a letter as JSON, with a bearer token; Workers. */
    httpUrl?: string;
    httpToken?: string;
    /** `Name <address>` or an address. */
    from: string;
  };
  /** Where people can ask who runs this service: an e-mail address, or an https address of a page. */
  contact?: string;
  /** For how many days what is no longer needed is kept. */
  retention: Retention;
  logLevel: LogLevel;
  rateLimit: boolean;
  /** A file that stands in for the network; development and tests only. */
  fetchMap?: string;
}

type Environment = Record<string, string | undefined>;

/** Where the bundled provider is served. */
export const LOCAL_PROVIDER = '/dev/idp';

/** The secrets of `keys.example/`: they open development databases and nothing else. */
interface ExampleSecrets {
  keyEncryptionKey: string;
  sessionSecret: string;
}

/**
 * Reads the environment. In production nothing is assumed and nothing of the example serves.
 * @throws DomainError `configuration`, naming every variable that is not right
 */
export function readConfig(env: Environment, example: ExampleSecrets): Config {
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

  const files = env.FILES ?? 'file:data/files';
  if (!files.startsWith('file:')) wrong.push('FILES is not file:PATH');

  if (production && env.FETCH_MAP) wrong.push('FETCH_MAP is for development and tests');
  const logLevel = (env.LOG_LEVEL ?? 'info') as LogLevel;
  if (!['info', 'warn', 'error', 'silent'].includes(logLevel))
    wrong.push('LOG_LEVEL is not info, warn, error or silent');

  const providers = readProviders(env, production, wrong);
  const mail = readMail(env, origin, wrong);
  const retention = readRetention(env.RETENTION, wrong);
  const contact = env.CONTACT || undefined;
  if (contact && !/^(https:\/\/[^\s@]+|[^\s@:/?]+@[^\s@/?]+)$/.test(contact))
    wrong.push('CONTACT is not an e-mail address, nor an https address');

  if (wrong.length) throw new DomainError('configuration', `${wrong.join('; ')}.`);
  return {
    production,
    port,
    origin: origin!,
    database: database === ':memory:' ? database : database.slice('file:'.length),
    files: files.slice('file:'.length),
    keyEncryptionKey,
    sessionSecret,
    operatorKey: env.OPERATOR_KEY || undefined,
    providers,
    mail,
    ...(contact ? { contact } : {}),
    retention,
    logLevel,
    rateLimit: env.RATE_LIMIT !== 'off',
    fetchMap: env.FETCH_MAP,
  };
}

const provider = z.strictObject({
  // `/login/email` and `/login/link` are pages.
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .refine(id => id !== 'email' && id !== 'link'),
  name: z.string().min(1).max(100),
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().min(1).max(500),
  clientSecret: z.string().min(1).max(500),
  profile: z.enum(['surfconext', 'oidc']),
  linksUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
});

/** `OIDC_ISSUER` and its client first, then those of `OIDC_PROVIDERS`, a JSON list. */
function readProviders(env: Environment, production: boolean, wrong: string[]): ProviderConfig[] {
  const found: ProviderConfig[] = [];
  if (env.OIDC_ISSUER) {
    const first = provider.safeParse({
      id: 'eduid',
      name: env.OIDC_NAME ?? 'eduID',
      issuer: env.OIDC_ISSUER,
      clientId: env.OIDC_CLIENT_ID,
      clientSecret: env.OIDC_CLIENT_SECRET,
      profile: env.OIDC_PROFILE ?? 'surfconext',
      linksUrl: env.OIDC_LINKS_URL || undefined,
    });
    if (first.success) found.push(first.data);
    else wrong.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET do not make a provider together');
  }
  if (env.OIDC_PROVIDERS) {
    const more = z.array(provider).safeParse(jsonOrUndefined(env.OIDC_PROVIDERS));
    if (more.success) found.push(...more.data);
    else wrong.push('OIDC_PROVIDERS is not a JSON list of {id, name, issuer, clientId, clientSecret, profile}');
  }
  if (new Set(found.map(p => p.id)).size < found.length) wrong.push('two sign-in providers have the same id');
  for (const { id, issuer, linksUrl } of production ? found : []) {
    if (!issuer.startsWith('https://') || linksUrl?.startsWith('http:'))
      wrong.push(`the sign-in provider ${id} is not https`);
    if (new URL(issuer).pathname.startsWith(LOCAL_PROVIDER)) wrong.push(`${id} is the local sign-in provider`);
  }
  return found;
}

function readMail(env: Environment, origin: string | undefined, wrong: string[]): Config['mail'] {
  const { SMTP_URL, MAIL_HTTP_URL, MAIL_HTTP_TOKEN, MAIL_FROM } = env;
  if (SMTP_URL && !/^smtps?:\/\/[^\s]+$/.test(SMTP_URL)) wrong.push('SMTP_URL is not smtp://HOST:PORT or smtps://…');
  if (MAIL_HTTP_URL && !/^https:\/\//.test(MAIL_HTTP_URL)) wrong.push('MAIL_HTTP_URL is not https');
  return {
    ...(SMTP_URL ? { smtpUrl: SMTP_URL } : {}),
    ...(MAIL_HTTP_URL ? { httpUrl: MAIL_HTTP_URL } : {}),
    ...(MAIL_HTTP_TOKEN ? { httpToken: MAIL_HTTP_TOKEN } : {}),
    from: MAIL_FROM ?? `Waarmerk <noreply@${new URL(origin ?? 'http://localhost').hostname}>`,
  };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return bare && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
