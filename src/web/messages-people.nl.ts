import { nlAccount } from './messages-account.nl.ts';

/** The Dutch sentences of the pages of a person: sign in, account, my badges, at B1. The English table has the same keys. */
export const nlPeople = {
  account: nlAccount,
};
