/** The Dutch sentences of an offered badge that waits for its owner. */
export const nlClaim = {
  title: 'Er ligt een badge voor je klaar',
  titleClaimed: 'Deze badge is al opgehaald',
  button: 'Haal je badge op',
  see: 'Bekijk de badge',
  forName: (name: string) => `Op naam van ${name}`,
  noName: 'Er staat geen naam op deze badge.',
  what: 'Wat gebeurt er als je hem ophaalt?',
  steps: [
    'Je krijgt een eigen pagina met je badge, een QR-code en een bestand om te bewaren.',
    'Je kiest zelf met wie je die link deelt.',
    'Zolang je niet op de knop drukt, verandert er niets.',
  ],
  bearer:
    'Wie deze link heeft, kan de badge ophalen. Bewaar de link daarom goed. Niemand heeft gecontroleerd wie je bent; dat staat ook in de badge.',
  claimedLead: 'Het ophalen kan maar één keer. De badge heeft een eigen pagina, die je kunt delen.',
  notReady: 'De badge is nog niet klaar om op te halen. Kom later terug.',
  titleGone: 'Deze badge kun je niet meer ophalen',
  withdrawn: 'De instelling heeft deze badge ingetrokken, of hij geldt niet meer. Vraag de instelling waarom.',
  from: (name: string) => `Van ${name}`,
};
