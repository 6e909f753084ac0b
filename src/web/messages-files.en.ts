import type { nlFiles } from './messages-files.nl.ts';

/** The English sentences of what a badge travels in: pictures, paper, and the European model. */
export const enFiles: typeof nlFiles = {
  png: 'Download the picture with the badge inside (PNG)',
  sdJwt: 'Download the badge without those parts (SD-JWT)',
  pdf: 'Download on paper (PDF)',
  elm: 'Download in the European model (ELM, not sealed)',
  elmHint:
    'The file in the European model is a conversion, and is not signed or sealed. Only the badge itself can be checked.',
  heading: 'Check this badge',
  scan: 'Scan the code, or go to the address above. You see at once whether the badge is real and still counts.',
  why: 'Anyone can copy paper. So trust only the check, and see that the address is right.',
  attached: address => `The signed badge is in this PDF as a file. You can also have this PDF checked at ${address}.`,
  attachedName: 'The signed badge (Open Badges 3.0)',
  issuer: 'The issuer',
  name: 'Name',
  identifier: 'Identification',
  about: 'This badge',
  number: 'Number of the badge',
  more: 'The rest of this text is in the badge itself.',
  page: (n, of) => `page ${n} of ${of}`,
  ended: {
    suspended: 'This badge is temporarily invalid.',
    revoked: 'This badge was revoked and no longer counts.',
    superseded: 'This badge was replaced by a new one and no longer counts.',
    expired: 'This badge is past its end date.',
  },
};
