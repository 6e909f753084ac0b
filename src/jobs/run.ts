import { sweepImports } from '../catalogue/index.ts';
import { awardAllDecided, awardStacks, documentDecided, releaseDue, sweep, tendOffers } from '../credentials/index.ts';
import { askWhatCame, lapseReplies } from '../dossiers/index.ts';
import type { Deps } from '../platform/context.ts';
import { sweepFiles } from '../platform/files.ts';
import { retain } from '../privacy/index.ts';
import { sweepRequests } from '../wallets/index.ts';
import { dropBatches, flushCounts, runBatches } from '../verifier/index.ts';

type Job = [name: string, run: (deps: Deps) => Promise<unknown>];

const eachMinute: Job[] = [
  ['sweep', deps => sweep(deps)],
  ['replies', lapseReplies],
  ['decisions', awardAllDecided],
  ['documents', deps => documentDecided(deps)],
  ['stacks', awardStacks],
  ['release', releaseDue],
  ['offers', tendOffers],
  ['requests', sweepRequests],
  ['counts', deps => flushCounts(deps)],
  ['batches', dropBatches],
  // Last, since it may take a while; what is left is taken up the next time.
  ['batch', deps => runBatches(deps, 100)],
];
const eachHour: Job[] = [
  ['what-came', askWhatCame],
  ['retain', retain],
  ['imports', sweepImports],
  // Behind it: what it deleted may have had files.
  ['files', sweepFiles],
];

/**
 * What is done from time to time, by a timer on Node and by a cron trigger on Workers, in several processes at once if
 * need be. One that fails holds up no other.
 */
export const runJobs = (deps: Deps): Promise<void> => runAll(deps, eachMinute);

/** What has time: deleting what its term is over for. */
export const runHourlyJobs = (deps: Deps): Promise<void> => runAll(deps, eachHour);

async function runAll(deps: Deps, jobs: Job[]): Promise<void> {
  for (const [name, run] of jobs) {
    try {
      await run(deps);
    } catch (error) {
      deps.log.error(`job.${name}`, error);
    }
  }
}
