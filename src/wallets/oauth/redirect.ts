/** An answer to an authorization request (RFC 6749 §4.1.2), behind the address as it was given. */
export const withAnswer = (redirectUri: string, answer: Record<string, string>): string =>
  `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(answer)}`;
