import type { nlWallet } from './messages-wallet.nl.ts';

/** The same in English. */
export const enWallet: typeof nlWallet = {
  link: 'Put it in a wallet',
  title: 'Put your badge in a wallet',
  lead: (name: string) =>
    `A wallet is an app on your phone or computer in which you keep badges. You get a copy of “${name}” of your own there, which only you can show.`,
  works:
    'This works with wallets that know OpenID4VCI. If the institution revokes the badge, it is revoked in your wallet too.',
  button: 'Make a code for my wallet',
  again: 'Make a new code',
  steps: 'How it goes',
  scan: 'Scan the QR code with your wallet.',
  qr: 'QR code for your wallet',
  open: 'Or open your wallet on this device',
  type: 'Type this code when your wallet asks for it:',
  secret: 'Give the code to nobody. Whoever has it can put your badge in a wallet of their own.',
  until: (minutes: number) => `The QR code and the code are good for ${minutes} minutes, and work once.`,
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
