import type { Evidence } from '../vc/open-badge.ts';
import { writtenOut } from './dates.ts';

export const replacementKinds = ['correction', 'renewal'] as const;
export type ReplacementKind = (typeof replacementKinds)[number];

/** The badge that another takes the place of. */
export interface Replaces {
  credentialId: string;
  kind: ReplacementKind;
  /** The day, in Amsterdam, on which it was decided. */
  on: string;
}

const words = {
  nl: {
    title: 'Vervangt een eerdere badge',
    correction: 'Deze badge vervangt sinds {date} een eerdere badge waarin iets is verbeterd: {id}.',
    renewal: 'Deze badge vervangt sinds {date} een eerdere badge, die is vernieuwd: {id}.',
  },
  en: {
    title: 'Replaces an earlier badge',
    correction: 'Since {date} this badge replaces an earlier one, in which something was corrected: {id}.',
    renewal: 'Since {date} this badge replaces an earlier one, which was renewed: {id}.',
  },
} as const;

/** The line in a badge that names the one before it (domain.md, *Correction and renewal*). */
export function replacementEvidence({ credentialId, kind, on }: Replaces, language: 'nl' | 'en'): Evidence {
  const t = words[language];
  return {
    type: ['Evidence'],
    genre: 'Replacement',
    name: t.title,
    description: kind,
    narrative: t[kind].replace('{date}', writtenOut(on, language)).replace('{id}', credentialId),
  };
}
