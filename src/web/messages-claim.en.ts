import type { nlClaim } from './messages-claim.nl.ts';

/** The same in English. */
export const enClaim: typeof nlClaim = {
  title: 'A badge is waiting for you',
  titleClaimed: 'This badge has been picked up',
  button: 'Pick up your badge',
  see: 'See the badge',
  forName: name => `In the name of ${name}`,
  noName: 'There is no name on this badge.',
  what: 'What happens when you pick it up?',
  steps: [
    'You get a page of your own with your badge, a QR code and a file to keep.',
    'You choose who you share that link with.',
    'Until you press the button, nothing changes.',
  ],
  bearer:
    'Whoever has this link can pick up the badge. So keep the link safe. Nobody checked who you are; the badge says so too.',
  claimedLead: 'A badge can be picked up once. It has a page of its own that you can share.',
  notReady: 'The badge is not ready to be picked up. Come back later.',
  titleGone: 'This badge can no longer be picked up',
  withdrawn: 'The institution revoked this badge, or it no longer counts. Ask the institution why.',
  from: name => `From ${name}`,
};
