import { DomainError } from '../../platform/errors.ts';

/** What a client is told (RFC 6749 §4.1.2.1, §5.2; RFC 7591 §3.2.2). */
export type OauthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata';

/** A refusal in the words of OAuth. `why` is printable ASCII without quotes and backslashes (RFC 6749 §5.2). */
export const refused = (error: OauthError, why: string, cause?: unknown): DomainError =>
  new DomainError(error === 'invalid_client' ? 'unauthenticated' : 'request-invalid', why, {
    extensions: { oauth: error },
    cause,
  });

/** The refusal in an error, where it is one. */
export const oauthErrorIn = (error: DomainError): OauthError | undefined =>
  error.extensions.oauth as OauthError | undefined;
