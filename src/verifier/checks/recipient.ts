import type { Finding } from '../report.ts';

/** Whose badge it is, is asked of a checker who has someone in front of them; nobody asked. */
export function checkRecipient(): Finding {
  return { outcome: 'skipped', code: 'recipient-not-asked' };
}
