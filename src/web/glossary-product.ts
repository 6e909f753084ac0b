import type { Term } from './glossary-words.ts';

const term = (key: string, nl: [string, string], en: [string, string]): Term => ({
  key,
  name: { nl: nl[0], en: en[0] },
  meaning: { nl: nl[1], en: en[1] },
});

/** The words of the product, in plain sentences. */
export const productTerms: Term[] = [
  term(
    'badge',
    ['Badge', 'Een digitaal bewijs van wat iemand kan. Iedereen kan nagaan of hij echt is.'],
    ['Badge', 'A digital proof of what someone can do. Anyone can check whether it is real.'],
  ),
  term(
    'open-badge',
    ['Open Badge', 'Een badge volgens een open afspraak (Open Badges 3.0). Ook andere diensten kunnen hem lezen.'],
    ['Open Badge', 'A badge that follows an open standard (Open Badges 3.0). Other services can read it too.'],
  ),
  term(
    'microcredential',
    [
      'Microcredential',
      'Een badge voor een kleine hoeveelheid leren die is beoordeeld, met elf vaste onderdelen die Europa heeft afgesproken.',
    ],
    [
      'Micro-credential',
      'A badge for a small amount of learning that was assessed, with eleven fixed elements that Europe agreed on.',
    ],
  ),
  term(
    'outcome',
    ['Leeruitkomst', 'Wat iemand weet, begrijpt en kan. Het maakt niet uit hoe dat is geleerd.'],
    ['Learning outcome', 'What someone knows, understands and can do. How it was learned does not matter.'],
  ),
  term(
    'established-by',
    ['Vastgesteld door', 'De groep die de tekst van een microcredential heeft goedgekeurd, zoals een curriculumtafel.'],
    ['Adopted by', 'The group that approved the text of a micro-credential, such as a curriculum board.'],
  ),
  term(
    'esco',
    ['ESCO', 'Een Europese lijst van vaardigheden en beroepen. Een code uit die lijst maakt badges vergelijkbaar.'],
    ['ESCO', 'A European list of skills and occupations. A code of that list makes badges comparable.'],
  ),
  term(
    'issuer',
    ['Uitgever', 'De organisatie die de badge geeft en ondertekent.'],
    ['Issuer', 'The organisation that gives and signs the badge.'],
  ),
  term(
    'award',
    ['Toekennen', 'Besluiten dat iemand een badge krijgt. Zonder besluit komt er geen badge.'],
    ['Award', 'Deciding that someone gets a badge. Without a decision there is no badge.'],
  ),
  term(
    'claim',
    ['Ophalen', 'Je opent de link die je kreeg en drukt op de knop. Daarna heeft de badge een eigen pagina.'],
    ['Pick up', 'You open the link that you got and press the button. From then on the badge has a page of its own.'],
  ),
  term(
    'signature',
    ['Handtekening', 'Een digitaal zegel. Verandert er één letter in de badge, dan klopt het zegel niet meer.'],
    ['Signature', 'A digital seal. If one letter of the badge changes, the seal is no longer right.'],
  ),
  term(
    'key',
    [
      'Sleutel',
      'Waarmee een uitgever ondertekent. De openbare helft staat op het adres van de uitgever, zodat iedereen kan nagaan van wie hij is.',
    ],
    [
      'Key',
      'What an issuer signs with. Its public half stands at the address of the issuer, so that anyone can see whose it is.',
    ],
  ),
  term(
    'did',
    ['DID', 'De digitale naam van een uitgever. Begint hij met did:web, dan staat er een internetadres in.'],
    ['DID', 'The digital name of an issuer. If it begins with did:web, it holds an internet address.'],
  ),
  term(
    'revoked',
    ['Ingetrokken', 'De uitgever heeft besloten dat de badge niet meer geldt. Dat kan niet worden teruggedraaid.'],
    ['Revoked', 'The issuer decided that the badge no longer counts. That cannot be undone.'],
  ),
  term(
    'suspended',
    ['Tijdelijk ongeldig', 'De badge geldt nu even niet. Hij kan later weer geldig worden.'],
    ['Suspended', 'The badge does not count for now. It can become valid again later.'],
  ),
  term(
    'superseded',
    ['Vervangen', 'Er is een nieuwe badge voor in de plaats gekomen, bijvoorbeeld na een verbetering.'],
    ['Replaced', 'A new badge took its place, for instance after a correction.'],
  ),
  term(
    'expired',
    ['Verlopen', 'De einddatum op de badge is voorbij.'],
    ['Expired', 'The end date on the badge has passed.'],
  ),
  term(
    'status-list',
    [
      'Intrekkingslijst',
      'Een lijst waarop een uitgever bijhoudt welke badges niet meer gelden. Aan de lijst kun je niet zien van wie een badge is.',
    ],
    [
      'Revocation list',
      'A list on which an issuer keeps which badges no longer count. The list does not tell whose badge is whose.',
    ],
  ),
  term(
    'evidence',
    ['Bewijs', 'Waar het oordeel op rust, zoals een portfolio of een gesprek.'],
    ['Evidence', 'What the judgement rests on, such as a portfolio or a conversation.'],
  ),
  term(
    'quality-assurance',
    ['Kwaliteitsborging', 'Wie erop let dat de uitgever goed beoordeelt, en volgens welke afspraken.'],
    ['Quality assurance', 'Who watches over the way the issuer assesses, and by which rules.'],
  ),
];

/** What each of the three answers means. */
export const verdictTerms: Term[] = [
  term(
    'valid',
    [
      'Geldig',
      'De handtekening klopt, de sleutel is van de uitgever, en de badge is niet ingetrokken of verlopen. Of de uitgever te vertrouwen is, moet je zelf bepalen.',
    ],
    [
      'Valid',
      'The signature is right, the key is the issuer’s, and the badge was not revoked and has not expired. Whether the issuer can be trusted is for you to decide.',
    ],
  ),
  term(
    'invalid',
    ['Niet geldig', 'Er klopt iets niet, of de badge geldt niet meer. We zeggen erbij wat.'],
    ['Not valid', 'Something is wrong, or the badge no longer counts. We say what.'],
  ),
  term(
    'indeterminate',
    [
      'Niet zeker',
      'We konden niet alles nagaan, bijvoorbeeld omdat een lijst niet bereikbaar was. Dat is geen nee, en ook geen ja.',
    ],
    [
      'Not sure',
      'We could not check everything, for instance because a list could not be reached. That is not a no, and not a yes either.',
    ],
  ),
];
