import type { nlSignIn } from './messages-sign-in.nl.ts';

/** The same in English. */
export const enSignIn: typeof nlSignIn = {
  title: 'Sign in',
  with: name => `Sign in with ${name}`,
  trial: 'This is a trial: you choose who you sign in as.',
  noEduid: 'No eduID yet? You can make one for free at eduid.nl.',
  or: 'or',
  byEmail: 'By a link in an e-mail',
  emailLead: 'You get an e-mail with a link. It signs you in once.',
  none: 'No way to sign in has been set up yet.',
  down: name => `${name} cannot be reached now, so you cannot sign in there for the moment.`,
  downTodo: 'Try again in a few minutes. Checking badges still works. Whoever is signed in stays signed in.',
  already: 'You are signed in already.',
  toBadges: 'To my badges',
  freshLead: 'We want to be sure that it is you. Sign in once more. Then you go on where you were.',
  levelLead: {
    login: 'This is where you pick up and keep your badges. Do you work at an institution? Then you sign in here too.',
    'linked-institution':
      'For this your eduID has to be linked to an institution. Sign in; you can link it there right away.',
    'affiliation-student':
      'For this it has to show that you are a student. Sign in; you can link your institution right away.',
    'validate-names':
      'For this an institution or a bank has to validate your name. Sign in; you can arrange that right away.',
    'validate-names-external':
      'For this a bank or the government has to validate your name. Sign in; you can arrange that right away.',
  },
  bar: { in: 'Sign in', out: 'Sign out', badges: 'My badges', account: 'Account', console: 'Management' },
  out: {
    title: 'You are signed out',
    lead: 'On this device nobody can get at your badges any more.',
    still: name => `You may still be signed in at ${name}.`,
    there: name => `Sign out at ${name} as well`,
    closing: 'Do you share this device with others? Then close your browser too.',
    again: 'Sign in again',
  },
  errors: {
    toLogin: 'Sign in again',
    toAccount: 'To my account',
    lost: {
      title: 'This attempt to sign in has lapsed',
      means: 'You began in another browser, or too long ago. You are not signed in.',
      todo: 'Begin again. Use one browser, and allow cookies.',
    },
    again: {
      title: 'Signing in did not work',
      means: 'Something went wrong on the way back to us. You are not signed in.',
      todo: 'Begin again.',
    },
    declined: {
      title: 'You are not signed in',
      means: 'You stopped, or you did not want to share your data.',
      todo: 'Do you want to sign in after all? Begin again. You can also choose another way.',
    },
    level: {
      title: 'More is needed to know who you are',
      means: 'Your account cannot show yet what is asked here, such as a linked institution or a validated name.',
      todo: 'First link an institution in your eduID, or have your name validated. Then come back.',
    },
    provider: {
      title: 'The sign-in service has a problem',
      means: 'The service where you sign in could not help you. It is not your fault. You are not signed in.',
      todo: 'Try again in a few minutes.',
    },
    unreachable: {
      title: 'The sign-in service cannot be reached',
      means:
        'The service where you sign in gives no good answer. Checking badges still works. Whoever is signed in stays so.',
      todo: 'Try again in a few minutes.',
    },
    untrusted: {
      title: 'We do not trust this answer',
      means: 'The answer of the sign-in service is not right. So nobody was signed in.',
      todo: 'Begin again. Does it happen again? Then report it with the number below.',
    },
    incomplete: {
      title: 'We do not know yet who you are',
      means: 'The sign-in service told too little to know you here as the same person each time.',
      todo: 'You cannot solve this yourself. Report it to the institution that gives you a badge.',
    },
    proof: {
      title: 'Sign in once more first',
      means: 'For this we have to be sure that it is you. Nothing was changed.',
      todo: 'Sign in again, as the same person. Then do this once more.',
    },
    taken: {
      title: 'This belongs to another account',
      means:
        'What you just signed in with belongs to another account here. We never merge accounts. Nothing was changed.',
      todo: 'Is that account yours too? Sign in there, remove it there, and add it here again.',
    },
    nobody: {
      title: 'You are not signed in',
      means: 'Perhaps you were away too long. Nothing was changed.',
      todo: 'Sign in, and then do this once more.',
    },
  },
};
