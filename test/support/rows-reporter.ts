import type { Reporter, TestModule } from 'vitest/node';
import { rows, rowsIn } from './rows.ts';

/** Says at the end of a run how many rows of the threat table have a test that ran and passed, and which have none. */
export default class RowsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const covered = new Set<string>();
    for (const module of modules)
      for (const test of module.children.allTests('passed')) for (const id of rowsIn(test.fullName)) covered.add(id);
    const missing = rows.filter(id => !covered.has(id));
    // A run of a few files says nothing about the rows of the others.
    const which = missing.length > 0 && missing.length < rows.length / 2 ? `; missing: ${missing.join(' ')}` : '';
    console.log(`threat rows: ${rows.length - missing.length} of ${rows.length} covered${which}`);
  }
}
