/** A sentence for people, at B1 level. */
export type Sentence = { nl: string; en: string };

/** Every code that a check can answer with, and what it means. The one table: pages, API and documents read it here. */
export const codes = {
  valid: { nl: 'Deze badge is echt en geldig.', en: 'This badge is real and valid.' },

  // form
  'form-sound': { nl: 'De badge heeft een goede vorm.', en: 'The badge has a sound form.' },
  malformed: {
    nl: 'De badge is niet goed opgebouwd: er ontbreekt iets, of er staat iets in een verkeerde vorm.',
    en: 'The badge is not well formed: something is missing, or is written in the wrong way.',
  },
  'keyword-not-allowed': {
    nl: 'De badge gebruikt een technische aanwijzing die kan verbergen wat er echt staat.',
    en: 'The badge uses a technical instruction that can hide what it really says.',
  },
  'context-not-allowed': {
    nl: 'De badge gebruikt woorden uit een lijst die wij niet kennen. We kunnen niet zeker weten wat er staat.',
    en: 'The badge uses words from a list that we do not know. We cannot be sure what it says.',
  },
  'undefined-term': {
    nl: 'De badge bevat een woord zonder betekenis. Dat deel valt buiten de handtekening.',
    en: 'The badge contains a word without meaning. That part is not covered by the signature.',
  },
  'data-loss': {
    nl: 'Een deel van de badge valt buiten de handtekening.',
    en: 'A part of the badge is not covered by the signature.',
  },
  'too-complex': {
    nl: 'De badge is zo ingewikkeld gemaakt dat hij niet te controleren is.',
    en: 'The badge has been made so complex that it cannot be checked.',
  },
  'form-other-credential': {
    nl: 'Dit is geen Open Badge, maar een ander soort digitaal bewijs. Het heeft een goede vorm.',
    en: 'This is not an Open Badge but another kind of digital credential. It has a sound form.',
  },
  'form-short': {
    nl: 'Dit is de korte vorm van een badge, die in een QR-code past. Het is zelf geen Open Badge. Hij heeft een goede vorm.',
    en: 'This is the short form of a badge, which fits in a QR code. It is not an Open Badge itself. It has a sound form.',
  },
  'disclosure-invalid': {
    nl: 'Een deel dat apart is meegegeven, hoort niet bij deze badge of is niet goed opgeschreven.',
    en: 'A part that was given along does not belong to this badge, or is not written in the right way.',
  },
  'badge-not-awarded': {
    nl: 'Dit is de beschrijving van een badge of van een uitgever. Het is geen badge die aan iemand is gegeven.',
    en: 'This is the description of a badge or of an issuer. It is no badge that was given to anyone.',
  },
  'not-an-open-badge': {
    nl: 'Dit document is geen Open Badge.',
    en: 'This document is not an Open Badge.',
  },

  // signature
  'signature-valid': {
    nl: 'De handtekening klopt. Er is niets veranderd.',
    en: 'The signature is right. Nothing has been changed.',
  },
  'signature-invalid': {
    nl: 'De handtekening klopt niet. De badge is veranderd of niet door deze sleutel ondertekend.',
    en: 'The signature is wrong. The badge was changed, or was not signed with this key.',
  },
  'signature-not-checked': {
    nl: 'De handtekening is niet gecontroleerd, omdat er geen sleutel voor is.',
    en: 'The signature was not checked, because there is no key for it.',
  },
  'hosted-confirmed': {
    nl: 'Deze badge heeft geen handtekening. De site van de uitgever zegt nu hetzelfde als de badge.',
    en: 'This badge has no signature. The issuer’s own site says the same as the badge now.',
  },
  'hosted-changed': {
    nl: 'Deze badge heeft geen handtekening. De site van de uitgever bevestigt hem, maar zegt er nu iets anders bij. We laten zien wat de site zegt.',
    en: 'This badge has no signature. The issuer’s own site confirms it, but now adds something else. We show what the site says.',
  },
  'hosted-mismatch': {
    nl: 'Deze badge zegt iets anders dan de site van de uitgever. Hij is veranderd.',
    en: 'This badge says something else than the issuer’s own site. It has been changed.',
  },
  'hosted-unreachable': {
    nl: 'Deze badge heeft geen handtekening. Alleen de site van de uitgever kan hem bevestigen, en die geeft nu geen antwoord.',
    en: 'This badge has no signature. Only the issuer’s own site can confirm it, and that gives no answer now.',
  },
  'hosted-no-address': {
    nl: 'Deze badge heeft geen handtekening en noemt geen adres waar de uitgever hem bevestigt.',
    en: 'This badge has no signature, and names no address where the issuer confirms it.',
  },
  'proof-missing': {
    nl: 'De badge heeft geen handtekening.',
    en: 'The badge has no signature.',
  },
  'proof-malformed': {
    nl: 'De handtekening is niet goed opgeschreven.',
    en: 'The signature is not written in the right way.',
  },
  'proof-purpose': {
    nl: 'De handtekening is niet bedoeld om een badge uit te geven.',
    en: 'The signature is not meant for issuing a badge.',
  },
  'proof-expired': { nl: 'De handtekening is verlopen.', en: 'The signature has expired.' },
  'proof-from-future': {
    nl: 'De handtekening heeft een datum in de toekomst.',
    en: 'The signature has a date in the future.',
  },
  'previous-proof-missing': {
    nl: 'De handtekening bouwt voort op een andere handtekening die er niet is.',
    en: 'The signature builds on another signature that is not there.',
  },
  'proof-not-derived': {
    nl: 'Dit is de versie van de badge die de eigenaar zelf bewaart. Daaruit had eerst een versie gemaakt moeten worden om te laten zien.',
    en: 'This is the version of the badge that its owner keeps. A version to show should have been made from it first.',
  },
  'key-binding-valid': {
    nl: 'Wie deze badge laat zien, heeft de sleutel van de eigenaar.',
    en: 'Whoever shows this badge has the key of its owner.',
  },
  'key-binding-invalid': {
    nl: 'Wie deze badge laat zien, bewijst niet op de juiste manier dat die van hem of haar is.',
    en: 'Whoever shows this badge does not prove in the right way that it is theirs.',
  },
  'key-binding-missing': {
    nl: 'Wie deze badge laat zien, had moeten bewijzen dat die van hem of haar is. Dat bewijs is er niet.',
    en: 'Whoever shows this badge should have proven that it is theirs. That proof is not there.',
  },
  'unsupported-suite': {
    nl: 'De badge heeft een soort handtekening die wij niet kunnen controleren.',
    en: 'The badge has a kind of signature that we cannot check.',
  },

  // key
  'key-authorized': {
    nl: 'De sleutel is van de uitgever zelf.',
    en: 'The key belongs to the issuer.',
  },
  'issuer-key-mismatch': {
    nl: 'De badge is ondertekend door iemand anders dan de uitgever.',
    en: 'The badge was signed by someone other than the issuer.',
  },
  'key-not-found': {
    nl: 'De uitgever kent de sleutel van deze handtekening niet.',
    en: 'The issuer does not list the key of this signature.',
  },
  'key-not-authorized': {
    nl: 'De uitgever staat niet toe dat deze sleutel badges ondertekent.',
    en: 'The issuer does not allow this key to sign badges.',
  },
  'key-revoked': { nl: 'De uitgever heeft deze sleutel ingetrokken.', en: 'The issuer has withdrawn this key.' },
  'key-expired': { nl: 'Deze sleutel is verlopen.', en: 'This key has expired.' },
  'key-malformed': { nl: 'De sleutel is niet te lezen.', en: 'The key cannot be read.' },
  'issuer-unbound': {
    nl: 'We kunnen niet nagaan of deze sleutel bij de uitgever hoort.',
    en: 'We cannot tell whether this key belongs to the issuer.',
  },
  'issuer-unresolvable': {
    nl: 'De gegevens van de uitgever zijn nu niet op te halen.',
    en: 'The data of the issuer cannot be fetched now.',
  },
  'did-malformed': {
    nl: 'Het kenmerk van de uitgever is niet goed opgeschreven.',
    en: 'The identifier of the issuer is not written in the right way.',
  },
  'did-id-mismatch': {
    nl: 'Op het adres van de uitgever staan de gegevens van een ander.',
    en: 'The address of the issuer holds the data of another.',
  },
  'did-method-unsupported': {
    nl: 'De uitgever gebruikt een soort kenmerk dat wij niet kunnen opzoeken.',
    en: 'The issuer uses a kind of identifier that we cannot look up.',
  },

  'hosted-at-issuer': {
    nl: 'De badge staat op een adres van de uitgever zelf.',
    en: 'The badge stands at an address of the issuer.',
  },
  'hosted-elsewhere': {
    nl: 'De badge staat op een adres dat niet van de uitgever is.',
    en: 'The badge stands at an address that is not the issuer’s.',
  },
  'issuer-not-listed': {
    nl: 'De uitgever staat op geen enkele lijst. Zo was het gevraagd: er is niets opgehaald en niet verder gekeken.',
    en: 'The issuer is on no list. As was asked for, nothing was fetched and nothing further was checked.',
  },

  // issuer
  'issuer-known': { nl: 'De uitgever staat op een lijst die wij kennen.', en: 'The issuer is on a list that we know.' },
  'issuer-domain-known': {
    nl: 'Het adres van de uitgever staat op een lijst die wij kennen. De uitgever zelf staat er niet met naam op.',
    en: 'The address of the issuer is on a list that we know. The issuer itself is not named there.',
  },
  'issuer-suspended': {
    nl: 'De uitgever is geschorst, volgens een lijst die wij kennen. Ga zelf na wat er speelt.',
    en: 'The issuer has been suspended, according to a list that we know. Find out for yourself what is going on.',
  },
  'issuer-ended': {
    nl: 'De uitgever stond op een lijst die wij kennen, maar nu niet meer.',
    en: 'The issuer was on a list that we know, but is not any more.',
  },
  'issuer-unknown': {
    nl: 'De uitgever staat op geen enkele lijst die wij kennen. Ga zelf na wie dit is.',
    en: 'The issuer is on no list that we know. Find out for yourself who this is.',
  },

  // dates
  'dates-current': { nl: 'De badge is op deze datum geldig.', en: 'The badge is valid on this date.' },
  expired: { nl: 'De badge is verlopen.', en: 'The badge has expired.' },
  'not-yet-valid': { nl: 'De badge is nog niet geldig.', en: 'The badge is not valid yet.' },

  'dates-maybe-withheld': {
    nl: 'Wie deze badge laat zien, kan de einddatum hebben weggelaten. We weten niet of de badge nog geldig is.',
    en: 'Whoever shows this badge may have left out its end date. We do not know whether it is still valid.',
  },

  // status
  'no-status': {
    nl: 'De uitgever houdt voor deze badge niet bij of hij is ingetrokken.',
    en: 'The issuer does not keep a status for this badge.',
  },
  'status-clear': { nl: 'De badge is niet ingetrokken.', en: 'The badge has not been revoked.' },
  revoked: { nl: 'De uitgever heeft deze badge ingetrokken.', en: 'The issuer has revoked this badge.' },
  suspended: {
    nl: 'De uitgever heeft deze badge tijdelijk ongeldig gemaakt.',
    en: 'The issuer has suspended this badge for now.',
  },
  superseded: {
    nl: 'Deze badge is vervangen door een nieuwe.',
    en: 'This badge has been replaced by a new one.',
  },
  'status-maybe-withheld': {
    nl: 'Wie deze badge laat zien, kan hebben weggelaten waar staat of hij is ingetrokken. We konden dat niet nagaan.',
    en: 'Whoever shows this badge may have left out where to see if it was revoked. We could not tell.',
  },
  'status-unreachable': {
    nl: 'We konden niet nagaan of de badge is ingetrokken: de lijst is niet bereikbaar.',
    en: 'We could not tell whether the badge was revoked: the list cannot be reached.',
  },
  'status-entry-malformed': {
    nl: 'De verwijzing naar de lijst met ingetrokken badges klopt niet.',
    en: 'The reference to the list of revoked badges is wrong.',
  },
  'status-type-unknown': {
    nl: 'De badge gebruikt een manier van intrekken die wij niet kennen.',
    en: 'The badge uses a way of revoking that we do not know.',
  },
  'status-index-out-of-range': {
    nl: 'De badge verwijst naar een plaats die niet in de lijst staat.',
    en: 'The badge refers to a place that is not in the list.',
  },
  'status-purpose-mismatch': {
    nl: 'De badge verwijst naar een lijst die voor iets anders is.',
    en: 'The badge refers to a list that is for something else.',
  },
  'status-list-malformed': {
    nl: 'De lijst met ingetrokken badges is niet te lezen.',
    en: 'The list of revoked badges cannot be read.',
  },
  'status-list-invalid': {
    nl: 'De lijst met ingetrokken badges is niet zeker van de uitgever.',
    en: 'The list of revoked badges is not certain to be the issuer’s.',
  },
  'status-list-expired': {
    nl: 'De lijst met ingetrokken badges is te oud.',
    en: 'The list of revoked badges is too old.',
  },
  'status-list-too-short': {
    nl: 'De lijst met ingetrokken badges is korter dan de standaard vraagt.',
    en: 'The list of revoked badges is shorter than the standard asks.',
  },

  'status-stale': {
    nl: 'We kregen een oudere lijst met ingetrokken badges dan we al eens zagen. Die telt niet.',
    en: 'We were given an older list of revoked badges than one that we saw before. It does not count.',
  },
  'status-form-unread': {
    nl: 'De lijst met ingetrokken badges heeft een vorm die wij niet kunnen lezen.',
    en: 'The list of revoked badges has a form that we cannot read.',
  },
  'status-value-unknown': {
    nl: 'De lijst geeft de badge een status die wij niet kennen.',
    en: 'The list gives the badge a status that we do not know.',
  },
  'status-refresh': {
    nl: 'De uitgever heeft een nieuwere versie van deze badge. Deze is daardoor niet ongeldig.',
    en: 'The issuer has a newer version of this badge. That does not make this one invalid.',
  },
  'status-message': {
    nl: 'De uitgever vermeldt iets bij deze badge. De badge is daardoor niet ongeldig.',
    en: 'The issuer adds a remark to this badge. That does not make the badge invalid.',
  },

  // schema
  'schema-match': {
    nl: 'De badge volgt de regels van Open Badges 3.0.',
    en: 'The badge follows the rules of Open Badges 3.0.',
  },
  'schema-mismatch': {
    nl: 'De badge volgt niet alle regels van Open Badges 3.0.',
    en: 'The badge does not follow all rules of Open Badges 3.0.',
  },
  'schema-match-older': {
    nl: 'De badge volgt de regels van Open Badges 2.0.',
    en: 'The badge follows the rules of Open Badges 2.0.',
  },
  'schema-older': {
    nl: 'De badge mist iets dat Open Badges 2.0 vraagt. Bij oudere badges is dat gewoon; het verandert het oordeel niet.',
    en: 'The badge lacks something that Open Badges 2.0 asks for. That is common in older badges, and does not change the verdict.',
  },
  'schema-other-model': {
    nl: 'De badge volgt een oudere versie van de standaard. Daarvoor zijn er geen regels om mee te vergelijken.',
    en: 'The badge follows an older version of the standard. There are no rules to compare it with.',
  },
  'schema-partial': {
    nl: 'Er is een deel van de badge te zien. Wat er te zien is, volgt de regels van Open Badges 3.0.',
    en: 'A part of the badge is shown. What is shown follows the rules of Open Badges 3.0.',
  },
  'schema-other-form': {
    nl: 'Voor badges in deze vorm zijn er geen regels om mee te vergelijken.',
    en: 'There are no rules to compare badges of this form with.',
  },
  'schema-not-asked': {
    nl: 'Dit document is geen badge. De regels voor badges gelden er niet voor.',
    en: 'This document is not a badge. The rules for badges do not apply to it.',
  },

  // endorsements, recipient
  'no-endorsements': { nl: 'Er staan geen aanbevelingen in de badge.', en: 'There are no endorsements in the badge.' },
  'endorsements-sound': {
    nl: 'De aanbevelingen in de badge zijn echt. Wie ze gaf, staat erbij.',
    en: 'The endorsements in the badge are real. Who gave them is told beside them.',
  },
  'endorsements-doubtful': {
    nl: 'Niet alle aanbevelingen in de badge zijn echt, of we konden dat niet nagaan. Kijk bij elke aanbeveling.',
    en: 'Not all endorsements in the badge are real, or we could not tell. See each of them.',
  },
  'endorsements-too-many': {
    nl: 'Er staan zo veel aanbevelingen in de badge dat we er geen hebben gecontroleerd.',
    en: 'There are so many endorsements in the badge that we checked none.',
  },
  'endorsement-sound': { nl: 'Deze aanbeveling is echt.', en: 'This endorsement is real.' },
  'endorsement-other-subject': {
    nl: 'Deze aanbeveling gaat over iets anders dan deze badge.',
    en: 'This endorsement is about something else than this badge.',
  },
  'endorsements-not-checked': {
    nl: 'De aanbevelingen in de badge zijn niet gecontroleerd.',
    en: 'The endorsements in the badge were not checked.',
  },
  'recipient-not-asked': {
    nl: 'We hebben niet gecontroleerd van wie de badge is.',
    en: 'We did not check whose badge this is.',
  },

  'recipient-match': {
    nl: 'De uitgever gaf de badge aan wat je opgaf. Dat zegt niet dat dit ook van de persoon voor je is.',
    en: 'The issuer gave the badge to what you entered. That does not say that it belongs to the person in front of you.',
  },
  'recipient-match-name': {
    nl: 'De naam in de badge is dezelfde. Andere mensen kunnen ook zo heten. Vraag naar een identiteitsbewijs.',
    en: 'The name in the badge is the same. Other people can have that name too. Ask for proof of identity.',
  },
  'recipient-match-weak': {
    nl: 'Wat je opgaf, past bij de badge, maar die gebruikt een oude methode die te vervalsen is.',
    en: 'What you entered fits the badge, but that uses an old method that can be forged.',
  },
  'recipient-mismatch': {
    nl: 'Wat je opgaf, staat niet in de badge. Iemand kan ook een ander adres of een andere naam hebben gebruikt.',
    en: 'What you entered is not in the badge. Someone may also have used another address or another name.',
  },
  'recipient-not-stated': {
    nl: 'In de badge staat niets van deze soort. Dit is er niet mee na te gaan.',
    en: 'The badge states nothing of this kind. It cannot be used to tell.',
  },

  // a newer version
  'refresh-newer': {
    nl: 'De uitgever heeft een nieuwere versie van deze badge. Die hebben we gecontroleerd.',
    en: 'The issuer has a newer version of this badge. That one was checked.',
  },
  'refresh-same': {
    nl: 'Dit is de nieuwste versie van de badge.',
    en: 'This is the newest version of the badge.',
  },
  'refresh-unreachable': {
    nl: 'De badge noemt een adres voor een nieuwere versie. Daar was niets op te halen. We hebben deze versie gecontroleerd.',
    en: 'The badge names an address for a newer version. Nothing could be fetched there. This version was checked.',
  },
  'refresh-refused': {
    nl: 'Op het adres voor een nieuwere versie staat niet dezelfde badge van dezelfde uitgever. We hebben deze versie gecontroleerd.',
    en: 'The address for a newer version holds no such badge of the same issuer. This version was checked.',
  },

  // presentations
  'presentation-asked': {
    nl: 'Dit is gemaakt voor wie erom vroeg.',
    en: 'This was made for the one who asked for it.',
  },
  'challenge-mismatch': {
    nl: 'Dit is niet gemaakt als antwoord op deze vraag. Het kan een kopie zijn.',
    en: 'This was not made in answer to this question. It may be a copy.',
  },
  'domain-mismatch': {
    nl: 'Dit is gemaakt om aan iemand anders te laten zien.',
    en: 'This was made to be shown to someone else.',
  },
  'holder-match': {
    nl: 'Wie dit laat zien, is degene over wie het gaat, of er staat niet over wie het gaat.',
    en: 'Whoever shows this is the one whom it is about, or it does not say whom it is about.',
  },
  'holder-mismatch': {
    nl: 'Wie dit laat zien, is niet degene over wie het gaat.',
    en: 'Whoever shows this is not the one whom it is about.',
  },

  skipped: {
    nl: 'Dit is niet meer gecontroleerd, omdat er al iets anders niet klopt.',
    en: 'This was not checked, because something else is already wrong.',
  },
} as const satisfies Record<string, Sentence>;

