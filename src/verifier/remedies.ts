import type { Code, Sentence } from './codes.ts';

const nothing = { nl: 'Je hoeft niets te doen.', en: 'There is nothing that you need to do.' };
const original = {
  nl: 'Vraag de eigenaar om de link of het bestand dat de uitgever gaf.',
  en: 'Ask the owner for the link or the file that the issuer gave.',
};
const unchanged = {
  nl: 'Vertrouw deze tekst niet. Vraag de eigenaar om de link of het bestand dat de uitgever gaf.',
  en: 'Do not trust this text. Ask the owner for the link or the file that the issuer gave.',
};
const repair = {
  nl: 'De uitgever moet dit herstellen. Vraag de eigenaar om het daar te melden, en om een nieuwe badge te vragen.',
  en: 'The issuer has to repair this. Ask the owner to report it there, and to ask for a new badge.',
};
const repairList = {
  nl: 'De uitgever moet de lijst herstellen. Vraag zelf bij de uitgever of de badge nog geldt.',
  en: 'The issuer has to repair the list. Ask the issuer yourself whether the badge still counts.',
};
const askIssuer = {
  nl: 'Vraag het zelf na bij de uitgever, via een adres dat je al kent.',
  en: 'Ask the issuer yourself, at an address that you already know.',
};
const distrust = {
  nl: 'Vertrouw deze badge niet. Neem zelf contact op met de uitgever, via een adres dat je al kent.',
  en: 'Do not trust this badge. Contact the issuer yourself, at an address that you already know.',
};
const later = {
  nl: 'Probeer het over een paar minuten nog eens. Blijft het zo, vraag het dan aan de uitgever zelf.',
  en: 'Try again in a few minutes. If it stays like this, ask the issuer itself.',
};
const whole = {
  nl: 'Vraag de eigenaar om de badge nog eens te delen, en dan helemaal.',
  en: 'Ask the owner to share the badge again, and then all of it.',
};
const anew = {
  nl: 'Vraag de eigenaar om de badge opnieuw te laten zien, uit de eigen wallet.',
  en: 'Ask the owner to show the badge again, from their own wallet.',
};
const identity = {
  nl: 'Vraag de persoon voor je om een identiteitsbewijs, en vergelijk de naam.',
  en: 'Ask the person in front of you for proof of identity, and compare the name.',
};
const newest = {
  nl: 'Vraag de eigenaar om de nieuwste versie.',
  en: 'Ask the owner for the newest version.',
};
const whoIsIt = {
  nl: 'Zoek zelf op wie dit is. Bel of mail via een adres dat je al kent, en niet via de badge.',
  en: 'Find out yourself who this is. Call or mail at an address that you already know, and not by way of the badge.',
};
const readEach = {
  nl: 'Kijk bij elke aanbeveling wie haar gaf. Vraag het na bij wie de aanbeveling gaf als die voor jou telt.',
  en: 'See who gave each endorsement. Ask whoever gave it when it matters to you.',
};
const elsewhere = {
  nl: 'Vraag de eigenaar of de uitgever om de badge in een gewone vorm: een link, of een bestand van Open Badges 3.0.',
  en: 'Ask the owner or the issuer for the badge in a common form: a link, or a file of Open Badges 3.0.',
};

