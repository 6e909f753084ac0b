import type { Finding } from '../report.ts';

/** Says whether there are endorsements in a badge; they are credentials of others, told beside the verdict. */
export function checkEndorsements(document: JsonObject): Finding {
  const count = countMembers(document, ['endorsement', 'endorsementJwt']);
  return count === 0
    ? { outcome: 'not-applicable', code: 'no-endorsements' }
    : { outcome: 'skipped', code: 'endorsements-not-checked', evidence: { count } };
}

function countMembers(value: unknown, names: string[]): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, member]) =>
      sum + (names.includes(key) ? (Array.isArray(member) ? member.length : 1) : 0) + countMembers(member, names),
    0,
  );
}
