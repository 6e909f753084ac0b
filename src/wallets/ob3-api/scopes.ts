import type { Deps } from '../../platform/context.ts';

const PREFIX = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';

/**
 * What a service can be let do (OB 3.0 §6.2.1). `profile.update` is not among them: what stands here of a person comes
 * from who vouched for it. `offline_access` gives a refresh token.
 */
export const scopes = {
  read: `${PREFIX}credential.readonly`,
  write: `${PREFIX}credential.upsert`,
  profile: `${PREFIX}profile.readonly`,
  offline: 'offline_access',
} as const;
export type Scope = (typeof scopes)[keyof typeof scopes];

export const offeredScopes: readonly Scope[] = Object.values(scopes);

/** Where the operations of the specification stand (OB 3.0 §6.2). */
export const BASE = '/ims/ob/v3p0';

/** The addresses of the authorization server. Under `/api` stands what is called without cookies, also from a browser. */
export const addresses = ({ config: { origin } }: Deps) => ({
  issuer: origin,
  authorization: `${origin}/connect`,
  token: `${origin}/api/ob3/token`,
  registration: `${origin}/api/ob3/register`,
  revocation: `${origin}/api/ob3/revoke`,
});

/** The values of a `scope` parameter (RFC 6749 §3.3), each once. */
export const readScopes = (text: string): string[] => [...new Set(text.split(' ').filter(Boolean))];

/** Those that can be had here; the others are left out, and the answer says which stayed (RFC 6749 §3.3). */
export const offered = (asked: readonly string[]): Scope[] => offeredScopes.filter(scope => asked.includes(scope));
