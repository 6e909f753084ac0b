import type { nlFiles } from './messages-files.nl.ts';

/** The English sentences of what a badge travels in: pictures, paper, and the European model. */
export const enFiles: typeof nlFiles = {
  png: 'Download the picture with the badge inside (PNG)',
  sdJwt: 'Download the badge without those parts (SD-JWT)',
  pdf: 'Download on paper (PDF)',
  elm: 'Download in the European model (ELM, not sealed)',
  elmHint:
    'The file in the European model is a conversion, and is not signed or sealed. Only the badge itself can be checked.',
  offline: {
    scan: 'Scan the code at the left, or go to this address. You see at once whether the badge is real and still counts.',
    paper:
      'The code at the right holds the badge itself in short, for a check without a network. That tells how old its list of revoked badges is. It is a form of our own and not an Open Badge.',
    title: 'Show it without a network',
    link: 'Show it without a network',
    lead: 'This code holds your badge in short, with a signature. Whoever scans it has nothing to fetch.',
    label: title => `QR code with the short form of “${title}”`,
    holds: 'What the code says',
    says: {
      title: 'the title',
      name: 'the name in the badge, if there is one',
      issuer: 'the issuer, and which key signed',
      dates: 'when it was awarded and until when it is valid',
      number: 'the number of the badge, and its place in the list of revoked badges',
    },
    honest:
      'Your results, the evidence and the narrative are not in it. It is a form of this service and not an Open Badge.',
    revoked:
      'Without a network a check only knows what it heard before. So it says how old its list of revoked badges is. If it has no list, it says that the badge cannot be checked.',
    shown: 'Whoever has the code can keep and show it. You cannot withdraw it; only your issuer can revoke the badge.',
  },
  heading: 'Check this badge',
  scan: 'Scan the code, or go to the address above. You see at once whether the badge is real and still counts.',
  why: 'Anyone can copy paper. So trust only the check, and see that the address is right.',
  attached: address => `The whole signed badge is in this PDF as a file. You can have the PDF checked at ${address}.`,
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
