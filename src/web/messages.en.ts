import { enAbout } from './messages-about.en.ts';
import { enApi } from './messages-api.en.ts';
import { enAsk } from './messages-ask.en.ts';
import { enClaim } from './messages-claim.en.ts';
import { enConsole } from './messages-console.en.ts';
import { enCounter } from './messages-counter.en.ts';
import { enDecisions } from './messages-decisions.en.ts';
import { enDossiers } from './messages-dossiers.en.ts';
import { enEndorse } from './messages-endorse.en.ts';
import { enError } from './messages-error.en.ts';
import { enFiles } from './messages-files.en.ts';
import { enInteraction } from './messages-interaction.en.ts';
import { enLog } from './messages-log.en.ts';
import { enMany } from './messages-many.en.ts';
import { enOneBadge } from './messages-one-badge.en.ts';
import { enOperator } from './messages-operator.en.ts';
import { enPack } from './messages-pack.en.ts';
import { enPeople } from './messages-people.en.ts';
import { enPortfolio } from './messages-portfolio.en.ts';
import { enReaders } from './messages-readers.en.ts';
import { enRecordings } from './messages-recordings.en.ts';
import { enReferences } from './messages-references.en.ts';
import { enShop } from './messages-shop.en.ts';
import { enSite } from './messages-site.en.ts';
import { enTeams } from './messages-teams.en.ts';
import { enUnread } from './messages-unread.en.ts';
import { enValidations } from './messages-validations.en.ts';
import { enVerify } from './messages-verify.en.ts';
import type { Messages } from './messages.ts';
import { enWithoutNetwork } from './messages-without-network.en.ts';

/** Every English sentence of the pages, in plain words. */
export const en: Messages = {
  ...enSite,
  ...enShop,
  ...enVerify,
  unread: enUnread,
  ...enOneBadge,
  claim: enClaim,
  about: enAbout,
  api: enApi,
  error: enError,
  people: enPeople,
  portfolio: enPortfolio,
  readers: enReaders,
  recordings: enRecordings,
  references: enReferences,
  endorse: enEndorse,
  pack: enPack,
  validations: enValidations,
  dossiers: enDossiers,
  console: enConsole,
  files: enFiles,
  decisions: enDecisions,
  counter: enCounter,
  log: enLog,
  many: enMany,
  operator: enOperator,
  ask: enAsk,
  interaction: enInteraction,
  withoutNetwork: enWithoutNetwork,
  teams: enTeams,
};