export type Code = keyof typeof codes;

/** What no check here looks at, said beside every verdict. */
export const notCheckedSentences = {
  recipient: {
    nl: 'Of de badge hoort bij de persoon die hem laat zien. Vraag bijvoorbeeld naar een identiteitsbewijs.',
    en: 'Whether the badge belongs to the person who shows it. Ask for proof of identity, for example.',
  },
  links: {
    nl: 'Wat er staat op de pagina’s waar de badge naar verwijst.',
    en: 'What stands on the pages that the badge links to.',
  },
  issuer: {
    nl: 'Of de uitgever echt is wie hij zegt te zijn.',
    en: 'Whether the issuer really is who it says it is.',
  },
  endorsements: {
    nl: 'Of de aanbevelingen in de badge echt zijn.',
    en: 'Whether the endorsements in the badge are real.',
  },
  withheld: {
    nl: 'Wat wie de badge laat zien, ervan heeft weggelaten.',
    en: 'What whoever shows the badge left out of it.',
  },
  whole: {
    nl: 'Wat er verder in de badge staat: dit is de korte vorm. Vraag om de hele badge als je meer wilt weten.',
    en: 'What else is in the badge: this is the short form. Ask for the whole badge to know more.',
  },
  'status-then': {
    nl: 'Of de badge op de gevraagde datum was ingetrokken. De lijst zegt alleen hoe het nu is.',
    en: 'Whether the badge was revoked on the date asked for. The list only tells how it is now.',
  },
  'status-before': {
    nl: 'Hoe de badge er op de gevraagde datum voor stond. Toen bestond de intrekkingslijst nog niet; wat er staat, gaat over nu.',
    en: 'How the badge stood on the date asked for. The revocation list did not exist yet; what is told is about now.',
  },
} as const satisfies Record<string, Sentence>;

export type NotChecked = keyof typeof notCheckedSentences;
