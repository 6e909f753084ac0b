import type { InstitutionProfile } from '../institutions/index.ts';
import type { AchievementContent } from './content.ts';

/** The eleven mandatory elements of the Council Recommendation of 16 June 2022 on micro-credentials, Annex I. */
export const europeanElements = [
  'learner',
  'title',
  'country',
  'awarding-body',
  'date',
  'outcomes',
  'workload',
  'level',
  'assessment',
  'participation',
  'quality-assurance',
] as const;
type EuropeanElement = (typeof europeanElements)[number];
type RequiredElement = EuropeanElement | 'description' | 'criteria';

export interface Completeness {
  elements: { element: EuropeanElement; present: boolean; from: 'achievement' | 'institution' | 'award' }[];
  /** What must be there before it can be published as its type. */
  missing: RequiredElement[];
  /** Advice that does not stop anything. */
  warnings: SizeWarning[];
}

/** Size outside what the Dutch quality frameworks hold for a microcredential (ecosystem: 3–30 EC, from 240 SBU). */
type SizeWarning = 'ects-outside-3-30' | 'sbu-below-240';

/** How complete an achievement is against the European elements, and what publishing it still asks. Pure. */
export function completeness(content: AchievementContent, profile: InstitutionProfile): Completeness {
  const own = (element: EuropeanElement, present: boolean) => ({ element, present, from: 'achievement' as const });
  const elements: Completeness['elements'] = [
    { element: 'learner', present: true, from: 'award' },
    own('title', content.name !== ''),
    { element: 'country', present: Boolean(profile.address.countryCode), from: 'institution' },
    { element: 'awarding-body', present: profile.name !== '', from: 'institution' },
    { element: 'date', present: true, from: 'award' },
    own('outcomes', content.outcomes.length > 0),
    own('workload', content.workload.ects !== undefined || content.workload.sbu !== undefined),
    own('level', content.level.eqf !== undefined || content.level.nlqf !== undefined),
    own('assessment', content.assessment.length > 0),
    own('participation', content.participation.length > 0),
    content.qualityAssurance.length
      ? own('quality-assurance', true)
      : { element: 'quality-assurance', present: profile.qualityAssurance !== undefined, from: 'institution' },
  ];
  const missing: RequiredElement[] = [];
  if (!content.description) missing.push('description');
  if (!content.criteria.narrative && !content.criteria.url && !content.outcomes.length) missing.push('criteria');
  if (content.type === 'MicroCredential') missing.push(...elements.filter(e => !e.present).map(e => e.element));
  return { elements, missing, warnings: content.type === 'MicroCredential' ? sizeWarnings(content) : [] };
}

function sizeWarnings({ workload }: AchievementContent): SizeWarning[] {
  const warnings: SizeWarning[] = [];
  if (workload.ects !== undefined && (workload.ects < 3 || workload.ects > 30)) warnings.push('ects-outside-3-30');
  if (workload.sbu !== undefined && workload.sbu < 240) warnings.push('sbu-below-240');
  return warnings;
}
