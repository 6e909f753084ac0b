import { enAccount } from './messages-account.en.ts';
import type { nlPeople } from './messages-people.nl.ts';

/** The same in English. */
export const enPeople: typeof nlPeople = {
  account: enAccount,
};
