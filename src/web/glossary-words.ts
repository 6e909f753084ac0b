import { vocabulary } from '../catalogue/index.ts';

/** A sentence in both languages. */
export interface Said {
  nl: string;
  en: string;
}

/** A term of the glossary; its key is its anchor. */
export interface Term {
  key: string;
  name: Said;
  meaning: Said;
  /** The EU's own page about the same concept. */
  eu?: string;
}

// Each concept of the vocabulary has a sentence, or this does not compile.
const assessment: Record<vocabulary.AssessmentType, Said> = {
  portfolio: {
    nl: 'Je laat met eigen werk zien wat je kunt. Iemand beoordeelt het geheel.',
    en: 'You show what you can do with work of your own. Someone judges the whole.',
  },
  'recognition-of-prior-learning': {
    nl: 'Er is gekeken naar wat je al kunt, waar en hoe je dat ook hebt geleerd.',
    en: 'What you can do already was looked at, wherever and however you learned it.',
  },
  testing: { nl: 'Je maakte een toets.', en: 'You took a test.' },
  'application-of-a-skill': {
    nl: 'Je liet in de praktijk zien dat je het kunt.',
    en: 'You showed in practice that you can do it.',
  },
  'practical-assessment': {
    nl: 'Iemand keek mee terwijl je het werk deed, of je deed het na in een oefening.',
    en: 'Someone watched while you did the work, or you did it in an exercise.',
  },
  'written-exam': {
    nl: 'Je beantwoordde vragen op papier of scherm.',
    en: 'You answered questions on paper or on screen.',
  },
  'oral-exam': {
    nl: 'Je vertelde en beantwoordde vragen in een gesprek.',
    en: 'You told about it and answered questions in a conversation.',
  },
  artefact: { nl: 'Je maakte iets dat is beoordeeld.', en: 'You made something that was judged.' },
  'project-work': {
    nl: 'Je werkte aan een project dat is beoordeeld.',
    en: 'You worked on a project that was judged.',
  },
  'continuous-evaluation': {
    nl: 'Er is over een langere tijd vaker naar je werk gekeken.',
    en: 'Your work was looked at several times over a longer period.',
  },
  'marked-assignment': {
    nl: 'Je leverde een opdracht in die is beoordeeld.',
    en: 'You handed in an assignment that was judged.',
  },
};

const participation: Record<vocabulary.ParticipationForm, Said> = {
  online: { nl: 'Je deed alles via internet.', en: 'You did everything over the internet.' },
  onsite: { nl: 'Je was op een plek aanwezig.', en: 'You were present at a place.' },
  blended: {
    nl: 'Je deed een deel via internet en een deel op een plek.',
    en: 'You did a part over the internet and a part at a place.',
  },
  'work-based': { nl: 'Je leerde op je werk.', en: 'You learned at work.' },
  'work-experience': { nl: 'Je leerde het door te werken.', en: 'You learned it by working.' },
  volunteering: { nl: 'Je leerde het als vrijwilliger.', en: 'You learned it as a volunteer.' },
  'personalised-learning': { nl: 'Je leerde het op je eigen manier.', en: 'You learned it in your own way.' },
};

const supervision: Record<vocabulary.SupervisionForm, Said> = {
  'unsupervised-no-identity': {
    nl: 'Er was geen toezicht, en niemand keek wie je was.',
    en: 'There was no supervision, and nobody looked who you were.',
  },
  'supervised-no-identity': {
    nl: 'Er was toezicht, maar niemand keek wie je was.',
    en: 'There was supervision, but nobody looked who you were.',
  },
  'supervised-online': { nl: 'Er was toezicht via internet.', en: 'There was supervision over the internet.' },
  'onsite-identity': {
    nl: 'Het was op een plek, en iemand keek of jij het was.',
    en: 'It was at a place, and someone looked whether it was you.',
  },
};

const measures: Record<keyof typeof vocabulary.glossaryTerms, Said> = {
  sbu: {
    nl: 'Hoeveel uur het kost om dit te leren, zoals het mbo dat telt. Een microcredential heeft er meestal 240 of meer.',
    en: 'How many hours it takes to learn this, as Dutch vocational education counts. A micro-credential usually has 240 or more.',
  },
  'time-investment': { nl: 'Hoeveel uur het iemand ongeveer kost.', en: 'About how many hours it takes someone.' },
  nlqf: {
    nl: 'Hoe moeilijk het is, van instroom tot 8. Het Nederlands kwalificatieraamwerk legt de niveaus uit: mbo is 1 tot en met 4, een bachelor is 6.',
    en: 'How demanding it is, from entry to 8. The Dutch qualifications framework explains the levels: mbo is 1 to 4, a bachelor is 6.',
  },
  eqf: {
    nl: 'Hetzelfde voor heel Europa, van 1 tot 8. Daarmee kun je landen vergelijken.',
    en: 'The same for the whole of Europe, from 1 to 8. With it you can compare countries.',
  },
};

const terms = <K extends string>(concepts: Record<K, Said & { eu?: string }>, meanings: Record<K, Said>): Term[] =>
  (Object.keys(concepts) as K[]).map(key => {
    const { nl, en, eu } = concepts[key];
    return { key, name: { nl, en }, meaning: meanings[key], ...(eu ? { eu } : {}) };
  });

/** The concepts that badges point to, in the order of the page. */
export const conceptTerms = {
  assessment: terms(vocabulary.assessmentTypes, assessment),
  participation: terms(vocabulary.participationForms, participation),
  supervision: [
    ...terms(vocabulary.supervisionForms, supervision),
    ...terms(
      { 'identity-verification': vocabulary.identityVerification },
      {
        'identity-verification': {
          nl: 'Bij de beoordeling is gekeken of jij het was.',
          en: 'At the assessment someone looked whether it was you.',
        },
      },
    ),
  ],
  measures: [
    {
      key: 'ects',
      name: { nl: 'EC (studiepunt)', en: 'ECTS credit' },
      meaning: {
        nl: 'Zo telt het hoger onderwijs hoeveel werk het is. Eén EC is 28 uur.',
        en: 'How higher education counts how much work it is. In the Netherlands one credit is 28 hours.',
      },
    },
    ...terms(vocabulary.glossaryTerms, measures),
  ] as Term[],
};
