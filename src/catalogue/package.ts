import type { AchievementContent } from './content.ts';
import type { OutcomeWords, Words } from './outcome-content.ts';
import type { FrameworkKind, OutcomeKind } from './outcome-kinds.ts';

export type LinkKind = 'broader' | 'essential' | 'optional' | 'part';

/** A row or an item that is left out, and why. */
export interface Refused {
  /** The line of the file on which the row begins, or what the item is called there. */
  at: string;
  why:
    | 'quotes'
    | 'columns'
    | 'address'
    | 'name-missing'
    | 'too-long'
    | 'formula'
    | 'twice'
    | 'kind-unknown'
    | 'unreadable';
}

export interface PackageItem {
  kind: OutcomeKind;
  code?: string;
  level?: string;
  words: { nl?: OutcomeWords; en?: OutcomeWords };
}

/** A framework as a file brings it; its items by their address. */
export interface FrameworkPackage {
  framework: { uri: string; kind: FrameworkKind; source: 'esco' | 'case' | 'ooapi'; version?: string; names: Words };
  items: Map<string, PackageItem>;
  links: { from: string; to: string; kind: LinkKind }[];
  /** Kinds of which the file holds all: what is not in it was dropped. */
  wholeOf: Set<OutcomeKind>;
}

/** An achievement as a file brings it. `source` names it over there, so that a change there becomes a draft here. */
export interface AchievementItem {
  source?: string;
  content: AchievementContent;
  notes: string[];
}

/** All that was read from what someone brought. */
export interface ImportPackage {
  kind: ImportKind;
  frameworks: FrameworkPackage[];
  achievements: AchievementItem[];
  refused: Refused[];
  /** What was filled in or left behind, for whoever imports. */
  notes: string[];
}

export const importKinds = ['esco', 'case', 'ooapi', 'edubadges', 'open-badges'] as const;
export type ImportKind = (typeof importKinds)[number];

/** A text that a spreadsheet would take for a formula is no name of an outcome (threat P6). */
export const isFormula = (text: string): boolean => /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text);
