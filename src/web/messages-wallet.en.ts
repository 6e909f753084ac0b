import type { nlWallet } from './messages-wallet.nl.ts';

/** The same in English. */
export const enWallet: typeof nlWallet = {
  link: 'Put it in a wallet',
  title: 'Put your badge in a wallet',
  lead: (name: string) =>
    `A wallet is an app on your phone or computer in which you keep badges. You get a copy of “${name}” of your own there, which only you can show.`,
  which: 'Which wallet do you have?',
  like: 'Such as',
  ways: {
    code: {
      name: 'A wallet that reads a QR code',
      hint: 'Most wallets, those of the EU too. You scan a QR code and then type six digits (OpenID4VCI).',
      button: 'Make a QR code and digits',
    },
    learner: {
      name: 'A wallet for learning and work',
      hint: 'You ask these wallets for the badge with a QR code or a link (VC-API).',
      button: 'Make a QR code or link',
    },
    'sign-in': {
      name: 'A wallet in which you sign in here',
      hint: 'Does your wallet ask you to sign in at the issuer? Then you need no digits.',
      button: 'Make a QR code to sign in',
    },
  },
  openbadges: {
    name: 'A badge site that connects to us',
    hint: 'Choose “connect to another service” there (Open Badges API) and give our address. We then ask you what that site may see.',
    address: 'Our address:',
  },
  files: {
    name: 'A file, or paper',
    hint: 'Nearly every badge site reads the badge from the picture. The PDF is for printing: its QR code leads to the check.',
    picture: 'Picture (PNG)',
    json: 'File (JSON)',
    paper: 'Paper (PDF)',
  },
  unsure: 'Not sure? Begin at the top. If it does not work, nothing is wrong: try the next one.',
  steps: 'How it goes',
  scan: 'Scan the QR code with your wallet.',
  qr: 'QR code for your wallet',
  here: 'Is your wallet on this device? Open it here:',
  open: 'Open my wallet',
  type: 'Type these digits when your wallet asks for them:',
  typeMaybe: 'Does your wallet ask for digits? Then type:',
  thenSignIn: 'Your wallet brings you back here. Sign in and say that it is all right.',
  secret: 'Show this to nobody. Whoever has it can put your badge in a wallet of their own.',
  until: moment => `It works once, until ${moment}.`,
  look: 'See whether it worked (new tab)',
  other: 'Choose another wallet',
  paste: 'My wallet wants the text of the offer',
  arrival: {
    title: { arrived: 'Your badge is in your wallet', waiting: 'Not fetched yet', nothing: 'Nothing is waiting' },
    arrived: moment => `A wallet fetched a copy of its own, on ${moment}.`,
    waiting: moment => `Your wallet has not fetched the badge yet. It can until ${moment}.`,
    nothing: 'What you had made is too old, or is not there any more.',
    again: 'Look again',
    begin: 'Begin again',
  },
  back: 'Back to your badge',
  asks: {
    title: 'A wallet asks for your badge',
    lead: 'Your badge goes to:',
    unknown: 'We do not know whose wallet this is. Go on only if you chose this in your wallet yourself, just now.',
    one: 'The wallet gets a copy of its own of:',
    which: institution => `Which badge from ${institution}?`,
    none: institution =>
      `You have no badge from ${institution} that is in force in this account. Perhaps sign in with another account.`,
    notYours: 'The offer is about a badge that is not, or not any more, in this account.',
    allow: 'Give this wallet the badge',
    deny: 'Give nothing',
    then: 'Then you go back to your wallet. If the institution revokes the badge, it is revoked in your wallet too.',
  },
};
