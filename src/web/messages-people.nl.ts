import { nlAccount } from './messages-account.nl.ts';
import { nlConnections } from './messages-connections.nl.ts';
import { nlData } from './messages-data.nl.ts';
import { nlBadges } from './messages-badges.nl.ts';
import { nlSignIn } from './messages-sign-in.nl.ts';

/**
 * The Dutch sentences of the pages of a person: sign in, account, my badges, at B1. The English table has the same
 * keys.
 */
export const nlPeople = {
  account: nlAccount,
  connections: nlConnections,
  data: nlData,
  badges: nlBadges,
  signIn: nlSignIn,
};
