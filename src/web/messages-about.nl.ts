const days = (n: number) => (n === 1 ? '1 dag' : n % 365 ? `${n} dagen` : `${n / 365} jaar`);

/** The Dutch sentences of what this service promises people, and asks of them; docs/privacy.md says the same in full. */
export const nlAbout = {
  privacy: {
    title: 'Privacy',
    lead: 'Wat we van je bewaren, waarom, hoe lang, en wat jij daarover te zeggen hebt.',
    without: {
      heading: 'Zonder account',
      points: [
        'Controleer je een badge? Dan bewaren we niet welke. We tellen alleen hoeveel controles er op een dag waren, en wat eruit kwam.',
        'Controleer je er veel tegelijk? Dan staat de uitkomst een uur klaar, achter een adres dat alleen jij hebt.',
        'Vraag je iemand om een badge uit een wallet? Dan bewaren we het antwoord een half uur, verzegeld.',
        'Je netwerkadres gebruiken we om te tellen, zodat niemand de dienst te druk maakt. We schrijven het niet op.',
        'Cookies zijn er alleen om iets te laten werken: je taal, je inlog, en wat je begon zonder account. Niemand volgt je.',
      ],
    },
    kept: 'Wat we bewaren',
    columns: { what: 'Wat', why: 'Waarom', long: 'Hoe lang' },
    rows: {
      ties: {
        what: 'Waarmee je inlogt: eduID, het account van een instelling, een e-mailadres of een wallet. Ook je naam, en wie die heeft gecontroleerd.',
        why: 'Zo weten we dat jij het bent, en dat een badge van jou is.',
        long: 'Tot je het losmaakt of je account wist.',
      },
      sessions: {
        what: 'Waar je bent ingelogd: welke browser, geen netwerkadres.',
        why: 'Zo blijf je ingelogd, en kun je een ander apparaat uitloggen.',
        long: '12 uur.',
      },
      portfolio: {
        what: 'Je portfolio: wat je vertelt, je doelen, bestanden en links.',
        why: 'Zo kun je het verzamelen en laten zien.',
        long: 'Tot je het weghaalt of je account wist.',
      },
      drafts: {
        what: 'Wat je begon zonder account.',
        why: 'Zo kun je later verder.',
        long: (n: number) => `${days(n)}. Log je in, dan gaat het naar je portfolio.`,
      },
      references: {
        what: 'Wie je om een referentie vroeg: een naam, en wat jullie van elkaar zijn.',
        why: 'Zo kan die persoon iets over je ervaring zeggen.',
        long: '60 dagen, of tot je het terugneemt. Wat iemand over je zei, blijft tot een van jullie het weghaalt.',
      },
      readers: {
        what: 'Wie mag meelezen, en wat een team van je ziet. Niet wie er keek.',
        why: 'Zo kies jij wat een ander ziet.',
        long: 'Tot je het terugneemt, of tot de dag die je koos.',
      },
      endorsements: {
        what: 'Wat je zei over een instelling of een badge, als je dat deed.',
        why: 'Zo kan een ander lezen wie erachter staat.',
        long: 'Tot je het terugneemt of je account wist.',
      },
      badges: {
        what: 'Je badges, en wat een instelling daarvoor besloot.',
        why: 'Zo kun jij ze delen, en kan een ander ze controleren.',
        long: 'Tot je account is gewist.',
      },
      offers: {
        what: 'Badges die voor je klaarliggen.',
        why: 'Zo kun je ze ophalen.',
        long: (n: number) => `Tot je ze ophaalt. Haal je ze niet op, dan nog ${days(n)} na de laatste dag.`,
      },
      links: {
        what: 'Links waarmee je een badge deelt, en hoe vaak ze zijn gebruikt. Niet door wie.',
        why: 'Zo bepaal jij wie wat ziet.',
        long: (n: number) => `Nog ${days(n)} nadat de link stopt.`,
      },
      validations: {
        what: 'Een traject: wat jij en anderen zeiden of opnamen, het oordeel en het besluit.',
        why: 'Zo kan de instelling eerlijk beslissen, en uitleggen waarom.',
        long: (n: number) =>
          `Nog ${days(n)} na het einde, of tot je account is gewist. Wie wat wanneer deed, blijft bewaard als nummers.`,
      },
      roles: {
        what: 'Je rol bij een instelling, als je daar werkt.',
        why: 'Zo kun je je werk doen, en is te zien wie mocht beslissen.',
        long: 'Ook als je rol stopt, tot je account is gewist.',
      },
      connections: {
        what: 'Andere diensten die je hebt toegelaten.',
        why: 'Zo zie je wat ze mogen.',
        long: (n: number) => `Nog ${days(n)} nadat ze niets meer mogen.`,
      },
      letters: {
        what: 'Mails die we je sturen.',
        why: 'Zo komen ze aan.',
        long: (n: number) => `De tekst tot de mail weg is. Dat er een mail was, nog ${days(n)}.`,
      },
      log: {
        what: 'Een logboek van wat er gebeurde.',
        why: 'Zo kan niemand ongemerkt iets veranderen.',
        long: 'Altijd. Er staan nummers in, en geen namen of teksten.',
      },
    },
    seen: {
      heading: 'Wie het ziet',
      points: [
        'Jij. Je ziet alles wat we van je hebben.',
        'Wie een link van je krijgt: alleen wat die link laat zien.',
        'De instelling: wat ze je zelf gaf, en wat jij in een traject deelt. Niet de rest van je portfolio.',
        'Wie deze dienst beheert. Dat is nodig om hem te laten werken.',
        'eduID of je instelling ziet dat je hier inlogt, en niet wat je hier doet.',
        'Niemand die reclame maakt. De pagina’s halen niets op bij andere sites.',
      ],
    },
    yours: {
      heading: 'Wat jij kunt doen',
      see: 'Bekijk alles en neem het mee',
      mend: 'Klopt er iets niet? Je portfolio verander je zelf. Voor een badge vraag je het de instelling.',
      erase: 'Wis je account',
      erased:
        'Wissen is echt wissen. Dit blijft: kopieën die jij of anderen al hebben, lijsten zonder namen, en reservekopieën zolang de beheerder die bewaart.',
    },
    complain: 'Kom je er samen niet uit? Dan kun je een klacht indienen.',
    authority: 'Autoriteit Persoonsgegevens',
  },
  terms: {
    title: 'Voorwaarden',
    lead: 'Wat je van deze dienst kunt verwachten, en wat we van jou vragen.',
    parts: {
      expect: {
        heading: 'Wat je kunt verwachten',
        points: [
          'Een badge controleren is gratis en kan zonder account.',
          'Een antwoord zegt wat we konden nagaan, en wat niet. Of een uitgever goed werk levert, kunnen we niet zien.',
          'Wat je hier bewaart, blijft van jou. Je kunt het altijd meenemen of wissen.',
          'De dienst kan soms even weg zijn. Bewaar je badges daarom ook zelf.',
        ],
      },
      ask: {
        heading: 'Wat we van jou vragen',
        points: [
          'Zet er alleen in wat van jou is, of wat je mag delen.',
          'Vraag het eerst, voor je de naam, de woorden of een foto van een ander gebruikt.',
          'Log in als jezelf. Geef links die alleen voor jou zijn niet door.',
          'Maak de dienst niet expres te druk, en probeer niet bij gegevens van anderen te komen.',
        ],
      },
      institutions: {
        heading: 'Wat een instelling doet',
        points: [
          'Een instelling beslist zelf welke badges ze geeft, en tekent daarvoor. Wij beslissen niet mee.',
          'Ben je het niet eens met een besluit? Bij het besluit staat waar je terechtkunt, en tot wanneer.',
        ],
      },
      programs: {
        heading: 'Programma’s en andere diensten',
        points: [
          'Een andere dienst ziet alleen wat jij goedkeurt. Je kunt daar altijd mee stoppen.',
          'Een programma mag controleren zonder sleutel, maar niet zo vaak dat anderen moeten wachten.',
        ],
      },
    },
    api: 'De regels voor programma’s',
  },
  who: {
    heading: 'Wie je iets kunt vragen',
    institution: 'Over een badge of een traject: de instelling. Haar adres staat op haar pagina.',
    service: 'Over deze dienst:',
    unknown: 'Wie deze dienst beheert, heeft hier geen adres gezet. Vraag het dan aan je instelling.',
  },
};
