/** The Dutch sentences of a check that could not read a badge, for each cause. */
export const nlUnread = {
  title: 'We konden geen badge lezen',
  notAVerdict: 'Dit is geen oordeel over een badge.',
  tryAgain: 'Probeer het opnieuw',
  codes: {
    'json-malformed': {
      what: 'De tekst is geen goede JSON.',
      todo: 'Kopieer het hele bestand, van de eerste { tot de laatste }.',
    },
    'limit-depth': {
      what: 'De tekst is te diep genest.',
      todo: 'Een gewone badge is dat niet. Vraag de eigenaar om het bestand zoals hij het kreeg.',
    },
    'limit-broken': {
      what: 'In de badge zit meer dan we kunnen nagaan.',
      todo: 'Vraag de uitgever om een kleinere badge.',
    },
    'credential-unreadable': {
      what: 'Hier zit geen badge in die we kunnen lezen.',
      todo: 'Vraag de eigenaar om de link, of om het bestand zoals hij het kreeg.',
    },
    'several-badges': {
      what: 'In dit bestand of achter deze link zitten meer badges.',
      todo: 'Controleer dit apart, op de gewone pagina. Daar kies je welke badge je bedoelt.',
    },
    'credential-unreachable': {
      what: 'We konden de badge niet ophalen op dit adres.',
      todo: 'Kijk of de link klopt en op internet te openen is. Een link moet met https:// beginnen.',
    },
    'body-too-large': {
      what: 'Dit is groter dan we lezen: een bestand hooguit 10 MB, een badge als tekst hooguit 1 MB.',
      todo: 'Stuur alleen de badge zelf.',
    },
    claim: {
      what: 'Met deze link haalt iemand een badge op. Het is nog geen badge.',
      todo: 'Is de badge van jou? Open de link en haal hem op. Controleer daarna de link die je dan krijgt.',
    },
    damaged: {
      what: 'Dit bestand is beschadigd, of er is mee geknoeid.',
      todo: 'Vraag de eigenaar om het bestand zoals hij het van de uitgever kreeg.',
    },
    empty: { what: 'Hier staat niets in.', todo: 'Kies een ander bestand, of plak de link.' },
    encoding: {
      what: 'Deze tekst is opgeslagen op een manier die we niet lezen.',
      todo: 'Sla het bestand op als UTF-8, zonder BOM. Of vraag om het bestand zoals de uitgever het gaf.',
    },
    'file-kind': {
      what: 'In zo’n bestand zoeken we geen badge.',
      todo: 'Kies een badge als JSON, PNG, SVG of pdf, of een foto van een QR-code. Of plak de link.',
    },
    gone: {
      what: 'Hier stond een badge. De site zegt dat die er niet meer is: verwijderd of ingetrokken.',
      todo: 'Vraag de uitgever wat er met de badge is gebeurd.',
    },
    'json-token': {
      what: 'Dit is een badge in een vorm die we niet lezen: een getekende tekst die als JSON is uitgeschreven.',
      todo: 'Vraag om dezelfde badge in de korte vorm: één lange regel met punten erin.',
    },
    'no-badge-in-page': {
      what: 'Op dit adres staat een webpagina. Daar zit geen badge in die we kunnen lezen.',
      todo: 'Zoek op die pagina naar een link of een bestand van de badge zelf.',
    },
    'no-badge-in-pdf': {
      what: 'Aan deze pdf zit geen badge vast.',
      todo: 'Staat er een QR-code of een link op? Plak die link, of maak een foto van de QR-code.',
    },
    'no-badge-in-picture': {
      what: 'In dit plaatje zit geen badge, en we zien er geen QR-code in.',
      todo: 'Maak een scherpe foto van dichtbij. Of vraag om het bestand zelf: een badge gaat verloren als je een plaatje bewerkt of kopieert.',
    },
    pdf: { what: 'In deze pdf zit meer dan we kunnen nagaan.', todo: 'Vraag om alleen de badge.' },
    'pdf-locked': {
      what: 'Deze pdf is op slot. Dan kunnen we niet bij wat eraan vastzit.',
      todo: 'Vraag om een pdf zonder wachtwoord, of plak de link die erop staat.',
    },
    'picture-kind': {
      what: 'Dit soort plaatje lezen we niet.',
      todo: 'Sla het op als PNG of JPEG, of plak de link.',
    },
    'picture-too-large': {
      what: 'Dit plaatje is te groot: we lezen er tot 2 MB en 16 miljoen beeldpunten.',
      todo: 'Knip de QR-code uit, of maak een schermafdruk.',
    },
    'qr-other': {
      what: 'In deze QR-code zit geen badge en geen link.',
      todo: 'Kijk of er nog een andere QR-code bij de badge staat.',
    },
    'too-many-badges': {
      what: 'Hier zitten meer badges in dan we in één keer laten zien.',
      todo: 'Vraag de eigenaar om de badge waar het om gaat.',
    },
    'too-many-links': {
      what: 'Deze link leidt naar een link die weer naar een link leidt. Zo ver gaan we niet mee.',
      todo: 'Vraag de eigenaar om de link naar de badge zelf.',
    },
    'wallet-offer': {
      what: 'Dit is een uitnodiging om een badge op te halen in een wallet. Het is nog geen badge.',
      todo: 'Is de badge van jou? Open dit met je wallet-app. Deel de badge daarna vanuit die app.',
    },
    'wallet-request': {
      what: 'Dit is een vraag aan een wallet om iets te laten zien. Het is geen badge.',
      todo: 'Vraag de eigenaar om de badge zelf, als link of als bestand.',
    },
    other: {
      what: 'We konden dit niet lezen.',
      todo: 'Plak een link, of kies een bestand waar de badge in zit.',
    },
  },
};
