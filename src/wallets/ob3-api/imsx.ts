import type { Context } from 'hono';
import type { ErrorCode } from '../../platform/errors.ts';
import type { Problem } from '../../platform/problem.ts';
import { BASE } from './scopes.ts';

/** Whether a request is one to the Open Badges API, whose errors have a shape of their own. */
export const isOpenBadgesApi = (c: Context): boolean => c.req.path === BASE || c.req.path.startsWith(`${BASE}/`);

const minors: Partial<Record<ErrorCode, string>> = {
  unauthenticated: 'unauthorizedrequest',
  forbidden: 'forbidden',
  'cross-site': 'forbidden',
  'not-found': 'not_found',
  'method-not-allowed': 'not_allowed',
  'rate-limited': 'server_busy',
  'too-busy': 'server_busy',
  'database-busy': 'server_busy',
};

/** A problem as the specification has its errors: `Imsx_StatusInfo` (OB 3.0 §6, appendix B). */
export function sendStatusInfo(c: Context, { status, code, detail, field, challenge }: Problem): Response {
  if (typeof challenge === 'string') c.header('www-authenticate', challenge);
  // What is wrong with a badge is wrong with the request; 422 is not among the answers of the specification.
  const told = status === 422 ? 400 : status;
  const minor = minors[code] ?? (told >= 500 ? 'internal_server_error' : 'invalid_data');
  return c.json(
    {
      imsx_codeMajor: 'failure',
      imsx_severity: 'error',
      imsx_description: detail,
      imsx_codeMinor: {
        imsx_codeMinorField: [
          {
            imsx_codeMinorFieldName: typeof field === 'string' ? field : 'TargetEndSystem',
            imsx_codeMinorFieldValue: typeof field === 'string' ? 'invalid_query_parameter' : minor,
          },
        ],
      },
    },
    told,
  );
}
