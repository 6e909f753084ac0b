import type { nlConnections } from './messages-connections.nl.ts';

/** The same in English. */
export const enConnections: typeof nlConnections = {
  title: 'Connected services',
  lead: 'You gave these services access. You can stop them here.',
  link: 'See connected services',
  linkLead: 'Other sites and apps that you gave access.',
  none: 'You have not given access to any service.',
  noneLead: 'When another site or app wants to see your badges, it asks. You decide.',
  ended: 'The service was stopped. It has no access any more.',
  may: 'May',
  since: 'Connected since',
  used: 'Last used',
  neverUsed: 'not yet',
  until: 'Can go on until',
  untilNote: (when: string) => `${when}, and longer if the service comes back before`,
  lapsed: 'Can do nothing now. The service has to ask you again.',
  end: 'Stop',
  endLead: 'When you stop a service, it has no access any more, at once. What it has already, it keeps.',
  scopes: {
    'credential.readonly': 'read your badges',
    'credential.upsert': 'keep badges with you',
    'profile.readonly': 'read your name and e-mail address',
    offline_access: 'go on while you are away',
  },
  ask: {
    title: (host: string) => `Do you give ${host} access?`,
    lead: 'This service asks, and calls itself:',
    unknown: 'We do not know this service. It chose the name itself. Look well at the address.',
    wants: 'This is what the service may do then',
    scopes: {
      'credential.readonly':
        'Read your badges. Also badges from elsewhere that you keep, and badges that you get later.',
      'credential.upsert': 'Keep badges with you. We check them first. A newer version takes the place of the old one.',
      'profile.readonly': 'Read your name and your e-mail address.',
      offline_access: 'Go on doing this while you are away, until you stop it.',
    },
    once: 'The access stops after an hour.',
    allow: 'Give access',
    deny: 'Do not give access',
    then: (host: string) => `After that you go back to ${host}.`,
    stop: 'You can stop this later, at your account.',
    as: (label: string) => `You are signed in as ${label}.`,
    rules: 'What the service says itself',
    policy: 'How the service handles your data',
    terms: 'The terms of the service',
  },
};
