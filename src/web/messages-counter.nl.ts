/** De balie: the Dutch sentences of the form of the check, the camera, and what is asked further beside an answer. */
export const nlCounter = {
  drop: 'Sleep een of meer bestanden hierheen, of kies ze',
  busy: 'We controleren de badge. Dat duurt een paar seconden.',
  offline:
    'Je bent niet verbonden met internet. Er is nog niets gecontroleerd. Probeer het opnieuw als je weer online bent.',
  camera: {
    open: 'Scan met de camera',
    title: 'Scan een QR-code',
    lead: 'Houd de QR-code van de badge voor de camera. Het beeld blijft op jouw apparaat.',
    view: 'Beeld van de camera',
    start: 'Zet de camera aan',
    stop: 'Stop de camera',
    asking: 'Je browser vraagt of wij de camera mogen gebruiken.',
    looking: 'We zoeken een QR-code. Houd hem stil en recht voor de camera.',
    found: 'Gevonden. We controleren de badge.',
    refused: 'De camera mag niet aan. Sta het toe in je browser, of kies hieronder een foto.',
    none: 'Er is geen camera die we kunnen gebruiken. Kies hieronder een foto.',
    unable: 'Het lezen van QR-codes lukt niet in deze browser. Kies hieronder een foto.',
    stopped: 'De camera is uit.',
    noScript: 'De camera werkt alleen met scripts, en die staan uit. Met een foto lukt het ook.',
    photo: 'Of kies een foto',
    photoLabel: 'Foto van de QR-code',
    photoHint: 'Op een telefoon kun je nu een foto maken. Zet de code scherp en groot in beeld.',
    check: 'Controleer de foto',
    reading: 'We lezen de foto.',
    other: 'Een link of een bestand controleren',
  },
  further: {
    title: 'Verder vragen',
    day: 'Was hij geldig op een andere dag?',
    dayLabel: 'Dag',
    dayHint:
      'Bijvoorbeeld de dag waarop iemand werd aangenomen. We kijken naar de datums van die dag, en naar de intrekkingslijst van toen als we die kennen. Uitgever en sleutel zijn die van nu.',
    dayAsk: 'Bekijk die dag',
    today: 'Bekijk hem zoals hij nu is',
    person: 'Is het deze persoon?',
    personHint:
      'Vul in wat je van de persoon weet. We vergelijken het met wat de uitgever in de badge zette, en bewaren niets. Dezelfde naam bewijst niet dat het dezelfde persoon is: vraag daarom ook naar een identiteitsbewijs.',
    personAsk: 'Vergelijk',
    eduid: 'eduID',
    tooLarge: 'Deze badge is te groot om nog eens mee te sturen. Geef hem opnieuw om verder te vragen.',
    keep: 'Vaste link naar deze controle',
    address: (host: string) =>
      `Kwam je hier via een link of een QR-code van iemand anders? Kijk dan of het adres van deze pagina echt ${host} is.`,
    technicalMore: 'Toon ook de badge zelf, en wat er is gehasht en opgehaald',
    remedy: 'Wat je kunt doen:',
  },
  past: {
    valid: (day: string) => `Deze badge was geldig op ${day}`,
    invalid: (day: string) => `Deze badge was niet geldig op ${day}`,
  },
  endorsements: {
    heading: 'Wat anderen erover zeggen',
    by: 'Van wie zich noemt:',
    checked: 'Of een aanbeveling echt is, staat bij de controles.',
  },
  compared: 'Is dit deze persoon?',
};
