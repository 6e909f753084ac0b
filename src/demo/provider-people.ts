import type { Role } from '../platform/context.ts';

/** An institution account that is linked to an eduID, as eduID knows it. */
export interface Linked {
  eppn: string;
  home: string;
  validatedName?: string;
  student?: true;
}

/** Somebody whom the trial provider knows. All of them are made up. */
export interface Persona {
  /** Stands in `?hint=`, and is the `sub`. */
  id: string;
  given: string;
  family: string;
  email: string;
  /** What they are, in the words of the page on which one is chosen. */
  about: string;
  /** The pseudonym of a learner with an eduID; absent for an institution account. */
  eduid?: string;
  home: string;
  eppn: string;
  linked: Linked[];
  /** A name that their bank vouches for: iDIN tells initials and the family name. */
  idin?: string;
  /** At the demo institution. */
  role?: Role;
}

const DEMO_HOME = 'hogeschool-voorbeeld.example';

const learner = (id: string, given: string, family: string, eduid: string, over: Partial<Persona>): Persona => ({
  id,
  given,
  family,
  email: `${given}.${family.replaceAll(' ', '')}@example.org`.toLowerCase(),
  about: 'Lerende met een eduID',
  eduid,
  home: 'eduid.nl',
  eppn: `${eduid}@eduid.nl`,
  linked: [],
  ...over,
});

const account = (id: string, given: string, family: string, role: Role | undefined, about: string): Persona => ({
  id,
  given,
  family,
  email: `${id}@${DEMO_HOME}`,
  about: `${about} · Hogeschool Voorbeeld`,
  home: DEMO_HOME,
  eppn: `${id}@${DEMO_HOME}`,
  linked: [],
  ...(role ? { role } : {}),
});

/** The account that the step "koppel een instelling" links. */
export const accountToLink = ({ id, given, family }: Persona): Linked => ({
  eppn: `${id}@student.${DEMO_HOME}`,
  home: DEMO_HOME,
  validatedName: `${given} ${family}`,
  student: true,
});

/** Learners in each state of knowing who they are, and staff in each role. */
export const personas: readonly Persona[] = [
  learner('sam', 'Sam', 'de Vries', '6d0c2a4e-52b5-4b7e-9d5d-0d1d5a1f0a01', { about: 'eduID zonder koppeling' }),
  learner('fatima', 'Fatima', 'El Amrani', '0f6e7c1a-7a43-4c53-8f0a-3b8a4a6c0b02', {
    about: 'eduID, gekoppeld aan Hogeschool Voorbeeld',
    linked: [
      {
        eppn: `fatima@student.${DEMO_HOME}`,
        home: DEMO_HOME,
        validatedName: 'Fatima El Amrani',
        student: true,
      },
    ],
  }),
  learner('bram', 'Bram', 'Jansen', '9a1be3f0-1c2d-4f58-b6aa-5f3f1f7d0c03', {
    about: 'eduID, naam bevestigd door de bank (iDIN)',
    idin: 'B. Jansen',
  }),
  account('mila', 'Mila', 'Visser', 'admin', 'Functioneel beheerder'),
  account('daan', 'Daan', 'Smit', 'coordinator', 'Coördinator valideringsbeleid'),
  account('yusuf', 'Yusuf', 'Kaya', 'assessor', 'Assessor'),
  account('noor', 'Noor', 'Bakker', 'examiner', 'Examinator'),
  account('els', 'Els', 'van Dijk', 'board', 'Examencommissie'),
  account('tom', 'Tom', 'Mulder', 'awarder', 'Studentenadministratie'),
  // What Sam has beside the eduID, until graduation.
  account('sam-student', 'Sam', 'de Vries', undefined, 'Studentaccount van Sam'),
];
