import { nlAwards, nlAwardsDone } from './messages-awards.nl.ts';
import { nlCatalogue, nlCatalogueDone } from './messages-catalogue.nl.ts';
import { nlDossiersDone } from './messages-dossiers.nl.ts';
import { nlEndorseDone } from './messages-endorse.nl.ts';
import { nlFrameworks, nlFrameworksDone } from './messages-frameworks.nl.ts';
import { nlInstitution, nlInstitutionDone } from './messages-institution.nl.ts';
import { nlTeamsDone } from './messages-teams.nl.ts';

/** The Dutch sentences of the console of an institution, at B1. The English table has the same keys. */
export const nlConsole = {
  frame: {
    title: 'Beheer',
    crumbs: 'Waar je bent',
    rooms: 'Onderdelen van het beheer',
    menu: 'Menu:',
    sections: {
      work: 'Overzicht',
      dossiers: 'Wat op mij wacht',
      awards: 'Toekenningen',
      achievements: 'Microcredentials en badges',
      frameworks: 'Leeruitkomsten',
      endorsements: 'Onderschrijvingen',
      groups: 'Groepen',
      teams: 'Teams',
      members: 'Mensen',
      keys: 'Sleutels',
      apiKeys: 'API-sleutels',
      settings: 'Instellingen',
      audit: 'Logboek',
    },
  },
  home: {
    title: 'Beheer',
    lead: 'Kies de instelling waar je nu voor werkt.',
    none: 'Je hebt nog bij geen enkele instelling een rol.',
    how: 'Een rol krijg je met een uitnodiging. De beheerder van je instelling kan je die sturen.',
  },
  /** What was just done, in one sentence; pages name it by its key. */
  done: {
    groupMade: 'De groep kan beginnen.',
    groupEnded: 'De groep is gestopt.',
    ...nlInstitutionDone,
    ...nlAwardsDone,
    ...nlCatalogueDone,
    ...nlFrameworksDone,
    ...nlEndorseDone,
    ...nlDossiersDone,
    ...nlTeamsDone,
  },
  ...nlInstitution,
  ...nlAwards,
  ...nlCatalogue,
  ...nlFrameworks,
};
