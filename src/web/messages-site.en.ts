import type { nlSite } from './messages-site.nl.ts';

/** The same in English. */
export const enSite: typeof nlSite = {
  site: {
    name: 'Waarmerk',
    skip: 'To the content',
    nav: 'Main menu',
    check: 'Check',
    glossary: 'Glossary',
    api: 'For developers',
    otherLanguage: 'Nederlands',
    promise:
      'Waarmerk checks for itself and does not keep what you check. We tell nobody which badge you look at. At most, an issuer sees that we fetch a list.',
    footer: 'About this service',
  },
  home: {
    title: 'Is this badge real?',
    lead: 'Paste a link or choose a file. You get one honest answer.',
    checked: 'What we look at',
    points: [
      { name: 'Is it real?', text: 'The signature shows whether anything changed after signing.' },
      {
        name: 'Who gave it?',
        text: 'We look whether the key really belongs to the issuer, and which internet address goes with it.',
      },
      { name: 'Does it still count?', text: 'We read the list of revoked badges, and the dates.' },
    ],
    notChecked:
      'What we cannot see: whether the person in front of you is the one named on the badge, and whether the issuer does good work. That is why we always show the issuer’s address.',
    institutions: 'Institutions on this service',
    noInstitutions: 'No institution issues badges here yet.',
    offers: n => (n === 0 ? 'no badges yet' : n === 1 ? '1 badge to earn' : `${n} badges to earn`),
  },
  glossary: {
    title: 'Glossary',
    lead: 'What the words on this site and in badges mean.',
    words: 'Words on this site',
    verdicts: 'The three answers',
    assessment: 'Types of assessment',
    participation: 'Forms of participation',
    supervision: 'Supervision and identity',
    measures: 'Size and level',
    same: 'Same concept at the EU',
    inOther: 'Dutch',
  },
};
