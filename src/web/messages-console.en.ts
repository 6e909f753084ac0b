import type { nlConsole } from './messages-console.nl.ts';
import { enAwards, enAwardsDone } from './messages-awards.en.ts';
import { enCatalogue, enCatalogueDone } from './messages-catalogue.en.ts';
import { enDossiersDone } from './messages-dossiers.en.ts';
import { enEndorseDone } from './messages-endorse.en.ts';
import { enFrameworks, enFrameworksDone } from './messages-frameworks.en.ts';
import { enInstitution, enInstitutionDone } from './messages-institution.en.ts';
import { enTeamsDone } from './messages-teams.en.ts';

/** The same in English. */
export const enConsole: typeof nlConsole = {
  frame: {
    title: 'Management',
    crumbs: 'Where you are',
    rooms: 'Parts of the management',
    menu: 'Menu:',
    sections: {
      work: 'Overview',
      dossiers: 'What waits for me',
      awards: 'Awards',
      achievements: 'Microcredentials and badges',
      frameworks: 'Learning outcomes',
      endorsements: 'Endorsements',
      groups: 'Groups',
      teams: 'Teams',
      members: 'People',
      keys: 'Keys',
      apiKeys: 'API keys',
      settings: 'Settings',
      audit: 'Log',
    },
  },
  home: {
    title: 'Management',
    lead: 'Choose the institution that you work for now.',
    none: 'You have no role at any institution yet.',
    how: 'You get a role by an invitation. The administrator of your institution can send you one.',
  },
  done: {
    groupMade: 'The group can begin.',
    groupEnded: 'The group has ended.',
    ...enInstitutionDone,
    ...enAwardsDone,
    ...enCatalogueDone,
    ...enFrameworksDone,
    ...enEndorseDone,
    ...enDossiersDone,
    ...enTeamsDone,
  },
  ...enInstitution,
  ...enAwards,
  ...enCatalogue,
  ...enFrameworks,
};
