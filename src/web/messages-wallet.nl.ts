/** Taking a badge along to a wallet, at B1. The English table has the same keys. */
export const nlWallet = {
  link: 'Zet in een wallet',
  title: 'Zet je badge in een wallet',
  lead: (name: string) =>
    `Een wallet is een app op je telefoon of computer waarin je badges bewaart. Je krijgt daar een eigen exemplaar van ‘${name}’, dat alleen jij kunt laten zien.`,
  works:
    'Dit werkt met wallets die OpenID4VCI kennen. Trekt de instelling de badge in, dan geldt dat ook in je wallet.',
  button: 'Maak een code voor mijn wallet',
  again: 'Maak een nieuwe code',
  steps: 'Zo doe je het',
  scan: 'Scan de QR-code met je wallet.',
  qr: 'QR-code voor je wallet',
  open: 'Of open je wallet op dit apparaat',
  type: 'Typ deze code in als je wallet erom vraagt:',
  secret: 'Geef de code aan niemand. Wie hem heeft, kan je badge in een eigen wallet zetten.',
  until: (minutes: number) => `De QR-code en de code gelden ${minutes} minuten en werken één keer.`,
  back: 'Terug naar je badge',
  asks: {
    title: 'Een wallet vraagt om je badge',
    lead: 'Je badge gaat naar:',
    unknown:
      'Wij weten niet van wie deze wallet is. Ga alleen verder als je dit zelf zojuist in je wallet hebt gekozen.',
    one: 'De wallet krijgt een eigen exemplaar van:',
    which: (institution: string) => `Welke badge van ${institution}?`,
    none: (institution: string) =>
      `Je hebt geen geldige badge van ${institution} in dit account. Log misschien in met een ander account.`,
    notYours: 'Het aanbod gaat over een badge die niet, of niet meer, in dit account staat.',
    allow: 'Geef de badge aan deze wallet',
    deny: 'Geef niets',
    then: 'Daarna ga je terug naar je wallet. Trekt de instelling de badge in, dan geldt dat ook in je wallet.',
  },
};
