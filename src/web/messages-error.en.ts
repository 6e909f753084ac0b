import type { nlError } from './messages-error.nl.ts';

/** The same in English. */
export const enError: typeof nlError = {
  requestId: 'Number of this request',
  detail: 'Technical message',
  toHome: 'To the front page',
  toCheck: 'Check a badge',
  notFound: {
    title: 'There is no such page',
    means: 'The link is wrong or not complete, or what was here is gone.',
    todo: 'See whether you have the whole link. If someone gave it to you, ask them.',
  },
  tooLarge: {
    title: 'This is too large',
    means: 'What you sent is larger than 1 MB. We did not read it and nothing has changed.',
    todo: 'Send the badge only. A badge is usually much smaller.',
  },
  wait: {
    title: 'Please wait a moment',
    means: 'Many requests came from your address. That is why we wait a little.',
    todo: seconds => (seconds === undefined ? 'Try again in a minute.' : `Try again in ${seconds} seconds.`),
  },
  crossSite: {
    title: 'This came from another site',
    means: 'Another site sent you here with a form. We do not act on that. Nothing has changed.',
    todo: 'Open the page here yourself and try again.',
  },
  method: {
    title: 'This page does not work that way',
    means: 'This address cannot handle this request.',
    todo: 'Start at the front page.',
  },
  request: {
    title: 'We do not understand this request',
    means: 'Something is wrong with what you sent. Nothing has changed.',
    todo: 'Go back and try again.',
  },
  busy: {
    title: 'This does not work right now',
    means: 'The service cannot work properly at the moment. Nothing was half done.',
    todo: 'Try again in a few minutes.',
  },
  internal: {
    title: 'Something went wrong on our side',
    means: 'This is our fault and not yours. It was written down.',
    todo: 'Try again later. If it stays this way, mention the number below.',
  },
};
