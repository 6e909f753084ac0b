import { DomainError, type ErrorCode } from '../../platform/errors.ts';

/**
 * What a wallet or another service is told, in the words of OAuth and of what was built on it (RFC 6749 §4.1.2.1, §5.2;
 * RFC 6750 §3.1; RFC 7591 §3.2.2; RFC 9396 §5; RFC 9449 §5; OID4VCI §6.3, §8.3.1, §9.3, §11.3).
 */
export type Refusal =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_authorization_details'
  | 'invalid_dpop_proof'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied'
  | 'invalid_transaction_id'
  | 'invalid_notification_id'
  | 'invalid_notification_request';

/** A refusal. `why` is printable ASCII without quotes and backslashes (RFC 6749 §5.2). */
export const refused = (refusal: Refusal, why: string, cause?: unknown): DomainError =>
  new DomainError(CODES[refusal] ?? 'request-invalid', why, { extensions: { refusal }, cause });

/** Those that are no mistake of form (RFC 6749 §5.2, RFC 6750 §3.1). */
const CODES: Partial<Record<Refusal, ErrorCode>> = {
  invalid_client: 'unauthenticated',
  invalid_token: 'unauthenticated',
  insufficient_scope: 'forbidden',
};

/** One answer to every code or token that is not right, so that none tells what about it is not. */
export const badGrant = (): DomainError =>
  refused('invalid_grant', 'The code, or what goes with it, is not right, or not any more.');

/** The refusal in an error, where it is one. */
export const refusalIn = (error: unknown): Refusal | undefined =>
  error instanceof DomainError ? (error.extensions.refusal as Refusal | undefined) : undefined;
