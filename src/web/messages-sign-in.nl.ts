/** Signing in and out, and what can go wrong on the way. */
export const nlSignIn = {
  title: 'Inloggen',
  with: (name: string) => `Inloggen met ${name}`,
  trial: 'Dit is een proef: je kiest zelf als wie je inlogt.',
  noEduid: 'Nog geen eduID? Je maakt er gratis een aan op eduid.nl.',
  or: 'of',
  byEmail: 'Met een link per e-mail',
  emailLead: 'Je krijgt een mail met een link. Daarmee log je één keer in.',
  none: 'Er is nog geen manier ingesteld om in te loggen.',
  down: (name: string) => `${name} is nu niet bereikbaar. Daar inloggen lukt dus even niet.`,
  downTodo: 'Probeer het over een paar minuten opnieuw. Badges controleren kan gewoon. Wie al ingelogd is, blijft dat.',
  already: 'Je bent al ingelogd.',
  toBadges: 'Naar mijn badges',
  freshLead: 'We willen zeker weten dat jij het bent. Log nog een keer in. Daarna ga je verder waar je was.',
  levelLead: {
    login: 'Hier haal je je badges op en bewaar je ze. Werk je bij een instelling? Dan log je hier ook in.',
    'linked-institution':
      'Hiervoor moet je eduID gekoppeld zijn aan een instelling. Log in; je kunt de koppeling dan ook meteen maken.',
    'affiliation-student':
      'Hiervoor moet blijken dat je student bent. Log in; je kunt je instelling dan ook meteen koppelen.',
    'validate-names':
      'Hiervoor moet een instelling of bank je naam bevestigen. Log in; je kunt dat dan ook meteen regelen.',
    'validate-names-external':
      'Hiervoor moet een bank of de overheid je naam bevestigen. Log in; je kunt dat dan ook meteen regelen.',
  },
  bar: { in: 'Inloggen', out: 'Uitloggen', badges: 'Mijn badges', account: 'Account', console: 'Beheer' },
  out: {
    title: 'Je bent uitgelogd',
    lead: 'Op dit apparaat kan niemand meer bij je badges.',
    still: (name: string) => `Bij ${name} ben je misschien nog ingelogd.`,
    there: (name: string) => `Ook uitloggen bij ${name}`,
    closing: 'Deel je dit apparaat met anderen? Sluit dan ook je browser.',
    again: 'Opnieuw inloggen',
  },
  errors: {
    toLogin: 'Opnieuw inloggen',
    toAccount: 'Naar mijn account',
    lost: {
      title: 'Deze poging om in te loggen is verlopen',
      means: 'Je begon in een andere browser, of het is te lang geleden. Je bent niet ingelogd.',
      todo: 'Begin opnieuw. Gebruik één browser, en laat cookies toe.',
    },
    again: {
      title: 'Inloggen is niet gelukt',
      means: 'Er ging iets mis op de weg terug naar ons. Je bent niet ingelogd.',
      todo: 'Begin opnieuw.',
    },
    declined: {
      title: 'Je bent niet ingelogd',
      means: 'Je bent gestopt, of je gaf geen toestemming om je gegevens te delen.',
      todo: 'Wil je toch inloggen? Begin opnieuw. Je kunt ook een andere manier kiezen.',
    },
    level: {
      title: 'Er is meer nodig om je te herkennen',
      means:
        'Je account kan nog niet laten zien wat hier gevraagd wordt, zoals een gekoppelde instelling of een bevestigde naam.',
      todo: 'Koppel in je eduID eerst een instelling, of laat je naam bevestigen. Kom daarna terug.',
    },
    provider: {
      title: 'De inlogdienst heeft een storing',
      means: 'De dienst waar je inlogt kon je niet helpen. Aan jou ligt het niet. Je bent niet ingelogd.',
      todo: 'Probeer het over een paar minuten opnieuw.',
    },
    unreachable: {
      title: 'De inlogdienst is niet bereikbaar',
      means:
        'De dienst waar je inlogt geeft geen goed antwoord. Badges controleren kan gewoon. Wie al ingelogd is, blijft dat.',
      todo: 'Probeer het over een paar minuten opnieuw.',
    },
    untrusted: {
      title: 'We vertrouwen dit antwoord niet',
      means: 'Het antwoord van de inlogdienst klopt niet. Daarom hebben we niemand ingelogd.',
      todo: 'Begin opnieuw. Gebeurt het weer? Meld het dan en noem het nummer hieronder.',
    },
    incomplete: {
      title: 'We weten nog niet wie je bent',
      means: 'De inlogdienst gaf te weinig door om je hier steeds als dezelfde persoon te herkennen.',
      todo: 'Dit kun je zelf niet oplossen. Meld het bij de instelling waar je een badge van krijgt.',
    },
    proof: {
      title: 'Log eerst nog een keer in',
      means: 'Hiervoor moeten we zeker weten dat jij het bent. Er is niets veranderd.',
      todo: 'Log opnieuw in, als dezelfde persoon. Doe het daarna nog een keer.',
    },
    taken: {
      title: 'Dit hoort al bij een ander account',
      means:
        'Waar je net mee inlogde, is hier al van een ander account. We voegen accounts nooit samen. Er is niets veranderd.',
      todo: 'Is dat account ook van jou? Log daar dan in, haal het er weg, en voeg het hier opnieuw toe.',
    },
    nobody: {
      title: 'Je bent niet ingelogd',
      means: 'Misschien ben je te lang weg geweest. Er is niets veranderd.',
      todo: 'Log in en doe het daarna nog een keer.',
    },
  },
};
