import type { Messages } from './messages.ts';

/** The English sentences of the form of the check, the camera, and what is asked further beside an answer. */
export const enCounter: Messages['counter'] = {
  drop: 'Drop one or more files here, or choose them',
  busy: 'We are checking the badge. That takes a few seconds.',
  offline: 'You are not connected to the internet. Nothing has been checked yet. Try again when you are online.',
  camera: {
    open: 'Scan with the camera',
    title: 'Scan a QR code',
    lead: 'Hold the QR code of the badge before the camera. The picture stays on your device.',
    view: 'What the camera sees',
    start: 'Turn on the camera',
    stop: 'Stop the camera',
    asking: 'Your browser asks whether we may use the camera.',
    looking: 'We are looking for a QR code. Hold it still and straight before the camera.',
    found: 'Found. We are checking the badge.',
    refused: 'The camera may not be used. Allow it in your browser, or choose a photo below.',
    none: 'There is no camera that we can use. Choose a photo below.',
    unable: 'QR codes cannot be read in this browser. Choose a photo below.',
    stopped: 'The camera is off.',
    noScript: 'The camera works with scripts only, and those are off. A photo will do as well.',
    photo: 'Or choose a photo',
    photoLabel: 'Photo of the QR code',
    photoHint: 'On a phone you can take a photo now. Get the code sharp and large in the picture.',
    check: 'Check the photo',
    reading: 'We are reading the photo.',
    other: 'Check a link or a file',
  },
  further: {
    title: 'Ask further',
    day: 'Was it valid on another day?',
    dayLabel: 'Day',
    dayHint:
      'For example the day on which someone was hired. We look at the dates as of that day, and at the revocation list of then where we know it. Issuer and key are those of now.',
    dayAsk: 'See that day',
    today: 'See it as it is now',
    person: 'Is it this person?',
    personHint:
      'Fill in what you know of the person. We compare it with what the issuer put in the badge, and keep nothing. The same name does not prove that it is the same person: ask for proof of identity as well.',
    personAsk: 'Compare',
    eduid: 'eduID',
    tooLarge: 'This badge is too large to be sent along again. Give it once more to ask further.',
    keep: 'Lasting link to this check',
    address: host =>
      `Did you come here by a link or a QR code of someone else? Then see whether the address of this page really is ${host}.`,
    technicalMore: 'Show the badge itself too, and what was hashed and fetched',
    remedy: 'What you can do:',
  },
  past: {
    valid: day => `This badge was valid on ${day}`,
    invalid: day => `This badge was not valid on ${day}`,
  },
  endorsements: {
    heading: 'What others say about it',
    by: 'By who is called:',
    checked: 'Whether an endorsement is real stands with the checks.',
  },
  compared: 'Is it this person?',
};
