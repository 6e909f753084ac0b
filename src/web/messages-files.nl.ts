/** The Dutch sentences of what a badge travels in: pictures, paper, and the European model. */
export const nlFiles = {
  png: 'Download het plaatje met de badge erin (PNG)',
  sdJwt: 'Download de badge zonder die delen (SD-JWT)',
  pdf: 'Download op papier (PDF)',
  elm: 'Download in het Europese model (ELM, niet verzegeld)',
  elmHint:
    'Het bestand in het Europese model is een omzetting, en niet ondertekend of verzegeld. Alleen de badge zelf is te controleren.',
  offline: {
    scan: 'Scan de code links, of ga naar dit adres. Je ziet meteen of de badge echt is en nog geldt.',
    paper:
      'De code rechts bevat de badge zelf in het kort, voor een controle zonder internet. Die zegt hoe oud haar lijst van ingetrokken badges is. Het is een eigen vorm en geen Open Badge.',
    title: 'Laat zien zonder internet',
    link: 'Laat zien zonder internet',
    lead: 'Deze code bevat je badge in het kort, met een handtekening. Wie hem scant, hoeft niets op te halen.',
    label: (title: string) => `QR-code met de korte vorm van ‘${title}’`,
    holds: 'Wat er in de code staat',
    says: {
      title: 'de titel',
      name: 'de naam in de badge, als die er is',
      issuer: 'de uitgever, en welke sleutel tekende',
      dates: 'wanneer hij is toegekend en tot wanneer hij geldt',
      number: 'het nummer van de badge, en zijn plaats in de lijst van ingetrokken badges',
    },
    honest:
      'Je resultaten, het bewijs en het verhaal staan er niet in. Het is een eigen vorm van deze dienst en geen Open Badge.',
    revoked:
      'Zonder internet weet een controle alleen wat zij eerder hoorde. Zij zegt daarom hoe oud haar lijst van ingetrokken badges is. Heeft zij geen lijst, dan zegt zij dat de badge niet te controleren is.',
    shown:
      'Wie de code heeft, kan hem bewaren en tonen. Intrekken kun je hem niet, alleen je uitgever kan de badge intrekken.',
  },
  heading: 'Controleer deze badge',
  scan: 'Scan de code, of ga naar het adres hierboven. Je ziet dan meteen of de badge echt is en nog geldt.',
  why: 'Papier kan iedereen namaken. Vertrouw daarom alleen de controle, en kijk of het adres klopt.',
  attached: (address: string) =>
    `De hele ondertekende badge zit als bestand in deze PDF. Je kunt de PDF laten controleren op ${address}.`,
  attachedName: 'De ondertekende badge (Open Badges 3.0)',
  issuer: 'De uitgever',
  name: 'Naam',
  identifier: 'Identificatie',
  about: 'Deze badge',
  number: 'Nummer van de badge',
  more: 'De rest van deze tekst staat in de badge zelf.',
  page: (n: number, of: number) => `bladzijde ${n} van ${of}`,
  ended: {
    suspended: 'Deze badge is tijdelijk ongeldig.',
    revoked: 'Deze badge is ingetrokken en telt niet meer.',
    superseded: 'Deze badge is vervangen door een nieuwe en telt niet meer.',
    expired: 'De geldigheid van deze badge is voorbij.',
  } as Record<string, string>,
};