/** What can be done about each code, and by whom; `nothing` where all is well. */
export const remedies = {
  valid: nothing,

  'form-sound': nothing,
  malformed: original,
  'keyword-not-allowed': distrust,
  'context-not-allowed': askIssuer,
  'undefined-term': repair,
  'data-loss': repair,
  'too-complex': distrust,
  'form-short': nothing,
  'form-other-credential': {
    nl: 'Zocht je een badge? Vraag de eigenaar om de badge zelf.',
    en: 'Were you looking for a badge? Ask the owner for the badge itself.',
  },
  'disclosure-invalid': whole,
  'badge-not-awarded': {
    nl: 'Vraag de eigenaar om de eigen badge: de link of het bestand waar een naam of een persoon bij hoort.',
    en: 'Ask the owner for their own badge: the link or the file that belongs to a person.',
  },
  'not-an-open-badge': original,

  'signature-valid': nothing,
  'signature-invalid': unchanged,
  'signature-not-checked': askIssuer,
  'hosted-confirmed': nothing,
  'hosted-changed': {
    nl: 'Ga uit van wat de site van de uitgever zegt. Twijfel je, vraag het dan aan de uitgever.',
    en: 'Go by what the issuer’s own site says. When in doubt, ask the issuer.',
  },
  'hosted-mismatch': unchanged,
  'hosted-unreachable': later,
  'hosted-no-address': askIssuer,
  'proof-missing': original,
  'proof-malformed': original,
  'proof-purpose': repair,
  'proof-expired': repair,
  'proof-from-future': repair,
  'previous-proof-missing': whole,
  'proof-not-derived': anew,
  'key-binding-valid': nothing,
  'key-binding-invalid': anew,
  'key-binding-missing': anew,
  'unsupported-suite': elsewhere,

  'key-authorized': nothing,
  'issuer-key-mismatch': distrust,
  'key-not-found': distrust,
  'key-not-authorized': distrust,
  'key-revoked': {
    nl: 'Vraag de uitgever of deze badge nog telt. De uitgever kan hem opnieuw ondertekenen.',
    en: 'Ask the issuer whether this badge still counts. The issuer can sign it again.',
  },
  'key-expired': {
    nl: 'Vraag de uitgever of deze badge nog telt. De uitgever kan hem opnieuw ondertekenen.',
    en: 'Ask the issuer whether this badge still counts. The issuer can sign it again.',
  },
  'key-malformed': repair,
  'issuer-unbound': askIssuer,
  'issuer-unresolvable': later,
  'did-malformed': repair,
  'did-id-mismatch': distrust,
  'did-method-unsupported': elsewhere,
  'hosted-at-issuer': nothing,
  'hosted-elsewhere': distrust,
  'issuer-not-listed': {
    nl: 'Controleer de badge zonder die beperking, of zet de uitgever op je lijst als je hem kent.',
    en: 'Check the badge without that limit, or put the issuer on your list if you know it.',
  },

  'issuer-known': nothing,
  'issuer-domain-known': {
    nl: 'Is de naam belangrijk voor je? Vraag dan bij dat adres na wie er achter de badge zit.',
    en: 'Does the name matter to you? Then ask at that address who is behind the badge.',
  },
  'issuer-suspended': whoIsIt,
  'issuer-ended': whoIsIt,
  'issuer-unknown': whoIsIt,

  'dates-current': nothing,
  expired: {
    nl: 'Vraag de eigenaar of er een nieuwe badge is. Hieronder kun je vragen of hij op een eerdere dag geldig was.',
    en: 'Ask the owner whether there is a new badge. Below you can ask whether it was valid on an earlier day.',
  },
  'not-yet-valid': {
    nl: 'Kijk nog eens na de datum waarop de badge ingaat.',
    en: 'Look again after the date on which the badge begins.',
  },
  'dates-maybe-withheld': whole,

  'no-status': {
    nl: 'Wil je zeker weten of de badge nog telt, vraag het dan aan de uitgever.',
    en: 'To be sure that the badge still counts, ask the issuer.',
  },
  'status-clear': nothing,
  revoked: {
    nl: 'Vraag de eigenaar of de uitgever waarom. Een ingetrokken badge wordt niet meer geldig.',
    en: 'Ask the owner or the issuer why. A revoked badge does not become valid again.',
  },
  suspended: {
    nl: 'Vraag de eigenaar hoe het zit, of kijk later nog eens. Deze badge kan weer geldig worden.',
    en: 'Ask the owner about it, or look again later. This badge can become valid again.',
  },
  superseded: {
    nl: 'Bekijk de nieuwe badge. Staat er geen link bij, vraag de eigenaar er dan om.',
    en: 'See the new badge. If there is no link to it, ask the owner for it.',
  },
  'status-maybe-withheld': whole,
  'status-unreachable': later,
  'status-entry-malformed': repair,
  'status-type-unknown': askIssuer,
  'status-index-out-of-range': repair,
  'status-purpose-mismatch': repair,
  'status-list-malformed': repairList,
  'status-list-invalid': repairList,
  'status-list-expired': repairList,
  'status-list-too-short': repairList,
  'status-stale': later,
  'status-form-unread': askIssuer,
  'status-value-unknown': askIssuer,
  'status-refresh': newest,
  'status-message': {
    nl: 'Vraag de uitgever wat de opmerking betekent als die voor jou telt.',
    en: 'Ask the issuer what the remark means when it matters to you.',
  },

  'schema-match': nothing,
  'schema-mismatch': repair,
  'schema-match-older': nothing,
  'schema-older': nothing,
  'schema-other-model': nothing,
  'schema-partial': nothing,
  'schema-other-form': nothing,
  'schema-not-asked': nothing,

  'no-endorsements': nothing,
  'endorsements-sound': nothing,
  'endorsements-doubtful': readEach,
  'endorsements-too-many': readEach,
  'endorsement-sound': nothing,
  'endorsement-other-subject': {
    nl: 'Laat deze aanbeveling buiten beschouwing.',
    en: 'Leave this endorsement out of consideration.',
  },
  'endorsements-not-checked': readEach,

  'recipient-not-asked': {
    nl: 'Vul bij het controleren in wat je van de persoon weet, en vraag naar een identiteitsbewijs.',
    en: 'Fill in what you know of the person when you check, and ask for proof of identity.',
  },
  'recipient-match': identity,
  'recipient-match-name': identity,
  'recipient-match-weak': identity,
  'recipient-mismatch': {
    nl: 'Vraag de persoon met welk adres of welke naam de badge is gehaald, en kijk opnieuw.',
    en: 'Ask the person with which address or name the badge was earned, and look again.',
  },
  'recipient-not-stated': identity,

  'refresh-newer': nothing,
  'refresh-same': nothing,
  'refresh-unreachable': newest,
  'refresh-refused': newest,

  'presentation-asked': nothing,
  'challenge-mismatch': anew,
  'domain-mismatch': anew,
  'holder-match': nothing,
  'holder-mismatch': {
    nl: 'Vraag de eigenaar zelf om de badge te laten zien.',
    en: 'Ask the owner to show the badge in person.',
  },

  skipped: {
    nl: 'Los eerst op wat er wel niet klopt, en controleer dan opnieuw.',
    en: 'First mend what is wrong, and then check again.',
  },
} as const satisfies Record<Code, Sentence>;

/** What there is to do about a code; nothing where there is nothing to be done. */
export const remedyOf = (code: Code): Sentence | undefined => (remedies[code] === nothing ? undefined : remedies[code]);
