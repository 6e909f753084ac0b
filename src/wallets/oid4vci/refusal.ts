import { DomainError } from '../../platform/errors.ts';

/** What a wallet is told (RFC 6749 §5.2, RFC 6750 §3.1, RFC 9396 §5, RFC 9449 §5; OID4VCI §6.3, §8.3.1, §11.3). */
export type Refusal =
  | 'invalid_request'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_authorization_details'
  | 'invalid_token'
  | 'invalid_dpop_proof'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied'
  | 'invalid_notification_id'
  | 'invalid_notification_request';

/** A refusal in the words of the protocol. `why` is printable ASCII without quotes and backslashes (RFC 6749 §5.2). */
export const refused = (refusal: Refusal, why: string, cause?: unknown): DomainError =>
  new DomainError(refusal === 'invalid_token' ? 'unauthenticated' : 'request-invalid', why, {
    extensions: { refusal },
    cause,
  });

/** The refusal in an error, where it is one of the protocol. */
export const refusalIn = (error: DomainError): Refusal | undefined => error.extensions.refusal as Refusal | undefined;
