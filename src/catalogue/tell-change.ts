import type { Language } from '../platform/language.ts';
import { canonicalJson } from '../platform/json.ts';
import type { PackageItem } from './package.ts';

/** What can be another in an outcome that was there; `back`: its standard had dropped it. */
export type ChangedPart = 'name' | 'plain' | 'description' | 'also' | 'code' | 'level' | 'kind' | 'back';

/** What an import changes in one outcome. */
export interface Change {
  name: string;
  /** What it was called, where that is another. */
  was?: string;
  parts: ChangedPart[];
}

type Before = Pick<PackageItem, 'kind' | 'words'> & {
  code: string | null;
  level: string | null;
  retiredAt: string | null;
};

/** Lays an outcome beside what it was, part by part. Pure. */
export function tellChange(before: Before, after: PackageItem): Change {
  const languages: Language[] = ['nl', 'en'];
  const renamed = languages.find(language => before.words[language]?.name !== after.words[language]?.name);
  const was = renamed && before.words[renamed]?.name;
  const differ = (key: 'name' | 'plain' | 'description' | 'also') =>
    languages.some(
      of => canonicalJson(before.words[of]?.[key] ?? null) !== canonicalJson(after.words[of]?.[key] ?? null),
    );
  const parts: ChangedPart[] = [
    ...(['name', 'plain', 'description', 'also'] as const).filter(differ),
    ...(['code', 'level'] as const).filter(key => (before[key] ?? undefined) !== after[key]),
    ...(before.kind === after.kind ? [] : (['kind'] as const)),
    ...(before.retiredAt ? (['back'] as const) : []),
  ];
  const { name } = (renamed && after.words[renamed]) ?? after.words.nl ?? after.words.en!;
  return { name, ...(was === undefined ? {} : { was }), parts };
}
