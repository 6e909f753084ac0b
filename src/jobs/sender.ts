import type { Deps } from '../platform/context.ts';
import { sendLetters } from './send-letters.ts';

const TICK_MS = 5_000;
/** So many letters at once: one that a server keeps hanging leaves room for the others. */
const LANES = 4;

/** Sends letters in the background of a long-lived process: every few seconds, and soon after each `nudge`. */
export function startSender(deps: Deps, tickMs = TICK_MS): { nudge(): void; stop(): void } {
  let running = 0;
  let again = false;
  const nudge = () => {
    if (!deps.mailer) return;
    if (running >= LANES) {
      again = true;
      return;
    }
    running++;
    sendLetters(deps)
      .catch(error => deps.log.error('job.letters', error))
      .finally(() => {
        running--;
        if (again) {
          again = false;
          nudge();
        }
      });
  };
  const timer = setInterval(nudge, tickMs);
  return { nudge, stop: () => clearInterval(timer) };
}
