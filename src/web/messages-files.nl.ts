/** The Dutch sentences of what a badge travels in: pictures, paper, and the European model. */
export const nlFiles = {
  png: 'Download het plaatje met de badge erin (PNG)',
  sdJwt: 'Download de badge zonder die delen (SD-JWT)',
  pdf: 'Download op papier (PDF)',
  elm: 'Download in het Europese model (ELM, niet verzegeld)',
  elmHint:
    'Het bestand in het Europese model is een omzetting, en niet ondertekend of verzegeld. Alleen de badge zelf is te controleren.',
  heading: 'Controleer deze badge',
  scan: 'Scan de code, of ga naar het adres hierboven. Je ziet dan meteen of de badge echt is en nog geldt.',
  why: 'Papier kan iedereen namaken. Vertrouw daarom alleen de controle, en kijk of het adres klopt.',
  attached: (address: string) =>
    `De ondertekende badge zit als bestand in deze PDF. Je kunt de PDF ook laten controleren op ${address}.`,
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
