/**
 * The concepts that an achievement's European elements are told in. Where the EU publishes an equal concept the
 * alignment points to it, else to our glossary (`/glossary#…`).
 */
export interface Concept {
  nl: string;
  en: string;
  /** The EU's concept, when there is an equal one. */
  eu?: string;
}

const assessment = 'http://data.europa.eu/snb/assessment/';
const mode = 'http://data.europa.eu/snb/learning-assessment/';
const activity = 'http://data.europa.eu/snb/learning-activity/';
const supervision = 'http://data.europa.eu/snb/supervision-verification/';

/** Element 9: type of assessment. */
export const assessmentTypes = {
  portfolio: { nl: 'Portfolio', en: 'Portfolio', eu: `${assessment}4f03b91c0e` },
  'recognition-of-prior-learning': {
    nl: 'Erkenning van wat iemand al heeft geleerd',
    en: 'Recognition of prior learning',
  },
  testing: { nl: 'Toets', en: 'Testing' },
  'application-of-a-skill': { nl: 'Laten zien in de praktijk', en: 'Application of a skill' },
  'practical-assessment': { nl: 'Praktijkbeoordeling', en: 'Practical assessment', eu: `${assessment}6a4db9f11d` },
  'written-exam': { nl: 'Schriftelijk examen', en: 'Written examination', eu: `${assessment}6e6cb2cc78` },
  'oral-exam': { nl: 'Mondeling examen of gesprek', en: 'Oral examination', eu: `${assessment}d30284d7df` },
  artefact: { nl: 'Gemaakt product', en: 'Artefact', eu: `${assessment}de4d165a6c` },
  'project-work': { nl: 'Project', en: 'Project work', eu: `${assessment}795dac4096` },
  'continuous-evaluation': {
    nl: 'Doorlopende beoordeling',
    en: 'Continuous evaluation',
    eu: `${assessment}3484bd7e51`,
  },
  'marked-assignment': { nl: 'Beoordeelde opdracht', en: 'Marked assignment', eu: `${assessment}2939dae15f` },
} as const satisfies Record<string, Concept>;

/** Element 10: form of participation. Two forms are two concepts. */
export const participationForms = {
  online: { nl: 'Online', en: 'Online', eu: `${mode}920fbb3cbe` },
  onsite: { nl: 'Op locatie', en: 'On site', eu: `${mode}9191af2ed9` },
  blended: { nl: 'Deels online, deels op locatie', en: 'Blended', eu: `${mode}e92d221e4d` },
  'work-based': { nl: 'Op de werkplek', en: 'Work based', eu: `${mode}729f3bed4b` },
  'work-experience': { nl: 'Werkervaring', en: 'Work experience', eu: `${activity}4357e0e681` },
  volunteering: { nl: 'Vrijwilligerswerk', en: 'Volunteering', eu: `${activity}59eaf34fab` },
  'personalised-learning': { nl: 'Eigen leeractiviteiten', en: 'Personalised learning activities' },
} as const satisfies Record<string, Concept>;

/** Optional element: supervision and identity check during the assessment. */
export const supervisionForms = {
  'unsupervised-no-identity': {
    nl: 'Zonder toezicht, zonder identiteitscontrole',
    en: 'Unsupervised with no identity verification',
    eu: `${supervision}c598449d64`,
  },
  'supervised-no-identity': {
    nl: 'Met toezicht, zonder identiteitscontrole',
    en: 'Supervised with no identity verification',
  },
  'supervised-online': { nl: 'Met toezicht, online', en: 'Supervised online' },
  'onsite-identity': { nl: 'Op locatie, met identiteitscontrole', en: 'On site with identity verification' },
} as const satisfies Record<string, Concept>;

/** Said beside the supervision when the identity of the holder was checked. */
export const identityVerification: Concept = {
  nl: 'Identiteit gecontroleerd',
  en: 'Identity verified',
  eu: `${supervision}44314532f9`,
};

/** Words that the glossary explains and that have no EU concept of their own. */
export const glossaryTerms = {
  sbu: { nl: 'Studiebelastingsuren (SBU)', en: 'Study load hours (SBU)' },
  'time-investment': { nl: 'Tijdsinvestering', en: 'Time investment' },
  nlqf: { nl: 'NLQF-niveau', en: 'NLQF level' },
  eqf: { nl: 'EQF-niveau', en: 'EQF level' },
} as const satisfies Record<string, Concept>;

export type AssessmentType = keyof typeof assessmentTypes;
export type ParticipationForm = keyof typeof participationForms;
export type SupervisionForm = keyof typeof supervisionForms;

export const keysOf = <T extends object>(o: T) => Object.keys(o) as [keyof T & string, ...(keyof T & string)[]];
