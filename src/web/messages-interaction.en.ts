import type { nlInteraction } from './messages-interaction.nl.ts';

export const enInteraction: typeof nlInteraction = {
  title: 'Open this badge in your wallet',
  lead: 'A badge is waiting behind this code. Your wallet collects it. Which wallet do you have?',
  other: 'Another wallet (OpenID4VCI)',
  otherHint: 'This wallet asks for the six-digit code that stands beside the QR code.',
  once: 'This works once and not for long. Give the link to nobody: whoever has it can put the badge in a wallet of their own.',
};
