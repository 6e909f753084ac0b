import type { Assurance } from '../people/index.ts';

/** How and when the holder was identified: kept with the award, signed into the badge in a line, never overstated. */
export interface Identified {
  /** RFC 3339 UTC. */
  at: string;
  kind: 'eduid' | 'institution' | 'email' | 'did';
  /** Host of the provider that vouched; null for an address or a key. */
  provider: string | null;
  /** The strongest level that was reached. */
  assurance: Assurance;
  /**
   * Who vouches for the name; `unstated` when it was checked and not told by whom, null when nobody but the holder
   * does.
   */
  nameBy: 'institution' | 'external' | 'unstated' | null;
  /** A second factor was used. */
  mfa: boolean;
}
