/**
 * Shows that adding a way in was begun by a press on a page of this very session. The way to a provider is a link, so
 * another site could lead someone onto it: who is signed in here to a stranger's account, by that stranger's one-time
 * link, would add their own login to it (threat O1).
 */
import type { Deps, SignedIn } from '../platform/context.ts';
import { macOf, sameMac } from '../platform/mac.ts';

/** What the link on the page carries. Other sessions of the same account have another one, and none can work it out. */
export const pressOf = (deps: Deps, session: SignedIn): Promise<string> =>
  macOf(deps, 'press', session.person, session.id);

/** Whether this session's own page sent them. */
export const wasPressed = async (deps: Deps, session: SignedIn, given: string | undefined): Promise<boolean> =>
  sameMac(given, await pressOf(deps, session));
