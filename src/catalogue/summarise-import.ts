import type { Brought, ImportSummary, planPackage } from './imports.ts';
import type { ImportPackage } from './package.ts';

type Plans = Awaited<ReturnType<typeof planPackage>>;

/** As many refused rows, and as many names of each kind, are told one by one. */
const TOLD = 100;
const SAMPLE = 12;

/** What a package would change, as a page tells it. */
export function summariseImport(
  { frameworks, achievements }: Plans,
  pack: ImportPackage,
  brought: Brought,
): ImportSummary {
  const sum = (of: (plan: (typeof frameworks)[number]) => number) => frameworks.reduce((n, plan) => n + of(plan), 0);
  const names = (which: 'added' | 'changed') =>
    frameworks
      .flatMap(plan => plan[which])
      .slice(0, SAMPLE)
      .map(({ words }) => (words.nl ?? words.en)!.name.slice(0, 200));
  const count = (change: string) => achievements.filter(plan => plan.change === change).length;
  return {
    kind: pack.kind,
    outcomes: {
      added: sum(plan => plan.added.length),
      changed: sum(plan => plan.changed.length),
      unchanged: sum(plan => plan.unchanged),
      retired: sum(plan => plan.retired.length),
    },
    links: { added: sum(plan => plan.linksAdded.length), removed: sum(plan => plan.linksRemoved.length) },
    achievements: {
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      items: achievements.flatMap(({ change, content, overDraft, item }) =>
        change === 'unchanged' ? [] : [{ name: content.name, change, overDraft, notes: item.notes.slice(0, 10) }],
      ),
    },
    frameworks: frameworks.map(({ package: { framework }, frameworkId }) => ({
      uri: framework.uri,
      names: framework.names,
      isNew: frameworkId === undefined,
    })),
    samples: { added: names('added'), changed: names('changed') },
    refused: pack.refused.slice(0, TOLD),
    refusedCount: pack.refused.length,
    notes: pack.notes,
    ...brought,
  };
}
