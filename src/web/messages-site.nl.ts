/** The Dutch sentences of the frame around every page, the front page and the glossary. */
export const nlSite = {
  site: {
    name: 'Waarmerk',
    skip: 'Naar de inhoud',
    nav: 'Hoofdmenu',
    check: 'Controleren',
    glossary: 'Begrippen',
    api: 'Voor ontwikkelaars',
    otherLanguage: 'English',
    promise:
      'Waarmerk controleert zelf en bewaart niet wat je controleert. We vertellen niemand welke badge je bekijkt. Een uitgever ziet hooguit dat we een lijst ophalen.',
    footer: 'Over deze dienst',
  },
  home: {
    title: 'Is deze badge echt?',
    lead: 'Plak een link of kies een bestand. Je krijgt één eerlijk antwoord.',
    checked: 'Wat we nagaan',
    points: [
      { name: 'Is hij echt?', text: 'De handtekening laat zien of er iets is veranderd na het ondertekenen.' },
      {
        name: 'Wie gaf hem?',
        text: 'We kijken of de sleutel echt van de uitgever is, en welk internetadres daarbij hoort.',
      },
      { name: 'Geldt hij nog?', text: 'We lezen de lijst met ingetrokken badges en de datums.' },
    ],
    notChecked:
      'Wat we niet kunnen zien: of de persoon voor je dezelfde is als de naam op de badge, en of de uitgever goed werk levert. Daarom noemen we altijd het adres van de uitgever.',
    institutions: 'Instellingen op deze dienst',
    noInstitutions: 'Er is nog geen instelling die hier badges uitgeeft.',
    offers: (n: number) => (n === 0 ? 'nog geen badges' : n === 1 ? '1 badge om te halen' : `${n} badges om te halen`),
  },
  glossary: {
    title: 'Begrippen',
    lead: 'Wat de woorden op deze site en in badges betekenen.',
    words: 'Woorden op deze site',
    verdicts: 'De drie antwoorden',
    assessment: 'Wijzen van beoordelen',
    participation: 'Vormen van deelname',
    supervision: 'Toezicht en identiteit',
    measures: 'Omvang en niveau',
    same: 'Zelfde begrip bij de EU',
    inOther: 'Engels',
  },
};
