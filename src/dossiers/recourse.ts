import { roleName } from '../institutions/index.ts';
import type { InstitutionProfile } from '../institutions/index.ts';
import type { Language } from '../platform/language.ts';
import type { Decision } from './dossier.ts';

/** What someone who does not agree can do, as it is printed on each decision (domain.md, Reconsideration and appeal). */
export interface Recourse {
  /** Undefined when the board took the decision itself, or has looked at it again: then only an appeal is open. */
  reconsideration?: string;
  appeal: string;
}

const body = {
  nl: {
    higher: 'het College van Beroep voor de Examens van de instelling, binnen zes weken',
    mbo: 'de Commissie van Beroep voor de Examens van de instelling, binnen twee weken',
    other: 'de klachtenregeling van de organisatie, binnen zes weken',
  },
  en: {
    higher: 'the institution’s Examination Appeals Board, within six weeks',
    mbo: 'the institution’s Examination Appeals Committee, within two weeks',
    other: 'the organisation’s complaints procedure, within six weeks',
  },
} as const;

/** What is open after a decision, in the words of this kind of institution. */
export function recourseOf(language: Language, kind: InstitutionProfile['kind'], decision: Decision): Recourse {
  const board = roleName(language, kind, 'board');
  const where = body[language][kind === 'hbo' || kind === 'wo' ? 'higher' : kind === 'mbo' ? 'mbo' : 'other'];
  const nl = language === 'nl';
  return {
    ...(decision.role === 'board' || decision.reconsidered
      ? {}
      : {
          reconsideration: nl
            ? `Ben je het er niet mee eens? Vraag dan een heroverweging. De ${board} kijkt er opnieuw naar.`
            : `Do you not agree? Ask for a reconsideration. The ${board} will look at it again.`,
        }),
    appeal: nl
      ? `Je kunt ook in beroep gaan bij ${where}. De termijn begint op de dag van dit besluit.`
      : `You can also appeal to ${where}. The term begins on the day of this decision.`,
  };
}
