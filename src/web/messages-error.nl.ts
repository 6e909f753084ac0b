/** The Dutch sentences of what went wrong, and what to do. */
export const nlError = {
  requestId: 'Nummer van dit verzoek',
  detail: 'Technische melding (Engels)',
  toHome: 'Naar de voorpagina',
  toCheck: 'Een badge controleren',
  notFound: {
    title: 'Deze pagina is er niet',
    means: 'De link klopt niet, is niet volledig, of wat hier stond is weg.',
    todo: 'Kijk of je de hele link hebt. Kreeg je hem van iemand? Vraag het dan aan die persoon.',
  },
  tooLarge: {
    title: 'Dit is te groot',
    means: 'Wat je stuurde is groter dan 1 MB. We hebben het niet gelezen en er is niets veranderd.',
    todo: 'Stuur alleen de badge zelf. Een badge is meestal veel kleiner.',
  },
  wait: {
    title: 'Even wachten',
    means: 'Er kwamen veel verzoeken van jouw adres. Daarom wachten we even.',
    todo: (seconds: number | undefined) =>
      seconds === undefined ? 'Probeer het over een minuut opnieuw.' : `Probeer het over ${seconds} seconden opnieuw.`,
  },
  crossSite: {
    title: 'Dit kwam van een andere site',
    means: 'Een andere site stuurde je hierheen met een formulier. Dat voeren we niet uit. Er is niets veranderd.',
    todo: 'Open de pagina hier zelf en probeer het opnieuw.',
  },
  method: {
    title: 'Zo werkt deze pagina niet',
    means: 'Dit adres kan dit verzoek niet aan.',
    todo: 'Begin op de voorpagina.',
  },
  request: {
    title: 'We begrijpen dit verzoek niet',
    means: 'Er klopt iets niet aan wat je stuurde. Er is niets veranderd.',
    todo: 'Ga terug en probeer het opnieuw.',
  },
  busy: {
    title: 'Het lukt nu even niet',
    means: 'De dienst kan op dit moment niet goed werken. Er is niets half gedaan.',
    todo: 'Probeer het over een paar minuten opnieuw.',
  },
  internal: {
    title: 'Er ging iets mis bij ons',
    means: 'Dit ligt aan ons en niet aan jou. Het is opgeschreven.',
    todo: 'Probeer het later opnieuw. Blijft het zo, noem dan het nummer hieronder.',
  },
};
