import { DomainError, type ErrorCode } from './errors.ts';

/** RFC 9457 problem details: how each code reads over HTTP. */
export const problems: Record<ErrorCode, { status: ProblemStatus; title: string }> = {
  'json-malformed': { status: 400, title: 'The JSON could not be read' },
  'limit-depth': { status: 400, title: 'The JSON is nested too deeply' },
  'limit-broken': { status: 422, title: 'A limit is exceeded' },
  'request-invalid': { status: 400, title: 'The request does not have the expected form' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type-unsupported': { status: 415, title: 'This media type is not read here' },
  unauthenticated: { status: 401, title: 'A valid API key is needed' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'sign-in-failed': { status: 400, title: 'Signing in did not succeed' },
  'sign-in-untrusted': { status: 401, title: 'The answer of the provider cannot be trusted' },
  'sign-in-incomplete': { status: 403, title: 'The provider did not tell enough' },
  'provider-unreachable': { status: 503, title: 'The sign-in provider cannot be reached' },
  'proof-needed': { status: 403, title: 'A fresh proof is needed' },
  'identity-taken': { status: 409, title: 'This belongs to another account' },
  'last-way-in': { status: 409, title: 'This is the last way in' },
  'link-spent': { status: 410, title: 'This link was used or has lapsed' },
  'assurance-too-low': { status: 403, title: 'More has to be known of who you are' },
  'not-the-recipient': { status: 403, title: 'This was offered to someone else' },
  'not-claimed': { status: 409, title: 'The badge has not been claimed yet' },
  'offer-state': { status: 409, title: 'The offer is not in a state that allows this' },
  'invitation-refused': { status: 422, title: 'Some addresses cannot be invited' },
  'last-admin': { status: 409, title: 'An institution keeps an admin' },
  'member-exists': { status: 409, title: 'This person has that role already' },
  'confirmation-needed': { status: 409, title: 'A second person has to do this' },
  forbidden: { status: 403, title: 'This role may not do that' },
  'endorsement-refused': { status: 422, title: 'This is not the endorsement that was asked for' },
  'endorsement-withdrawn': { status: 410, title: 'This endorsement was withdrawn' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This method is not used here' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'too-busy': { status: 503, title: 'Too much is asked at once' },
  'cross-site': { status: 403, title: 'Sent from another site' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request' },
  'idempotency-in-progress': { status: 409, title: 'The first request with this Idempotency-Key is still under way' },
  'institution-exists': { status: 409, title: 'An institution with this slug exists' },
  'key-state': { status: 409, title: 'The key is not in a state that allows this' },
  'key-not-opened': { status: 503, title: 'The signing key cannot be opened' },
  'signing-failed': { status: 503, title: 'Signing did not succeed' },
  'achievement-not-published': { status: 422, title: 'The achievement has no published version' },
  'achievement-incomplete': { status: 422, title: 'The achievement is not complete' },
  'achievement-draft-missing': { status: 409, title: 'There is no draft to publish' },
  'achievement-unreadable': { status: 422, title: 'The achievement could not be read' },
  'framework-exists': { status: 409, title: 'A framework with this address exists' },
  'outcome-exists': { status: 409, title: 'An outcome with this address exists' },
  'unit-incomplete': { status: 422, title: 'The unit cannot be published' },
  'import-unreadable': { status: 422, title: 'The file could not be read' },
  'import-encoding': { status: 422, title: 'The file is not UTF-8' },
  'import-unreachable': { status: 422, title: 'The source could not be fetched' },
  'import-state': { status: 409, title: 'The import is not in a state that allows this' },
  'framework-cycle': { status: 422, title: 'Outcomes lie in a circle' },
  'award-exists': { status: 409, title: 'This award was made before' },
  'award-not-allowed': { status: 422, title: 'This award is not allowed' },
  'award-erased': { status: 410, title: 'What was personal in this award was erased' },
  'award-state': { status: 409, title: 'The award is not in a state that allows this' },
  'not-signed': { status: 409, title: 'The badge has not been signed yet' },
  'lint-failed': { status: 422, title: 'The badge would not be a good Open Badge' },
  'credential-unreadable': { status: 422, title: 'No badge could be read' },
  'credential-unreachable': { status: 422, title: 'The badge could not be fetched' },
  'several-badges': { status: 422, title: 'There is more than one badge in this' },
  'dossier-state': { status: 409, title: 'The dossier is not in a state that allows this' },
  'dossier-changed': { status: 409, title: 'Someone else did something in this dossier just now' },
  'role-conflict': { status: 403, title: 'These two roles do not go together here' },
  'experience-changed': { status: 409, title: 'This was changed meanwhile' },
  'database-busy': { status: 503, title: 'The database is busy' },
  'storage-full': { status: 507, title: 'There is no room to write' },
  'database-unusable': { status: 503, title: 'The database cannot be used' },
  configuration: { status: 500, title: 'The service is not configured' },
  internal: { status: 500, title: 'Something went wrong here' },
};

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503 | 507;

/** Seconds after which a retry makes sense, for the codes where it does. */
const retryAfter: Partial<Record<ErrorCode, number>> = {
  'idempotency-in-progress': 2,
  'database-busy': 1,
  'too-busy': 2,
  'signing-failed': 5,
};

export interface Problem {
  type: string;
  title: string;
  status: ProblemStatus;
  code: ErrorCode;
  detail: string;
  requestId: string;
  [extension: string]: unknown;
}

/** Turns whatever was thrown into a problem; what is not ours becomes `internal`, without its words. */
export function toProblem(error: unknown, requestId: string): { problem: Problem; headers: Record<string, string> } {
  const known =
    error instanceof DomainError ? error : new DomainError('internal', 'The cause was logged under the request id.');
  const { status, title } = problems[known.code];
  const headers: Record<string, string> = {};
  const wait = (known.extensions.retryAfter as number | undefined) ?? retryAfter[known.code];
  if (wait !== undefined) headers['retry-after'] = String(wait);
  // RFC 9110 §11.6.1: a 401 says how to authenticate.
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="waarmerk"';
  const { retryAfter: _, ...extensions } = known.extensions;
  return {
    problem: {
      type: `/api/docs#${known.code}`,
      title,
      status,
      code: known.code,
      detail: known.detail,
      requestId,
      ...extensions,
    },
    headers,
  };
}
