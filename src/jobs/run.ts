import { releaseDue, sweep, tendOffers } from '../credentials/index.ts';
import type { Deps } from '../platform/context.ts';
import { retain } from '../privacy/index.ts';

/** What is done from time to time, by a timer on Node and by a cron trigger on Workers. One that fails holds up no other. */
export async function runJobs(deps: Deps): Promise<void> {
  const jobs: [string, () => Promise<unknown>][] = [
    ['sweep', () => sweep(deps)],
    ['release', () => releaseDue(deps)],
    ['offers', () => tendOffers(deps)],
    ['retain', () => retain(deps)],
  ];
  for (const [name, job] of jobs) {
    try {
      await job();
    } catch (error) {
      deps.log.error(`job.${name}`, error);
    }
  }
}
