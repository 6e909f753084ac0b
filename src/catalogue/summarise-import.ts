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
  const nameOf = ({ words }: (typeof frameworks)[number]['added'][number]) => (words.nl ?? words.en)!.name;
  const short = (text: string) => text.slice(0, 200);
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
      items: achievements.flatMap(({ change, content, was, overDraft, item }) =>
        change === 'unchanged'
          ? []
          : [
              {
                name: content.name,
                ...(was === undefined ? {} : { was }),
                change,
                overDraft,
                notes: item.notes.slice(0, 10),
              },
            ],
      ),
    },
    frameworks: frameworks.map(({ package: { framework }, frameworkId }) => ({
      uri: framework.uri,
      names: framework.names,
      isNew: frameworkId === undefined,
    })),
    samples: {
      added: frameworks
        .flatMap(plan => plan.added.slice(0, SAMPLE).map(nameOf))
        .slice(0, SAMPLE)
        .map(short),
    },
    changes: frameworks
      .flatMap(plan => plan.changed.slice(0, TOLD))
      .slice(0, TOLD)
      .map(({ change: { name, was, parts } }) => ({
        name: short(name),
        ...(was === undefined ? {} : { was: short(was) }),
        parts,
      })),
    refused: pack.refused.slice(0, TOLD),
    refusedCount: pack.refused.length,
    notes: pack.notes,
    ...brought,
  };
}
