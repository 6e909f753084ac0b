import type { CheckId, Outcome } from '../verifier/in-browser.ts';
import type { Shown } from './signs.tsx';

/** What the script that tells an answer says; `{…}` is filled in there. */
export interface TellWords {
  language: 'nl' | 'en';
  verdict: Record<Shown, string>;
  checks: Record<CheckId, string>;
  outcomes: Record<Outcome, string>;
  unknownMeans: string;
  again: string;
  known: string;
  later: string;
  assessedOn: string;
  checkedAt: string;
}

/** All that the script of the page says. */
export interface PageWords extends TellWords {
  told: Record<
    'off' | 'preparing' | 'renewing' | 'ready' | 'cut' | 'old' | 'removed' | 'failed' | 'notRenewed' | 'unable',
    string
  >;
  since: string;
  until: string;
  nothing: string;
  reading: string;
  noCode: string;
  noShort: string;
}
