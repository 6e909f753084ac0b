import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { base64url, fromBase64url } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { seal, unseal } from '../platform/seal.ts';
import { linkSpent } from './spend.ts';

/** How long a link can be followed. */
export const LINK_MS = 30 * 60_000;
export const ONE_TIME_LINK = 'one-time-link';

/** What a link is for: to come in by an address, or to add the address to who is signed in. */
export type LinkPurpose = 'sign-in' | 'link';

/** What is sealed into a link: the table need not keep who asked, and an address bar shows nothing of it. */
export interface SealedLink {
  purpose: LinkPurpose;
  email: string;
  nonce: string;
  /** Milliseconds since 1970. */
  expires: number;
  language: Language;
  /** A path of ours to go on to. */
  then: string;
  /** For `link`: who asked, in a session that was fresh then. */
  person?: string;
  session?: string;
}

export const sealLink = async (deps: Deps, link: SealedLink): Promise<string> =>
  base64url(await seal(deps.config.sessionSecret, new TextEncoder().encode(JSON.stringify(link)), ONE_TIME_LINK));

/** @throws DomainError `link-spent` for what we did not seal and for what is too old */
export async function openLink(deps: Deps, token: string): Promise<SealedLink> {
  const bytes = token.length <= 4_000 ? fromBase64url(token) : undefined;
  if (!bytes || bytes.length < 28) throw linkSpent();
  let link: SealedLink;
  try {
    link = JSON.parse(new TextDecoder().decode(await unseal(deps.config.sessionSecret, bytes, ONE_TIME_LINK)));
  } catch (error) {
    if (error instanceof DomainError) throw linkSpent();
    throw error;
  }
  const left = link.expires - deps.clock().getTime();
  // Longer than it was made for means that the clock was set back: it would live too long.
  if (left <= 0 || left > LINK_MS) throw linkSpent();
  return link;
}
