/** The Dutch sentences of the check without a network. */
export const nlWithoutNetwork = {
  link: 'Ook zonder netwerk gebruiken',
  linkHint: 'Voor de QR-code op papier, als je telefoon geen internet heeft.',
  title: 'Controleren zonder netwerk',
  lead: 'Op papier staat soms een QR-code waar de badge zelf in zit. Die controleer je hier ook als je telefoon geen internet heeft.',
  noScript: 'Dit werkt alleen met scripts, en die staan uit. Als je internet hebt, kan het ook met een foto.',
  withNetwork: 'Controleren met internet',
  install: 'Ook zonder netwerk gebruiken',
  told: {
    off: 'Dit staat nog niet klaar op dit apparaat.',
    preparing: 'We zetten het klaar. Laat deze pagina open.',
    renewing: 'We halen op wat er nieuw is.',
    ready: (age: string) => `Het staat klaar. Wat dit apparaat weet, is ${age} oud.`,
    cut: (age: string) => `Je hebt nu geen internet. We controleren met wat dit apparaat weet. Dat is ${age} oud.`,
    old: (age: string) =>
      `Wat dit apparaat weet, is te oud: ${age}. We kunnen nu van geen badge zeggen dat hij geldig is. Zorg voor internet en vernieuw.`,
    removed: 'Weggehaald. Op dit apparaat staat niets meer.',
    failed: 'Klaarzetten lukte niet. Kijk of je internet hebt, en probeer het nog eens.',
    notRenewed: 'Vernieuwen lukte niet.',
    unable: 'Dit kan niet in deze browser, of niet in een privévenster. Met internet kun je gewoon controleren.',
  },
  scan: 'Scan het papier',
  noCode: 'We zien geen QR-code op deze foto. Maak een nieuwe, recht van boven en met genoeg licht.',
  noShort:
    'In deze QR-code zit geen badge, maar bijvoorbeeld een link. Daar is internet voor nodig. Staat er nog een andere QR-code op het papier? Probeer die.',
  answer: {
    known: (age: string, when: string) =>
      `Dit antwoord komt van dit apparaat. Wat het weet, is ${age} oud: van ${when}.`,
    later: 'Is de badge daarna ingetrokken, dan zie je dat hier niet.',
    again: 'Controleer hem opnieuw als je internet hebt.',
    badge: 'Wat er in de QR-code staat',
    title: 'Badge',
    recipient: 'Op naam van',
    issuer: 'Uitgever',
    awarded: 'Beoordeeld op',
    until: 'Geldig tot',
    another: 'Nog een QR-code scannen',
  },
  device: {
    heading: 'Op dit apparaat',
    since: (when: string) => `Opgehaald op ${when}.`,
    until: (when: string) =>
      `Tot uiterlijk ${when} kunnen we zeggen dat een badge geldig is. Daarna moet je vernieuwen.`,
    nothing: 'Er is nog geen instelling die deze QR-codes uitgeeft.',
    renew: 'Nu vernieuwen',
    remove: 'Van dit apparaat halen',
  },
  about: {
    heading: 'Wat dit is, en wat het niet is',
    page: 'Deze pagina en wat QR-codes leest komen op je apparaat. Dat is ruim 1 MB.',
    lists: (host: string) =>
      `Ook de openbare sleutels en de intrekkingslijsten van de instellingen op ${host}. Van andere uitgevers weten we zonder internet niets.`,
    nothing: 'Wie of wat je controleert, bewaren we niet, en niemand krijgt het te horen.',
    lasts: 'Een intrekkingslijst is een dag goed. Open deze pagina met internet, dan vernieuwt alles vanzelf.',
  },
};
