import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { openProvider, providerConfig } from './providers.ts';
import { endSession } from './sessions.ts';

/** Ends the session of this browser, at once and here. One that was ended elsewhere in the same moment is ended too. */
export async function leave(deps: Deps, session: SignedIn): Promise<void> {
  try {
    await endSession(deps, session.person, session.id);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'not-found')) throw error;
  }
}

interface ProviderLogout {
  name: string;
  /** Where one signs out there (OpenID Connect RP-Initiated Logout 1.0 §2); undefined where it offers no such place. */
  url?: string;
}

/** How one signs out at the provider as well; undefined for a provider that is not known. */
export async function providerLogout(deps: Deps, id: string): Promise<ProviderLogout | undefined> {
  const config = deps.config.providers.find(provider => provider.id === id) && providerConfig(deps, id);
  if (!config) return undefined;
  const provider = await openProvider(deps, id).catch(() => undefined);
  if (!provider?.endSession) return { name: config.name };
  const url = new URL(provider.endSession);
  url.searchParams.set('client_id', config.clientId);
  url.searchParams.set('post_logout_redirect_uri', `${deps.config.origin}/logged-out`);
  return { name: config.name, url: url.href };
}
