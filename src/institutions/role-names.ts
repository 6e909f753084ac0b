import type { Role } from '../platform/context.ts';
import type { Language } from '../platform/language.ts';
import type { InstitutionProfile } from './profile.ts';

type Kind = InstitutionProfile['kind'];
type Names = { all: Record<Role, string> } & Partial<Record<Kind, Partial<Record<Role, string>>>>;

const nlHigher = { admin: 'functioneel beheerder', examiner: 'examinator', board: 'examencommissie' };
const enHigher = { admin: 'functional administrator', examiner: 'examiner', board: 'board of examiners' };

/** What roles are called: as everywhere, and where an institution of a kind has a word of its own (domain.md, Roles). */
const names: Record<Language, Names> = {
  nl: {
    all: {
      admin: 'beheerder',
      coordinator: 'coördinator valideringsbeleid',
      guide: 'begeleider',
      assessor: 'assessor',
      examiner: 'beoordelaar',
      board: 'toekenningscommissie',
      awarder: 'administratie',
    },
    mbo: { ...nlHigher, awarder: 'onderwijsadministratie' },
    hbo: { ...nlHigher, awarder: 'studentenadministratie' },
    wo: { ...nlHigher, awarder: 'studentenadministratie' },
    evc: { board: 'EVC-aanbieder' },
  },
  en: {
    all: {
      admin: 'administrator',
      coordinator: 'validation policy coordinator',
      guide: 'guide',
      assessor: 'assessor',
      examiner: 'evaluator',
      board: 'awarding committee',
      awarder: 'administration',
    },
    mbo: { ...enHigher, awarder: 'education administration' },
    hbo: { ...enHigher, awarder: 'student administration' },
    wo: { ...enHigher, awarder: 'student administration' },
    evc: { board: 'EVC provider' },
  },
};

/** What a role is called at an institution of this kind. */
export const roleName = (language: Language, kind: Kind, role: Role): string =>
  names[language][kind]?.[role] ?? names[language].all[role];
