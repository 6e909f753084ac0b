import { readBadge } from '../../vc/read-badge.ts';
import type { Finding } from '../report.ts';

/** Whether a badge follows the published rules of OB 3.0, as 1EdTech's JSON-LD schema has them. */
export function checkSchema(document: object): Finding {
  const result = readBadge.safeParse(document);
  if (result.success) return { outcome: 'ok', code: 'schema-match' };
  const members = [...new Set(result.error.issues.map(({ path }) => path.join('.')))];
  return { outcome: 'failed', code: 'schema-mismatch', evidence: { members: members.slice(0, 10) } };
}
