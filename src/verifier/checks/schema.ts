import { VC1_CONTEXT } from '../../vc/contexts.ts';
import { readBadge } from '../../vc/read-badge.ts';
import type { Finding } from '../report.ts';

/** Whether a badge follows the published rules of OB 3.0, as 1EdTech's JSON-LD schema has them: those are for VC 2.0. */
export function checkSchema(document: JsonObject): Finding {
  if ([document['@context']].flat()[0] === VC1_CONTEXT)
    return { outcome: 'not-applicable', code: 'schema-other-model' };
  const result = readBadge.safeParse(document);
  if (result.success) return { outcome: 'ok', code: 'schema-match' };
  const members = [...new Set(result.error.issues.map(({ path }) => path.join('.')))];
  return { outcome: 'failed', code: 'schema-mismatch', evidence: { members: members.slice(0, 10) } };
}
