import { VC1_CONTEXT } from '../../vc/contexts.ts';
import { readBadge } from '../../vc/read-badge.ts';
import type { Finding } from '../report.ts';
import { mayLeaveOut, type Sound } from './form.ts';

/**
 * Whether a badge follows the published rules of OB 3.0, as 1EdTech's JSON-LD schema has them: those are for VC 2.0. Of a
 * badge of which a part may have been left out, only what is shown can break a rule.
 */
export function checkSchema({ document, envelope }: Pick<Sound, 'document' | 'envelope'>): Finding {
  if (envelope?.selective?.plain) return { outcome: 'not-applicable', code: 'schema-other-form' };
  if ([document['@context']].flat()[0] === VC1_CONTEXT)
    return { outcome: 'not-applicable', code: 'schema-other-model' };
  const result = readBadge.safeParse(document);
  if (result.success) return { outcome: 'ok', code: 'schema-match' };
  if (mayLeaveOut(document, envelope) && result.error.issues.every(issue => isAbsent(issue, document)))
    return { outcome: 'not-applicable', code: 'schema-partial' };
  const members = [...new Set(result.error.issues.map(({ path }) => path.join('.')))];
  return { outcome: 'failed', code: 'schema-mismatch', evidence: { members: members.slice(0, 10) } };
}

type Issue = { path: PropertyKey[]; errors?: Issue[][] };

/** Whether a rule is only broken by something that is not there; where there are several ways, in one of them. */
function isAbsent({ path, errors }: Issue, value: unknown): boolean {
  const at = path.reduce<unknown>((node, name) => (node as Record<PropertyKey, unknown> | undefined)?.[name], value);
  return at === undefined || (errors ?? []).some(way => way.length > 0 && way.every(issue => isAbsent(issue, at)));
}
