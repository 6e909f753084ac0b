import type { AchievementContent } from './content.ts';
import type { Language } from '../platform/language.ts';
import { nameOf } from './frameworks.ts';
import { type Outcome, wordsOf } from './outcomes.ts';

/** What badges call the standards that have a name of their own there (OB 3.0, AlignmentTargetType). */
const types: Record<string, string> = { esco: 'ext:ESCO', case: 'CFItem' };

/**
 * An outcome of a framework as it stands in an achievement, in the words of today. One of a framework that is not shared
 * has no address that others can read, so it stands there without a code.
 */
export function pickOutcome(outcome: Outcome, language: Language): AchievementContent['outcomes'][number] {
  const { name, plain } = wordsOf(outcome, language);
  const { source, names, version, shared } = outcome.framework;
  const said = { name, ...(plain ? { plain } : {}) };
  if (!shared && source === 'own') return said;
  const framework = [nameOf(names, language), source === 'esco' ? version : null].filter(Boolean).join(' ');
  const code = outcome.code ?? (source === 'esco' ? outcome.uri.split('/').at(-1)! : undefined);
  return {
    ...said,
    code: {
      framework: framework.slice(0, 100),
      url: outcome.uri,
      ...(code ? { code } : {}),
      ...(types[source] ? { type: types[source] } : {}),
    },
  };
}
