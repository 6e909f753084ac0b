/** What someone reads who opens the code for a wallet without a wallet, at B1. The English table has the same keys. */
export const nlInteraction = {
  title: 'Open deze badge in je wallet',
  lead: 'Achter deze code staat een badge klaar. Je wallet haalt hem op. Welke wallet heb je?',
  other: 'Een andere wallet (OpenID4VCI)',
  otherHint: 'Deze wallet vraagt om de code van zes cijfers die naast de QR-code staat.',
  once: 'Dit werkt één keer en kort. Geef de link aan niemand: wie hem heeft, kan de badge in een eigen wallet zetten.',
};
