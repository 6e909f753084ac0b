/** Everything that can go wrong in this library. Closed, so that a caller can map each code once. */
export type VcErrorCode =
  | 'bytes-malformed'
  | 'key-malformed'
  | 'context-not-allowed'
  | 'undefined-term'
  | 'data-loss'
  | 'too-complex'
  | 'json-ld-invalid'
  | 'did-malformed'
  | 'did-id-mismatch'
  | 'did-method-unsupported'
  | 'did-unresolvable'
  | 'key-not-found'
  | 'key-not-authorized'
  | 'key-revoked'
  | 'key-expired'
  | 'key-type-unsupported'
  | 'signature-wrong'
  | 'jws-malformed'
  | 'disclosure-invalid'
  | 'key-binding-invalid'
  | 'status-list-malformed'
  | 'status-list-too-large'
  | 'inflate-malformed'
  | 'inflate-too-large'
  | 'picture-malformed'
  | 'picture-too-large';

/** The one error of `vc/`. The message is safe to show; `cause` is not. */
export class VcError extends Error {
  override readonly name = 'VcError';
  readonly code: VcErrorCode;

  constructor(code: VcErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
