import type { nlDecisions } from './messages-decisions.nl.ts';

/** The English sentences of a decision as a document, and of a validation on paper. */
export const enDecisions: typeof nlDecisions = {
  kicker: 'Decision',
  pdf: 'This decision on paper (PDF)',
  json: 'This decision as a signed file (JSON)',
  title: titles => `Decision on ${titles}`,
  forWhom: 'for',
  about: 'The decision',
  decidedOn: 'Decided on',
  decidedBy: 'Decided by',
  basis: 'What it rests on',
  bases: {
    assessment: 'An assessment of what the learner can do.',
    exemption: 'An exemption. This is a decision and no badge or microcredential.',
    evc: 'A certificate of experience (EVC).',
    organisation: 'A recognition by the organisation itself, without legal effect.',
  },
  waived: 'What went together here',
  waivedRules: {
    'guide-apart': 'Who guided also assessed here. The institution allows that.',
    'examiner-apart': 'Who assessed also decided here. The institution allows that.',
  },
  motive: 'Explanation',
  results: 'What was decided',
  outcomes: { awarded: 'Awarded', exempted: 'Exempted', 'not-yet': 'Not yet' },
  stands: units => `This has been established already: ${units}.`,
  ways: 'The learner can show the rest like this:',
  assessed: 'How it was assessed',
  assessedText:
    'An assessor looked at the portfolio as a whole. The learner read what the assessor wrote and could reply before the decision.',
  shown: 'What was looked at',
  experiences: n => (n === 1 ? '1 experience' : `${n} experiences`),
  kinds: { informal: 'informal', 'non-formal': 'non-formal', formal: 'formal' },
  recourse: 'Do you not agree?',
  until: day => `A reconsideration can be asked for until ${day}.`,
  number: 'Number',
  checkHeading: 'Check this decision',
  checkLine:
    'Go to the address above and choose this PDF as the file. You see whether the institution took this decision and whether anything was changed.',
  checkWhy: 'Anyone can imitate paper. So trust the check alone, and look whether the address is right.',
  attached: 'The signed decision (JSON)',
  answer: {
    'decision-ours': {
      title: from => `This is a decision of ${from}, and nothing in it was changed`,
      what: 'It is a decision and no badge. Whether it was revised later does not stand in it: ask the institution.',
    },
    'decision-pages': {
      title: () => 'The data is right, but the pages may have been changed',
      what: 'The signed part in this PDF is right. The pages are not exactly as we make them. Trust only what stands below.',
    },
    'decision-changed': {
      title: () => 'This decision was changed',
      what: 'The signature is wrong. Do not trust this decision, and ask the institution.',
    },
    'decision-form': {
      title: () => 'This decision was changed',
      what: 'Something was added or left out. Do not trust this decision, and ask the institution.',
    },
    'decision-key-ended': {
      title: () => 'This decision cannot be checked any more',
      what: 'It was signed with a key that the institution withdrew. Ask the institution for a new file.',
    },
    'decision-of-other': {
      title: () => 'This is a decision from elsewhere, and no badge',
      what: 'The institution that it names is not at this service. Have it checked where it comes from.',
    },
  },
  stacks: {
    title: 'What is complete',
    lead: 'Someone has all that is needed for this. When you award it, the badge follows at once.',
    by: n => (n === 1 ? 'Complete by 1 earlier decision.' : `Complete by ${n} earlier decisions.`),
    award: 'Award',
    broken: 'A part does not count any more',
    brokenLead: 'These badges rest on a part that was revoked or has ended. See whether they can stay.',
  },
  report: {
    pdf: 'Report of this validation (PDF)',
    kicker: 'Report of a validation',
    aim: 'What the learner wanted',
    agreed: 'What was agreed',
    talks: 'Conversations',
    judgement: 'The judgement',
    overall: 'All together',
    advice: 'Advice',
    sees: 'What the learner can see in it',
    reply: 'The reply of the learner',
    lapsed: 'The term passed without a reply.',
    plan: 'The plan',
    steps: 'All steps',
    none: 'Nothing has been written down yet.',
    checkHeading: 'About this report',
    checkLine:
      'This report is a print and is not signed. What stands in it also stands at the address above, for those who may see it.',
    checkFile: 'A file in this PDF holds each step, with the hash of what was said.',
    attached: 'Each step, with the hash of what was said (JSON)',
  },
};
