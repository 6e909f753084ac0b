import type { nlEndorse, nlEndorseDone } from './messages-endorse.nl.ts';

/** The English sentences of endorsements: what others say of an institution or of what can be earned there. */
export const enEndorse: typeof nlEndorse = {
  heading: 'Who endorses this',
  intro: 'Words of others. They say nothing of whether a badge is real.',
  none: 'Nobody has said anything about this yet.',
  give: 'I endorse this',
  ways: {
    login: host => `Signed by ${host}, after a login.`,
    institution: 'Signed by this organisation.',
    elsewhere: issuer => `Signed with a key of their own: ${issuer}.`,
  },
  onBehalfOf: whom => `on behalf of ${whom}, by their own account`,
  checked: date => `Checked on ${date}.`,
  document: 'The signed file',
  check: 'Check it now',
  state: 'What stands here holds now. A copy that someone kept does not know whether it was withdrawn.',
  aboutVersion: n => `It is about version ${n}.`,
  data: 'For programs:',
  aboutAchievement: name => `About: ${name}`,
  form: {
    title: name => `Endorse: ${name}`,
    lead: 'Say in your own words why this is good. The institution reads it first, and chooses whether it is shown.',
    words: 'What would you like to say?',
    wordsHint: 'For example: we work with people who have this badge, and see that they can do it.',
    name: 'Your name',
    nameHint: 'As it will stand on the page and in the file.',
    onBehalfOf: 'On behalf of whom',
    onBehalfOfHint: 'A company or an organisation. We do not check this, and it is told that we do not.',
    as: 'Who says this?',
    asMyself: 'Myself',
    signedHow:
      'We sign your words, with how you signed in. You can take it back at any time; then it is gone from here at once.',
    submit: 'Sign and send',
    own: 'You work at this institution. An institution cannot endorse itself.',
    missing: 'Fill in your name and what you want to say.',
    full: '20 endorsements of yours are waiting already. Take one back, or wait until one was read.',
    forbidden:
      'Your role at this institution may not do this. Only an administrator or a coordinator can speak for it.',
  },
  signed: {
    summary: 'I have a signed file already',
    lead: id => `An EndorsementCredential (Open Badges 3.0), signed with a key of your own. It has to be about: ${id}`,
    text: 'Paste the file here (JSON or JWT)',
    file: 'Or choose the file',
    submit: 'Check and send',
    refused: {
      'not-endorsement': 'This is no EndorsementCredential with words about one thing.',
      'not-valid': 'Our check did not find this file valid. Nothing was kept.',
      'other-subject': 'This file is about something else. Nothing was kept.',
      unreadable: 'We cannot read this file. Nothing was kept.',
    },
  },
  account: {
    title: 'What you endorsed',
    lead: 'What you said of an institution, or of what can be earned there.',
    none: 'You have not endorsed anything yet.',
    waits: 'Waits until the institution has read it.',
    shown: 'Stands on the page.',
    withdraw: 'Take this back',
    done: { given: 'It was signed and sent.', withdrawn: 'It was taken back.' },
  },
  console: {
    title: 'Endorsements',
    lead: 'What others say of you and of what can be earned with you. Only what you accept is shown on the page.',
    waiting: 'Waiting for you',
    waitingNone: 'Nothing is waiting.',
    shown: 'On the page',
    shownNone: 'Nothing is shown yet. Ask an organisation that knows your badges to say something.',
    ask: 'Send them this address:',
    given: 'What you said of others',
    givenNone: 'Nothing yet. Go to the page of another institution and choose “I endorse this” there.',
    accept: 'Show on the page',
    decline: 'Do not show',
    declineNote: 'If you choose “do not show”, nothing of it is kept.',
    takeDown: 'Take off the page',
    withdraw: 'Take this back',
    since: date => `Said on ${date}.`,
  },
};

/** What was just done, in one sentence. */
export const enEndorseDone: typeof nlEndorseDone = {
  'endorsement-shown': 'The endorsement is shown on the page.',
  'endorsement-gone': 'The endorsement is gone.',
  'endorsement-given': 'It was signed and sent.',
};
