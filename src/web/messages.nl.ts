import { nlAbout } from './messages-about.nl.ts';
import { nlApi } from './messages-api.nl.ts';
import { nlAsk } from './messages-ask.nl.ts';
import { nlClaim } from './messages-claim.nl.ts';
import { nlConsole } from './messages-console.nl.ts';
import { nlCounter } from './messages-counter.nl.ts';
import { nlDecisions } from './messages-decisions.nl.ts';
import { nlDossiers } from './messages-dossiers.nl.ts';
import { nlEndorse } from './messages-endorse.nl.ts';
import { nlError } from './messages-error.nl.ts';
import { nlFiles } from './messages-files.nl.ts';
import { nlInteraction } from './messages-interaction.nl.ts';
import { nlLog } from './messages-log.nl.ts';
import { nlMany } from './messages-many.nl.ts';
import { nlOneBadge } from './messages-one-badge.nl.ts';
import { nlOperator } from './messages-operator.nl.ts';
import { nlPack } from './messages-pack.nl.ts';
import { nlPeople } from './messages-people.nl.ts';
import { nlPortfolio } from './messages-portfolio.nl.ts';
import { nlReaders } from './messages-readers.nl.ts';
import { nlRecordings } from './messages-recordings.nl.ts';
import { nlReferences } from './messages-references.nl.ts';
import { nlShop } from './messages-shop.nl.ts';
import { nlSite } from './messages-site.nl.ts';
import { nlTeams } from './messages-teams.nl.ts';
import { nlUnread } from './messages-unread.nl.ts';
import { nlValidations } from './messages-validations.nl.ts';
import { nlVerify } from './messages-verify.nl.ts';
import { nlWithoutNetwork } from './messages-without-network.nl.ts';

/**
 * Every Dutch sentence of the pages, at B1, "je" and never "u". The English table has the same keys: its type is made
 * from this one. What a badge says itself never stands here.
 */
export const nl = {
  ...nlSite,
  ...nlShop,
  ...nlVerify,
  unread: nlUnread,
  ...nlOneBadge,
  claim: nlClaim,
  about: nlAbout,
  api: nlApi,
  error: nlError,
  people: nlPeople,
  portfolio: nlPortfolio,
  readers: nlReaders,
  recordings: nlRecordings,
  references: nlReferences,
  endorse: nlEndorse,
  pack: nlPack,
  validations: nlValidations,
  dossiers: nlDossiers,
  console: nlConsole,
  files: nlFiles,
  decisions: nlDecisions,
  counter: nlCounter,
  log: nlLog,
  many: nlMany,
  operator: nlOperator,
  ask: nlAsk,
  interaction: nlInteraction,
  withoutNetwork: nlWithoutNetwork,
  teams: nlTeams,
};
