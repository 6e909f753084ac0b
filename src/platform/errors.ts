/**
 * The one error class of the product. Codes are closed: each stands in `problem.ts` with its HTTP status, so a new
 * code does not compile until it is mapped.
 */
export type ErrorCode =
  | 'json-malformed'
  | 'limit-depth'
  | 'limit-broken'
  | 'request-invalid'
  | 'body-too-large'
  | 'media-type-unsupported'
  | 'unauthenticated'
  | 'not-signed-in'
  | 'sign-in-failed'
  | 'sign-in-untrusted'
  | 'sign-in-incomplete'
  | 'provider-unreachable'
  | 'proof-needed'
  | 'identity-taken'
  | 'last-way-in'
  | 'link-spent'
  | 'assurance-too-low'
  | 'not-the-recipient'
  | 'not-claimed'
  | 'offer-state'
  | 'member-exists'
  | 'last-admin'
  | 'invitation-refused'
  | 'confirmation-needed'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'rate-limited'
  | 'too-busy'
  | 'cross-site'
  | 'idempotency-key-reused'
  | 'idempotency-in-progress'
  | 'institution-exists'
  | 'key-state'
  | 'key-not-opened'
  | 'signing-failed'
  | 'achievement-not-published'
  | 'achievement-incomplete'
  | 'achievement-draft-missing'
  | 'achievement-unreadable'
  | 'framework-exists'
  | 'outcome-exists'
  | 'unit-incomplete'
  | 'import-unreadable'
  | 'import-encoding'
  | 'import-unreachable'
  | 'import-state'
  | 'framework-cycle'
  | 'award-exists'
  | 'award-not-allowed'
  | 'award-state'
  | 'award-erased'
  | 'not-signed'
  | 'endorsement-withdrawn'
  | 'endorsement-refused'
  | 'lint-failed'
  | 'credential-unreadable'
  | 'credential-unreachable'
  | 'several-badges'
  | 'dossier-state'
  | 'dossier-changed'
  | 'role-conflict'
  | 'experience-changed'
  | 'database-busy'
  | 'storage-full'
  | 'database-unusable'
  | 'configuration'
  | 'internal';

/** An error that may be told to whoever asked: `detail` is a safe sentence, `extensions` are safe members beside it. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly extensions: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { cause?: unknown; extensions?: Record<string, unknown> } = {},
  ) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.extensions = options.extensions ?? {};
  }
}

/** An object that is not there and one that belongs to another tenant read the same. */
export const notFound = (what: string) => new DomainError('not-found', `There is no such ${what}.`);
