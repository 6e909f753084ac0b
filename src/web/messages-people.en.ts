import { enAccount } from './messages-account.en.ts';
import { enConnections } from './messages-connections.en.ts';
import { enData } from './messages-data.en.ts';
import { enBadges } from './messages-badges.en.ts';
import { enSignIn } from './messages-sign-in.en.ts';
import type { nlPeople } from './messages-people.nl.ts';

/** The same in English. */
export const enPeople: typeof nlPeople = {
  account: enAccount,
  connections: enConnections,
  data: enData,
  badges: enBadges,
  signIn: enSignIn,
};
