import { linkWallet, readChallenge, type Tied } from '../people/index.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { proveHolder } from '../verifier/index.ts';

/**
 * Adds the wallet whose key answered a challenge of ours to who is signed in.
 * @throws what `readChallenge`, `proveHolder` and `linkWallet` throw
 */
export async function addWallet(deps: Deps, session: SignedIn, challenge: string, answer: string): Promise<Tied> {
  // First, so that nobody has us fetch a DID document who was asked nothing.
  await readChallenge(deps, session, challenge);
  const did = await proveHolder(deps, answer, { challenge, domain: deps.config.origin });
  return linkWallet(deps, session, challenge, did);
}
